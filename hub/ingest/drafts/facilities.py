"""Kinds of facilities, and the facilities that a text names."""

from __future__ import annotations

from hub.ingest import cells as parse
from hub.ingest.drafts.names import (
    AGENCIES_CSV,
    DOCUMENTS_CSV,
    FACILITY_TYPES_CSV,
    INDICATORS_CSV,
    JURISDICTIONS_CSV,
)
from hub.ingest.drafts.sourced import Sourced
from hub.ingest.mapping import cell, draft
from hub.model import vocabulary as v


@draft
class FacilityType(Sourced):
    """A kind of facility."""

    name_vi: str = cell("name_vi", parse.text)
    name_en: str | None = cell("name_en", parse.optional(parse.text))
    category: str = cell("category", parse.choice(v.FACILITY_CATEGORY))
    managed_by: str | None = cell("managed_by", parse.optional(parse.code), refers_to=AGENCIES_CSV)
    functions: str | None = cell("functions_vi", parse.optional(parse.text))
    requirements: str | None = cell("requirements_vi", parse.optional(parse.text))
    indicators: tuple[str, ...] = cell(
        "indicators", parse.listed(parse.code), refers_to=INDICATORS_CSV
    )
    named_in: tuple[str, ...] = cell("named_in", parse.listed(parse.code), refers_to=DOCUMENTS_CSV)


@draft
class Facility(Sourced):
    """A facility, of the project whose plan names it."""

    name_vi: str = cell("name_vi", parse.text)
    name_en: str | None = cell("name_en", parse.optional(parse.text))
    facility_type: str = cell("facility_type", parse.code, refers_to=FACILITY_TYPES_CSV)
    jurisdiction: str = cell("jurisdiction", parse.code, refers_to=JURISDICTIONS_CSV)
    managed_by: str | None = cell("managed_by", parse.optional(parse.code), refers_to=AGENCIES_CSV)
    address: str | None = cell("address_vi", parse.optional(parse.text))
