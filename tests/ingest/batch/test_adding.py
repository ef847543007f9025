"""What a source says of several old wards that are one today is added up, as it comes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import delete, insert, select, update

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.batch.decisions import ACCEPT, Decision, RowStillWrongError, decide_row
from hub.ingest.batch.reports import Counts
from hub.ingest.source_tables import load_shares
from hub.model.intake import batch_row, quality_check
from hub.model.measurement import indicator, observation
from tests.ingest.batch.ground import COUNT, RATE, WARD, Sender, count, figures, rate, register
from tests.ingest.rows import fetch

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database

TRUC_BACH: Final = "Phường Trúc Bạch, quận Ba Đình"
QUAN_THANH: Final = "Phường Quán Thánh, quận Ba Đình"
"""Both went to Ba Đình as a whole."""
SHARED: Final = "Phường Ngọc Hà (cũ)"
"""Divided between Ba Đình and Ngọc Hà."""


@pytest.fixture
async def city(undemonstrated: Database, tmp_path: Path) -> Sender:
    """A source of the police, for every ward; no check holds anything."""
    source = await register(undemonstrated, "thu.gop", owner="hn.cong-an", areas=())
    async with begin(undemonstrated, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(delete(quality_check))
    return Sender(undemonstrated, source, tmp_path)


async def standing(city: Sender, code: str = COUNT) -> list[tuple[object, ...]]:
    """Return what stands: area, period, value, numerator, denominator."""
    return [
        (row[1], row[2], *row[4:7])
        for row in await figures(city.database)
        if row[0] == code and row[9] and not row[8]
    ]


async def waiting(city: Sender) -> list[tuple[int, str]]:
    """Return line and code of the rows that wait."""
    r = batch_row.c
    return await fetch(
        city.database,
        select(r.line, r.code).where(r.outcome == "held", r.decision.is_(None)).order_by(r.line),
    )


async def test_counts_of_old_wards_come_to_the_count_of_the_one_they_are(city: Sender) -> None:
    """Together, or one after the other in any order; what is sent again changes nothing."""
    both = [count(3, area=TRUC_BACH), count(4, area=QUAN_THANH)]
    assert (await city.send(*both)).counts == Counts(received=2, new=2)
    assert await standing(city) == [(WARD, "2026-09", 7, None, None)]
    assert (await city.send(*both)).counts == Counts(received=2, unchanged=2)
    assert (await city.send(both[1])).counts == Counts(received=1, unchanged=1)
    first, second = (count(value["value"], area=value["area"], period="2026-08") for value in both)
    assert (await city.send(second)).counts == Counts(received=1, new=1)
    assert (await city.send(first, second)).counts == Counts(received=2, revised=1, unchanged=1)
    assert await standing(city) == [
        (WARD, "2026-08", 7, None, None),
        (WARD, "2026-09", 7, None, None),
    ]
    o = observation.c
    lines = select(o.batch_line).where(o.period_start == date(2026, 9, 1))
    assert await fetch(city.database, lines) == [(1,)]


async def test_what_an_old_ward_corrects_or_takes_back_is_its_own(city: Sender) -> None:
    await city.send(count(3, area=TRUC_BACH), count(4, area=QUAN_THANH))
    assert (await city.send(count(5, area=QUAN_THANH))).counts == Counts(received=1, revised=1)
    assert await standing(city) == [(WARD, "2026-09", 8, None, None)]
    gone = {"indicator": COUNT, "period": "2026-09", "withdrawn": True}
    assert (await city.send({**gone, "area": TRUC_BACH})).counts == Counts(received=1, revised=1)
    assert await standing(city) == [(WARD, "2026-09", 5, None, None)]
    last = await city.send({**gone, "area": QUAN_THANH})
    assert last.counts == Counts(received=1, withdrawn=1)
    assert await standing(city) == []
    assert (await city.send({**gone, "area": QUAN_THANH})).counts.unchanged == 1
    assert (await city.send(count(2, area=TRUC_BACH))).counts == Counts(received=1, revised=1)
    assert await standing(city) == [(WARD, "2026-09", 2, None, None)]


async def test_rates_are_the_sums_of_their_parts(city: Sender) -> None:
    """Never a sum or a mean of percentages: without their parts, two wait."""
    await city.send(rate(1, 3, area=TRUC_BACH), rate(3, 5, area=QUAN_THANH))
    assert await standing(city, RATE) == [(WARD, "2026-09", Decimal("50.00"), 4, 8)]
    alone = {"indicator": RATE, "area": TRUC_BACH, "period": "2026-08", "value": 40}
    assert (await city.send(alone)).counts.new == 1
    report = await city.send({**alone, "area": QUAN_THANH, "value": 60})
    assert [(row.code, row.column, row.outcome) for row in report.rows] == [
        ("AREA_SHARED", "area", "held")
    ]
    together = await city.send(
        {**alone, "period": "2026-07"}, {**alone, "area": QUAN_THANH, "period": "2026-07"}
    )
    assert together.counts == Counts(received=2, held=2)
    assert [row[1:3] for row in await standing(city, RATE)] == [("2026-08", 40), ("2026-09", 50)]


async def test_what_does_not_add_up_over_areas_is_not_added(city: Sender) -> None:
    async with begin(city.database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(
            update(indicator).where(indicator.c.code == COUNT).values(aggregation="none")
        )
    report = await city.send(count(3, area=TRUC_BACH), count(4, area=QUAN_THANH))
    assert report.counts == Counts(received=2, held=2)
    assert await standing(city) == []
    assert (await city.send(count(3, area=TRUC_BACH, period="2026-08"))).counts.new == 1


async def test_a_share_of_a_divided_ward_is_added_to_what_came_as_a_whole(city: Sender) -> None:
    file = city.home / "shares.csv"
    file.write_text(
        "old_code,new_code,share,valid_from,valid_until\n00016,00004,0.7,,\n00016,00008,0.3,,\n",
        "utf-8",
    )
    async with begin(city.database, LOADER, Mode.WRITE) as transaction:
        await load_shares(transaction, city.source.code, file)
    report = await city.send(count(10, area=SHARED), count(3, area=TRUC_BACH))
    assert report.counts == Counts(received=3, new=3)
    assert await standing(city) == [
        (WARD, "2026-09", 10, None, None),
        ("00008", "2026-09", 3, None, None),
    ]
    await city.send(count(20, area=SHARED))
    assert [row[2] for row in await standing(city)] == [17, 6]


async def test_what_is_said_of_the_whole_is_not_added_to(city: Sender) -> None:
    """A figure of the ward as it is today says all; what an old one says then is for a person."""
    both = await city.send(count(3, area=TRUC_BACH), count(9, area=WARD))
    assert [(row.line, row.code) for row in both.rows] == [(1, "AREA_SHARED"), (2, "AREA_SHARED")]
    await city.send(count(3, area=TRUC_BACH, period="2026-08"))
    assert (await city.send(count(9, period="2026-08"))).counts.revised == 1
    later = await city.send(count(4, area=TRUC_BACH, period="2026-08"))
    assert [row.code for row in later.rows] == ["AREA_SHARED"]
    assert await standing(city) == [(WARD, "2026-08", 9, None, None)]


async def test_an_older_version_of_an_old_ward_never_covers_a_newer(city: Sender) -> None:
    """Each has versions of its own: what is new of one may be older than another's."""
    await city.send(count(3, area=TRUC_BACH, version=5), count(4, area=QUAN_THANH, version=2))
    assert (await city.send(count(1, area=TRUC_BACH, version=4))).counts.unchanged == 1
    assert (await city.send(count(6, area=QUAN_THANH, version=3))).counts.revised == 1
    assert await standing(city) == [(WARD, "2026-09", 9, None, None)]
    wrong = await city.send(count(7, area=QUAN_THANH, version=3), count(7, area=TRUC_BACH))
    assert [(row.line, row.code, row.column) for row in wrong.rows] == [
        (1, "VERSION_REUSED", "version"),
        (2, "VERSION_MISSING", "version"),
    ]
    assert await standing(city) == [(WARD, "2026-09", 9, None, None)]


async def test_what_a_check_holds_waits_row_by_row_and_goes_the_same_way(city: Sender) -> None:
    check = {"code": "thu", "rule": "bounds", "upper_bound": 10, "outcome": "hold"}
    async with begin(city.database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(insert(quality_check).values(check))
    report = await city.send(count(8, area=TRUC_BACH), count(9, area=QUAN_THANH))
    assert report.counts == Counts(received=2, held=2)
    assert await waiting(city) == [(1, "QUALITY_BOUNDS"), (2, "QUALITY_BOUNDS")]
    assert await standing(city) == []
    r = batch_row.c
    rows = await fetch(city.database, select(r.batch_id, r.id).order_by(r.line))
    for (number, row), value in zip(rows, (8, 17), strict=True):
        await decide_row(city.shop, number, row, Decision(ACCEPT, city.source.account))
        assert [each[2] for each in await standing(city)] == [value]


async def test_what_cannot_be_added_cannot_be_accepted_as_it_is(city: Sender) -> None:
    await city.send(count(9))
    await city.send(count(4, area=TRUC_BACH))
    [(number, row)] = await fetch(city.database, select(batch_row.c.batch_id, batch_row.c.id))
    with pytest.raises(RowStillWrongError, match="AREA_SHARED"):
        await decide_row(city.shop, number, row, Decision(ACCEPT, city.source.account))
    assert await standing(city) == [(WARD, "2026-09", 9, None, None)]


async def test_whatever_the_order_the_newest_of_each_counts(city: Sender) -> None:
    """Deliveries of some of the rows, late, doubled and out of order: the same sum in the end."""
    draw = Random(20_261_122)  # noqa: S311  (no secret)
    for month in range(1, 10):
        period = f"2026-0{month}"
        said = [
            count(draw.randrange(100), area=area, period=period, version=version)
            for area in (TRUC_BACH, QUAN_THANH)
            for version in range(1, 5)
        ]
        sent = [each for each in said for _ in range(draw.randrange(1, 3))]
        draw.shuffle(sent)
        while sent:
            size = draw.randrange(1, 4)
            report = await city.send(*sent[:size])
            assert report.counts.held == 0
            sent = sent[size:]
        total = sum(int(str(each["value"])) for each in said if each["version"] == 4)
        assert [row[2] for row in await standing(city) if row[1] == period] == [total]
