"""The demonstration: made-up indicators and figures.

All of it is marked synthetic; its own codes begin with ``demo.``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select, update

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.demo_figures import MONTHS, YEAR, figures
from hub.ingest.demo_indicators import PLANS, REAL_SHAPES, USUAL_SHAPE, YEARS
from hub.ingest.history import History
from hub.ingest.merge import RowSet, insert_missing, merge, number, take_turn
from hub.ingest.progress import Unwatched
from hub.ingest.reference import LoadReport
from hub.ingest.staging import Merged
from hub.model.measurement import indicator, observation, period, target
from hub.model.organisation import agency
from hub.model.periods import GREGORIAN
from hub.model.programme import project
from hub.model.territory import area

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from hub.clock import Clock
    from hub.database.engine import Database
    from hub.database.transaction import Transaction
    from hub.ingest.demo_indicators import Invented, Plan, Shape
    from hub.ingest.progress import Progress

SOURCE: Final = "demo.so-lieu"

_WARD_AGENCY: Final = "hn.ubnd-cap-xa.{ward}"
_NAME_VI: Final = "Minh họa: {name}"
_NAME_EN: Final = "Demonstration: {name}"
_NOTE: Final = "Dữ liệu minh họa, không lấy từ văn bản nào."
_NATURAL_KEY: Final = ("agency_id", "indicator_id", "area_id", "period_id", "revision")
_STEPS: Final = 4


@dataclass(frozen=True, slots=True)
class _Project:
    id: int
    programme_id: int
    jurisdiction_id: int
    national_project_id: int | None


@dataclass(frozen=True, slots=True)
class _Measured:
    """An indicator with figures: a made-up one, or a real one that the demonstration fills."""

    id: int
    code: str
    is_rate: bool
    plan: Plan
    shape: Shape


@dataclass(frozen=True, slots=True)
class _World:
    """What the reference data calls what the figures speak of."""

    projects: Mapping[str, _Project]
    wards: Mapping[str, int]
    agencies: Mapping[str, int]
    months: Mapping[int, tuple[int, date]]


async def load_demo(
    database: Database, *, seed: int, clock: Clock, progress: Progress | None = None
) -> LoadReport:
    """Add made-up indicators, and figures as they would have been reported by now.

    The reference data is there already. The same seed makes the same figures; a figure that is
    there is never altered, so loading again changes nothing but what has been reported since.
    """
    watch = progress or Unwatched()
    watch.expect(_STEPS)
    async with begin(database, LOADER, Mode.WRITE) as transaction:
        await take_turn(transaction)
        watch.advance("Tạo chỉ tiêu minh họa")
        world = await _world(transaction)
        merged = await _merge_indicators(transaction, world)
        watch.advance("Tạo số liệu minh họa")
        rows = list(_observations(world, await _measured(transaction), seed, clock()))
        watch.advance("Nạp số liệu minh họa")
        merged.append(await _add_observations(transaction, rows))
        watch.advance("Ghi nhận số liệu minh họa")
    return LoadReport(tuple(merged))


async def _world(transaction: Transaction) -> _World:
    p = project.c
    projects = await transaction.fetch(
        select(p.code, p.id, p.programme_id, p.jurisdiction_id, p.national_project_id)
    )
    wards = await transaction.fetch(
        select(area.c.code, area.c.id)
        .where(area.c.level == "ward", area.c.valid_to.is_(None))
        .order_by(area.c.code)
    )
    agencies = await transaction.fetch(select(agency.c.code, agency.c.id))
    months = await transaction.fetch(
        select(period.c.label, period.c.id, period.c.starts_on).where(
            period.c.calendar == GREGORIAN, period.c.kind == "month"
        )
    )
    by_label = {label: (id_, starts_on) for label, id_, starts_on in months}
    return _World(
        {code: _Project(*rest) for code, *rest in projects},
        dict(map(tuple, wards)),
        dict(map(tuple, agencies)),
        {month: by_label[f"{YEAR}-{month:02}"] for month in MONTHS},
    )


def _invented() -> Iterator[tuple[str, Plan, Invented]]:
    for plan in PLANS:
        for each in plan.invented:
            yield f"{plan.prefix}.{each.slug}", plan, each


async def _merge_indicators(transaction: Transaction, world: _World) -> list[Merged]:
    codes = [(code,) for code, _, _ in _invented()]
    ids = await number(transaction, indicator, ("code",), codes)
    indicators = []
    targets = []
    for code, plan, each in _invented():
        place = world.projects[plan.project]
        common = {
            "jurisdiction_id": place.jurisdiction_id,
            "unit": each.unit,
            "comparator": "gte",
            "notes": _NOTE,
            "synthetic": True,
        }
        indicators.append(
            {
                **common,
                "id": ids[code,],
                "code": code,
                "programme_id": place.programme_id,
                "project_id": place.id,
                "national_project_id": place.national_project_id,
                "name_vi": _NAME_VI.format(name=each.name_vi),
                "name_en": _NAME_EN.format(name=each.name_en),
                "direction": "up",
                "target_kind": "quantified",
                "aggregation": "ratio_of_sums" if each.unit == "percent" else "sum",
                "final_value": each.targets[-1],
                "final_year": YEARS[-1],
                "numerator_vi": each.numerator_vi,
                "denominator_vi": each.denominator_vi,
                "frequency": "monthly",
            }
        )
        targets += [
            {
                **common,
                "code": f"{code}.{year}",
                "indicator_id": ids[code,],
                "target_type": "yearly",
                "year": year,
                "value": value,
            }
            for year, value in zip(YEARS, each.targets, strict=True)
        ]
    return await merge(
        transaction,
        [
            RowSet(indicator, ("id",), indicators, owned=indicator.c.synthetic),
            History(target, targets, owned=target.c.synthetic),
        ],
    )


async def _measured(transaction: Transaction) -> list[_Measured]:
    plans = {plan.project: plan for plan in PLANS}
    shapes = {**REAL_SHAPES, **{code: each.shape for code, _, each in _invented()}}
    rows = await transaction.fetch(
        select(indicator.c.id, indicator.c.code, indicator.c.unit, project.c.code)
        .join_from(indicator, project, indicator.c.project_id == project.c.id)
        .where(indicator.c.unit.is_not(None))
        .order_by(indicator.c.code)
    )
    return [
        _Measured(id_, code, unit == "percent", plans[own], shapes.get(code, USUAL_SHAPE))
        for id_, code, unit, own in rows
        if own in plans
    ]


def _observations(
    world: _World, measured: list[_Measured], seed: int, until: datetime
) -> Iterator[dict[str, object]]:
    for each in measured:
        place = world.projects[each.plan.project]
        for ward, ward_id in world.wards.items():
            reporter = each.plan.reporter or _WARD_AGENCY.format(ward=ward)
            series = f"{each.code}/{ward}"
            for figure in figures(seed, series, each.shape, is_rate=each.is_rate, until=until):
                period_id, starts_on = world.months[figure.month]
                yield {
                    "origin_id": uuid5(NAMESPACE_URL, f"{SOURCE}/{series}/{figure.month}"),
                    "jurisdiction_id": place.jurisdiction_id,
                    "project_id": place.id,
                    "indicator_id": each.id,
                    "area_id": ward_id,
                    "agency_id": world.agencies[reporter],
                    "period_id": period_id,
                    "period_start": starts_on,
                    "value": figure.measure.value,
                    "numerator": figure.measure.numerator,
                    "denominator": figure.measure.denominator,
                    "status": figure.status,
                    "revision": figure.revision,
                    "recorded_at": figure.recorded_at,
                    "superseded_at": figure.superseded_at,
                    "note": figure.note,
                    "source": SOURCE,
                    "synthetic": True,
                }


async def _add_observations(transaction: Transaction, rows: list[dict[str, object]]) -> Merged:
    """Add the figures that are missing, and mark those that have been corrected since."""
    if not rows:
        return Merged(observation.name, 0, 0, 0, 0)
    new, staged = await insert_missing(transaction, observation, _NATURAL_KEY, rows)
    corrected = await transaction.execute(
        update(observation)
        .values(superseded_at=staged.c.superseded_at)
        .where(
            *(observation.c[column] == staged.c[column] for column in _NATURAL_KEY),
            observation.c.synthetic,
            observation.c.superseded_at.is_(None),
            staged.c.superseded_at.is_not(None),
        )
    )
    return Merged(observation.name, new, corrected, len(rows) - new - corrected, 0)
