"""What is new in a register since it was read last.

Rows are read in the order of their watermark, from somewhat before the last one on: whoever was
writing at that time is read again. Who commits later than that is found by comparison.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, tuple_

from hub.ingest.sources.pages import Page
from hub.ingest.sources.values import earlier, recall, remember, version_of, write_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import RowMapping, Select

    from hub.ingest.sources.pages import Pages, Record, State
    from hub.ingest.sources.registers import Register, RegisterConnection

VERSION: Final = "version"
"""What the hub calls the version of a record."""


async def read_news(
    register: Register, connection: RegisterConnection, state: State | None = None
) -> Pages:
    """Yield the rows since *state*; each page comes with the state that is after it."""
    state = state or {}
    last = state.get("watermark")
    after = state.get("after")
    while True:
        rows = await register.fetch(_query(connection, last, after))
        if not rows:
            break
        is_last = len(rows) < connection.page_size
        after = [remember(value) for value in _place(rows[-1], connection)]
        figures = [(key_of(row, connection), figure_of(row, connection)) for row in rows]
        if is_last:
            yield Page(_records(rows, connection), {"watermark": after[0]}, figures)
            return
        yield Page(_records(rows, connection), {"watermark": last, "after": after}, figures)
    if isinstance(after, list):
        yield Page([], {"watermark": after[0]})


def record_of(row: RowMapping, connection: RegisterConnection) -> dict[str, object]:
    """Return *row* as a record, by the columns that are read."""
    return {name: write_value(row[name]) for name in connection.columns}


def key_of(row: RowMapping, connection: RegisterConnection) -> str:
    """Return what tells *row* apart, as text."""
    return text_of([write_value(row[name]) for name in connection.key])


def figure_of(row: RowMapping, connection: RegisterConnection) -> dict[str, object]:
    """Return what tells apart the figure that *row* stands for."""
    return {name: write_value(row[name]) for name in connection.figure_key}


def text_of(value: object) -> str:
    """Return *value* as text, equal for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _records(rows: Sequence[RowMapping], connection: RegisterConnection) -> list[Record]:
    records: list[Record] = []
    for row in rows:
        record = record_of(row, connection)
        if connection.version is not None:
            record[VERSION] = version_of(row[connection.version], connection.time_zone)
        records.append(record)
    return records


def _place(row: RowMapping, connection: RegisterConnection) -> list[object]:
    return [row[name] for name in (connection.watermark, *connection.key)]


def _query(connection: RegisterConnection, last: object, after: object) -> Select[Any]:
    relation = connection.relation
    watermark = relation.c[connection.watermark]
    order = [watermark, *(relation.c[name] for name in connection.key)]
    query = select(relation).where(watermark.is_not(None)).order_by(*order)
    if isinstance(after, list):
        query = query.where(tuple_(*order) > tuple_(*map(recall, after)))
    elif last is not None:
        query = query.where(watermark >= earlier(recall(last), connection.overlap))
    return query.limit(connection.page_size)
