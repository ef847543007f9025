"""A register is read where it is new, and compared by night: late, silent and deleted rows too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from hub.clock import VIETNAM
from hub.errors import HubError
from hub.ingest.sources import Page
from tests.ingest.sources.centre import NOON, Centre, opened_centre

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hub.database.embedded import Server
    from hub.ingest.sources.pages import Record

AT_NIGHT = "1790820000000000"
"""The moment of the comparison as a version."""


@pytest.fixture
async def centre(server: Server) -> AsyncIterator[Centre]:
    """A foreign database with five rows, changed a minute after one another."""
    async with opened_centre(server) as opened:
        yield opened


def places(pages: list[Page]) -> list[object]:
    return [record.get("places") for page in pages for record in page.records]


async def test_everything_is_read_once_in_the_order_of_its_changes(centre: Centre) -> None:
    pages = await centre.news()
    assert places(pages) == ["10", "20", "30", "40", "50"]
    assert pages[0].records[0] == {
        "facility": "co-so-1",
        "period": "2026-09",
        "places": "10",
        "version": "1790769660000000",
    }
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
    """What is gone is withdrawn, by the figure that it stood for; all as of the comparison."""
    known = (await centre.compared())[-1].state
    assert await centre.compared(known) == [Page([], known)]
    await centre.put(8, 80, NOON - timedelta(days=9))
    await centre.run('UPDATE so_y_te."Chỗ điều trị" SET places = 31 WHERE id = 3')
    await centre.run('DELETE FROM so_y_te."Chỗ điều trị" WHERE id = 4')
    pages = await centre.compared(known)
    records = [record for page in pages for record in page.records]
    assert records[:-1] == [
        {"facility": "co-so-3", "period": "2026-09", "places": "31", "version": AT_NIGHT},
        {"facility": "co-so-8", "period": "2026-09", "places": "80", "version": AT_NIGHT},
    ]
    assert records[-1] == {
        "facility": "co-so-4",
        "period": "2026-09",
        "version": AT_NIGHT,
        "withdrawn": "true",
    }
    assert [page.state for page in pages[:-1]] == [None] * (len(pages) - 1)
    assert await centre.compared(pages[-1].state) == [Page([], pages[-1].state)]


async def test_a_figure_whose_row_got_a_new_key_is_not_withdrawn(centre: Centre) -> None:
    """It is given again, and that is all."""
    known = (await centre.compared())[-1].state
    await centre.run('UPDATE so_y_te."Chỗ điều trị" SET id = 9 WHERE id = 4')
    records = [record for page in await centre.compared(known) for record in page.records]
    assert [record["places"] for record in records] == ["40"]


async def test_an_emptied_register_withdraws_nothing_unasked(centre: Centre) -> None:
    """It is rather broken than empty; whoever knows better may say so."""
    for number in range(6, 60):
        await centre.put(number, number)
    known = (await centre.compared())[-1].state
    await centre.run('DELETE FROM so_y_te."Chỗ điều trị"')
    with pytest.raises(HubError) as caught:
        await centre.compared(known)
    assert caught.value.code == "SOURCE_SHRANK"
    withdrawn, last = await centre.compared(known, may_shrink=True)
    assert len(withdrawn.records) == 59
    assert last == Page([], {})


async def test_a_row_that_was_not_taken_is_given_again(centre: Centre) -> None:
    """One of a closed period is not; a withdrawal that was not possible is tried again."""
    first = await centre.compared(rejecting={"10": "PERIOD_NOT_FINISHED", "20": "PERIOD_CLOSED"})
    assert places(first) == ["10", "20", "30", "40", "50"]
    second = await centre.compared(first[-1].state)
    assert places(second) == ["10"]
    await centre.run('DELETE FROM so_y_te."Chỗ điều trị" WHERE id < 4')
    third = await centre.compared(second[-1].state, rejecting={None: "AREA_NOT_WITHIN_RIGHT"})
    assert [record["facility"] for page in third for record in page.records] == [
        "co-so-1",
        "co-so-3",
    ]
    fourth = await centre.compared(third[-1].state)
    assert [record["withdrawn"] for page in fourth for record in page.records] == ["true"] * 2
    assert await centre.compared(fourth[-1].state) == [fourth[-1]]


async def test_what_could_not_be_withdrawn_is_not_asked_about_every_night(centre: Centre) -> None:
    """It had vanished before."""
    known = (await centre.compared())[-1].state
    for number in range(6, 60):
        await centre.put(number, number)
        if number % 10 == 0:
            known = (await centre.compared(known))[-1].state
    known = (await centre.compared(known))[-1].state
    await centre.run('DELETE FROM so_y_te."Chỗ điều trị" WHERE id < 12')
    refused: dict[object, str] = {None: "AREA_NOT_WITHIN_RIGHT"}
    known = (await centre.compared(known, may_shrink=True, rejecting=refused))[-1].state
    withdrawn, last = await centre.compared(known)
    assert len(withdrawn.records) == 11
    assert await centre.compared(last.state) == [last]


async def test_a_row_that_became_another_figure_withdraws_the_one_it_was(centre: Centre) -> None:
    """Unless another row stands for that."""
    known = (await centre.compared())[-1].state
    await centre.run("""UPDATE so_y_te."Chỗ điều trị" SET facility = 'co-so-9' WHERE id = 4""")
    await centre.run("""UPDATE so_y_te."Chỗ điều trị" SET facility = 'co-so-5' WHERE id = 3""")
    await centre.run("""UPDATE so_y_te."Chỗ điều trị" SET facility = 'co-so-3' WHERE id = 5""")
    pages = await centre.compared(known)
    records = [record for page in pages for record in page.records]
    assert [(record["facility"], record.get("withdrawn")) for record in records] == [
        ("co-so-5", None),
        ("co-so-9", None),
        ("co-so-3", None),
        ("co-so-4", "true"),
    ]
    assert await centre.compared(pages[-1].state) == [pages[-1]]


async def test_what_was_read_by_day_and_is_gone_by_night_is_withdrawn(centre: Centre) -> None:
    """Also where its row is there, and stands for what it stood for the night before."""
    known = (await centre.compared())[-1].state
    await centre.put(6, 60, NOON + timedelta(hours=1))
    await centre.run("""UPDATE so_y_te."Chỗ điều trị" SET facility = 'co-so-9' WHERE id = 4""")
    read: dict[str, list[Record]] = {}
    for page in await centre.news():
        for key, figure in page.figures:
            read.setdefault(key, []).append(figure)
    await centre.run('DELETE FROM so_y_te."Chỗ điều trị" WHERE id = 6')
    await centre.run("""UPDATE so_y_te."Chỗ điều trị" SET facility = 'co-so-4' WHERE id = 4""")
    pages = await centre.compared(known, read=read)
    records = [record for page in pages for record in page.records]
    assert [(record["facility"], record.get("withdrawn")) for record in records] == [
        ("co-so-4", None),
        ("co-so-9", "true"),
        ("co-so-6", "true"),
    ]


async def test_without_versions_a_figure_is_said_anew_after_another_spelling_is_withdrawn(
    centre: Centre,
) -> None:
    """It may be the same figure: what is said last stays."""
    centre.description = replace(centre.description, version=None)
    known = (await centre.compared())[-1].state
    await centre.run("""UPDATE so_y_te."Chỗ điều trị" SET facility = 'CO-SO-4' WHERE id = 4""")
    records = [record for page in await centre.compared(known) for record in page.records]
    assert [record["facility"] for record in records] == ["CO-SO-4", "co-so-4", "CO-SO-4"]
    assert [record.get("withdrawn") for record in records] == [None, "true", None]


async def test_times_without_a_zone_are_of_the_register_s_own(centre: Centre) -> None:
    """Else a correction of the hub's night would look newer than what a clerk changed by day."""
    await centre.run(
        """ALTER TABLE so_y_te."Chỗ điều trị" ALTER changed_at TYPE timestamp
        USING changed_at AT TIME ZONE 'Asia/Ho_Chi_Minh'"""
    )
    centre.description = replace(centre.description, time_zone=VIETNAM)
    [first, *_] = await centre.news()
    assert first.records[0]["version"] == "1790769660000000"


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
