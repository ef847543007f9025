"""Made-up indicators with their targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.ingest.demo.indicators import YEARS, every_invented
from hub.ingest.demo.marks import NOTE, name_en, name_vi
from hub.ingest.demo.parts import parts
from hub.ingest.demo.tallies import TALLIES
from hub.ingest.history import History
from hub.ingest.merge import RowSet
from hub.model.measurement import indicator, target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hub.ingest.demo.marks import Row
    from hub.ingest.demo.tallies import Tally
    from hub.ingest.demo.world import World


def codes() -> Iterator[str]:
    """Yield the code of every made-up indicator."""
    for code, _, _ in every_invented():
        yield code
    for each in _tallies():
        yield each.code


def indicator_rows(world: World, ids: Mapping[str, int]) -> RowSet:
    """Return the made-up rows of ``indicator``."""
    rows = [*_with_targets(world, ids), *_without(world, ids)]
    return RowSet(indicator, ("id",), rows, owned=indicator.c.synthetic)


def target_rows(world: World, ids: Mapping[str, int]) -> History:
    """Return what ``target`` shall say of made-up indicators."""
    rows: list[Row] = [
        {
            "code": f"{code}.{year}",
            "indicator_id": ids[code],
            "jurisdiction_id": world.projects[plan.project].jurisdiction_id,
            "target_type": "yearly",
            "year": year,
            "value": value,
            "comparator": "gte",
            "unit": each.unit,
            "notes": NOTE,
            "synthetic": True,
        }
        for code, plan, each in every_invented()
        for year, value in zip(YEARS, each.targets, strict=True)
    ]
    return History(target, rows, owned=target.c.synthetic)


def _with_targets(world: World, ids: Mapping[str, int]) -> Iterator[Row]:
    for code, plan, each in every_invented():
        yield {
            **_place(world, plan.project),
            "id": ids[code],
            "code": code,
            "name_vi": name_vi(each.name_vi),
            "name_en": name_en(each.name_en),
            "unit": each.unit,
            "comparator": "gte",
            "direction": "up",
            "target_kind": "quantified",
            "aggregation": "ratio_of_sums" if each.unit == "percent" else "sum",
            "final_value": each.targets[-1],
            "final_year": YEARS[-1],
            "numerator_vi": each.numerator_vi,
            "denominator_vi": each.denominator_vi,
        }


def _without(world: World, ids: Mapping[str, int]) -> Iterator[Row]:
    for each in _tallies():
        yield {
            **_place(world, each.project),
            "id": ids[each.code],
            "code": each.code,
            "name_vi": name_vi(each.name_vi),
            "name_en": name_en(each.name_en),
            "unit": each.unit,
            "comparator": None,
            "direction": "up",
            "target_kind": "directional",
            "aggregation": "ratio_of_sums" if each.unit == "percent" else "sum",
            "final_value": None,
            "final_year": None,
            "numerator_vi": each.definition,
            "denominator_vi": each.among,
        }


def _tallies() -> Iterator[Tally]:
    yield from TALLIES
    for each in parts():
        yield each.figures


def _place(world: World, project: str) -> Row:
    place = world.projects[project]
    return {
        **place.columns,
        "programme_id": place.programme_id,
        "national_project_id": place.national_project_id,
        "frequency": "monthly",
        "notes": NOTE,
        "synthetic": True,
    }
