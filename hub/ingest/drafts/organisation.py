"""Agencies, and who has which part."""

from __future__ import annotations

from hub.ingest import cells as parse
from hub.ingest.drafts.names import AGENCIES_CSV, DOCUMENTS_CSV, JURISDICTIONS_CSV
from hub.ingest.drafts.sourced import InProject, Sourced
from hub.ingest.mapping import cell, draft
from hub.model import vocabulary as v


@draft
class Agency(Sourced):
    """An agency, an office, or a class of them."""

    name_vi: str = cell("name_vi", parse.text)
    name_en: str | None = cell("name_en", parse.optional(parse.text))
    abbreviation: str | None = cell("abbreviation", parse.optional(parse.text))
    kind: str = cell("kind", parse.choice(v.AGENCY_KIND))
    level: str = cell("level", parse.choice(v.AGENCY_LEVEL))
    jurisdiction: str | None = cell(
        "jurisdiction", parse.optional(parse.code), refers_to=JURISDICTIONS_CSV
    )
    parent: str | None = cell("parent", parse.optional(parse.code), refers_to=AGENCIES_CSV)
    is_group: bool = cell("is_group", parse.boolean)
    also_named_as: tuple[str, ...] = cell("also_named_as", parse.listed(parse.text))
    named_in: tuple[str, ...] = cell("named_in", parse.listed(parse.code), refers_to=DOCUMENTS_CSV)


@draft
class Assignment(InProject):
    """Who has which part."""

    agency: str = cell("agency", parse.code, refers_to=AGENCIES_CSV)
    role: str = cell("role", parse.choice(v.ROLE))
    mode: str = cell("assignment_mode", parse.choice(v.ASSIGNMENT_MODE))
    covers: str = cell("covers", parse.choice(v.COVERAGE))
    scope_vi: str | None = cell("scope_vi", parse.optional(parse.text))
    scope_en: str | None = cell("scope_en", parse.optional(parse.text))
    partner_agencies: tuple[str, ...] = cell(
        "partner_agencies", parse.listed(parse.code), refers_to=AGENCIES_CSV
    )
    deadline: str | None = cell("deadline", parse.optional(parse.partial_date))
    deadline_condition: str | None = cell("deadline_condition_vi", parse.optional(parse.text))
