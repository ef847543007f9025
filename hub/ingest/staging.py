"""Rows staged by COPY beside the table they are for, and how the two compare, set against set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Column, MetaData, Table, and_, exists, false, not_, tuple_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateTable
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.expression import Executable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, FromClause
    from sqlalchemy.sql.compiler import SQLCompiler

    from hub.database.transaction import Transaction

Key = tuple[str, ...]
"""The columns that tell rows apart."""


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


async def stage(
    transaction: Transaction,
    name: str,
    columns: Mapping[str, Column[object]],
    rows: Iterable[Sequence[object]],
) -> Table:
    """Return a table called *name* that holds *rows* and ends with *transaction*.

    *columns* are its columns, each of the type of the column it is for.
    """
    staged = Table(
        name,
        MetaData(),
        *(Column(column, like.type) for column, like in columns.items()),
        prefixes=["TEMPORARY"],
        postgresql_on_commit="DROP",
    )
    await transaction.execute(_CreateStaged(staged))
    await transaction.copy(staged, tuple(columns), rows)
    return staged


async def stage_for(
    transaction: Transaction,
    table: Table,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, object]],
    *,
    name: str,
) -> Table:
    """Return a table called *name* that holds *rows*, with those *columns* of *table*."""
    like = {column: table.c[column] for column in columns}
    return await stage(transaction, name, like, (tuple(row[c] for c in columns) for row in rows))


def is_same(table: FromClause, staged: FromClause, key: Key) -> ColumnElement[bool]:
    """Return whether *table* and *staged* have equal *key*; null equals null."""
    return and_(
        *(
            table.c[column].is_not_distinct_from(staged.c[column])
            if table.c[column].nullable
            else table.c[column] == staged.c[column]
            for column in key
        )
    )


def is_in(table: FromClause, staged: FromClause, key: Key) -> ColumnElement[bool]:
    """Return whether *table* has a row with the *key* of the row of *staged*."""
    return exists().select_from(table).where(is_same(table, staged, key))


def differs(table: FromClause, staged: FromClause, key: Key) -> ColumnElement[bool]:
    """Return whether rows of equal *key* say something else."""
    columns = [c.name for c in staged.c if c.name not in key]
    if not columns:
        return false()
    kept = tuple_(*(table.c[column] for column in columns))
    given = tuple_(*(staged.c[column] for column in columns))
    return kept.is_distinct_from(given)


def is_gone(
    table: FromClause, staged: FromClause, key: Key, owned: ColumnElement[bool] | None
) -> ColumnElement[bool]:
    """Return whether a row of *table* that is *owned* is no longer among *staged*."""
    if owned is None:
        return false()
    found = exists().select_from(staged).where(is_same(table, staged, key))
    return and_(owned, not_(found))
