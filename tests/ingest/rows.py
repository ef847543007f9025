"""What the tables hold, read as the loader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, func, select

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ClauseElement

    from hub.database.engine import Database


async def fetch(database: Database, statement: ClauseElement) -> list[tuple[Any, ...]]:
    """Return the rows of *statement*."""
    async with begin(database, LOADER, Mode.READ) as transaction:
        return [tuple(row) for row in await transaction.fetch(statement)]


async def contents(database: Database, *tables: Table) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of *tables*, whole, ids included, in the order of their first columns."""
    return {
        table.name: await fetch(database, select(table).order_by(*list(table.c)[:2]))
        for table in tables
    }


async def size(database: Database, table: Table) -> int:
    """Return how many rows *table* has."""
    [[count]] = await fetch(database, select(func.count()).select_from(table))
    return int(count)
