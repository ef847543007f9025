"""The hub: one typed GraphQL endpoint over a city's drug-prevention programme.

A request falls through the floors in this order; imports point down only.

``cli`` and ``web`` take it in, ``api`` turns GraphQL into reads, ``ingest`` turns files into rows,
``loaders`` and ``commands`` read and write, ``database`` owns every connection, ``access`` says who
may see what, ``model`` says what there is.
"""
