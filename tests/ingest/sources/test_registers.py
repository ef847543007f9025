"""A register is read where it is new, and compared by night: late, silent and deleted rows too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import asyncpg
import pytest

from hub.errors import HubError
from hub.ingest.sources import Page, RegisterConnection, compare, open_register, read_news

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hub.database.embedded import Server
    from hub.ingest.sources import State

NIGHT = datetime(2026, 10, 1, 2, tzinfo=UTC)
NOON = datetime(2026, 9, 30, 12, tzinfo=UTC)


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

    async def compared(self, state: State | None = None, *, may_shrink: bool = False) -> list[Page]:
        """Return what differs from *state*."""
        async with open_register(self.description) as register:
            found = compare(register, self.description, lambda: NIGHT, state, may_shrink=may_shrink)
            return [page async for page in found]


@pytest.fixture
async def centre(server: Server) -> AsyncIterator[Centre]:
    """A foreign database with five rows, changed a minute after one another."""
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


def places(pages: list[Page]) -> list[object]:
    return [record.get("places") for page in pages for record in page.records]


async def test_everything_is_read_once_in_the_order_of_its_changes(centre: Centre) -> None:
    pages = await centre.news()
    assert places(pages) == ["10", "20", "30", "40", "50"]
    assert pages[0].records[0] == {"facility": "co-so-1", "period": "2026-09", "places": "10"}
    assert pages[-1].state == {"watermark": ["datetime", "2026-09-30T12:05:00+00:00"]}


async def test_reading_goes_on_from_the_last_committed_page(centre: Centre) -> None:
    """Also where several rows were changed in one moment."""
    for number in range(1, 6):
        await centre.put(number, number)
    pages = await centre.news()
    assert places(pages) == ["1", "2", "3", "4", "5"]
    for kept, page in enumerate(pages[:-1], 1):
        assert places(await centre.news(page.state)) == places(pages[kept:])


async def test_what_is_new_is_read_with_what_was_changed_shortly_before(centre: Centre) -> None:
    """Whoever began before the last reading and committed after it is not missed."""
    state = (await centre.news())[-1].state
    await centre.put(6, 60, NOON + timedelta(minutes=2))
    await centre.put(7, 70, NOON + timedelta(minutes=9))
    await centre.put(8, 80, NOON - timedelta(hours=9))
    assert places(await centre.news(state)) == ["10", "20", "60", "30", "40", "50", "70"]


async def test_nothing_new_says_so_and_forgets_nothing(centre: Centre) -> None:
    state = (await centre.news())[-1].state
    await centre.run('DELETE FROM so_y_te."Chỗ điều trị"')
    assert await centre.news(state) == []


async def test_the_comparison_finds_late_commits_silent_changes_and_deletions(
    centre: Centre,
) -> None:
    """What is gone is withdrawn, by the figure that it stood for."""
    known = (await centre.compared())[-1].state
    assert await centre.compared(known) == [Page([], known)]
    await centre.put(8, 80, NOON - timedelta(days=9))
    await centre.run('UPDATE so_y_te."Chỗ điều trị" SET places = 31 WHERE id = 3')
    await centre.run('DELETE FROM so_y_te."Chỗ điều trị" WHERE id = 4')
    pages = await centre.compared(known)
    records = [record for page in pages for record in page.records]
    assert records[:-1] == [
        {"facility": "co-so-3", "period": "2026-09", "places": "31"},
        {"facility": "co-so-8", "period": "2026-09", "places": "80"},
    ]
    assert records[-1] == {
        "facility": "co-so-4",
        "period": "2026-09",
        "version": "1790820000000000",
        "withdrawn": "true",
    }
    assert [page.state for page in pages[:-1]] == [None] * (len(pages) - 1)
    assert await centre.compared(pages[-1].state) == [Page([], pages[-1].state)]


async def test_a_figure_whose_row_got_a_new_key_is_not_withdrawn(centre: Centre) -> None:
    """It is given again, and that is all."""
    known = (await centre.compared())[-1].state
    await centre.run('UPDATE so_y_te."Chỗ điều trị" SET id = 9 WHERE id = 4')
    records = [record for page in await centre.compared(known) for record in page.records]
    assert records == [{"facility": "co-so-4", "period": "2026-09", "places": "40"}]


async def test_an_emptied_register_withdraws_nothing_unasked(centre: Centre) -> None:
    """It is rather broken than empty; whoever knows better may say so."""
    for number in range(6, 60):
        await centre.put(number, number)
    known = (await centre.compared())[-1].state
    await centre.run('DELETE FROM so_y_te."Chỗ điều trị"')
    with pytest.raises(HubError) as caught:
        await centre.compared(known)
    assert caught.value.code == "SOURCE_SHRANK"
    [page] = await centre.compared(known, may_shrink=True)
    assert len(page.records) == 59


async def test_a_register_is_never_written(centre: Centre) -> None:
    """Its own database refuses the hub's session."""
    await centre.run(
        """CREATE FUNCTION so_y_te.spoil() RETURNS int LANGUAGE sql VOLATILE AS
        $$DELETE FROM so_y_te."Chỗ điều trị" RETURNING id$$;
        ALTER TABLE so_y_te."Chỗ điều trị" RENAME TO places;
        CREATE VIEW so_y_te."Chỗ điều trị" AS SELECT so_y_te.spoil() AS id, facility, period,
          places, changed_at FROM so_y_te.places"""
    )
    with pytest.raises(HubError) as caught:
        await centre.news()
    assert caught.value.code == "SOURCE_UNREACHABLE"
    assert "ReadOnly" in str(caught.value)


async def test_a_register_that_is_not_there_is_said_to_be_so(centre: Centre) -> None:
    """Without its address or password."""
    await centre.run('DROP TABLE so_y_te."Chỗ điều trị"')
    with pytest.raises(HubError) as caught:
        await centre.news()
    assert caught.value.code == "SOURCE_UNREACHABLE"
    assert "so_y_te" not in str(caught.value)
