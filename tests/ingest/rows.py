"""What the tables hold, read as the loader."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, func, not_, select

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.sql.elements import ClauseElement

    from hub.database.engine import Database
    from hub.ingest.reference import LoadReport


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


async def moment(database: Database) -> datetime:
    """Return the server's present moment."""
    [[now]] = await fetch(database, select(func.clock_timestamp()))
    assert isinstance(now, datetime)
    return now


def known(
    table: Table, at: datetime, *columns: ColumnElement[Any], where: ColumnElement[bool]
) -> Select[Any]:
    """Select *columns* of what *table* was known to say at a moment: the newest by then."""
    newer = table.alias("newer")
    is_revised = (
        select(newer.c.code)
        .where(
            newer.c.code == table.c.code,
            newer.c.revision > table.c.revision,
            newer.c.recorded_at <= at,
        )
        .exists()
    )
    stands = not_(table.c.is_withdrawn)
    return select(*columns).where(table.c.recorded_at <= at, not_(is_revised), stands, where)


def counts(report: LoadReport, table: Table) -> tuple[int, int, int]:
    """Return how many rows of *table* were new, changed and removed."""
    [each] = [each for each in report.tables if each.table == table.name]
    return each.new, each.changed, each.removed
