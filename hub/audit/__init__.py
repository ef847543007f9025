"""The audit trail: every access leaves an entry, and no entry can be taken out unseen.

``access`` is what a request path tells of one access, ``entry`` what is kept of it. What only read
goes to the ``spool``, append-only files of the process beside which it runs, synced several times a
second; ``merging`` moves them into the database. What changes something, exports, or reads under a
broken glass is kept at once, by ``keeping``, in a transaction that does not happen without it.
``trail`` is what the floors above are given.

``chain`` makes the entries one chain, each with the hash of the one before: whoever adds holds one
lock from there to its commit, so the order of the chain is the order of commits, and reading never
waits. ``heads`` signs what the chain has come to with a key the database does not know, and hands
the signatures on as files; ``verification`` finds the first entry that is not as it was kept, and
``archives`` writes the oldest entries away, to be verified by themselves.
``worker`` does the moving and signing.

What it does not hold against: whoever owns the database's server may add a false last entry before
the next head is signed, and whoever owns the hub's machine may stop its pen.
"""
