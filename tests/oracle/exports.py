"""The table of figures to take away, as the model would write it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from tests.oracle.rights import newest

if TYPE_CHECKING:
    from tests.oracle.rights import Row, Sight

COLUMNS: Final = (
    *("project", "indicator", "indicator_name", "unit", "area", "area_name", "agency"),
    *("period", "period_start", "period_end", "calendar", "numerator", "denominator", "value"),
    *("status", "revision", "recorded_at", "source", "synthetic"),
)


def exported(sight: Sight) -> list[list[str]]:
    """Return the lines of the export of observations, cell by cell, the header first."""
    lines = []
    for row in newest(sight.visible("Observation").values()):
        indicator = sight.tables["Indicator"][row["indicator"]]
        period = sight.tables["Period"][row["period"]]
        area = sight.tables["Area"][row["area"]]
        order = (indicator["code"], period["start"], period["end"], area["code"], row["_id"])
        lines.append((order, _line(sight, row, indicator, period, area)))
    return [list(COLUMNS), *(line for _, line in sorted(lines, key=lambda each: each[0]))]


def lines(body: bytes) -> list[list[str]]:
    """Return the lines of an export, cell by cell."""
    return list(csv.reader(io.StringIO(body.decode()), lineterminator="\r\n"))


def _line(sight: Sight, row: Row, indicator: Row, period: Row, area: Row) -> list[str]:
    project = sight.visible("Project").get(row["project"])
    agency = sight.tables["Agency"][row["agency"]]
    unit = indicator["unit"]
    cells: list[Any] = [
        *(None if project is None else project["code"], indicator["code"]),
        *(indicator["name"]["VI"], None if unit is None else unit.lower()),
        *(area["code"], area["name"], agency["code"], period["label"]),
        *(period["start"], period["end"], period["calendar"].lower().replace("_", "-")),
        *(row["numerator"], row["denominator"], row["value"], row["status"].lower()),
        *(row["revision"], row["recordedAt"], row["source"], row["synthetic"]),
    ]
    return [_cell(cell) for cell in cells]


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _ if hasattr(value, "isoformat"):
            return str(value.isoformat())
    return str(value)
