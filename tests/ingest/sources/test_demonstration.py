"""Every source of the demonstration works: as what it is in a city, and on a development hub."""

from __future__ import annotations

import json
import os
import shutil
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import func, select

from hub.ingest import demo
from hub.ingest.batch.deliveries import Deliveries
from hub.ingest.batch.processing import Workshop, process_batch
from hub.ingest.batch.records import Sending, record_delivery
from hub.ingest.batch.sources import get_source
from hub.ingest.connections import Api, Folder, Register, read_connections
from hub.ingest.development_sources import load_development_sources
from hub.ingest.fetching import fetch_source
from hub.model.authority import account
from hub.model.facilities import facility
from hub.model.intake import data_source, source_right
from hub.model.measurement import indicator, observation
from hub.model.organisation import agency
from hub.model.territory import area
from tests.demonstration import DEMO_MOMENT
from tests.deploy.composition import ROOT
from tests.ingest.formats.reading import FILES
from tests.ingest.rows import fetch
from tests.ingest.sources.centre import opened_centre
from tests.ingest.sources.department import CLIENT, department

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.embedded import Server
    from hub.database.engine import Database
    from hub.ingest.batch.reports import BatchReport
    from hub.ingest.connections import Connections

HOTLINE = "demo.hn.duong-day-nong"
APP = "demo.hn.vneid"
OUTPUT = "demo.hn.truyen-thong"
PLACES = "demo.hn.cho-dieu-tri"
WORK = "demo.hn.viec-lam-vay-von"
BUDGET = "demo.hn.ket-xuat-ngan-sach"
WORKBOOKS = "demo.hn.bang-tinh-cap-xa"


def lines(*rows: str) -> str:
    """Return *rows* as a file of text."""
    return "\n".join(rows)


SENDING: Final = {
    HOTLINE: ("csv", "Phường/Xã;Tháng;Số tin\nPhường Ba Đình;Tháng 9/2026;7\n"),
    APP: ("ndjson", '{"ward.code": "00004", "month": "2026-09", "count": 8}\n'),
    OUTPUT: (
        "csv",
        lines(
            "Chỉ tiêu,Phường/Xã,Tháng,Số lượng",
            "demo.hn.da7.tda1.buoi-truyen-thong,P. Ba Đình,Tháng 9/2026,6",
            "demo.hn.da7.tda1.tin-bai-co-so,P. Ba Đình,Tháng 9/2026,12",
        ),
    ),
    PLACES: ("ndjson", '{"facility_code": "demo.hn.methadone.1", "month": "2026-09", "places": 9}'),
    WORK: (
        "ndjson",
        lines(
            '{"chi_tieu": "viec_lam", "xa": "00004", "ky": "2026-09", "so_luong": 4}',
            '{"chi_tieu": "vay_von", "xa": "00004", "ky": "2026-09", "so_luong": 2}',
        ),
    ),
    BUDGET: (
        "csv",
        lines(
            "Phường, xã;Kỳ báo cáo;Kinh phí (nghìn đồng)",
            "Phường Ba Đình;Tháng 9/2026;1.234.567,89",
            "Tổng cộng;;1.234.567,89",
        ),
    ),
    WORKBOOKS: (
        "csv",
        "indicator,area,period,numerator,denominator\nhn.da5.tu-van-cai-nghien,00004,2026-09,3,10",
    ),
}
"""What each sends, on a development hub."""


def connected(home: Path) -> Connections:
    """Return how the sources of a development hub write, in *home*."""
    (home / "sources.toml").write_text((files(demo) / "connections.toml").read_text("utf-8"))
    return read_connections(home / "sources.toml")


def model(home: Path) -> Connections:
    """Return how the sources are fetched in a city, with their secrets in *home*."""
    shutil.copyfile(ROOT / "deploy" / "sources.toml", home / "sources.toml")
    (home / "secrets").mkdir()
    (home / "secrets" / "vneid").write_text(CLIENT[1])
    return read_connections(home / "sources.toml")


@pytest.fixture
async def hub(scratch: Database) -> Database:
    """A development hub with its demonstration."""
    await load_development_sources(scratch)
    return scratch


def shop_of(database: Database, home: Path, connections: Connections) -> Workshop:
    """Return what the sources' batches are worked on with, at the demonstration's moment."""
    return Workshop(
        database,
        Deliveries.of(home),
        lambda: DEMO_MOMENT,
        options=lambda source: connections.options(source.code),
    )


async def deliver(shop: Workshop, code: str, format_: str, text: str) -> BatchReport:
    """Return what came of *text*, delivered as the source *code*."""
    source = await get_source(shop.database, code)
    with shop.deliveries.receive() as arriving:
        arriving.write(text.encode())
        recorded = await record_delivery(
            shop.database,
            shop.deliveries,
            source=source,
            delivery=arriving.end(),
            sending=Sending("cli", format_),
        )
    return await process_batch(shop, recorded.id)


async def taken(database: Database, source: str) -> list[tuple[object, ...]]:
    """Return the figures that came from *source*: of what, where, how much, a demonstration's."""
    o = observation.c
    return await fetch(
        database,
        select(indicator.c.code, area.c.code, func.coalesce(o.numerator, o.value), o.synthetic)
        .join_from(observation, indicator, indicator.c.id == o.indicator_id)
        .join(area, area.c.id == o.area_id)
        .where(o.source == source, o.superseded_at.is_(None))
        .order_by(indicator.c.code, area.c.code),
    )


async def test_each_has_an_owner_an_account_and_rights_to_indicators_of_that_name(
    hub: Database,
) -> None:
    """What a development hub gives is given once; none may write anything real but the workbook."""
    await load_development_sources(hub)
    found = await fetch(
        hub,
        select(
            data_source.c.code,
            data_source.c.kind,
            agency.c.code,
            func.count(source_right.c.id),
            func.bool_and(indicator.c.synthetic),
            func.min(account.c.kind),
        )
        .select_from(data_source)
        .join(agency, agency.c.id == data_source.c.owner_id)
        .join(account, account.c.id == data_source.c.account_id)
        .join(source_right, source_right.c.source_id == data_source.c.id)
        .join(indicator, indicator.c.id == source_right.c.indicator_id)
        .where(data_source.c.synthetic)
        .group_by(data_source.c.code, data_source.c.kind, agency.c.code)
        .order_by(data_source.c.code),
    )
    assert found == [
        (WORKBOOKS, "workbook", "hn.ubnd-cap-xa.00004", 8, False, "machine"),
        (PLACES, "database", "hn.so-y-te", 1, True, "machine"),
        (HOTLINE, "push", "hn.cong-an", 1, True, "machine"),
        (BUDGET, "dump", "hn.so-tai-chinh", 1, True, "machine"),
        (OUTPUT, "push", "hn.so-van-hoa-the-thao", 2, True, "machine"),
        (WORK, "api", "hn.so-noi-vu", 2, True, "machine"),
        (APP, "api", "hn.cong-an", 1, True, "machine"),
    ]


def test_a_city_s_sources_write_as_those_of_a_development_hub(tmp_path: Path) -> None:
    """And every one of the demonstration is in both files."""
    (tmp_path / "city").mkdir()
    city, here = model(tmp_path / "city"), connected(tmp_path)
    assert city.by_source.keys() == here.by_source.keys() == SENDING.keys()
    for code in SENDING:
        assert city.options(code) == here.options(code), code


async def test_each_takes_what_it_sends_on_a_development_hub(hub: Database, tmp_path: Path) -> None:
    """Once; and what is of the demonstration says so."""
    shop = shop_of(hub, tmp_path, connected(tmp_path))
    for code, (format_, text) in SENDING.items():
        report = await deliver(shop, code, format_, text)
        counts = report.counts
        assert (report.status, report.rows) == ("done", ()), code
        assert counts.new + counts.revised == counts.received, code
        again = await deliver(shop, code, format_, text)
        assert again.counts.unchanged == again.counts.received == counts.received, code
    assert {code: await taken(hub, code) for code in SENDING} == {
        HOTLINE: [("demo.hn.da9.tin-bao-duong-day-nong", "00004", 7, True)],
        APP: [("demo.hn.da9.tin-bao-vneid", "00004", 8, True)],
        OUTPUT: [
            ("demo.hn.da7.tda1.buoi-truyen-thong", "00004", 6, True),
            ("demo.hn.da7.tda1.tin-bai-co-so", "00004", 12, True),
        ],
        PLACES: [("demo.hn.da6.cho-dieu-tri", "01", 9, True)],
        WORK: [
            ("demo.hn.da5.vay-von-sau-cai", "00004", 2, True),
            ("demo.hn.da5.viec-lam-sau-cai", "00004", 4, True),
        ],
        BUDGET: [("demo.hn.da5.kinh-phi-giai-ngan", "00004", Decimal(1_234_567_890), True)],
        WORKBOOKS: [("hn.da5.tu-van-cai-nghien", "00004", 3, True)],
    }


async def test_the_systems_are_asked_over_http(hub: Database, tmp_path: Path) -> None:
    """Tips through the app, and jobs and loans, as the model of a city has them fetched."""
    connections = model(tmp_path)
    with department() as asked:
        for code in (APP, WORK):
            described = connections.by_source[code]
            assert isinstance(described, Api)
            connections.by_source[code] = described.model_copy(
                update={
                    "url": asked.connection.url,
                    "token_url": asked.connection.token_url,
                    "client_id": CLIENT[0],
                    "client_secret_file": "secrets/vneid",
                }
            )
        shop = shop_of(hub, tmp_path, connections)
        day = {"updated": "2026-10-01"}
        asked.items = [{"ward": {"code": "00004"}, "month": "2026-09", "count": 8, **day}]
        await fetch_source(shop, connections, APP)
        work = [json.loads(line) for line in SENDING[WORK][1].splitlines()]
        asked.items = [{**row, **day} for row in work]
        await fetch_source(shop, connections, WORK)
    assert await taken(hub, APP) == [("demo.hn.da9.tin-bao-vneid", "00004", 8, True)]
    assert [row[2] for row in await taken(hub, WORK)] == [2, 4]


async def test_the_register_of_places_is_read(
    hub: Database, server: Server, tmp_path: Path
) -> None:
    """From PostgreSQL, by facility, as the model of a city has it read."""
    connections = model(tmp_path)
    async with opened_centre(server) as centre:
        await centre.run(
            """CREATE TABLE monthly_places AS SELECT id, period AS month, places, changed_at,
            'demo.hn.methadone.' || id AS facility_code FROM so_y_te."Chỗ điều trị" WHERE id < 3"""
        )
        described = connections.by_source[PLACES]
        assert isinstance(described, Register)
        connections.by_source[PLACES] = described.model_copy(
            update={"url": centre.description.url, "password_file": None}
        )
        [report] = await fetch_source(shop_of(hub, tmp_path, connections), connections, PLACES)
    assert (report.counts.received, report.counts.new) == (2, 2)
    by_facility = await fetch(
        hub,
        select(facility.c.code, observation.c.value)
        .join_from(observation, facility, facility.c.id == observation.c.facility_id)
        .where(observation.c.source == PLACES)
        .order_by(facility.c.code),
    )
    assert by_facility == [("demo.hn.methadone.1", 10), ("demo.hn.methadone.2", 20)]


async def test_the_treasury_s_dump_is_taken_from_its_folder(hub: Database, tmp_path: Path) -> None:
    """TCVN3, thousands of đồng and totals become whole đồng of an indicator in that unit."""
    connections = connected(tmp_path)
    described = connections.by_source[BUDGET]
    assert isinstance(described, Folder)
    folder = tmp_path / described.path
    folder.mkdir(parents=True)
    shutil.copyfile(FILES / "tcvn3.csv", folder / "2026-09.csv")
    os.utime(folder / "2026-09.csv", (0, 0))
    shop = shop_of(hub, tmp_path, connections)
    [report] = await fetch_source(shop, connections, BUDGET)
    assert [row.code for row in report.rows] == ["PERIOD_NOT_FINISHED"]
    assert [row[1:3] for row in await taken(hub, BUDGET)] == [
        ("00004", Decimal(1_234_567_890)),
        ("00070", Decimal(500)),
        ("00376", Decimal(12_000)),
    ]
    odd = SENDING[BUDGET][1].replace("567,89", "567,8905")
    refused = await deliver(shop, BUDGET, "csv", odd)
    assert [row.code for row in refused.rows] == ["NUMBER_NOT_WHOLE"]
    unit = select(indicator.c.unit, indicator.c.name_vi).where(indicator.c.code.like("%giai-ngan"))
    assert await fetch(hub, unit) == [("vnd", "Minh họa: Kinh phí đã giải ngân")]
