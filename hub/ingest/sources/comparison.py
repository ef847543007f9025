"""A register compared with what was read of it: late commits, silent changes, deletions.

Each night every row's key and digest are compared with those of the night before. What is new or
other is given again, as what holds at the time of the comparison, for a silent change leaves a
row's own version as it was; so is what was not taken, for a period may have ended since. A figure
that was known, or read by day, and that no row stands for any longer is withdrawn. Where very much
is gone the register is rather broken than empty, and somebody is asked.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, tuple_

from hub.ingest.sources.failures import SourceShrankError
from hub.ingest.sources.incremental import VERSION, figure_of, key_of, record_of, text_of
from hub.ingest.sources.pages import Page
from hub.ingest.sources.values import version_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import RowMapping, Select

    from hub.clock import Clock
    from hub.ingest.sources.pages import Pages, Record, Rejected, State
    from hub.ingest.sources.registers import Register, RegisterConnection

    Read = Mapping[str, Sequence[Record]]

_ALWAYS_ALLOWED: Final = 10
_WITHDRAWN: Final = "withdrawn"
_NOT_TAKEN: Final = ""
"""The digest of what is to be given again: no row has it."""

_CLOSED: Final = "PERIOD_CLOSED"
"""Why a row is not given again though it was not taken: registers hold years of such rows."""

_SAID_OTHERWISE: Final = "VERSION_REUSED"
"""Why a withdrawal is not given again: the same comparison has just given the figure, by another
spelling of its facility or area."""


async def compare(  # noqa: PLR0913  (each is asked for by name)
    register: Register,
    connection: RegisterConnection,
    clock: Clock,
    state: State | None = None,
    *,
    read: Read | None = None,
    may_shrink: bool = False,
) -> Pages:
    """Yield what differs from *state*, and from what was *read* since; then the new state.

    What is told not to have been taken is given again the next time. *read* has the figures that a
    row, by its key, has stood for. Raises ``SourceShrankError`` before anything is withdrawn,
    unless it *may_shrink*.
    """
    version = {} if connection.version is None else {VERSION: version_of(clock())}
    comparison = _Comparison(connection, state or {}, read or {}, version)
    after: list[object] | None = None
    while True:
        rows = await register.fetch(_query(connection, after))
        if not rows:
            break
        after = [rows[-1][name] for name in connection.key]
        if differing := comparison.look_at(rows):
            comparison.leave_out(list(differing), (yield Page([*differing.values()], None)))
        if len(rows) < connection.page_size:
            break
    gone = comparison.gone(may_shrink=may_shrink)
    if gone:
        comparison.keep_standing(gone, (yield Page(comparison.withdrawals(gone), None)))
        if comparison.anew:
            yield Page(comparison.anew, None)
    yield Page([], comparison.seen)


class _Comparison:
    """What was known, and what is there.

    Attributes:
        seen: by key the digest of a row, and the figure that was taken of it.
        anew: records to be said anew once something was withdrawn. Without versions, what is
            withdrawn by another spelling of it would stay so.
    """

    def __init__(
        self, connection: RegisterConnection, known: State, read: Read, version: dict[str, str]
    ) -> None:
        self.seen: dict[str, list[object]] = {}
        self.anew: list[Record] = []
        self._connection = connection
        self._known = known
        self._read = read
        self._version = version
        self._present: set[str] = set()

    def look_at(self, rows: Sequence[RowMapping]) -> dict[str, Record]:
        """Return what is to be given of *rows*, by key."""
        differing: dict[str, Record] = {}
        for row in rows:
            record = record_of(row, self._connection)
            key, figure = key_of(row, self._connection), figure_of(row, self._connection)
            digest = _digest(record)
            self._present.add(text_of(figure))
            known = self._known.get(key)
            had = [*_figures(known), *self._read.get(key, ())]
            has_moved = any(each != figure for each in had)
            if isinstance(known, list) and known[0] == digest and not has_moved:
                self.seen[key] = known
                continue
            self.seen[key] = [digest, figure]
            differing[key] = record | self._version
            is_first = not (self._known or self._read)
            if not (self._version or is_first) and (has_moved or not had):
                self.anew.append(record)
        return differing

    def leave_out(self, keys: Sequence[str], rejected: Rejected | None) -> None:
        """Have those of the rows *keys* that were not taken given again; what stood stands."""
        for line, code in (rejected or {}).items():
            key = keys[line - 1]
            digest, figure = self.seen[key]
            stood = figure in _figures(self._known.get(key))
            self.seen[key] = [digest if code == _CLOSED else _NOT_TAKEN, figure if stood else None]

    def gone(self, *, may_shrink: bool) -> dict[str, Record]:
        """Return the figures, by their text, that no row stands for any longer."""
        had: Iterator[Record] = chain(
            (figure for entry in self._known.values() for figure in _figures(entry)),
            (figure for figures in self._read.values() for figure in figures),
        )
        gone = {text: each for each in had if (text := text_of(each)) not in self._present}
        known = len(self._known.keys() | self._read.keys())
        # What could not be withdrawn before is known by its own text.
        vanished = len(gone.keys() - self._known.keys())
        most = max(_ALWAYS_ALLOWED, self._connection.most_vanished * known)
        if vanished > most and not may_shrink:
            raise SourceShrankError(gone=vanished, known=known)
        return gone

    def withdrawals(self, gone: Mapping[str, Record]) -> list[Record]:
        """Return what takes back the figures that are *gone*."""
        return [{**figure, **self._version, _WITHDRAWN: "true"} for figure in gone.values()]

    def keep_standing(self, gone: Mapping[str, Record], rejected: Rejected | None) -> None:
        """Have those of the figures *gone* that were not withdrawn be so the next time."""
        texts = list(gone)
        for line, code in (rejected or {}).items():
            if code not in {_CLOSED, _SAID_OTHERWISE}:
                # No row has such a key: the figure is gone the next night, too.
                self.seen[texts[line - 1]] = [_NOT_TAKEN, gone[texts[line - 1]]]


def _figures(entry: object) -> list[dict[str, object]]:
    """Return the figure of what is known of a row, if one was taken."""
    match entry:
        case [_, dict(figure)]:
            return [figure]
        case _:
            return []


def _query(connection: RegisterConnection, after: list[object] | None) -> Select[Any]:
    relation = connection.relation
    order = [relation.c[name] for name in connection.key]
    query = select(relation).order_by(*order).limit(connection.page_size)
    return query if after is None else query.where(tuple_(*order) > tuple_(*after))


def _digest(record: Record) -> str:
    return sha256(text_of(record).encode()).hexdigest()
