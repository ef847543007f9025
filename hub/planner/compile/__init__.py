"""Selections as SQL, one module a clause; ``roots`` begins, ``writing`` keeps what is written."""
