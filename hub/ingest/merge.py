"""Bring a table to hold a set of rows: staged by COPY, compared and written set against set.

What is equal already is not touched, so that doing it again changes nothing and wakes no trigger.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import case, cast, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import REGCLASS

from hub.ingest.staging import Merged, differs, is_gone, is_in, is_same, stage_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Insert, Table

    from hub.database.transaction import Transaction
    from hub.ingest.history import History
    from hub.ingest.staging import Key

_TURN: Final = 4_861_002
"""The number that loads take turns under; migrations have another."""


@dataclass(frozen=True, slots=True)
class RowSet:
    """What a table, or a part of it, shall hold.

    Attributes:
        key: the columns that tell rows apart.
        rows: every column to set, by name; each row names the same ones.
        owned: which rows are removed when they are not among *rows*; None where none ever is.
    """

    table: Table
    key: Key
    rows: Sequence[Mapping[str, object]]
    owned: ColumnElement[bool] | None = None

    async def compare(self, transaction: Transaction) -> RowPlan:
        """Return what it takes; nothing is written yet."""
        table, key = self.table, self.key
        columns = tuple(self.rows[0]) if self.rows else key
        name = f"staged_{table.name}"
        staged = await stage_for(transaction, table, columns, self.rows, name=name)
        new = select(func.count()).select_from(staged).where(~is_in(table, staged, key))
        both = staged.join(table, is_same(table, staged, key))
        changed = select(func.count()).select_from(both).where(differs(table, staged, key))
        gone = is_gone(table, staged, key, self.owned)
        removed = select(func.count()).select_from(table).where(gone)
        [counts] = await transaction.fetch(
            select(new.scalar_subquery(), changed.scalar_subquery(), removed.scalar_subquery())
        )
        unchanged = len(self.rows) - counts[0] - counts[1]
        merged = Merged(table.name, counts[0], counts[1], unchanged, counts[2])
        return RowPlan((merged,), self, staged)


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What it takes to bring a table to hold its rows."""

    merged: tuple[Merged]
    _rows: RowSet
    _staged: Table

    async def write(self, transaction: Transaction) -> None:
        """Write what is new or differs."""
        table, key = self._rows.table, self._rows.key
        if self.merged[0].new:
            await transaction.execute(_insert(table, self._staged, key))
        if self.merged[0].changed:
            values = {c.name: c for c in self._staged.c if c.name not in key}
            await transaction.execute(
                update(table)
                .values(values)
                .where(is_same(table, self._staged, key), differs(table, self._staged, key))
            )

    async def remove(self, transaction: Transaction) -> None:
        """Remove what vanished."""
        if self.merged[0].removed:
            table, key = self._rows.table, self._rows.key
            gone = is_gone(table, self._staged, key, self._rows.owned)
            await transaction.execute(delete(table).where(gone))


async def take_turn(transaction: Transaction) -> None:
    """Wait until no other load is under way; the turn ends with *transaction*."""
    await transaction.fetch(select(func.pg_advisory_xact_lock(_TURN)))


async def number(
    transaction: Transaction,
    table: Table,
    key: Key,
    values: Sequence[tuple[object, ...]],
) -> dict[tuple[object, ...], int]:
    """Return the surrogate id of each of *values*: the one it has in *table*, else a new one."""
    rows = [dict(zip(key, value, strict=True)) for value in values]
    staged = await stage_for(transaction, table, key, rows, name=f"numbered_{table.name}")
    # pg_get_serial_sequence knows the sequence behind an identity column, whatever its name.
    sequence = cast(func.pg_get_serial_sequence(table.name, "id"), REGCLASS)
    known = staged.outerjoin(table, is_same(table, staged, key))
    identity = case((table.c.id.is_(None), func.nextval(sequence)), else_=table.c.id)
    found = await transaction.fetch(select(*staged.c, identity).select_from(known))
    return {tuple(row)[:-1]: row[-1] for row in found}


async def merge(transaction: Transaction, sets: Sequence[RowSet | History]) -> list[Merged]:
    """Bring every table of *sets* to hold its rows.

    Rows are written in the order of *sets* and removed in the reverse, so that a table may refer to
    those before it. A table comes once in a transaction.
    """
    plans = [await each.compare(transaction) for each in sets]
    for plan in plans:
        await plan.write(transaction)
    for plan in reversed(plans):
        await plan.remove(transaction)
    return [merged for plan in plans for merged in plan.merged]


async def insert_missing(
    transaction: Transaction,
    table: Table,
    key: Key,
    rows: Sequence[Mapping[str, object]],
) -> tuple[int, Table]:
    """Add those of *rows* whose key *table* lacks; return how many, and all of them as staged."""
    columns = tuple(rows[0])
    staged = await stage_for(transaction, table, columns, rows, name=f"staged_{table.name}")
    return await transaction.execute(_insert(table, staged, key)), staged


def _insert(table: Table, staged: Table, key: Key) -> Insert:
    missing = select(*staged.c).where(~is_in(table, staged, key))
    return insert(table).from_select(list(staged.c.keys()), missing)
