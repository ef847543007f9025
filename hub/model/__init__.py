"""What there is: tables, their vocabulary, and the entities and relations a client may ask for.

Read in this order: ``vocabulary`` (the closed lists), ``columns`` (how a column is written),
``territory``, ``organisation``, ``programme``, ``measurement``, ``authority`` (the tables),
``periods`` (reporting calendars), ``entities`` (what an entity is made of), ``catalogue`` (the
entities themselves), ``conditions`` and ``paging`` (what may be asked of them).

Relations are declared once, in ``catalogue``; every executor and the published schema follow it.
Nothing here does I/O.
"""
