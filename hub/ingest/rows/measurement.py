"""Indicators, targets, and the reporting periods of the years the programmes speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import not_, select

from hub.ingest.history import History
from hub.ingest.merge import RowSet
from hub.ingest.rows.ids import find
from hub.ingest.rows.sourced import provenance
from hub.model.measurement import disaggregation, indicator, period, target
from hub.model.periods import OWN, periods_of

if TYPE_CHECKING:
    from hub.ingest.files import ReferenceData
    from hub.ingest.local import LocalRows
    from hub.ingest.rows.ids import Ids

_AGGREGATIONS: Final = {
    "percent": "ratio_of_sums",
    "count": "sum",
    "vnd": "sum",
    None: "none",
}
"""A rate adds up as sums of its parts, counts and money as themselves; what has no unit not."""

_YEARS: Final = range(2017, 2032)


def indicators(data: ReferenceData, local: LocalRows, ids: Ids) -> RowSet:
    """Return the rows of ``indicator``."""
    rows = [
        {
            "id": ids.indicator[row.code],
            "code": row.code,
            "jurisdiction_id": ids.jurisdiction[row.jurisdiction],
            "programme_id": find(
                ids.programme, local.find_programme(row.programme, row.jurisdiction)
            ),
            "project_id": find(ids.project, local.find_project(row.project, row.jurisdiction)),
            "national_project_id": find(ids.project, row.project),
            "component_id": find(ids.project, row.component),
            "name_vi": row.name_vi,
            "name_en": row.name_en,
            "unit": row.unit,
            "comparator": row.comparator,
            "direction": row.direction,
            "target_kind": row.target_kind,
            "aggregation": _AGGREGATIONS[row.unit],
            "final_value": row.final_value,
            "final_year": row.final_year,
            "baseline_value": row.baseline_value,
            "baseline_year": row.baseline_year,
            "numerator_vi": row.numerator_vi,
            "denominator_vi": row.denominator_vi,
            "frequency": row.frequency,
            **provenance(row, ids),
        }
        for row in data.indicators
    ]
    return RowSet(indicator, ("id",), rows, owned=not_(indicator.c.synthetic))


def disaggregations(data: ReferenceData, ids: Ids) -> RowSet:
    """Return the rows of ``disaggregation``."""
    rows = [
        {
            "indicator_id": ids.indicator[row.indicator],
            "code": row.code,
            "dimension": row.dimension,
            "name_vi": row.name_vi,
            "name_en": row.name_en,
            "part_id": ids.indicator[row.part],
        }
        for row in data.disaggregations
    ]
    real = select(indicator.c.id).where(not_(indicator.c.synthetic))
    return RowSet(
        disaggregation,
        ("indicator_id", "code"),
        rows,
        owned=disaggregation.c.part_id.in_(real),
    )


def targets(data: ReferenceData, ids: Ids) -> History:
    """Return what ``target`` shall say; each binds the whole place of its indicator."""
    places = {row.code: row.jurisdiction for row in data.indicators}
    rows = [
        {
            "code": row.code,
            "indicator_id": ids.indicator[row.indicator],
            "jurisdiction_id": ids.jurisdiction[places[row.indicator]],
            "area_id": None,
            "target_type": row.target_type,
            "year": row.year,
            "value": row.value,
            "comparator": row.comparator,
            "unit": row.unit,
            "verbatim": row.verbatim,
            "anomalies": row.anomalies,
            "anomaly_note": row.anomaly_note,
            **provenance(row, ids),
        }
        for row in data.targets
    ]
    return History(target, rows, owned=not_(target.c.synthetic))


def periods(data: ReferenceData, ids: Ids) -> RowSet:
    """Return the rows of ``period``; once made, a period stays."""
    rows: list[dict[str, object]] = [
        {
            "calendar": each.calendar,
            "kind": each.kind,
            "label": each.label,
            "starts_on": each.starts_on,
            "ends_on": each.ends_on,
            "regime_id": None,
        }
        for year in _YEARS
        for each in periods_of(year)
    ]
    rows += (
        {
            "calendar": OWN,
            "kind": each.kind,
            "label": each.label,
            "starts_on": each.starts_on,
            "ends_on": each.ends_on,
            "regime_id": ids.reporting_regime[each.regime],
        }
        for each in data.reporting_periods
    )
    return RowSet(period, ("calendar", "label"), rows)
