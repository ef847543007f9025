"""The demonstration is made up, says so, alters nothing real, and has reporting's faults."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Table, and_, exists, func, not_, or_, select

from hub.clock import VIETNAM
from hub.ingest import cells
from hub.ingest.accounts import load_development_accounts
from hub.ingest.demo import load_demo
from hub.model.authority import account
from hub.model.columns import METADATA
from hub.model.duties import task_progress
from hub.model.facilities import eligibility, facility, facility_condition
from hub.model.intake import data_source
from hub.model.measurement import indicator, observation, period, target
from hub.model.organisation import agency
from hub.model.programme import project
from hub.model.resources import training
from hub.model.situations import area_status, area_status_evidence, finding, review
from hub.model.territory import area, area_lineage
from tests.demonstration import DEMO_MOMENT, DEMO_SEED
from tests.ingest.rows import contents, fetch, size

if TYPE_CHECKING:
    from hub.database.engine import Database

MARKED = [each for each in METADATA.tables.values() if "synthetic" in each.c]
CODED = [each for each in MARKED if "code" in each.c and each.name != "area"]
MADE_UP = [each for each in (*CODED, area_status_evidence) if each.name != "document"]


async def test_all_of_it_says_that_it_is_made_up(database: Database) -> None:
    """By its mark and by its code, wherever the hub holds something of its own making."""
    for table in CODED:
        differing = select(table.c.code).where(table.c.synthetic != table.c.code.like("demo.%"))
        assert await fetch(database, differing) == []
        codes = select(table.c.code).where(table.c.synthetic)
        for (code,) in await fetch(database, codes):
            assert cells.code(code) == code
    unmarked = select(func.count()).where(not_(observation.c.synthetic))
    assert await fetch(database, unmarked) == [(0,)]
    named = select(observation.c.source, data_source.c.kind).distinct()
    is_source = data_source.c.code == observation.c.source
    assert await fetch(database, named.outerjoin_from(observation, data_source, is_source)) == [
        ("demo.so-lieu", "demo")
    ]


async def test_nothing_real_is_altered(loaded: Database, database: Database) -> None:
    for table in MARKED:
        real = select(table).where(not_(table.c.synthetic)).order_by(table.c.id)
        assert await fetch(database, real) == await fetch(loaded, real)


async def test_projects_without_real_indicators_have_three_made_up(database: Database) -> None:
    """And so have the rehabilitation centres; each with a target for every year to 2030."""
    found = await fetch(
        database,
        select(project.c.code, func.count(indicator.c.id.distinct()), func.count())
        .join_from(indicator, project, indicator.c.project_id == project.c.id)
        .join(target, target.c.indicator_id == indicator.c.id)
        .where(indicator.c.synthetic, target.c.year >= 2026, target.c.year <= 2030)
        .group_by(project.c.code)
        .order_by(project.c.code),
    )
    assert found == [
        ("hn.ctmtqg-2030.da5", 3, 15),
        ("hn.ctmtqg-2030.da6", 3, 15),
        ("hn.ctmtqg-2030.da7.tda1", 3, 15),
        ("hn.ctmtqg-2030.da7.tda3", 3, 15),
        ("hn.ctmtqg-2030.da7.tda4", 3, 15),
        ("hn.ctmtqg-2030.da8", 3, 15),
    ]


async def test_who_carries_a_project_out_reports_it(database: Database) -> None:
    """Each ward for itself, or the agency that guides or leads it for all wards."""
    reporters = await fetch(
        database,
        select(
            project.c.code,
            func.count(observation.c.indicator_id.distinct()),
            func.count(observation.c.area_id.distinct()),
            func.count(agency.c.id.distinct()),
            func.min(agency.c.code),
        )
        .join_from(observation, project, observation.c.project_id == project.c.id)
        .join(agency, observation.c.agency_id == agency.c.id)
        .join(area, observation.c.area_id == area.c.id)
        .where(area.c.level == "ward", area.c.valid_to.is_(None))
        .group_by(project.c.code)
        .order_by(project.c.code),
    )
    assert reporters == [
        ("hn.ctmtqg-2030.da5", 12, 126, 126, "hn.ubnd-cap-xa.00004"),
        ("hn.ctmtqg-2030.da6", 3, 126, 126, "hn.ubnd-cap-xa.00004"),
        ("hn.ctmtqg-2030.da7.tda1", 3, 126, 1, "hn.so-van-hoa-the-thao"),
        ("hn.ctmtqg-2030.da7.tda3", 3, 126, 1, "hn.so-giao-duc-dao-tao"),
        ("hn.ctmtqg-2030.da7.tda4", 3, 126, 126, "hn.ubnd-cap-xa.00004"),
        ("hn.ctmtqg-2030.da8", 3, 126, 1, "hn.so-tu-phap"),
        ("hn.ctmtqg-2030.da9", 4, 126, 1, "hn.cong-an"),
    ]
    elsewhere = (
        select(func.count())
        .select_from(observation)
        .join(agency, observation.c.agency_id == agency.c.id)
        .where(agency.c.area_id.is_not(None), agency.c.area_id != observation.c.area_id)
    )
    assert await fetch(database, elsewhere) == [(0,)]


async def test_centres_report_for_themselves_and_no_ward_counts_it(database: Database) -> None:
    """Of the city, by whoever runs the centre, and of indicators that no ward reports."""
    o, f = observation.c, facility.c
    found = await fetch(
        database,
        select(
            func.count(f.id.distinct()),
            func.count(o.indicator_id.distinct()),
            func.count(o.period_id.distinct()),
            func.bool_and(area.c.level == "city"),
            func.bool_and(o.agency_id == f.managed_by_id),
            func.bool_and(o.project_id == f.project_id),
            func.bool_and(indicator.c.code.like("demo.hn.da5.%")),
        )
        .join_from(observation, facility, o.facility_id == f.id)
        .join(area, o.area_id == area.c.id)
        .join(indicator, o.indicator_id == indicator.c.id),
    )
    assert found == [(7, 3, 10, True, True, True, True)]
    own = observation.alias()
    of_both = select(func.count()).where(
        o.facility_id.is_(None),
        exists().where(own.c.indicator_id == o.indicator_id, own.c.facility_id.is_not(None)),
    )
    assert await fetch(database, of_both) == [(0,)]
    beyond_wards = (
        select(func.count())
        .select_from(observation)
        .join(area, o.area_id == area.c.id)
        .where((area.c.level == "ward") != o.facility_id.is_(None))
    )
    assert await fetch(database, beyond_wards) == [(0,)]


async def test_a_series_crosses_the_redrawing_of_wards(database: Database) -> None:
    """Until June 2025 of the closed wards, later of those that their land went to."""
    o = observation.c
    found = await fetch(
        database,
        select(
            indicator.c.code,
            func.count(area.c.id.distinct()),
            func.count(o.period_id.distinct()),
            func.min(o.period_start),
            func.max(o.period_start),
            func.count(o.agency_id.distinct()),
            func.min(agency.c.code),
        )
        .join_from(observation, area, o.area_id == area.c.id)
        .join(indicator, o.indicator_id == indicator.c.id)
        .join(agency, o.agency_id == agency.c.id)
        .where(area.c.valid_to.is_not(None))
        .group_by(indicator.c.code)
        .order_by(indicator.c.code),
    )
    months = (6, date(2025, 1, 1), date(2025, 6, 1))
    assert found == [
        ("hn.da5.so-nguoi-nghien", 526, *months, 1, "hn.cong-an"),
        ("hn.da5.tu-van-cai-nghien", 526, *months, 1, "hn.cong-an"),
    ]
    unsettled = select(func.count()).where(
        o.period_start < date(2026, 1, 1), o.superseded_at.is_(None), o.status != "accepted"
    )
    assert await fetch(database, unsettled) == [(0,)]
    later = observation.alias()
    crossing = (
        select(func.count(area_lineage.c.successor_id.distinct()))
        .join_from(area_lineage, observation, o.area_id == area_lineage.c.predecessor_id)
        .join(
            later,
            and_(
                later.c.area_id == area_lineage.c.successor_id,
                later.c.indicator_id == o.indicator_id,
            ),
        )
    )
    assert await fetch(database, crossing) == [(126,)]


async def test_reporting_has_its_faults(database: Database) -> None:
    """Late, missing, empty, revised and odd values; the newer a month, the less far it has come."""
    o = observation.c
    [[late, empty, revised, odd]] = await fetch(
        database,
        select(
            func.count().filter(o.note == "Nộp sau thời hạn."),
            func.count().filter(o.value.is_(None)),
            func.count().filter(o.revision == 2),
            func.count().filter(o.numerator > o.denominator),
        ),
    )
    assert min(late, empty, revised, odd) > 20
    assert 30_000 < await size(database, observation) < 50_000
    by_month = dict(
        await fetch(
            database,
            select(
                period.c.label,
                func.array_agg(observation.c.status.distinct()),
            )
            .join_from(observation, period, observation.c.period_id == period.c.id)
            .where(observation.c.superseded_at.is_(None))
            .group_by(period.c.label),
        )
    )
    assert set(by_month["2026-01"]) == {"accepted", "approved"}
    assert set(by_month["2026-10"]) == {"draft", "returned", "submitted"}


async def test_whoever_runs_a_made_up_facility_has_an_account(database: Database) -> None:
    found = select(func.count(), func.count(account.c.id)).select_from(
        agency.outerjoin(account, account.c.agency_id == agency.c.id)
    )
    assert await fetch(database, found.where(agency.c.synthetic)) == [(10, 10)]


async def test_loading_the_demonstration_again_changes_nothing(scratch: Database) -> None:
    """Not a row, not an id, not an account; and the report says so."""
    before = await contents(scratch, *MADE_UP)
    rows = await size(scratch, observation)
    report = await load_demo(scratch, seed=DEMO_SEED, clock=lambda: DEMO_MOMENT)
    assert not report.is_change
    assert await contents(scratch, *MADE_UP) == before
    assert await size(scratch, observation) == rows
    assert not (await load_development_accounts(scratch)).is_change


HAPPENED: dict[Table, tuple[str, ...]] = {
    facility_condition: ("checked_on",),
    eligibility: ("valid_from",),
    task_progress: ("reported_on",),
    training: ("held_on",),
    review: ("held_on",),
    finding: ("issued_on",),
}


async def test_what_happens_later_comes_later(undemonstrated: Database) -> None:
    """A second load brings what has happened since, and ends what has been corrected since."""
    first, second = (datetime(2026, 3, day, 12, tzinfo=VIETNAM) for day in (4, 20))
    await load_demo(undemonstrated, seed=DEMO_SEED, clock=lambda: first)
    assert await latest(undemonstrated) <= first.date()
    early = await size(undemonstrated, observation)
    report = await load_demo(undemonstrated, seed=DEMO_SEED, clock=lambda: second)
    assert first.date() < await latest(undemonstrated) <= second.date()
    [changed] = [each for each in report.tables if each.table == "observation"]
    assert changed.new > 0
    assert changed.changed > 0
    assert await size(undemonstrated, observation) == early + changed.new

    newer = observation.alias()
    o, n = observation.c, newer.c
    mismatched = (
        select(func.count())
        .select_from(observation)
        .outerjoin(newer, (n.origin_id == o.origin_id) & (n.revision == o.revision + 1))
        .where(or_(o.superseded_at.is_distinct_from(n.recorded_at), o.recorded_at > second))
    )
    assert await fetch(undemonstrated, mismatched) == [(0,)]
    assert await fetch(undemonstrated, select(func.max(area_status.c.year))) == [(2026,)]


async def latest(database: Database) -> date:
    """Return the last day on which anything but a figure has happened."""
    days: list[date] = [
        day
        for table, columns in HAPPENED.items()
        for [day] in await fetch(database, select(*(func.max(table.c[c]) for c in columns)))
        if day is not None
    ]
    return max(days)
