"""Programmes, their projects, and the documents behind both."""

from __future__ import annotations

from hub.ingest import cells as parse
from hub.ingest.drafts.names import (
    AGENCIES_CSV,
    DOCUMENTS_CSV,
    JURISDICTIONS_CSV,
    PROGRAMMES_CSV,
    PROJECTS_CSV,
)
from hub.ingest.drafts.sourced import InProgramme, Sourced
from hub.ingest.mapping import cell, draft
from hub.model import vocabulary as v


@draft
class Document(Sourced):
    """A document, issued or announced; *project* and *programme* are national codes."""

    number: str | None = cell("number", parse.optional(parse.text))
    doc_type: str = cell("doc_type", parse.choice(v.DOCUMENT_TYPE))
    status: str = cell("status", parse.choice(v.DOCUMENT_STATUS))
    title_vi: str = cell("title_vi", parse.text)
    title_en: str | None = cell("title_en", parse.optional(parse.text))
    issued_on: str | None = cell("date_issued", parse.optional(parse.partial_date))
    issuer: str | None = cell("issuer", parse.optional(parse.code), refers_to=AGENCIES_CSV)
    jurisdiction: str | None = cell(
        "jurisdiction", parse.optional(parse.code), refers_to=JURISDICTIONS_CSV
    )
    programme: str | None = cell("programme", parse.optional(parse.code), refers_to=PROGRAMMES_CSV)
    project: str | None = cell("project", parse.optional(parse.code), refers_to=PROJECTS_CSV)
    implements: tuple[str, ...] = cell(
        "implements", parse.listed(parse.code), refers_to=DOCUMENTS_CSV
    )
    named_in: tuple[str, ...] = cell("named_in", parse.listed(parse.code), refers_to=DOCUMENTS_CSV)
    signatory_title: str | None = cell("signatory_title", parse.optional(parse.text))
    published_at: str | None = cell("published_at", parse.optional(parse.text))


@draft
class Programme(Sourced):
    """A programme, national or as one place carries it out."""

    name_vi: str = cell("name_vi", parse.text)
    name_en: str | None = cell("name_en", parse.optional(parse.text))
    scope: str = cell("scope", parse.choice(v.PROGRAMME_SCOPE))
    jurisdiction: str = cell("jurisdiction", parse.code, refers_to=JURISDICTIONS_CSV)
    parent: str | None = cell("parent", parse.optional(parse.code), refers_to=PROGRAMMES_CSV)
    period_start: int | None = cell("period_start", parse.optional(parse.year))
    period_end: int | None = cell("period_end", parse.optional(parse.year))
    approving_documents: tuple[str, ...] = cell(
        "approving_documents", parse.listed(parse.code), refers_to=DOCUMENTS_CSV
    )
    implementing_documents: tuple[str, ...] = cell(
        "implementing_documents", parse.listed(parse.code), refers_to=DOCUMENTS_CSV
    )
    review_documents: tuple[str, ...] = cell(
        "review_documents", parse.listed(parse.code), refers_to=DOCUMENTS_CSV
    )
    standing_agency: str | None = cell(
        "standing_agency", parse.optional(parse.code), refers_to=AGENCIES_CSV
    )


@draft
class Project(InProgramme):
    """A node of a project tree."""

    node_type: str = cell("node_type", parse.choice(v.NODE_TYPE))
    number: str | None = cell("number", parse.optional(parse.text))
    parent: str | None = cell("parent", parse.optional(parse.code), refers_to=PROJECTS_CSV)
    instance_of: str | None = cell(
        "instance_of", parse.optional(parse.code), refers_to=PROJECTS_CSV
    )
    name_vi: str | None = cell("name_vi", parse.optional(parse.text))
    name_en: str | None = cell("name_en", parse.optional(parse.text))
    period_start: int | None = cell("period_start", parse.optional(parse.year))
    period_end: int | None = cell("period_end", parse.optional(parse.year))
    plan_document: str | None = cell(
        "plan_document", parse.optional(parse.code), refers_to=DOCUMENTS_CSV
    )
