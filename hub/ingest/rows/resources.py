"""Sources of money, who manages them, and what governs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import not_

from hub.ingest.merge import RowSet
from hub.ingest.rows.ids import find
from hub.ingest.rows.links import links
from hub.ingest.rows.sourced import provenance
from hub.model.resources import funding_source, funding_source_document, funding_source_manager

if TYPE_CHECKING:
    from hub.ingest.files import ReferenceData
    from hub.ingest.local import LocalRows
    from hub.ingest.rows.ids import Ids


def funding_sources(data: ReferenceData, local: LocalRows, ids: Ids) -> RowSet:
    """Return the rows of ``funding_source``."""
    rows = [
        {
            "id": ids.funding_source[row.code],
            "code": row.code,
            "name_vi": row.name_vi,
            "name_en": row.name_en,
            "kind": row.kind,
            "budget_level": row.budget_level,
            "jurisdiction_id": ids.jurisdiction[row.jurisdiction],
            "programme_id": find(
                ids.programme, local.find_programme(row.programme, row.jurisdiction)
            ),
            "project_id": find(ids.project, local.find_project(row.project, row.jurisdiction)),
            "national_project_id": find(ids.project, row.project),
            "purpose": row.purpose,
            **provenance(row, ids),
        }
        for row in data.funding_sources
    ]
    return RowSet(funding_source, ("id",), rows, owned=not_(funding_source.c.synthetic))


def funding_links(data: ReferenceData, ids: Ids) -> list[RowSet]:
    """Return what sources of money are linked to: managers, documents."""
    owners = [(ids.funding_source[row.code], row) for row in data.funding_sources]
    managers = ((id_, row.managing_agencies) for id_, row in owners)
    documents = ((id_, row.governing_documents) for id_, row in owners)
    return [
        links(funding_source_manager, managers, ids.agency),
        links(funding_source_document, documents, ids.document),
    ]
