"""Bring a table to hold a set of rows: staged by COPY, compared and written set against set.

What is equal already is not touched, so that doing it again changes nothing and wakes no trigger.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    Column,
    MetaData,
    Table,
    and_,
    case,
    cast,
    delete,
    exists,
    false,
    func,
    insert,
    not_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import REGCLASS
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateTable
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.expression import Executable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Insert
    from sqlalchemy.sql.compiler import SQLCompiler

    from hub.database.transaction import Transaction

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
    key: tuple[str, ...]
    rows: Sequence[Mapping[str, object]]
    owned: ColumnElement[bool] | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """What it took to bring *table* to hold what it shall."""

    table: str
    new: int
    changed: int
    unchanged: int
    removed: int

    @property
    def is_change(self) -> bool:
        """Tell whether anything was written."""
        return bool(self.new or self.changed or self.removed)


class _CreateStaged(Executable, ClauseElement):
    """``CREATE TEMPORARY TABLE``, run like any other statement."""

    inherit_cache = False

    def __init__(self, table: Table) -> None:
        self.table = table


@compiles(_CreateStaged)
def _create_staged(element: _CreateStaged, compiler: SQLCompiler, **_: object) -> str:
    return str(CreateTable(element.table).compile(dialect=compiler.dialect))


async def take_turn(transaction: Transaction) -> None:
    """Wait until no other load is under way; the turn ends with *transaction*."""
    await transaction.fetch(select(func.pg_advisory_xact_lock(_TURN)))


async def number(
    transaction: Transaction,
    table: Table,
    key: tuple[str, ...],
    values: Sequence[tuple[object, ...]],
) -> dict[tuple[object, ...], int]:
    """Return the surrogate id of each of *values*: the one it has in *table*, else a new one."""
    rows = [dict(zip(key, value, strict=True)) for value in values]
    staged = await _stage(transaction, table, key, rows, name=f"numbered_{table.name}")
    # pg_get_serial_sequence knows the sequence behind an identity column, whatever its name.
    sequence = cast(func.pg_get_serial_sequence(table.name, "id"), REGCLASS)
    known = staged.outerjoin(table, _same(table, staged, key))
    identity = case((table.c.id.is_(None), func.nextval(sequence)), else_=table.c.id)
    found = await transaction.fetch(select(*staged.c, identity).select_from(known))
    return {tuple(row)[:-1]: row[-1] for row in found}


async def merge(transaction: Transaction, sets: Sequence[RowSet]) -> list[Merged]:
    """Bring every table of *sets* to hold its rows.

    Rows are written in the order of *sets* and removed in the reverse, so that a table may refer to
    those before it. A table comes once in a transaction.
    """
    plans = [await _compare(transaction, each) for each in sets]
    for plan in plans:
        await plan.write(transaction)
    for plan in reversed(plans):
        await plan.remove(transaction)
    return [plan.merged for plan in plans]


async def insert_missing(
    transaction: Transaction,
    table: Table,
    key: tuple[str, ...],
    rows: Sequence[Mapping[str, object]],
) -> tuple[int, Table]:
    """Add those of *rows* whose key *table* lacks; return how many, and all of them as staged."""
    columns = tuple(rows[0])
    staged = await _stage(transaction, table, columns, rows, name=f"staged_{table.name}")
    return await transaction.execute(_insert(table, staged, key)), staged


@dataclass(frozen=True, slots=True)
class _Plan:
    rows: RowSet
    staged: Table
    merged: Merged

    async def write(self, transaction: Transaction) -> None:
        table, key = self.rows.table, self.rows.key
        if self.merged.new:
            await transaction.execute(_insert(table, self.staged, key))
        if self.merged.changed:
            values = {c.name: c for c in self.staged.c if c.name not in key}
            await transaction.execute(
                update(table)
                .values(values)
                .where(_same(table, self.staged, key), _differs(table, self.staged, key))
            )

    async def remove(self, transaction: Transaction) -> None:
        if self.merged.removed:
            table = self.rows.table
            await transaction.execute(delete(table).where(_vanished(self.rows, self.staged)))


async def _compare(transaction: Transaction, rows: RowSet) -> _Plan:
    table, key = rows.table, rows.key
    columns = tuple(rows.rows[0]) if rows.rows else key
    staged = await _stage(transaction, table, columns, rows.rows, name=f"staged_{table.name}")
    new = select(func.count()).select_from(staged).where(~_has(table, staged, key))
    both = staged.join(table, _same(table, staged, key))
    changed = select(func.count()).select_from(both).where(_differs(table, staged, key))
    removed = select(func.count()).select_from(table).where(_vanished(rows, staged))
    [counts] = await transaction.fetch(
        select(new.scalar_subquery(), changed.scalar_subquery(), removed.scalar_subquery())
    )
    unchanged = len(rows.rows) - counts[0] - counts[1]
    return _Plan(rows, staged, Merged(table.name, counts[0], counts[1], unchanged, counts[2]))


async def _stage(
    transaction: Transaction,
    table: Table,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, object]],
    *,
    name: str,
) -> Table:
    staged = Table(
        name,
        MetaData(),
        *(Column(column, table.c[column].type) for column in columns),
        prefixes=["TEMPORARY"],
        postgresql_on_commit="DROP",
    )
    await transaction.execute(_CreateStaged(staged))
    await transaction.copy(staged, columns, (tuple(row[c] for c in columns) for row in rows))
    return staged


def _insert(table: Table, staged: Table, key: tuple[str, ...]) -> Insert:
    missing = select(*staged.c).where(~_has(table, staged, key))
    return insert(table).from_select(list(staged.c.keys()), missing)


def _same(table: Table, staged: Table, key: tuple[str, ...]) -> ColumnElement[bool]:
    return and_(
        *(
            table.c[column].is_not_distinct_from(staged.c[column])
            if table.c[column].nullable
            else table.c[column] == staged.c[column]
            for column in key
        )
    )


def _has(table: Table, staged: Table, key: tuple[str, ...]) -> ColumnElement[bool]:
    return exists().select_from(table).where(_same(table, staged, key))


def _differs(table: Table, staged: Table, key: tuple[str, ...]) -> ColumnElement[bool]:
    columns = [c.name for c in staged.c if c.name not in key]
    if not columns:
        return false()
    kept = tuple_(*(table.c[column] for column in columns))
    given = tuple_(*(staged.c[column] for column in columns))
    return kept.is_distinct_from(given)


def _vanished(rows: RowSet, staged: Table) -> ColumnElement[bool]:
    if rows.owned is None:
        return false()
    found = exists().select_from(staged).where(_same(rows.table, staged, rows.key))
    return and_(rows.owned, not_(found))
