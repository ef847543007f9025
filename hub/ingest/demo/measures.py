"""Made-up indicators with their targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.ingest.demo.indicators import YEARS, every_invented
from hub.ingest.demo.marks import NOTE, name_en, name_vi
from hub.ingest.history import History
from hub.ingest.merge import RowSet
from hub.model.measurement import indicator, target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.ingest.demo.marks import Row
    from hub.ingest.demo.world import World


def indicator_rows(world: World, ids: Mapping[str, int]) -> RowSet:
    """Return the made-up rows of ``indicator``."""
    rows: list[Row] = []
    for code, plan, each in every_invented():
        place = world.projects[plan.project]
        rows.append(
            {
                **place.columns,
                "id": ids[code],
                "code": code,
                "programme_id": place.programme_id,
                "national_project_id": place.national_project_id,
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
                "frequency": "monthly",
                "notes": NOTE,
                "synthetic": True,
            }
        )
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
