"""Words to find rows by: every word of a row's names, without diacritics, one row each.

Under row-level security an index serves only comparisons that cannot leak; equality and ranges of
text are such, patterns are not. So a search is a range over words.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table

from hub.model.columns import METADATA, TEXT

search_word: Final = Table(
    "search_word",
    METADATA,
    Column("kind", TEXT, nullable=False),
    Column("word", TEXT, nullable=False),
    Column("row_id", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "word", "row_id"),
    Index(None, "kind", "row_id"),
)
"""``kind`` is the table that ``row_id`` is of."""
