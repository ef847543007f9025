"""Bring a table that keeps its history to say a set of rows now; what it said before stays.

Nothing recorded is altered but the mark that a newer revision exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, exists, false, func, insert, literal, not_, or_, select, true, update

from hub.ingest.staging import Merged, differs, is_in, is_same, stage, stage_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import BindParameter, ColumnElement, Subquery, Table

    from hub.database.transaction import Transaction

_KEY: Final = ("code",)
_OWN: Final = frozenset({"id", "revision", "recorded_at", "superseded_at", "is_withdrawn"})
"""The columns that a revision has of itself, not of what it says."""


@dataclass(frozen=True, slots=True)
class Links:
    """What the rows of another table link each revision to: part of what the revision says.

    Attributes:
        owner: the column that names the revision.
        member: the column that names what it is linked to.
        members: what each code is linked to now.
    """

    table: Table
    owner: str
    member: str
    members: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class History:
    """What a table that keeps its history shall say now, its rows told apart by ``code``.

    A row that says something else than the newest revision of its code becomes a new one. A code
    that vanished is withdrawn by a revision, and may come back by another.

    Attributes:
        rows: every column to set but the revision's own, by name; each row names the same ones.
        owned: which rows are withdrawn when their code is not among *rows*; None where none is.
    """

    table: Table
    rows: Sequence[Mapping[str, object]]
    owned: ColumnElement[bool] | None = None
    links: Links | None = None

    async def compare(self, transaction: Transaction) -> HistoryPlan:
        """Return what it takes; nothing is written yet."""
        columns = tuple(self.rows[0]) if self.rows else _KEY
        name = f"staged_{self.table.name}"
        staged = await stage_for(transaction, self.table, columns, self.rows, name=name)
        linked = None if self.links is None else await _stage_links(transaction, self.links)
        return await _plan(transaction, _Comparison(self, staged, linked))


@dataclass(frozen=True, slots=True)
class HistoryPlan:
    """What it takes to bring a table to say what it shall; *moment* is when it will have."""

    merged: tuple[Merged, ...]
    _comparison: _Comparison
    _moment: datetime

    async def write(self, transaction: Transaction) -> None:
        """Record what is new and what says something else."""
        if not (self.merged[0].new or self.merged[0].changed):
            return
        staged, now = self._comparison.staged, self._comparison.newest()
        revised = (
            select(*staged.c, func.coalesce(now.c.revision, 0) + 1, self._recorded_at())
            .select_from(staged.outerjoin(now, is_same(now, staged, _KEY)))
            .where(or_(self._comparison.is_new(now), self._comparison.is_changed(now)))
        )
        columns = [*staged.c.keys(), "revision", "recorded_at"]
        table = self._comparison.history.table
        await transaction.execute(insert(table).from_select(columns, revised))
        await self._supersede(transaction)
        await self._link(transaction)

    async def remove(self, transaction: Transaction) -> None:
        """Withdraw what vanished."""
        if not self.merged[0].removed:
            return
        table, gone = self._comparison.history.table, self._comparison.gone()
        said = [c.name for c in table.c if c.name not in _OWN and c.computed is None]
        withdrawn = select(
            *(gone.c[name] for name in said), gone.c.revision + 1, self._recorded_at(), true()
        )
        columns = [*said, "revision", "recorded_at", "is_withdrawn"]
        await transaction.execute(insert(table).from_select(columns, withdrawn))
        await self._supersede(transaction)

    async def _supersede(self, transaction: Transaction) -> None:
        table = self._comparison.history.table
        newer = table.alias("newer")
        is_next = and_(newer.c.code == table.c.code, newer.c.revision == table.c.revision + 1)
        await transaction.execute(
            update(table)
            .values(superseded_at=newer.c.recorded_at)
            .where(table.c.superseded_at.is_(None), is_next)
        )

    async def _link(self, transaction: Transaction) -> None:
        links, linked = self._comparison.history.links, self._comparison.linked
        if links is None or linked is None:
            return
        now = self._comparison.newest()
        is_there = exists().where(
            links.table.c[links.owner] == now.c.id,
            links.table.c[links.member] == linked.c.member,
        )
        missing = (
            select(now.c.id, linked.c.member)
            .join_from(linked, now, now.c.code == linked.c.code)
            .where(not_(is_there))
        )
        columns = [links.owner, links.member]
        await transaction.execute(insert(links.table).from_select(columns, missing))

    def _recorded_at(self) -> BindParameter[datetime]:
        table = self._comparison.history.table
        return literal(self._moment, table.c.recorded_at.type)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What the table shall say, staged beside what it says; *linked* are its links by code."""

    history: History
    staged: Table
    linked: Table | None

    def newest(self) -> Subquery:
        """Return the newest revision of every code, withdrawals included."""
        table = self.history.table
        return select(table).where(table.c.superseded_at.is_(None)).subquery("now")

    def gone(self) -> Subquery:
        """Return the newest revisions of the codes that vanished."""
        table, owned = self.history.table, self.history.owned
        stands = and_(table.c.superseded_at.is_(None), not_(table.c.is_withdrawn))
        is_owned = false() if owned is None else owned
        is_staged = is_in(self.staged, table, _KEY)
        return select(table).where(stands, is_owned, not_(is_staged)).subquery("gone")

    def is_new(self, now: Subquery) -> ColumnElement[bool]:
        """Return whether nothing stands under the code."""
        return or_(now.c.id.is_(None), now.c.is_withdrawn)

    def is_changed(self, now: Subquery) -> ColumnElement[bool]:
        """Return whether something else stands under the code."""
        return and_(
            not_(now.c.is_withdrawn), or_(differs(now, self.staged, _KEY), *self._links(now))
        )

    def _links(self, now: Subquery) -> list[ColumnElement[bool]]:
        links, linked = self.history.links, self.linked
        if links is None or linked is None:
            return []
        source = links.table
        kept = select(source.c[links.member]).where(source.c[links.owner] == now.c.id)
        given = select(linked.c.member).where(linked.c.code == self.staged.c.code)
        kept, given = kept.correlate(now), given.correlate(self.staged)
        return [exists(kept.except_(given)), exists(given.except_(kept))]


async def _plan(transaction: Transaction, comparison: _Comparison) -> HistoryPlan:
    staged, linked, now = comparison.staged, comparison.linked, comparison.newest()
    known = staged.outerjoin(now, is_same(now, staged, _KEY))
    is_new, is_changed = comparison.is_new(now), comparison.is_changed(now)
    gone = select(func.count()).select_from(comparison.gone())
    [(new, changed, removed, moment)] = await transaction.fetch(
        select(
            func.count().filter(is_new),
            func.count().filter(is_changed),
            gone.scalar_subquery(),
            func.clock_timestamp(),
        ).select_from(known)
    )
    history = comparison.history
    unchanged = len(history.rows) - new - changed
    merged = [Merged(history.table.name, new, changed, unchanged, removed)]
    if history.links is not None and linked is not None:
        [[links]] = await transaction.fetch(
            select(func.count())
            .select_from(known.join(linked, linked.c.code == staged.c.code))
            .where(or_(is_new, is_changed))
        )
        in_all = sum(map(len, history.links.members.values()))
        merged.append(Merged(history.links.table.name, links, 0, in_all - links, 0))
    return HistoryPlan(tuple(merged), comparison, moment)


async def _stage_links(transaction: Transaction, links: Links) -> Table:
    [to_owner] = links.table.c[links.owner].foreign_keys
    like = {"code": to_owner.column.table.c.code, "member": links.table.c[links.member]}
    rows = [(code, each) for code, members in links.members.items() for each in members]
    return await stage(transaction, f"staged_{links.table.name}", like, rows)
