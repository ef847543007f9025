"""Forms and their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import not_, select

from hub.ingest.merge import RowSet
from hub.ingest.rows.ids import find
from hub.ingest.rows.sourced import provenance
from hub.model.reporting import form_cell, report_form

if TYPE_CHECKING:
    from hub.ingest.files import ReferenceData
    from hub.ingest.local import LocalRows
    from hub.ingest.rows.ids import Ids


def report_forms(data: ReferenceData, local: LocalRows, ids: Ids) -> RowSet:
    """Return the rows of ``report_form``."""
    rows = [
        {
            "id": ids.report_form[row.code],
            "code": row.code,
            "name_vi": row.name_vi,
            "name_en": row.name_en,
            "regime_id": ids.reporting_regime[row.regime],
            "jurisdiction_id": ids.jurisdiction[row.jurisdiction],
            "programme_id": find(
                ids.programme, local.find_programme(row.programme, row.jurisdiction)
            ),
            "project_id": find(ids.project, local.find_project(row.project, row.jurisdiction)),
            "national_project_id": find(ids.project, row.project),
            "period_kind": row.period_kind,
            "subject": row.subject,
            "filled_by_id": ids.agency[row.filled_by],
            "recipient_id": find(ids.agency, row.recipient),
            "facility_type_id": find(ids.facility_type, row.facility_type),
            "due_days": row.due_days,
            "grace_days": row.grace_days,
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
            **provenance(row, ids),
        }
        for row in data.report_forms
    ]
    return RowSet(report_form, ("id",), rows, owned=not_(report_form.c.synthetic))


def form_cells(data: ReferenceData, ids: Ids) -> RowSet:
    """Return the rows of ``form_cell``."""
    rows = [
        {
            "form_id": ids.report_form[row.form],
            "indicator_id": ids.indicator[row.indicator],
            "position": row.position,
            "is_compulsory": row.is_compulsory,
        }
        for row in data.form_cells
    ]
    real = select(report_form.c.id).where(not_(report_form.c.synthetic))
    return RowSet(form_cell, ("form_id", "indicator_id"), rows, owned=form_cell.c.form_id.in_(real))
