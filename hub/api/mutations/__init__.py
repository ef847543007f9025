"""What may be changed: each mutation carries out one command and tells what came of it.

The command decides nothing: the database does, under the caller's claim. What is refused and what
is not there look the same.
"""
