"""Made-up figures as they would have been reported: of wards, of centres, of the closed wards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select, update

from hub.ingest.demo.facilities import CENTRE_KIND
from hub.ingest.demo.figures import BEFORE_THE_REDRAWING, Course, figures
from hub.ingest.demo.indicators import (
    AT_CENTRES,
    OLD_SHAPES,
    PLANS,
    REAL_SHAPES,
    USUAL_SHAPE,
    every_invented,
)
from hub.ingest.demo.marks import SOURCE
from hub.ingest.merge import insert_missing
from hub.ingest.staging import Merged, is_same
from hub.model.measurement import indicator, observation
from hub.model.programme import project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.database.transaction import Transaction
    from hub.ingest.demo.facilities import Facility
    from hub.ingest.demo.indicators import Plan, Shape
    from hub.ingest.demo.marks import Row
    from hub.ingest.demo.world import World

_NATURAL_KEY: Final = (
    "agency_id",
    "indicator_id",
    "area_id",
    "period_id",
    "facility_id",
    "revision",
)
_OLD_REPORTER: Final = "hn.cong-an"


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator with figures: a made-up one, or a real one that the demonstration fills."""

    id: int
    code: str
    is_rate: bool
    plan: Plan
    shape: Shape


@dataclass(frozen=True, slots=True)
class _Series:
    """The figures of one indicator in one place, and who reports them."""

    measured: Measured
    course: Course
    area_id: int
    agency_id: int
    facility_id: int | None = None


async def read_measured(transaction: Transaction) -> list[Measured]:
    """Return the indicators that have figures."""
    plans = {plan.project: plan for plan in PLANS}
    invented = {code: (plan, each.shape) for code, plan, each in every_invented()}
    rows = await transaction.fetch(
        select(
            indicator.c.id,
            indicator.c.code,
            indicator.c.unit,
            project.c.code,
            indicator.c.synthetic,
        )
        .join_from(indicator, project, indicator.c.project_id == project.c.id)
        .where(indicator.c.unit.is_not(None))
        .order_by(indicator.c.code)
    )
    found = []
    for id_, code, unit, own, is_made_up in rows:
        if code in invented:
            plan, shape = invented[code]
        elif own in plans and not is_made_up:
            plan, shape = plans[own], REAL_SHAPES.get(code, USUAL_SHAPE)
        else:
            continue
        found.append(Measured(id_, code, unit == "percent", plan, shape))
    return found


def observation_rows(
    world: World, measured: list[Measured], housed: list[Facility]
) -> Iterator[Row]:
    """Yield the made-up rows of ``observation`` that have been recorded by now."""
    of_wards = [each for each in measured if each.plan is not AT_CENTRES]
    of_centres = [each for each in measured if each.plan is AT_CENTRES]
    for series in (
        *_of_wards(world, of_wards),
        *_of_centres(world, of_centres, housed),
        *_of_closed_wards(world, of_wards),
    ):
        yield from _rows(world, series)


async def add_observations(transaction: Transaction, rows: list[Row]) -> Merged:
    """Add the figures that are missing, and mark those that have been corrected since."""
    rows = await _unreported(transaction, rows)
    if not rows:
        return Merged(observation.name, 0, 0, 0, 0)
    new, staged = await insert_missing(transaction, observation, _NATURAL_KEY, rows)
    corrected = await transaction.execute(
        update(observation)
        .values(superseded_at=staged.c.superseded_at)
        .where(
            is_same(observation, staged, _NATURAL_KEY),
            observation.c.synthetic,
            observation.c.superseded_at.is_(None),
            staged.c.superseded_at.is_not(None),
        )
    )
    return Merged(observation.name, new, corrected, len(rows) - new - corrected, 0)


async def _unreported(transaction: Transaction, rows: list[Row]) -> list[Row]:
    """Return *rows* without those of figures that somebody has really reported by now."""
    key = [observation.c[name] for name in _NATURAL_KEY[:-1]]
    reported = {
        tuple(row)
        for row in await transaction.fetch(
            select(*key).where(observation.c.batch_id.is_not(None)).distinct()
        )
    }
    return [row for row in rows if tuple(row[name] for name in _NATURAL_KEY[:-1]) not in reported]


def _of_wards(world: World, measured: list[Measured]) -> Iterator[_Series]:
    for each in measured:
        for ward in world.wards:
            reporter = each.plan.reporter or ward.committee
            course = Course(f"{each.code}/{ward.code}", each.shape, each.is_rate)
            yield _Series(each, course, ward.id, world.agencies[reporter])


def _of_centres(
    world: World, measured: list[Measured], housed: list[Facility]
) -> Iterator[_Series]:
    """Yield each centre's own figures: they are the city's, and none of the ward's it stands in."""
    for each in measured:
        for centre in housed:
            if centre.kind == CENTRE_KIND:
                course = Course(f"{each.code}/{centre.code}", each.shape, each.is_rate)
                operator = world.agencies[centre.operator]
                yield _Series(each, course, world.city, operator, world.facilities[centre.code])


def _of_closed_wards(world: World, measured: list[Measured]) -> Iterator[_Series]:
    for each in measured:
        shape = OLD_SHAPES.get(each.code)
        if shape is None:
            continue
        for ward, area_id in world.closed_wards.items():
            series = f"{each.code}/{BEFORE_THE_REDRAWING.year}/{ward}"
            course = Course(series, shape, each.is_rate, BEFORE_THE_REDRAWING)
            yield _Series(each, course, area_id, world.agencies[_OLD_REPORTER])


def _rows(world: World, series: _Series) -> Iterator[Row]:
    course = series.course
    common = {
        **world.projects[series.measured.plan.project].columns,
        "indicator_id": series.measured.id,
        "area_id": series.area_id,
        "facility_id": series.facility_id,
        "agency_id": series.agency_id,
        "source": SOURCE,
        "synthetic": True,
    }
    for figure in figures(world.seed, course, until=world.now):
        month = world.months[f"{course.span.year}-{figure.month:02}"]
        yield {
            **common,
            "origin_id": uuid5(NAMESPACE_URL, f"{SOURCE}/{course.series}/{figure.month}"),
            "period_id": month.id,
            "period_start": month.starts_on,
            "value": figure.measure.value,
            "numerator": figure.measure.numerator,
            "denominator": figure.measure.denominator,
            "status": figure.status,
            "revision": figure.revision,
            "recorded_at": figure.recorded_at,
            "superseded_at": figure.superseded_at,
            "note": figure.note,
        }
