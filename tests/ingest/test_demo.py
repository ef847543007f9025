"""The demonstration is made up, says so, and has the faults that real reporting has."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, not_, or_, select

from hub.clock import VIETNAM
from hub.ingest.demo import load_demo
from hub.ingest.demo_figures import MONTHS, Figure, figures
from hub.ingest.demo_indicators import Shape
from hub.ingest.reference import load_reference
from hub.model.measurement import indicator, observation, period, target
from hub.model.organisation import agency
from hub.model.programme import project
from hub.model.territory import area
from tests.ingest.rows import contents, fetch, size

if TYPE_CHECKING:
    from hub.database.engine import Database

SEED = 2026
ALL_REPORTED = datetime(2026, 12, 31, tzinfo=UTC)
SHAPES = st.builds(
    Shape, st.integers(1, 20), st.integers(20, 400), st.floats(0, 1), st.floats(0, 1)
)


def reported(series: str, shape: Shape, *, is_rate: bool, until: datetime) -> list[Figure]:
    """Return the figures of *series* by *until*."""
    return list(figures(SEED, series, shape, is_rate=is_rate, until=until))


@given(st.text(max_size=9), SHAPES, st.booleans())
def test_figures_are_what_their_parts_and_revisions_say(
    series: str, shape: Shape, is_rate: bool
) -> None:
    """A rate comes from its parts; a correction begins when what it corrects ends."""
    found = reported(series, shape, is_rate=is_rate, until=ALL_REPORTED)
    assert found == reported(series, shape, is_rate=is_rate, until=ALL_REPORTED)
    ends = {each.month: each.superseded_at for each in found if each.superseded_at}
    corrections = {each.month: each.recorded_at for each in found if each.revision == 2}
    assert ends == corrections
    for figure in found:
        measure = figure.measure
        assert figure.month in MONTHS
        assert figure.recorded_at > datetime(2026, figure.month, 28, tzinfo=VIETNAM)
        if measure.numerator is not None and measure.denominator is not None:
            assert measure.value is not None
            exact = Decimal(100 * measure.numerator) / measure.denominator
            assert abs(measure.value - exact) <= Decimal("0.005")
        elif measure.value is not None:
            assert not is_rate
            assert measure.value >= 0


@given(
    st.text(max_size=9),
    SHAPES,
    st.booleans(),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_nothing_is_known_before_it_is_recorded(
    series: str, shape: Shape, is_rate: bool, until: datetime
) -> None:
    """At any moment the figures are those recorded by then, corrections included."""
    known = reported(series, shape, is_rate=is_rate, until=until)
    in_the_end = reported(series, shape, is_rate=is_rate, until=ALL_REPORTED)
    assert [(f.month, f.revision, f.measure) for f in known] == [
        (f.month, f.revision, f.measure) for f in in_the_end if f.recorded_at <= until
    ]
    assert all(f.superseded_at is None or f.superseded_at <= until for f in known)


async def test_all_of_it_says_that_it_is_made_up(database: Database) -> None:
    for table in (indicator, target):
        differing = select(table.c.code).where(table.c.synthetic != table.c.code.like("demo.%"))
        assert await fetch(database, differing) == []
    unmarked = select(func.count()).where(not_(observation.c.synthetic))
    assert await fetch(database, unmarked) == [(0,)]
    assert await fetch(database, select(observation.c.source).distinct()) == [("demo.so-lieu",)]


async def test_projects_without_real_indicators_have_three_made_up(database: Database) -> None:
    """Each with a target for every year from 2026 to 2030."""
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
    old = (
        select(func.count()).select_from(observation).join(area).where(area.c.valid_to.is_not(None))
    )
    assert await fetch(database, old) == [(0,)]


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
    rows = await size(database, observation)
    assert 20_000 < rows < 40_000
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


async def test_loading_the_demonstration_again_changes_nothing(scratch: Database) -> None:
    before = await contents(scratch, indicator, target)
    rows = await size(scratch, observation)
    report = await load_demo(scratch, seed=SEED, clock=lambda: ALL_REPORTED)
    again = await load_demo(scratch, seed=SEED, clock=lambda: ALL_REPORTED)
    assert not again.is_change
    assert await contents(scratch, indicator, target) == before
    new = next(each.new for each in report.tables if each.table == "observation")
    assert await size(scratch, observation) == rows + new


async def test_what_is_reported_later_comes_later(bare: Database) -> None:
    """A second load brings what has been recorded since, and ends what it corrects."""
    first, second = datetime(2026, 3, 4, tzinfo=UTC), datetime(2026, 3, 20, tzinfo=UTC)
    await load_reference(bare)
    await load_demo(bare, seed=SEED, clock=lambda: first)
    early = await size(bare, observation)
    report = await load_demo(bare, seed=SEED, clock=lambda: second)
    [changed] = [each for each in report.tables if each.table == "observation"]
    assert changed.new > 0
    assert changed.changed > 0
    assert await size(bare, observation) == early + changed.new

    newer = observation.alias()
    o, n = observation.c, newer.c
    mismatched = (
        select(func.count())
        .select_from(observation)
        .outerjoin(newer, (n.origin_id == o.origin_id) & (n.revision == o.revision + 1))
        .where(or_(o.superseded_at.is_distinct_from(n.recorded_at), o.recorded_at > second))
    )
    assert await fetch(bare, mismatched) == [(0,)]
