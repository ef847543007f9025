"""A rehabilitation centre's own database, beside the hub's."""

from __future__ import annotations

from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import asyncpg

from hub.ingest.sources import Page, RegisterConnection, compare, open_register, read_news

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from hub.database.embedded import Server
    from hub.ingest.sources import State
    from hub.ingest.sources.pages import Record

NIGHT: Final = datetime(2026, 10, 1, 2, tzinfo=UTC)
NOON: Final = datetime(2026, 9, 30, 12, tzinfo=UTC)


class Centre:
    """A rehabilitation centre's own database: treatment places by month."""

    def __init__(self, connection: asyncpg.Connection[asyncpg.Record], url: str) -> None:
        self._connection = connection
        self.description = RegisterConnection(
            url=url,
            table="Chỗ điều trị",
            schema="so_y_te",
            columns=("facility", "period", "places"),
            key=("id",),
            figure_key=("facility", "period"),
            watermark="changed_at",
            version="changed_at",
            overlap=timedelta(minutes=5),
            page_size=2,
        )

    async def put(self, number: int, places: int, changed_at: datetime = NOON) -> None:
        """Write a row, or write it anew."""
        await self._connection.execute(
            """INSERT INTO so_y_te."Chỗ điều trị" VALUES ($1, $2, '2026-09', $3, $4)
            ON CONFLICT (id) DO UPDATE SET places = $3, changed_at = $4""",
            number,
            f"co-so-{number}",
            places,
            changed_at,
        )

    async def run(self, statement: str) -> None:
        """Do *statement* as the owner of the database."""
        await self._connection.execute(statement)

    async def news(self, state: State | None = None) -> list[Page]:
        """Return what is new since *state*."""
        async with open_register(self.description) as register:
            return [page async for page in read_news(register, self.description, state)]

    async def compared(
        self,
        state: State | None = None,
        *,
        read: Mapping[str, Sequence[Record]] | None = None,
        may_shrink: bool = False,
        rejecting: Mapping[object, str] | None = None,
    ) -> list[Page]:
        """Return what differs from *state*; *rejecting* has codes by the places of a record."""
        told = rejecting or {}
        pages: list[Page] = []
        async with open_register(self.description) as register:
            found = compare(
                register, self.description, lambda: NIGHT, state, read=read, may_shrink=may_shrink
            )
            rejected: dict[int, str] | None = None
            with suppress(StopAsyncIteration):
                while True:
                    pages.append(page := await found.asend(rejected))
                    given = (record.get("places") for record in page.records)
                    rejected = {n: told[each] for n, each in enumerate(given, 1) if each in told}
        return pages


@asynccontextmanager
async def opened_centre(server: Server) -> AsyncIterator[Centre]:
    """Give a foreign database with five rows, changed a minute after one another."""
    admin = await asyncpg.connect(server.url("postgres"))
    await admin.execute("CREATE DATABASE centre")
    connection = await asyncpg.connect(server.url("centre"))
    await connection.execute(
        """CREATE SCHEMA so_y_te;
        CREATE TABLE so_y_te."Chỗ điều trị" (
          id int PRIMARY KEY, facility text, period text, places numeric, changed_at timestamptz)"""
    )
    url = server.url("centre").replace("postgresql://", "postgresql+asyncpg://", 1)
    opened = Centre(connection, url)
    for number in range(1, 6):
        await opened.put(number, 10 * number, NOON + timedelta(minutes=number))
    yield opened
    await connection.close()
    await admin.execute("DROP DATABASE centre WITH (FORCE)")
    await admin.close()
