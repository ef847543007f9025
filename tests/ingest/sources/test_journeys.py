"""From another's system to figures: what is fetched is taken once, whatever happens on the way."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import httpx
import pytest
from sqlalchemy import select

from hub.database.transaction import Mode, begin
from hub.errors import HubError
from hub.ingest.batch.reports import Counts
from hub.ingest.formats import NumberStyle, ReadOptions
from hub.ingest.sources import (
    ApiPull,
    DropFolder,
    collect_files,
    collect_pages,
    compare,
    load_state,
    open_register,
    read_news,
    save_state,
)
from hub.ingest.sources.early import Early
from hub.model.intake import batch, batch_row
from tests.ingest.batch.ground import COUNT, NOW, RATE, Sender, figures, register
from tests.ingest.formats.reading import FILES
from tests.ingest.rows import fetch
from tests.ingest.sources.centre import Centre, opened_centre
from tests.ingest.sources.department import Department, department

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from hub.database.embedded import Server
    from hub.database.engine import Database
    from hub.ingest.batch.processing import Workshop
    from hub.ingest.batch.reports import BatchReport
    from hub.ingest.sources.pages import Record

POLICE = "hn.cong-an"
DIVIDED = "Phường Điện Biên, quận Ba Đình"
WARDS = ("00004", "00008", "00025", "00070", "00082")
OF_SEPTEMBER = {"indicator": COUNT, "period": "2026-09"}


def shop_of(sender: Sender, options: ReadOptions) -> Workshop:
    return replace(sender.shop, options=lambda _: options)


def counted(reports: list[BatchReport]) -> Counts:
    total = Counts()
    for report in reports:
        assert report.status == "done"
        fields = Counts.__dataclass_fields__
        total = Counts(
            **{name: getattr(total, name) + getattr(report.counts, name) for name in fields}
        )
    return total


async def values(database: Database) -> dict[str, object]:
    """Return the newest figures that are not withdrawn, by ward."""
    return {str(row[1]): row[4] for row in await figures(database) if row[-1] and not row[-2]}


@pytest.fixture
async def city(undemonstrated: Database, tmp_path: Path) -> Sender:
    """A source of the police, for every ward, in a hub without figures."""
    source = await register(
        undemonstrated, "thu.thanh-pho", owner=POLICE, indicators=(COUNT, RATE), areas=()
    )
    return Sender(undemonstrated, source, tmp_path)


@pytest.fixture
def asked() -> Iterator[Department]:
    """A department that has counted something in five wards."""
    with department() as served:
        served.items = [
            {"area": {"code": code}, "value": number, "updated": f"2026-09-0{number}"}
            for number, code in enumerate(WARDS, 1)
        ]
        yield served


@pytest.fixture
async def centre(server: Server) -> AsyncIterator[Centre]:
    """A centre's database with five rows."""
    async with opened_centre(server) as opened:
        yield opened


async def test_a_department_s_system_is_taken_whole_though_it_fails_on_the_way(
    city: Sender, asked: Department
) -> None:
    """What was committed stays, the rest follows, and nothing is taken twice."""
    shop = shop_of(city, ReadOptions(columns={"area.code": "area"}, constants=OF_SEPTEMBER))

    async def no_sleep(_: float) -> None: ...

    async def collect() -> list[BatchReport]:
        async with httpx.AsyncClient(timeout=5) as client:
            pull = ApiPull(client, asked.connection, sleep=no_sleep)
            state = await load_state(shop, city.source, "pages")
            return await collect_pages(shop, city.source, "pages", pull.pages(state))

    async def collect_until_it_fails() -> None:
        with pytest.raises(HubError):
            await collect()

    asked.fails_after = 1
    await collect_until_it_fails()
    assert set(await values(city.database)) == set(WARDS[:2])
    asked.fails_after = None
    assert counted(await collect()) == Counts(received=3, new=3)
    assert set(await values(city.database)) == set(WARDS)
    assert await load_state(shop, city.source, "pages") == {"since": "2026-09-05"}
    asked.items[4] |= {"value": 50, "updated": "2026-09-08"}
    assert counted(await collect()) == Counts(received=1, revised=1)
    assert await fetch(city.database, select(batch.c.channel).distinct()) == [("pull",)]


async def test_a_page_about_persons_stops_the_fetching_until_it_is_put_right(
    city: Sender, asked: Department
) -> None:
    """Nothing of it is kept, and its state is not saved, so that no figure is passed over."""
    shop = shop_of(city, ReadOptions(columns={"area.code": "area"}, constants=OF_SEPTEMBER))
    asked.items[2]["note"] = "0912345678"
    async with httpx.AsyncClient(timeout=5) as client:
        pull = ApiPull(client, asked.connection)
        first = await collect_pages(shop, city.source, "pages", pull.pages())
        assert [report.status for report in first] == ["done", "refused"]
        assert first[-1].refusal == "PERSONS_REFUSED"
        kept = await load_state(shop, city.source, "pages")
        assert kept
        assert kept["cursor"] == "2"
        del asked.items[2]["note"]
        rest = await collect_pages(shop, city.source, "pages", pull.pages(kept))
    assert counted(rest) == Counts(received=3, new=3)


async def test_a_register_is_taken_and_what_is_gone_from_it_withdrawn(
    city: Sender, centre: Centre
) -> None:
    """By day what is new, by night what was committed late or deleted."""
    shop = shop_of(city, ReadOptions(columns={"facility": "area", "places": "value"},
                                     constants={"indicator": COUNT}))  # fmt: skip
    written = ("Phường Ba Đình", "P. Ngọc Hà", "giang vo", "00070", "00082")
    for number, ward in enumerate(written, 1):
        await centre.run(
            f"""UPDATE so_y_te."Chỗ điều trị" SET facility = '{ward}' WHERE id = {number}"""
        )

    async def by_day() -> Counts:
        state = await load_state(shop, city.source, "news")
        async with open_register(centre.description) as opened:
            pages = read_news(opened, centre.description, state)
            return counted(await collect_pages(shop, city.source, "news", pages))

    nights = (NOW + timedelta(days=day) for day in count())

    async def by_night() -> Counts:
        state = await load_state(shop, city.source, "comparison")
        async with open_register(centre.description) as opened:
            pages = compare(opened, centre.description, lambda: next(nights), state)
            return counted(await collect_pages(shop, city.source, "comparison", pages))

    assert await by_day() == Counts(received=5, new=5)
    assert await by_night() == Counts(received=5, unchanged=5)
    assert await by_night() == Counts()
    await centre.run('UPDATE so_y_te."Chỗ điều trị" SET places = 31 WHERE id = 3')
    await centre.run('DELETE FROM so_y_te."Chỗ điều trị" WHERE id = 4')
    assert await by_day() == Counts(received=4, unchanged=4)
    assert await by_night() == Counts(received=2, revised=1, withdrawn=1)
    assert await by_day() == Counts(received=4, unchanged=4)
    assert await values(city.database) == {"00004": 10, "00008": 20, "00025": 31, "00082": 50}


async def test_half_a_character_costs_its_own_record_alone(city: Sender, asked: Department) -> None:
    """Though it cannot be written as UTF-8."""
    shop = shop_of(city, ReadOptions(columns={"area.code": "area"}, constants=OF_SEPTEMBER))
    asked.items[1]["note"] = "\ud83d"
    asked.items[2]["no\ud83dte"] = "x"
    async with httpx.AsyncClient(timeout=5) as client:
        pull = ApiPull(client, asked.connection)
        reports = await collect_pages(shop, city.source, "pages", pull.pages())
    assert counted(reports) == Counts(received=5, new=4, rejected=1)
    assert [(row.line, row.code) for report in reports for row in report.rows] == [
        (2, "CONTROL_CHARACTER")
    ]


async def test_what_a_system_gives_too_early_is_taken_once_its_period_is_over(
    city: Sender, asked: Department
) -> None:
    """The newest of each figure; it is offered again on another day, and not more often."""
    moment = datetime(2026, 9, 20, 5, tzinfo=UTC)
    shop = replace(
        shop_of(city, ReadOptions(columns={"area.code": "area"}, constants=OF_SEPTEMBER)),
        clock=lambda: moment,
    )

    async def collect() -> Counts:
        async with httpx.AsyncClient(timeout=5) as client:
            pull = ApiPull(client, asked.connection)
            state = await load_state(shop, city.source, "pages")
            pages = pull.pages(state)
            return counted(await collect_pages(shop, city.source, "pages", pages, keeps_early=True))

    assert await collect() == Counts(received=5, rejected=5)
    asked.items[0] |= {"value": 11, "updated": "2026-09-21"}
    assert await collect() == Counts(received=2, rejected=2)
    moment = datetime(2026, 9, 30, 16, 59, tzinfo=UTC)
    assert await collect() == Counts(received=6, rejected=6)
    moment = datetime(2026, 9, 30, 17, 1, tzinfo=UTC)
    asked.items[1] |= {"value": 12, "updated": "2026-09-30"}
    assert await collect() == Counts(received=7, new=5, revised=1, unchanged=1)
    assert await values(city.database) == dict(zip(WARDS, (11, 12, 3, 4, 5), strict=True))
    moment = datetime(2026, 10, 2, tzinfo=UTC)
    assert await collect() == Counts(received=1, unchanged=1)


async def test_what_waits_and_must_not_any_longer_is_forgotten(
    city: Sender, asked: Department
) -> None:
    """Nobody would put it right; what is new is taken."""
    shop = shop_of(city, ReadOptions(columns={"area.code": "area"}, constants=OF_SEPTEMBER))
    waiting = {"day": "2026-10-01", "records": ['{"area.code":"00004","note":"0912345678"}']}
    async with begin(city.database, city.source.principal, Mode.WRITE) as transaction:
        await save_state(transaction, city.source, "pages/early", waiting)
    async with httpx.AsyncClient(timeout=5) as client:
        pull = ApiPull(client, asked.connection)
        pages = pull.pages()
        first, *rest = await collect_pages(shop, city.source, "pages", pages, keeps_early=True)
    assert first.refusal == "PERSONS_REFUSED"
    assert counted(rest) == Counts(received=5, new=5)
    kept = await load_state(shop, city.source, "pages/early")
    assert kept
    assert kept["records"] == []


def test_no_more_waits_than_can_wait() -> None:
    """Nothing is lost: what is too much is not fetched."""
    records: list[Record] = [{"area": str(number)} for number in range(50_001)]
    early = Early(ReadOptions(), NOW, None)
    rejected = dict.fromkeys(range(1, 50_001), "PERIOD_NOT_FINISHED")
    assert early.take(records, rejected)
    with pytest.raises(HubError) as caught:
        early.take(records[-1:], {1: "PERIOD_NOT_FINISHED"})
    assert caught.value.code == "SOURCE_TOO_EARLY"


async def test_a_register_s_rows_are_taken_once_their_period_is_over(
    city: Sender, centre: Centre
) -> None:
    """Though they have not changed since; what waits for somebody's decision waits once."""
    await centre.run("""UPDATE so_y_te."Chỗ điều trị" SET facility = '00004' WHERE id = 1""")
    await centre.run("""DELETE FROM so_y_te."Chỗ điều trị" WHERE id > 1""")
    moment = datetime(2026, 9, 29, 19, tzinfo=UTC)
    options = ReadOptions(columns={"facility": "area", "places": "value"},
                          constants={"indicator": COUNT})  # fmt: skip
    shop = replace(shop_of(city, options), clock=lambda: moment)

    async def by_night() -> Counts:
        state = await load_state(shop, city.source, "comparison")
        async with open_register(centre.description) as opened:
            pages = compare(opened, centre.description, shop.clock, state)
            return counted(await collect_pages(shop, city.source, "comparison", pages))

    assert await by_night() == Counts(received=1, rejected=1)
    moment += timedelta(days=1)
    assert await by_night() == Counts(received=1, new=1)
    moment += timedelta(days=1)
    assert await by_night() == Counts()
    await centre.put(2, 20)
    await centre.run(f"""UPDATE so_y_te."Chỗ điều trị" SET facility = '{DIVIDED}' WHERE id = 2""")
    assert await by_night() == Counts(received=1, held=1)
    moment += timedelta(days=1)
    assert await by_night() == Counts()


async def test_a_dump_is_taken_as_the_treasury_writes_it(city: Sender, tmp_path: Path) -> None:
    """TCVN3, semicolons, thousands of đồng, totals; what is wrong is reported row by row."""
    folder = tmp_path / "drops"
    folder.mkdir()
    shutil.copyfile(FILES / "tcvn3.csv", folder / "2026-09.csv")
    (folder / "readme.doc").write_bytes(b"no figures")
    shop = shop_of(
        city,
        ReadOptions(
            columns={"Phường, xã": "area", "Kỳ báo cáo": "period",
                     "Kinh phí (nghìn đồng)": "value"},
            constants={"indicator": COUNT},
            numbers=NumberStyle.VIETNAMESE,
            factors={"value": 1000},
            has_totals=True,
        ),
    )  # fmt: skip
    drops = DropFolder(folder, lambda: datetime.now(UTC) + timedelta(minutes=1))

    async def collect() -> list[BatchReport]:
        state = await load_state(shop, city.source, "files")
        return await collect_files(shop, city.source, "files", drops.files(state))

    [report] = await collect()
    assert (report.counts.received, report.counts.new) == (4, 3)
    assert [row[:2] for row in await figures(city.database)] == [
        (COUNT, "00004"),
        (COUNT, "00070"),
        (COUNT, "00376"),
    ]
    troubles = await fetch(city.database, select(batch_row.c.line, batch_row.c.code))
    assert troubles == [(6, "PERIOD_NOT_FINISHED")]
    assert await collect() == []


async def test_a_dump_that_is_refused_is_refused_once(city: Sender, tmp_path: Path) -> None:
    """A corrected one is another file."""
    folder = tmp_path / "drops"
    folder.mkdir()
    (folder / "a.csv").write_text("Họ và tên,value\nNguyễn Văn A,1\n", "utf-8")
    drops = DropFolder(folder, lambda: datetime.now(UTC) + timedelta(minutes=1))

    async def collect() -> list[str | None]:
        state = await load_state(city.shop, city.source, "files")
        reports = await collect_files(city.shop, city.source, "files", drops.files(state))
        return [report.refusal for report in reports]

    assert await collect() == ["PERSONS_REFUSED"]
    assert await collect() == []
    assert not list((city.home / "deliveries").rglob("*.csv"))


async def test_a_file_that_is_gone_and_comes_again_is_taken(city: Sender, tmp_path: Path) -> None:
    """Between a look and the reading of it; those behind it wait, so that none is forgotten."""
    folder = tmp_path / "drops"
    folder.mkdir()
    header = "indicator,area,period,value\n"
    files = [folder / "a.csv", folder / "b.csv"]
    for month, file in enumerate(files, 1):
        file.write_text(f"{header}{COUNT},00004,2026-0{month},1\n", "utf-8")
    moment = (datetime.now(UTC) - timedelta(minutes=5)).timestamp()
    os.utime(files[0], (moment, moment))
    drops = DropFolder(folder, lambda: datetime.now(UTC) + timedelta(minutes=1))

    async def collect(*, gone: bool) -> list[int]:
        state = await load_state(city.shop, city.source, "files")
        found = list(drops.files(state))
        content = files[0].read_bytes()
        if gone:
            files[0].unlink()
        reports = await collect_files(city.shop, city.source, "files", found)
        files[0].write_bytes(content)
        os.utime(files[0], (moment, moment))
        return [report.counts.new for report in reports]

    assert await collect(gone=True) == []
    assert await collect(gone=False) == [1, 1]
    assert await collect(gone=False) == []
