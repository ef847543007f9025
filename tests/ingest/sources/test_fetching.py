"""What the file of connections names is fetched, by the clock or when somebody asks."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from hub.errors import HubError
from hub.ingest.batch.deliveries import Deliveries
from hub.ingest.batch.processing import Workshop
from hub.ingest.connections import Connections, read_connections
from hub.ingest.fetching import compare_source, fetch_source, fetching, show_schedules
from hub.model.intake import data_source
from tests.ingest.batch.ground import COUNT, register
from tests.ingest.formats.reading import FILES
from tests.ingest.rows import fetch
from tests.ingest.sources.centre import Centre, opened_centre
from tests.ingest.sources.department import CLIENT, Department, department

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from hub.database.embedded import Server
    from hub.database.engine import Database

LATER = datetime(2026, 10, 20, tzinfo=UTC)
HOTLINE, CENTRE, TREASURY, WARDS = "thu.tin-bao", "thu.dieu-tri", "thu.ngan-sach", "thu.phuong"


@pytest.fixture
def asked() -> Iterator[Department]:
    """A department that has counted something in a ward."""
    with department() as served:
        served.items = [{"area": "00082", "value": 3, "updated": "2026-09-01"}]
        yield served


@pytest.fixture
async def centre(server: Server) -> AsyncIterator[Centre]:
    """A centre's database with one row."""
    async with opened_centre(server) as opened:
        await opened.run("""DELETE FROM so_y_te."Chỗ điều trị" WHERE id > 1""")
        await opened.run("""UPDATE so_y_te."Chỗ điều trị" SET facility = 'Phường Ngọc Hà'""")
        yield opened


@pytest.fixture
def connections(tmp_path: Path, asked: Department, centre: Centre) -> Connections:
    """An installation's file that names all of them."""
    (tmp_path / "secret").write_text(CLIENT[1])
    (tmp_path / "drops").mkdir()
    shutil.copyfile(FILES / "tcvn3.csv", tmp_path / "drops" / "2026-09.csv")
    os.utime(tmp_path / "drops" / "2026-09.csv", (0, 0))
    (tmp_path / "sources.toml").write_text(
        f"""
        ["{HOTLINE}"]
        kind = "api"
        url = "{asked.connection.url}"
        token_url = "{asked.connection.token_url}"
        client_id = "{CLIENT[0]}"
        client_secret_file = "secret"
        mapping = {{ constants = {{ indicator = "{COUNT}", period = "2026-09" }} }}

        ["{CENTRE}"]
        kind = "database"
        schedule = "*/15 * * * *"
        url = "{centre.description.url}"
        schema = "so_y_te"
        table = "Chỗ điều trị"
        columns = ["facility", "period", "places"]
        key = ["id"]
        figure_key = ["facility", "period"]
        watermark = "changed_at"
        version = "changed_at"
        ["{CENTRE}".mapping]
        columns = {{ facility = "area", places = "value" }}
        constants = {{ indicator = "{COUNT}" }}

        ["{TREASURY}"]
        kind = "folder"
        path = "drops"
        quiet_seconds = 0
        ["{TREASURY}".mapping]
        columns."Phường, xã" = "area"
        columns."Kỳ báo cáo" = "period"
        columns."Kinh phí (nghìn đồng)" = "value"
        constants = {{ indicator = "{COUNT}" }}
        numbers = "vietnamese"
        factors = {{ value = 1000 }}
        has_totals = true

        ["{WARDS}"]
        kind = "push"
        """,
        "utf-8",
    )
    return read_connections(tmp_path / "sources.toml")


@pytest.fixture
async def shop(undemonstrated: Database, tmp_path: Path, connections: Connections) -> Workshop:
    """What the sources' batches are worked on with; it is a day or two later."""
    for code in (HOTLINE, CENTRE, TREASURY, WARDS):
        await register(undemonstrated, code, owner="hn.cong-an", indicators=(COUNT,), areas=())
    moments = (LATER + timedelta(hours=hour) for hour in range(1_000))
    return Workshop(
        undemonstrated,
        Deliveries.of(tmp_path),
        lambda: next(moments),
        options=lambda source: connections.options(source.code),
    )


async def test_every_kind_of_source_is_fetched_as_the_file_says(
    shop: Workshop, connections: Connections
) -> None:
    """And gives nothing new the second time."""
    for code, new, again in ((HOTLINE, 1, 1), (CENTRE, 1, 1), (TREASURY, 3, 0)):
        [report] = await fetch_source(shop, connections, code)
        assert (report.status, report.counts.new) == ("done", new), code
        reports = await fetch_source(shop, connections, code)
        assert sum(each.counts.received for each in reports) == again
        assert sum(each.counts.unchanged for each in reports) == again


async def test_a_register_is_compared_as_a_whole(
    shop: Workshop, connections: Connections, centre: Centre
) -> None:
    await compare_source(shop, connections, CENTRE)
    await centre.run("""DELETE FROM so_y_te."Chỗ điều trị" """)
    [report] = await compare_source(shop, connections, CENTRE)
    assert report.counts.withdrawn == 1


async def test_what_is_read_by_day_and_deleted_before_night_is_withdrawn(
    shop: Workshop, connections: Connections, centre: Centre
) -> None:
    """Of a row that was not taken nothing is known, and nothing withdrawn."""
    await compare_source(shop, connections, CENTRE)
    await centre.put(7, 70)
    await centre.put(8, 80)
    await centre.run("""UPDATE so_y_te."Chỗ điều trị" SET facility = '00004' WHERE id = 7""")
    [report] = await fetch_source(shop, connections, CENTRE)
    assert (report.counts.new, report.counts.rejected) == (1, 1)
    await centre.run("""DELETE FROM so_y_te."Chỗ điều trị" WHERE id > 6""")
    [report] = await compare_source(shop, connections, CENTRE)
    assert (report.counts.received, report.counts.withdrawn) == (1, 1)
    assert await compare_source(shop, connections, CENTRE) == []


async def test_another_spelling_of_a_facility_withdraws_nothing(
    shop: Workshop, connections: Connections, centre: Centre
) -> None:
    """Neither by night, nor where it was read by day and is as it was."""
    await compare_source(shop, connections, CENTRE)
    for written in ("P. Ngọc Hà", "Phường Ngọc Hà"):
        await centre.run(f"""UPDATE so_y_te."Chỗ điều trị" SET facility = '{written}'""")
        reports = await compare_source(shop, connections, CENTRE)
        assert not any(report.counts.withdrawn for report in reports)
    noon = shop.clock() + timedelta(minutes=1)
    for minute, (written, places) in enumerate((("P. Ngọc Hà", 11), ("Phường Ngọc Hà", 10))):
        await centre.run(
            f"""UPDATE so_y_te."Chỗ điều trị" SET facility = '{written}', places = {places},
              changed_at = '{noon + timedelta(minutes=minute)}'"""
        )
        [report] = await fetch_source(shop, connections, CENTRE)
        assert report.counts.revised == 1
    reports = await compare_source(shop, connections, CENTRE)
    assert not any(report.counts.withdrawn for report in reports)
    assert await compare_source(shop, connections, CENTRE) == []


async def test_what_is_fetched_by_the_clock_does_not_fail_with_its_source(
    shop: Workshop, connections: Connections, centre: Centre, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told, without what the source said, and tried again the next time."""
    chores = {chore.name: chore for chore in fetching(shop, connections)}
    assert {name: chore.when for name, chore in chores.items()} == {
        f"compare {CENTRE}": "40 18 * * *",
        f"fetch {CENTRE}": "*/15 * * * *",
        f"fetch {HOTLINE}": "7 * * * *",
        f"fetch {TREASURY}": "7 * * * *",
        "schedules": "* * * * *",
    }
    await centre.run("""DROP TABLE so_y_te."Chỗ điều trị" """)
    with caplog.at_level("WARNING"):
        await chores[f"fetch {CENTRE}"].do()
    assert "SOURCE_UNREACHABLE" in caplog.text
    assert "so_y_te" not in caplog.text


async def test_owners_are_shown_when_their_sources_are_fetched(
    shop: Workshop, connections: Connections
) -> None:
    """As the file says by now; what is not fetched has no schedule."""
    shown = select(data_source.c.code, data_source.c.schedule).where(
        data_source.c.code.like("thu.%")
    )
    await show_schedules(shop.database, connections)
    assert dict(await fetch(shop.database, shown)) == {
        HOTLINE: "7 * * * *",
        CENTRE: "*/15 * * * *",
        TREASURY: "7 * * * *",
        WARDS: None,
    }
    await show_schedules(shop.database, Connections(connections.folder, {}))
    assert {schedule for _, schedule in await fetch(shop.database, shown)} == {None}


async def test_a_source_that_sends_is_not_fetched_from(
    shop: Workshop, connections: Connections
) -> None:
    """Nor is one that the file does not name, nor a system compared."""
    for code in (WARDS, "thu.khac"):
        with pytest.raises(HubError) as caught:
            await fetch_source(shop, connections, code)
        assert caught.value.code == "SOURCE_NOT_FETCHED"
    with pytest.raises(HubError):
        await compare_source(shop, connections, HOTLINE)
