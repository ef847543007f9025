"""A cell of several codes as the rows of a table that links two others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import true

from hub.ingest.merge import RowSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Table


def links(
    table: Table, named: Iterable[tuple[int, Sequence[str]]], ids: Mapping[str, int]
) -> RowSet:
    """Return the rows of *table*, whose two columns are an owner and one that it names.

    Attributes:
        named: the id of each owner, with the codes that it names.
        ids: of what they name, by code.
    """
    owner, member = table.primary_key.columns.keys()
    rows = [{owner: id_, member: ids[code]} for id_, codes in named for code in codes]
    return RowSet(table, (owner, member), rows, owned=true())
