"""A register compared with what was read of it: late commits, silent changes, deletions.

Each night every row's key and digest are compared with those of the night before. What is new or
other is given again, as what holds at the time of the comparison, for a silent change leaves a
row's own version as it was; what is gone is withdrawn. Where very much is gone the register is
rather broken than empty, and somebody is asked.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, tuple_

from hub.ingest.sources.failures import SourceShrankError
from hub.ingest.sources.incremental import VERSION, record_of
from hub.ingest.sources.pages import Page
from hub.ingest.sources.values import version_of, write_value

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from sqlalchemy import RowMapping, Select

    from hub.clock import Clock
    from hub.ingest.sources.pages import Record, State
    from hub.ingest.sources.registers import Register, RegisterConnection

_ALWAYS_ALLOWED: Final = 10
_WITHDRAWN: Final = "withdrawn"


async def compare(
    register: Register,
    connection: RegisterConnection,
    clock: Clock,
    state: State | None = None,
    *,
    may_shrink: bool = False,
) -> AsyncGenerator[Page]:
    """Yield what differs from *state*; the last page alone comes with a state, the new one.

    Raises ``SourceShrankError`` before anything is withdrawn, unless it *may_shrink*.
    """
    known = dict(state or {})
    version = {} if connection.version is None else {VERSION: version_of(clock())}
    seen: dict[str, object] = {}
    after: list[object] | None = None
    while True:
        rows = await register.fetch(_query(connection, after))
        if not rows:
            break
        after = [rows[-1][name] for name in connection.key]
        differing: list[Record] = []
        for row in rows:
            record = record_of(row, connection)
            key = _text([write_value(row[name]) for name in connection.key])
            seen[key] = entry = [_digest(record), _figure(row, connection)]
            if known.get(key) != entry:
                differing.append(record | version)
        if differing:
            yield Page(differing, None)
        if len(rows) < connection.page_size:
            break
    gone = [entry for key, entry in known.items() if key not in seen]
    if len(gone) > max(_ALWAYS_ALLOWED, connection.most_vanished * len(known)) and not may_shrink:
        raise SourceShrankError(gone=len(gone), known=len(known))
    present = {_text(entry[1]) for entry in seen.values() if isinstance(entry, list)}
    # A figure whose row was replaced by another under a new key is still there.
    withdrawn = [
        entry[1] | version | {_WITHDRAWN: "true"}
        for entry in gone
        if isinstance(entry, list) and _text(entry[1]) not in present
    ]
    yield Page(withdrawn, seen)


def _query(connection: RegisterConnection, after: list[object] | None) -> Select[Any]:
    relation = connection.relation
    order = [relation.c[name] for name in connection.key]
    query = select(relation).order_by(*order).limit(connection.page_size)
    return query if after is None else query.where(tuple_(*order) > tuple_(*after))


def _figure(row: RowMapping, connection: RegisterConnection) -> dict[str, object]:
    return {name: write_value(row[name]) for name in connection.figure_key}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _digest(record: Record) -> str:
    return sha256(_text(record).encode()).hexdigest()
