"""Tasks, reporting duties, what both name, and the regimes that set due days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import not_, true

from hub.ingest.merge import RowSet
from hub.ingest.rows.ids import find
from hub.ingest.rows.links import links
from hub.ingest.rows.sourced import provenance
from hub.model.duties import (
    reporting_duty,
    reporting_duty_document,
    reporting_regime,
    task,
    task_document,
    task_indicator,
    task_partner,
)

if TYPE_CHECKING:
    from hub.ingest.files import ReferenceData
    from hub.ingest.local import LocalRows
    from hub.ingest.rows.ids import Ids


def tasks(data: ReferenceData, local: LocalRows, ids: Ids) -> RowSet:
    """Return the rows of ``task``."""
    rows = [
        {
            "id": ids.task[row.code],
            "code": row.code,
            "jurisdiction_id": ids.jurisdiction[row.jurisdiction],
            "programme_id": find(
                ids.programme, local.find_programme(row.programme, row.jurisdiction)
            ),
            "project_id": find(ids.project, local.find_project(row.project, row.jurisdiction)),
            "national_project_id": find(ids.project, row.project),
            "component_id": find(ids.project, row.component),
            "agency_id": find(ids.agency, row.agency),
            "role": row.role,
            "mode": row.mode,
            "kind": row.kind,
            "item_part": row.item_part,
            "description_vi": row.description_vi,
            "description_en": row.description_en,
            "target_group": row.target_group,
            "deadline": row.deadline,
            "deadline_condition": row.deadline_condition,
            "frequency": row.frequency,
            "expected_result": row.expected_result,
            **provenance(row, ids),
        }
        for row in data.tasks
    ]
    return RowSet(task, ("id",), rows, owned=not_(task.c.synthetic))


def task_links(data: ReferenceData, ids: Ids) -> list[RowSet]:
    """Return what tasks are linked to: partners, indicators, documents."""
    owners = [(ids.task[row.code], row) for row in data.tasks]
    return [
        links(task_partner, ((id_, row.partner_agencies) for id_, row in owners), ids.agency),
        links(task_indicator, ((id_, row.indicators) for id_, row in owners), ids.indicator),
        links(task_document, ((id_, row.related_documents) for id_, row in owners), ids.document),
    ]


def reporting_duties(data: ReferenceData, local: LocalRows, ids: Ids) -> RowSet:
    """Return the rows of ``reporting_duty``."""
    rows = [
        {
            "id": ids.reporting_duty[row.code],
            "code": row.code,
            "jurisdiction_id": ids.jurisdiction[row.jurisdiction],
            "programme_id": find(
                ids.programme, local.find_programme(row.programme, row.jurisdiction)
            ),
            "project_id": find(ids.project, local.find_project(row.project, row.jurisdiction)),
            "national_project_id": find(ids.project, row.project),
            "reporter_id": ids.agency[row.reporter],
            "recipient_id": find(ids.agency, row.recipient),
            "via_id": find(ids.agency, row.via),
            "kind": row.kind,
            "subject_vi": row.subject_vi,
            "subject_en": row.subject_en,
            "frequency": row.frequency,
            "deadline": row.deadline,
            "deadline_condition": row.deadline_condition,
            **provenance(row, ids),
        }
        for row in data.reporting_duties
    ]
    return RowSet(reporting_duty, ("id",), rows, owned=not_(reporting_duty.c.synthetic))


def duty_links(data: ReferenceData, ids: Ids) -> RowSet:
    """Return the rows of ``reporting_duty_document``."""
    named = ((ids.reporting_duty[row.code], row.related_documents) for row in data.reporting_duties)
    return links(reporting_duty_document, named, ids.document)


def reporting_regimes(data: ReferenceData, ids: Ids) -> RowSet:
    """Return the rows of ``reporting_regime``."""
    rows = [
        {
            "id": ids.reporting_regime[row.code],
            "code": row.code,
            "name_vi": row.name_vi,
            "name_en": row.name_en,
            "calendar": row.calendar,
            "legal_basis": row.legal_basis,
            "month_due_day": row.month_due_day,
            "quarter_due_day": row.quarter_due_day,
            "notes": row.notes,
        }
        for row in data.reporting_regimes
    ]
    return RowSet(reporting_regime, ("id",), rows, owned=true())
