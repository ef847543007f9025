"""Checks of figures at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import true

from hub.ingest.merge import RowSet
from hub.ingest.rows.ids import find
from hub.model.intake import quality_check

if TYPE_CHECKING:
    from hub.ingest.files import ReferenceData
    from hub.ingest.rows.ids import Ids


def quality_checks(data: ReferenceData, ids: Ids) -> RowSet:
    """Return the rows of ``quality_check``."""
    rows = [
        {
            "code": row.code,
            "indicator_id": find(ids.indicator, row.indicator),
            "unit": row.unit,
            "rule": row.rule,
            "lower_bound": row.lower_bound,
            "upper_bound": row.upper_bound,
            "limit_value": row.limit_value,
            "parts": row.parts,
            "outcome": row.outcome,
            "why": row.why,
        }
        for row in data.quality_checks
    ]
    return RowSet(quality_check, ("code",), rows, owned=true())
