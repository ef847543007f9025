"""A divided ward's figures are shared as its source says, to the last unit, and never guessed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.batch.decisions import ACCEPT, Decision, decide_row
from hub.ingest.batch.processing import process_batch
from hub.ingest.batch.reports import Counts
from hub.ingest.source_tables import load_shares
from hub.model.intake import batch_row
from hub.model.measurement import observation
from tests.ingest.batch.ground import COUNT, RATE, Sender, count, figures, rate, register
from tests.ingest.rows import fetch

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database

OLD = "Phường Cống Vị (cũ)"
"""Divided in July 2025 between wards 00008 and 00025."""


@pytest.fixture
async def city(undemonstrated: Database, tmp_path: Path) -> Sender:
    """A source of the police, for every ward."""
    source = await register(undemonstrated, "thu.chia", owner="hn.cong-an", areas=())
    return Sender(undemonstrated, source, tmp_path)


async def share(city: Sender, *rows: str) -> None:
    """Have the city's source share divided wards' figures as *rows* say."""
    file = city.home / "shares.csv"
    header = "old_code,new_code,share,valid_from,valid_until"
    file.write_text("\n".join((header, *rows)), "utf-8")
    async with begin(city.database, LOADER, Mode.WRITE) as transaction:
        await load_shares(transaction, city.source.code, file)


async def test_without_shares_a_divided_ward_waits_and_with_them_it_is_shared(
    city: Sender,
) -> None:
    """What waits is shared once somebody accepts it; each part knows batch and row."""
    number = await city.record(count(10, area=OLD))
    held = await process_batch(city.shop, number)
    assert held.counts == Counts(received=1, held=1)
    await share(city, "00007,00008,0.65,,", "00007,00025,0.35,,")
    [(row, candidates)] = await fetch(city.database, select(batch_row.c.id, batch_row.c.candidates))
    assert candidates == ["00008", "00025"]
    decided = await decide_row(city.shop, number, row, Decision(ACCEPT, city.source.account))
    assert decided == Counts(received=2, new=2)
    report = await city.send(
        count(3, area="00004"),
        rate(3, 7, area=OLD),
        count(11, area=OLD, period="2026-08"),
    )
    assert report.counts == Counts(received=5, new=5)
    assert [(row[:3], *row[4:7]) for row in await figures(city.database)] == [
        ((COUNT, "00004", "2026-09"), 3, None, None),
        ((COUNT, "00008", "2026-08"), 7, None, None),
        ((COUNT, "00008", "2026-09"), 7, None, None),
        ((COUNT, "00025", "2026-08"), 4, None, None),
        ((COUNT, "00025", "2026-09"), 3, None, None),
        ((RATE, "00008", "2026-09"), Decimal("40.00"), 2, 5),
        ((RATE, "00025", "2026-09"), Decimal("50.00"), 1, 2),
    ]
    o = observation.c
    lines = select(o.batch_line).where(o.batch_id != number).order_by(o.batch_line)
    assert await fetch(city.database, lines) == [(1,), (2,), (2,), (3,), (3,)]
    again = await city.send(rate(3, 7, area=OLD), count(11, area=OLD, period="2026-08"))
    assert again.counts == Counts(received=4, unchanged=4)
    gone = await city.send(
        {"indicator": COUNT, "area": OLD, "period": "2026-08", "withdrawn": True}
    )
    assert gone.counts == Counts(received=2, withdrawn=2)


async def test_what_cannot_be_shared_waits(city: Sender) -> None:
    """A rate without its parts, a part above its whole, and what is no number of things."""
    await share(city, "00007,00008,0.5,,2026-09-30", "00007,00025,0.5,,2026-09-30")
    report = await city.send(
        {"indicator": RATE, "area": OLD, "period": "2026-08", "value": 40},
        count("2.5", area=OLD, period="2026-07"),
        count("x", area=OLD, period="2026-06"),
        count(4, area=OLD),
        rate(1, 1, area=OLD, period="2026-07"),
    )
    assert {row.code for row in report.rows} == {"AREA_DIVIDED"}
    assert [row.line for row in report.rows] == [1, 2, 3, 4]
    assert report.counts == Counts(received=6, new=2, held=4)
    assert [(row[1], *row[5:7]) for row in await figures(city.database)] == [
        ("00008", 1, 1),
        ("00025", 0, 0),
    ]


async def test_a_part_and_a_figure_of_its_ward_are_for_a_person_to_put_together(
    city: Sender,
) -> None:
    await share(city, "00007,00008,0.5,,", "00007,00025,0.5,,")
    report = await city.send(count(4, area=OLD), count(3, area="00008"))
    assert [(row.line, row.code, row.found) for row in report.rows] == [
        (1, "AREA_SHARED", "00008"),
        (2, "AREA_SHARED", "00008"),
    ]
    assert report.counts == Counts(received=3, new=1, held=2)


async def test_the_sum_is_kept(city: Sender) -> None:
    """And no part is further than one from its exact share."""
    for month, (total, *shares) in enumerate(
        (
            (0, "0.3", "0.7"),
            (1, "0.5", "0.5"),
            (7, "0.3333333333", "0.6666666667"),
            (999_999_999_999_999, "0.123456789", "0.876543211"),
        ),
        start=1,
    ):
        period = f"2026-0{month}"
        await share(city, f"00007,00008,{shares[0]},,", f"00007,00025,{shares[1]},,")
        await city.send(count(total, area=OLD, period=period))
        values = [row[4] for row in await figures(city.database) if row[2] == period]
        parts = [Decimal(str(value)) for value in values]
        assert sum(parts) == total
        for part, exact in zip(parts, shares, strict=True):
            assert abs(part - total * Decimal(exact)) < 1
