"""Programmes, their project trees, and documents with what these do for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import not_, true

from hub.ingest.merge import RowSet
from hub.ingest.rows.ids import find
from hub.ingest.rows.sourced import provenance
from hub.model.programme import document, document_link, programme, project

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.ingest.drafts.programme import Document
    from hub.ingest.files import ReferenceData
    from hub.ingest.local import LocalRows
    from hub.ingest.rows.ids import Ids


def leads_of(data: ReferenceData, local: LocalRows) -> Mapping[str, str]:
    """Return who leads each local project, where a source says so of the whole of it."""
    leads = {}
    for row in data.assignments:
        own = local.find_project(row.project, row.jurisdiction)
        if own is not None and row.role == "lead" and row.covers == "whole":
            leads[own] = row.agency
    return leads


def programmes(data: ReferenceData, ids: Ids) -> RowSet:
    """Return the rows of ``programme``."""
    rows = [
        {
            "id": ids.programme[row.code],
            "code": row.code,
            "name_vi": row.name_vi,
            "name_en": row.name_en,
            "scope": row.scope,
            "jurisdiction_id": ids.jurisdiction[row.jurisdiction],
            "parent_id": find(ids.programme, row.parent),
            "period_start": row.period_start,
            "period_end": row.period_end,
            "standing_agency_id": find(ids.agency, row.standing_agency),
            **provenance(row, ids),
        }
        for row in data.programmes
    ]
    return RowSet(programme, ("id",), rows, owned=not_(programme.c.synthetic))


def projects(data: ReferenceData, local: LocalRows, ids: Ids) -> RowSet:
    """Return the rows of ``project``; a component carries out what the node above it does."""
    leads = leads_of(data, local)
    rows = [
        {
            "id": ids.project[row.code],
            "code": row.code,
            "node_type": row.node_type,
            "number": row.number,
            "is_national": row.jurisdiction in local.nations,
            "programme_id": find(
                ids.programme, local.find_programme(row.programme, row.jurisdiction)
            ),
            "jurisdiction_id": ids.jurisdiction[row.jurisdiction],
            "parent_id": find(ids.project, row.parent),
            "national_project_id": find(ids.project, local.find_national_node(row.code)),
            "name_vi": row.name_vi,
            "name_en": row.name_en,
            "period_start": row.period_start,
            "period_end": row.period_end,
            "lead_agency_id": find(ids.agency, leads.get(row.code)),
            "plan_document_id": find(ids.document, row.plan_document),
            **provenance(row, ids),
        }
        for row in data.projects
    ]
    return RowSet(project, ("id",), rows, owned=not_(project.c.synthetic))


def documents(data: ReferenceData, local: LocalRows, ids: Ids) -> RowSet:
    """Return the rows of ``document``."""
    rows = [
        {
            "id": ids.document[row.code],
            "code": row.code,
            "number": row.number,
            "doc_type": row.doc_type,
            "status": row.status,
            "title_vi": row.title_vi,
            "title_en": row.title_en,
            "issued_on": row.issued_on,
            "issuer_id": find(ids.agency, row.issuer),
            "jurisdiction_id": find(ids.jurisdiction, row.jurisdiction),
            "programme_id": find(ids.programme, _programme_of(row, local)),
            "project_id": find(ids.project, local.find_project(row.project, row.jurisdiction)),
            "national_project_id": find(ids.project, row.project),
            "signatory_title": row.signatory_title,
            "published_at": row.published_at,
            "named_in": row.named_in,
            **provenance(row, ids),
        }
        for row in data.documents
    ]
    return RowSet(document, ("id",), rows, owned=not_(document.c.synthetic))


def document_links(data: ReferenceData, ids: Ids) -> RowSet:
    """Return the rows of ``document_link``."""
    links = [
        *(
            (row.code, "implements", None, carried_out)
            for row in data.documents
            for carried_out in row.implements
        ),
        *(
            (code, relation, row.code, None)
            for row in data.programmes
            for relation, codes in (
                ("approves", row.approving_documents),
                ("implements", row.implementing_documents),
                ("reviews", row.review_documents),
            )
            for code in codes
        ),
    ]
    rows = [
        {
            "document_id": ids.document[code],
            "relation": relation,
            "programme_id": find(ids.programme, of_programme),
            "related_document_id": find(ids.document, of_document),
        }
        for code, relation, of_programme, of_document in links
    ]
    key = ("document_id", "relation", "programme_id", "related_document_id")
    return RowSet(document_link, key, rows, owned=true())


def _programme_of(row: Document, local: LocalRows) -> str | None:
    """Return the place's own programme that *row* is about, or the national one it names."""
    if row.programme is None or row.jurisdiction is None:
        return row.programme
    return local.find_programme(row.programme, row.jurisdiction) or row.programme
