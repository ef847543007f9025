"""What is owed is made ahead for each unit, once, and opened and closed by the clock."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, literal, select, update

from hub.access.principal import LOADER
from hub.clock import VIETNAM
from hub.database.transaction import Mode, begin
from hub.ingest.submissions import Kept, keep_submissions
from hub.model.facilities import facility
from hub.model.measurement import period
from hub.model.organisation import agency
from hub.model.reporting import report_form, submission
from tests.ingest.rows import contents, fetch, size

if TYPE_CHECKING:
    from hub.clock import Clock
    from hub.database.engine import Database

WARDS = 126
MONTHLY = "hn.da5.bieu-xa.thang"


def at(day: date) -> Clock:
    """Return a clock that stands at noon of *day*."""
    return lambda: datetime(day.year, day.month, day.day, 12, tzinfo=VIETNAM)


async def owed(database: Database, form: str, label: str) -> list[tuple[object, ...]]:
    """Return phase, agency, own area, facility and days of what is owed by *form* for *label*."""
    s = submission.c
    return await fetch(
        database,
        select(
            *(s.phase, s.status, agency.c.code, agency.c.area_id == s.area_id, s.facility_id),
            *(s.opens_on, s.due_on, s.closes_on),
        )
        .join(report_form, report_form.c.id == s.form_id)
        .join(period, period.c.id == s.period_id)
        .join(agency, agency.c.id == s.agency_id)
        .where(report_form.c.code == form, period.c.label == label)
        .order_by(agency.c.code),
    )


async def test_every_ward_owes_its_month_and_the_clock_opens_and_closes_it(
    undemonstrated: Database,
) -> None:
    """Made before the month begins; open, late and closed when its form's days are over."""
    for day, phase in (
        (date(2026, 9, 14), "ahead"),
        (date(2026, 9, 30), "ahead"),
        (date(2026, 10, 1), "open"),
        (date(2026, 10, 2), "open"),
        (date(2026, 10, 3), "late"),
        (date(2027, 10, 2), "late"),
        (date(2027, 10, 3), "closed"),
    ):
        await keep_submissions(undemonstrated, at(day))
        rows = await owed(undemonstrated, MONTHLY, "2026-09")
        assert len(rows) == WARDS
        assert rows[0] == (
            *(phase, "expected", "hn.ubnd-cap-xa.00004", True, None),
            *(date(2026, 10, 1), date(2026, 10, 2), date(2027, 10, 2)),
        )
        assert {row[0] for row in rows} == {phase}


async def test_what_is_to_come_is_made_a_quarter_ahead(undemonstrated: Database) -> None:
    await keep_submissions(undemonstrated, at(date(2026, 9, 14)))
    assert len(await owed(undemonstrated, MONTHLY, "2026-12")) == WARDS
    assert await owed(undemonstrated, MONTHLY, "2025-12") == []
    await keep_submissions(undemonstrated, at(date(2030, 12, 1)))
    assert len(await owed(undemonstrated, MONTHLY, "2030-12")) == WARDS
    assert await owed(undemonstrated, MONTHLY, "2031-01") == []
    async with begin(undemonstrated, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(
            update(report_form).values(valid_to=None).where(report_form.c.code == MONTHLY)
        )
    await keep_submissions(undemonstrated, at(date(2030, 12, 1)))
    assert len(await owed(undemonstrated, MONTHLY, "2031-01")) == WARDS


async def test_who_owes_follows_from_the_form(undemonstrated: Database) -> None:
    """A member of a group for its area, or for each facility that its area keeps; else the agency.

    A year under Decree 09/2019 ends on 14 December.
    """
    await keep_submissions(undemonstrated, at(date(2026, 12, 16)))
    stations = await owed(undemonstrated, "hn.da5.bieu-tram-y-te.nam", "2026")
    assert len(stations) == len({row[4] for row in stations}) == WARDS
    keeper = select(agency.c.code, facility.c.reporting_area_id == agency.c.area_id).join_from(
        facility, agency, agency.c.code == literal(str(stations[0][2]))
    )
    assert await fetch(undemonstrated, keeper.where(facility.c.id == stations[0][4])) == [
        ("hn.ubnd-cap-xa.00004", True)
    ]
    city = await owed(undemonstrated, "hn.da9.bieu-cong-an.nam", "2026")
    assert [(row[0], row[2], row[5]) for row in city] == [
        ("open", "hn.cong-an", date(2026, 12, 15))
    ]


async def test_who_runs_a_facility_owes_for_it(undemonstrated: Database) -> None:
    """Where no ward keeps it: not the ward it stands in, and nobody's area opens it."""
    async with begin(undemonstrated, LOADER, Mode.WRITE) as transaction:
        [[runner]] = await transaction.fetch(
            select(agency.c.id).where(agency.c.code == "hn.so-y-te")
        )
        [[city]] = await transaction.fetch(select(agency.c.id).where(agency.c.code == "hn.cong-an"))
        await transaction.execute(
            update(facility)
            .values(managed_by_id=runner, reporting_area_id=None)
            .where(facility.c.code == "hn.tram-y-te.00004")
        )
        await transaction.execute(
            update(report_form)
            .values(filled_by_id=city)
            .where(report_form.c.code == "hn.da5.bieu-tram-y-te.nam")
        )
    await keep_submissions(undemonstrated, at(date(2026, 12, 16)))
    found = await fetch(
        undemonstrated,
        select(agency.c.code, submission.c.area_id)
        .join(agency, agency.c.id == submission.c.agency_id)
        .join(facility, facility.c.id == submission.c.facility_id)
        .join(period, period.c.id == submission.c.period_id)
        .where(facility.c.code == "hn.tram-y-te.00004", period.c.label == "2026"),
    )
    assert found == [("hn.so-y-te", None)]


async def test_keeping_again_and_at_once_changes_nothing(undemonstrated: Database) -> None:
    clock = at(date(2026, 9, 14))
    first, second = await asyncio.gather(
        keep_submissions(undemonstrated, clock), keep_submissions(undemonstrated, clock)
    )
    assert sorted((first.made, second.made)) == [0, await size(undemonstrated, submission)]
    before = await contents(undemonstrated, submission, period)
    assert await keep_submissions(undemonstrated, clock) == Kept(periods=0, made=0, moved=0)
    assert await contents(undemonstrated, submission, period) == before


async def test_periods_are_made_before_they_are_needed(undemonstrated: Database) -> None:
    latest = select(func.max(period.c.ends_on)).where(period.c.calendar == "calendar")
    assert await fetch(undemonstrated, latest) == [(date(2031, 12, 31),)]
    await keep_submissions(undemonstrated, at(date(2033, 10, 5)))
    assert await fetch(undemonstrated, latest) == [(date(2035, 12, 31),)]
