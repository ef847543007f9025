"""Who may see what: decided once, as data, and enforced by the database on every path.

``readers`` names the kinds of reader, each a database role of its own. ``principal`` is who asks.
``derivation`` turns assignments into grants by the role table. ``policies``, ``functions`` and
``privileges`` say which rows, by which claims, and which columns a role may touch; ``ddl`` writes
them as statements, which a migration freezes and a test compares with the live database.

The decision is the database's: nothing above it filters rows. A connection carries one claim, the
account; everything else is looked up under row-level security when the statement runs, so a change
of rights holds from the next operation on.
"""
