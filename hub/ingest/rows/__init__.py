"""Drafts as the rows of the tables, one module for each of the model's.

``ids`` gives every row its surrogate id by its code; ``sourced`` the columns that say where a row
is from; ``links`` makes rows of a cell that names several. ``territory``, ``organisation``,
``programme``, ``measurement``, ``facilities``, ``duties``, ``resources``, ``situations`` and
``authority`` say what the tables shall hold.
"""
