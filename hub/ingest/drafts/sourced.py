"""What rows have in common: where they are from, and what they are part of."""

from __future__ import annotations

from hub.ingest import cells as parse
from hub.ingest.drafts.names import DOCUMENTS_CSV, JURISDICTIONS_CSV, PROGRAMMES_CSV, PROJECTS_CSV
from hub.ingest.mapping import Draft, cell, draft


@draft
class Sourced(Draft):
    """A row that says which text it is taken from and what in it is deduced."""

    code: str = cell("code", parse.code)
    source_document: str = cell("source_document", parse.code, refers_to=DOCUMENTS_CSV)
    source_section: str | None = cell("source_section", parse.optional(parse.text))
    inferred: bool = cell("inferred", parse.boolean)
    inferred_fields: tuple[str, ...] = cell("inferred_fields", parse.listed(parse.text))
    notes: str | None = cell("notes", parse.optional(parse.text))


@draft
class InProgramme(Sourced):
    """A row of one place's carrying-out of a programme; *programme* is the national code."""

    jurisdiction: str = cell("jurisdiction", parse.code, refers_to=JURISDICTIONS_CSV)
    programme: str = cell("programme", parse.code, refers_to=PROGRAMMES_CSV)


@draft
class InProject(InProgramme):
    """A row that may be of one project of the programme; *project* is the national code."""

    project: str | None = cell("project", parse.optional(parse.code), refers_to=PROJECTS_CSV)
