"""Figures are new once, revised when they differ, and unchanged when they are sent again."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from hub.access.principal import LOADER
from hub.database.safeguards import find_gaps
from hub.database.transaction import Mode, begin
from hub.ingest.batch.processing import process_batch, rehearse
from hub.ingest.batch.records import IdempotencyKeyReusedError
from hub.ingest.batch.reports import Counts
from hub.ingest.formats import Format
from hub.model.intake import batch, batch_row
from hub.model.measurement import indicator, observation
from hub.model.territory import area
from tests.ingest.batch.ground import (
    COMMITTEE,
    COUNT,
    RATE,
    WARD,
    Sender,
    count,
    figures,
    rate,
    register,
)
from tests.ingest.rows import contents, fetch

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from hub.database.engine import Database


async def test_figures_are_new_then_revised_and_again_unchanged(ward: Sender) -> None:
    first = await ward.send(rate(7, 9), count(12))
    assert (first.status, first.counts) == ("done", Counts(received=2, new=2))
    assert (await ward.send(rate(7, 9), count(12))).counts == Counts(received=2, unchanged=2)
    assert (await ward.send(rate(8, 9), count("12.0"))).counts == Counts(
        received=2, revised=1, unchanged=1
    )
    assert await figures(ward.database) == [
        (COUNT, WARD, "2026-09", 1, Decimal(12), None, None, "submitted", False, True),
        (RATE, WARD, "2026-09", 1, Decimal("77.78"), 7, 9, "submitted", False, False),
        (RATE, WARD, "2026-09", 2, Decimal("88.89"), 8, 9, "submitted", False, True),
    ]


async def test_every_figure_knows_its_batch_and_line(ward: Sender) -> None:
    number = await ward.record(count(-1), count(12))
    await process_batch(ward.shop, number)
    o = observation.c
    assert await fetch(
        ward.database, select(o.batch_id, o.batch_line, o.source).where(o.batch_id.is_not(None))
    ) == [(number, 2, "thu.phuong")]


async def test_a_workbook_s_figures_are_drafts(undemonstrated: Database, tmp_path: Path) -> None:
    source = await register(undemonstrated, "thu.bang-tinh", kind="workbook")
    await Sender(undemonstrated, source, tmp_path).send(count(12))
    assert [row[7] for row in await figures(undemonstrated)] == ["draft"]


async def test_an_older_version_never_covers_a_newer(ward: Sender) -> None:
    """Though it comes later, in the same delivery, or after the newer one said nothing new."""
    await ward.send(count(10, version=5))
    assert (await ward.send(count(10, version=7))).counts.unchanged == 1
    assert (await ward.send(count(12, version=6))).counts.unchanged == 1
    assert (await ward.send(count(13, version=8), count(14, version=7))).counts == Counts(
        received=2, revised=1, unchanged=1
    )
    assert [row[3:5] for row in await figures(ward.database)] == [(1, 10), (2, 13)]


async def test_a_version_has_one_content_and_is_not_left_out_once_given(ward: Sender) -> None:
    await ward.send(count(10, version="2026-10-01T08:00:00Z"))
    again = await ward.send(count(11, version="2026-10-01T15:00:00+07:00"))
    assert [row.code for row in again.rows] == ["VERSION_REUSED"]
    assert [row.code for row in (await ward.send(count(11))).rows] == ["VERSION_MISSING"]
    assert [row[3:5] for row in await figures(ward.database)] == [(1, 10)]


async def test_a_withdrawal_ends_the_figure_in_whatever_order_it_comes(ward: Sender) -> None:
    taken_back = {**count(None, version=2), "withdrawn": True}
    assert (await ward.send(taken_back)).counts == Counts(received=1, withdrawn=1)
    assert (await ward.send(count(10, version=1))).counts == Counts(received=1, unchanged=1)
    assert [(row[4], row[8]) for row in await figures(ward.database)] == [(None, True)]
    assert (await ward.send(count(11, version=3))).counts == Counts(received=1, revised=1)


async def test_what_was_received_last_counts_in_whatever_order_it_is_taken(ward: Sender) -> None:
    """What waits from before is taken first; what could not be then, covers nothing later."""
    first, second, third = [await ward.record(count(value)) for value in (10, 12, 13)]
    sent = ward.shop.deliveries.path(ward.source.code, await _digest(ward, second))
    away = sent.rename(sent.with_suffix(".away"))
    assert (await process_batch(ward.shop, third)).counts.revised == 1
    assert [row[3:5] for row in await figures(ward.database)] == [(1, 10), (2, 13)]
    assert (await process_batch(ward.shop, first)).counts.new == 1
    away.rename(sent)
    assert (await process_batch(ward.shop, second)).counts.unchanged == 1
    assert [row[3:5] for row in await figures(ward.database)] == [(1, 10), (2, 13)]


async def test_what_cannot_be_written_is_refused_alone(ward: Sender) -> None:
    """Half a surrogate pair, which JSON can name."""
    report = await ward.send(count(12), count(13, area="\ud83d", period="2026-08"))
    assert [(row.line, row.code) for row in report.rows] == [(2, "CONTROL_CHARACTER")]
    assert report.counts == Counts(received=2, new=1, rejected=1)


async def test_who_confirms_what_another_said_may_confirm_it_again(
    undemonstrated: Database, tmp_path: Path
) -> None:
    sources = [await register(undemonstrated, code) for code in ("thu.mot", "thu.hai")]
    one, two = (Sender(undemonstrated, source, tmp_path) for source in sources)
    await one.send(count(10))
    for _ in range(2):
        assert (await two.send(count(10, version=5))).counts == Counts(received=1, unchanged=1)
    assert [row.code for row in (await two.send(count(11, version=5))).rows] == ["VERSION_REUSED"]


async def test_what_a_source_said_before_does_not_undo_a_correction(
    undemonstrated: Database, tmp_path: Path
) -> None:
    """The same delivery again is the same delivery, though a workbook has corrected it since."""
    system = await register(undemonstrated, "thu.phuong")
    workbook = await register(undemonstrated, "thu.bang-tinh", kind="workbook")
    one, two = (Sender(undemonstrated, source, tmp_path) for source in (system, workbook))
    await one.send(count(10))
    await two.send(count(11))
    assert (await one.send(count(10))).counts == Counts(received=1, unchanged=1)
    assert [row[3:5] for row in await figures(undemonstrated)] == [(1, 10), (2, 11)]


async def test_figures_of_the_demonstration_are_revised(scratch: Database, tmp_path: Path) -> None:
    """Though they say the same: what is made up does not stand for what was reported."""
    o = observation.c
    [made_up] = await fetch(
        scratch,
        select(o.origin_id, o.numerator, o.denominator, o.revision)
        .join(indicator, indicator.c.id == o.indicator_id)
        .join(area, area.c.id == o.area_id)
        .where(
            indicator.c.code == RATE,
            area.c.code == WARD,
            o.period_start == date(2026, 9, 1),
            o.superseded_at.is_(None),
        ),
    )
    sender = Sender(scratch, await register(scratch, "thu.phuong"), tmp_path)
    assert (await sender.send(rate(made_up[1], made_up[2]))).counts.revised == 1
    assert await fetch(
        scratch, select(o.origin_id, o.revision, o.synthetic).where(o.batch_id.is_not(None))
    ) == [(made_up[0], made_up[3] + 1, False)]


async def test_two_workers_at_once_make_one_of_it(ward: Sender) -> None:
    numbers = [await ward.record(rate(7, 9), count(12)) for _ in range(3)]
    reports = await asyncio.gather(
        *(process_batch(ward.shop, number) for number in numbers for _ in range(2))
    )
    assert {report.status for report in reports} == {"done"}
    assert [row[3] for row in await figures(ward.database)] == [1, 1]
    told = select(batch.c.rows_new, batch.c.rows_unchanged).order_by(batch.c.rows_new)
    assert await fetch(ward.database, told) == [(0, 2), (0, 2), (2, 0)]


async def test_half_of_it_and_then_the_whole_is_the_whole(ward: Sender) -> None:
    rows = [count(at, period=f"2026-0{at}") for at in range(1, 10)]
    await ward.send(*rows[4:])
    assert (await ward.send(*reversed(rows))).counts == Counts(received=9, new=4, unchanged=5)
    assert [row[2:5] for row in await figures(ward.database)] == [
        (f"2026-0{at}", 1, at) for at in range(1, 10)
    ]


async def test_a_key_gives_the_first_batch_again_and_takes_nothing_else(ward: Sender) -> None:
    number = await ward.record(count(12), key="mot")
    assert await ward.record(count(12), key="mot") == number
    assert await ward.record(count(12), key="hai") != number
    with pytest.raises(IdempotencyKeyReusedError):
        await ward.record(count(13), key="mot")
    assert len(await fetch(ward.database, select(batch.c.id))) == 2


async def test_a_rehearsal_says_what_would_be_and_changes_nothing(
    ward: Sender, tmp_path: Path
) -> None:
    path = tmp_path / "tep.csv"
    path.write_text(
        f"indicator,area,period,value\n{COUNT},{WARD},2026-09,12\n{COUNT},{WARD},2026-08,-1\n"
    )
    before = await contents(ward.database, batch, batch_row, observation)
    report = await rehearse(ward.shop, ward.source, path, Format.CSV)
    assert report.counts == Counts(received=2, new=1, rejected=1)
    assert [(row.line, row.code) for row in report.rows] == [(3, "NEGATIVE_NUMBER")]
    assert await contents(ward.database, batch, batch_row, observation) == before


async def test_of_a_refused_delivery_only_digest_and_size_are_kept(ward: Sender) -> None:
    persons = count(1, ghi_chu="Nguyễn Văn An, CCCD 001099012345")
    number = await ward.record(count(12), persons)
    [path] = (ward.home / "deliveries" / "kept" / "thu.phuong").iterdir()
    report = await process_batch(ward.shop, number)
    assert (report.status, report.refusal) == ("refused", "PERSONS_REFUSED")
    assert not path.exists()
    assert await figures(ward.database) == []
    [(size, rows)] = await fetch(ward.database, select(batch.c.size_bytes, batch.c.rows_received))
    assert size > 0
    assert rows == 0
    assert await fetch(ward.database, select(batch_row.c.id)) == []


async def test_what_was_taken_is_kept_as_it_was_sent(ward: Sender) -> None:
    number = await ward.record(count(12))
    await process_batch(ward.shop, number)
    [(digest,)] = await fetch(ward.database, select(batch.c.digest))
    kept = ward.shop.deliveries.path(ward.source.code, digest)
    assert b'"value": 12' in kept.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0
    assert ward.source.owner == COMMITTEE


async def test_many_figures_are_known_to_the_planner_at_once(
    undemonstrated: Database, tmp_path: Path
) -> None:
    """Reads are planned for them from the commit on.

    Of the tables that the delivery was worked out in, nothing is left to whoever comes next.
    """
    codes = [
        code
        for (code,) in await fetch(
            undemonstrated,
            select(indicator.c.code)
            .where(indicator.c.unit.is_not(None), indicator.c.project_id.is_not(None))
            .order_by(indicator.c.code)
            .limit(5),
        )
    ]
    wards = await fetch(
        undemonstrated,
        select(area.c.code).where(area.c.level == "ward", area.c.valid_to.is_(None)),
    )
    source = await register(
        undemonstrated, "thu.so", owner="hn.so-y-te", indicators=codes, areas=()
    )
    sender = Sender(undemonstrated, source, tmp_path)
    rows = [
        {"indicator": code, "area": ward, "period": f"2026-{month:02}", "value": 1}
        for code in codes
        for (ward,) in wards
        for month in range(1, 10)
    ]
    report = await sender.send(*rows)
    assert report.counts.new == len(rows) > _NOTED
    assert await _known(undemonstrated) == len(rows)
    await sender.send({**rows[0], "value": 2})
    assert await _known(undemonstrated) == len(rows)
    async with begin(undemonstrated, source.principal, Mode.READ) as transaction:
        for table in ("arrived", "checked", "judged", "failed"):
            assert await transaction.query(f"SELECT FROM {table}") == []
    gaps = await find_gaps(undemonstrated.address)
    assert [gap for gap in gaps if gap.startswith(source.principal.reader)] == []


_NOTED = 5_000


async def _known(database: Database) -> int:
    """Return how many figures the planner reckons with."""
    async with begin(database, LOADER, Mode.READ) as transaction:
        [[rows]] = await transaction.query(
            "SELECT reltuples FROM pg_class WHERE relname = 'observation'"
        )
    return int(rows)


async def _digest(ward: Sender, number: UUID) -> str:
    [(digest,)] = await fetch(ward.database, select(batch.c.digest).where(batch.c.id == number))
    return str(digest)
