"""Drafts as the rows of the tables, one module for each of the model's.

``ids`` gives every row its surrogate id by its code; ``sourced`` the columns that say where a row
is from. ``territory``, ``organisation``, ``programme``, ``measurement`` and ``authority`` say what
the tables shall hold.
"""
