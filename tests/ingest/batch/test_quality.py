"""Checks are data: what they find warns, holds or refuses, and goes with the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import delete, insert, select

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.model.intake import quality_check
from hub.model.measurement import indicator, observation, period
from tests.ingest.batch.ground import COUNT, RATE, Sender, count, rate, register
from tests.ingest.rows import fetch

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database

RELAPSED: Final = "hn.da5.so-nguoi-tai-nghien"
LINKED: Final = "hn.da5.so-doi-tuong-lien-quan"


@pytest.fixture
async def ward(undemonstrated: Database, tmp_path: Path) -> Sender:
    """The ward's own source, with three counts, and no checks but those of a test."""
    async with begin(undemonstrated, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(delete(quality_check))
    source = await register(
        undemonstrated, "thu.phuong", indicators=(RATE, COUNT, RELAPSED, LINKED)
    )
    return Sender(undemonstrated, source, tmp_path)


async def test_a_leap_from_the_period_before_is_told(ward: Sender) -> None:
    """Whether that came before or with it; the first period has none before it."""
    await _check(ward, rule="last_period", limit_value=1, unit="count", outcome="warn")
    await ward.send(count(10, period="2026-01"), count(20, period="2026-02"))
    report = await ward.send(count(41, period="2026-03"), count(100, period="2026-04"))
    assert [(row.line, row.code, row.outcome) for row in report.rows] == [
        (1, "QUALITY_LAST_PERIOD", "warned"),
        (2, "QUALITY_LAST_PERIOD", "warned"),
    ]
    assert report.counts.warned == report.counts.new == 2
    assert await _warnings(ward) == {
        "2026-01": [],
        "2026-02": [],
        "2026-03": ["last_period"],
        "2026-04": ["last_period"],
    }


async def test_an_outlier_is_told_where_there_are_enough_points(ward: Sender) -> None:
    await _check(ward, rule="outlier", limit_value=3.5, outcome="warn")
    await ward.send(*(count(10 + at % 3, period=f"2026-0{at}") for at in range(1, 6)))
    few = await ward.send(count(500, period="2026-06"))
    assert few.counts.warned == 0
    await ward.send(count(11, period="2026-06"))
    usual = await ward.send(count(12, period="2026-07"))
    assert usual.counts.warned == 0
    report = await ward.send(count(30, period="2026-07"))
    assert [row.code for row in report.rows] == ["QUALITY_OUTLIER"]


async def test_a_total_is_the_sum_of_its_parts_where_they_are_known(ward: Sender) -> None:
    await _check(ward, rule="parts", of=COUNT, parts=[RELAPSED, LINKED], outcome="hold")
    alone = await ward.send(count(10))
    assert alone.counts.held == 0
    report = await ward.send(count(11), count(4, indicator=RELAPSED), count(6, indicator=LINKED))
    assert [(row.line, row.code, row.outcome) for row in report.rows] == [
        (1, "QUALITY_PARTS", "held")
    ]
    assert (await ward.send(count(10))).counts.unchanged == 1


async def test_what_a_check_refuses_is_not_taken(ward: Sender) -> None:
    await _check(ward, rule="bounds", upper_bound=50, of=RATE, outcome="reject")
    report = await ward.send(rate(6, 10), rate(5, 10, period="2026-08"), count(60))
    assert [(row.line, row.code, row.outcome) for row in report.rows] == [
        (1, "QUALITY_BOUNDS", "rejected")
    ]
    assert report.counts.new == 2


async def test_the_hub_s_own_checks_only_warn_of_what_may_be_right(loaded: Database) -> None:
    q = quality_check.c
    found = await fetch(loaded, select(q.rule, q.outcome).distinct())
    assert {rule for rule, outcome in found if outcome != "warn"} == {"bounds"}
    assert {rule for rule, _ in found} == {"bounds", "last_period", "outlier"}


async def _check(ward: Sender, *, of: str | None = None, **columns: object) -> None:
    async with begin(ward.database, LOADER, Mode.WRITE) as transaction:
        if of is not None:
            [[columns["indicator_id"]]] = await transaction.fetch(
                select(indicator.c.id).where(indicator.c.code == of)
            )
        await transaction.execute(insert(quality_check).values(code="thu", **columns))


async def _warnings(ward: Sender) -> dict[str, list[str]]:
    o = observation.c
    query = select(period.c.label, o.warnings).join_from(
        observation, period, o.period_id == period.c.id
    )
    return dict(await fetch(ward.database, query.where(o.batch_id.is_not(None))))
