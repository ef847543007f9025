"""Everything that touches PostgreSQL.

``embedded`` runs the server that ships with the hub, ``address`` says where a server is and as whom
to enter, ``migrate`` brings it to this version, ``engine`` keeps one ``pool`` of connections for
each kind of reader, ``statement`` turns a statement into text and arguments, and ``transaction`` is
the only door: whoever passes it carries a principal.
"""
