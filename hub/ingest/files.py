"""What each reference file holds: its columns, their types, and the files they refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hub.ingest import cells as parse
from hub.ingest.mapping import Draft, File, cell, draft
from hub.model import vocabulary as v

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from hub.ingest.cells import Parse

JURISDICTIONS_CSV: Final = "jurisdictions.csv"
DOCUMENTS_CSV: Final = "documents.csv"
PROGRAMMES_CSV: Final = "programmes.csv"
PROJECTS_CSV: Final = "projects.csv"
AGENCIES_CSV: Final = "agencies.csv"
INDICATORS_CSV: Final = "indicators.csv"
WARDS_CSV: Final = "wards.csv"
CLOSED_WARDS_CSV: Final = "wards_before_2025_07.csv"

EVERY_JURISDICTION: Final = "*"
PUBLIC: Final = "public"
OPERATOR: Final = "operator"

_WARD = parse.digits(5)
_DISTRICT = parse.digits(3)


def _code_unless(*words: str) -> Parse[str | None]:
    return lambda found: None if found in words else parse.code(found)


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


@draft
class Jurisdiction(Sourced):
    """A place: the country, a locality, a partner across the border."""

    name_vi: str = cell("name_vi", parse.text)
    name_en: str = cell("name_en", parse.text)
    level: str = cell("level", parse.choice(v.JURISDICTION_LEVEL))
    role: str = cell("role", parse.choice(v.JURISDICTION_ROLE))
    parent: str | None = cell("parent", parse.optional(parse.code), refers_to=JURISDICTIONS_CSV)
    unit_levels_named: tuple[str, ...] = cell("unit_levels_named", parse.listed(parse.text))
    status_notes: str | None = cell("status_notes", parse.optional(parse.text))
    named_in: tuple[str, ...] = cell("named_in", parse.listed(parse.code), refers_to=DOCUMENTS_CSV)


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


@draft
class Indicator(InProject):
    """Something measured or promised."""

    component: str | None = cell("component", parse.optional(parse.code), refers_to=PROJECTS_CSV)
    name_vi: str = cell("name_vi", parse.text)
    name_en: str | None = cell("name_en", parse.optional(parse.text))
    unit: str | None = cell("unit", parse.optional(parse.choice(v.UNIT)))
    comparator: str | None = cell("comparator", parse.optional(parse.choice(v.COMPARATOR)))
    direction: str | None = cell("direction", parse.optional(parse.choice(v.DIRECTION)))
    target_kind: str = cell("target_kind", parse.choice(v.TARGET_KIND))
    final_value: Decimal | None = cell("final_value", parse.optional(parse.number))
    final_year: int | None = cell("final_year", parse.optional(parse.year))
    baseline_value: Decimal | None = cell("baseline_value", parse.optional(parse.number))
    baseline_year: int | None = cell("baseline_year", parse.optional(parse.year))
    numerator_vi: str | None = cell("numerator_vi", parse.optional(parse.text))
    denominator_vi: str | None = cell("denominator_vi", parse.optional(parse.text))
    frequency: str | None = cell("frequency", parse.optional(parse.choice(v.FREQUENCY)))


@draft
class Target(Sourced):
    """One value that an indicator shall reach, as printed."""

    indicator: str = cell("indicator", parse.code, refers_to=INDICATORS_CSV)
    target_type: str = cell("target_type", parse.choice(v.TARGET_TYPE))
    year: int | None = cell("year", parse.optional(parse.year))
    value: Decimal | None = cell("value", parse.optional(parse.number))
    comparator: str | None = cell("comparator", parse.optional(parse.choice(v.COMPARATOR)))
    unit: str | None = cell("unit", parse.optional(parse.choice(v.UNIT)))
    verbatim: str | None = cell("value_text_vi", parse.optional(parse.text))
    anomalies: tuple[str, ...] = cell("anomaly", parse.listed(parse.choice(v.ANOMALY)))
    anomaly_note: str | None = cell("anomaly_note_vi", parse.optional(parse.text))


@draft
class Unit(Draft):
    """A commune-level unit."""

    code: str = cell("code", _WARD)
    type: str = cell("type", parse.choice(v.AREA_TYPE))
    name: str = cell("name", parse.text)
    latitude: Decimal = cell("latitude", parse.number)
    longitude: Decimal = cell("longitude", parse.number)


@draft
class Ward(Unit):
    """A commune-level unit of today."""

    valid_from: date = cell("valid_from", parse.day)
    short_name: str = cell("short_name", parse.text)
    area_km2: Decimal = cell("area_km2", parse.number)


@draft
class ClosedWard(Unit):
    """A commune-level unit that is no more, and the district it lay in."""

    valid_to: date = cell("valid_to", parse.day)
    district_code: str = cell("district_code", _DISTRICT)
    district_name: str = cell("district_name", parse.text)


@draft
class Lineage(Draft):
    """A closed unit's land going to a unit of today."""

    old_code: str = cell("old_code", _WARD, refers_to=CLOSED_WARDS_CSV)
    new_code: str = cell("new_code", _WARD, refers_to=WARDS_CSV)
    share: str = cell("share", parse.choice(v.LINEAGE_SHARE))
    main_successor: bool | None = cell("main_successor", parse.optional(parse.boolean))


@draft
class DecidedGrant(Draft):
    """A right that no assignment gives; *project* is a national code.

    Attributes:
        holder: None for the public, and for whoever runs a facility.
        jurisdiction: None for every one.
    """

    code: str = cell("code", parse.code)
    holder: str | None = cell("holder", _code_unless(PUBLIC, OPERATOR), refers_to=AGENCIES_CSV)
    is_public: bool = cell("holder", lambda found: found == PUBLIC)
    jurisdiction: str | None = cell(
        "jurisdiction", _code_unless(EVERY_JURISDICTION), refers_to=JURISDICTIONS_CSV
    )
    project: str | None = cell("project", parse.optional(parse.code), refers_to=PROJECTS_CSV)
    data_classes: tuple[str, ...] = cell("data_classes", parse.listed(parse.choice(v.DATA_CLASS)))
    area_scope: str = cell("area_scope", parse.choice(v.AREA_SCOPE))
    capabilities: tuple[str, ...] = cell("capabilities", parse.listed(parse.choice(v.CAPABILITY)))
    states: tuple[str, ...] = cell("states", parse.listed(parse.choice(v.OBSERVATION_STATUS)))
    limits: str | None = cell("limits", parse.optional(parse.text))
    basis: str | None = cell("basis", parse.optional(parse.text))
    why: str = cell("why", parse.text)


@draft
class RoleRight(Draft):
    """What a role gives whoever has it on a whole project or programme."""

    role: str = cell("role", parse.choice(v.ROLE))
    data_classes: tuple[str, ...] = cell("data_classes", parse.listed(parse.choice(v.DATA_CLASS)))
    capabilities: tuple[str, ...] = cell("capabilities", parse.listed(parse.choice(v.CAPABILITY)))
    area_scope: str = cell("area_scope", parse.choice(v.AREA_SCOPE))
    states: tuple[str, ...] = cell("states", parse.listed(parse.choice(v.OBSERVATION_STATUS)))
    only_if_unled: bool = cell("only_if_unled", parse.boolean)
    why: str = cell("why", parse.text)


JURISDICTIONS: Final = File(JURISDICTIONS_CSV, Jurisdiction)
DOCUMENTS: Final = File(DOCUMENTS_CSV, Document, unread=("date_precision", "source_text_no"))
PROGRAMMES: Final = File(PROGRAMMES_CSV, Programme)
PROJECTS: Final = File(PROJECTS_CSV, Project)
AGENCIES: Final = File(AGENCIES_CSV, Agency)
ASSIGNMENTS: Final = File("assignments.csv", Assignment)
INDICATORS: Final = File(INDICATORS_CSV, Indicator)
TARGETS: Final = File("indicator_targets.csv", Target)
WARDS: Final = File(WARDS_CSV, Ward)
CLOSED_WARDS: Final = File(CLOSED_WARDS_CSV, ClosedWard)
LINEAGE: Final = File("ward_lineage.csv", Lineage, key=("old_code", "new_code"))
DECIDED_GRANTS: Final = File("grants_by_decision.csv", DecidedGrant, unread=("kind",))
ROLES: Final = File("roles.csv", RoleRight, key=("role", "data_classes", "capabilities"))


@dataclass(frozen=True, slots=True)
class ReferenceData:
    """The programme's own data: every file's rows, understood."""

    jurisdictions: tuple[Jurisdiction, ...]
    documents: tuple[Document, ...]
    programmes: tuple[Programme, ...]
    projects: tuple[Project, ...]
    agencies: tuple[Agency, ...]
    assignments: tuple[Assignment, ...]
    indicators: tuple[Indicator, ...]
    targets: tuple[Target, ...]
    wards: tuple[Ward, ...]
    closed_wards: tuple[ClosedWard, ...]
    lineage: tuple[Lineage, ...]
    decided_grants: tuple[DecidedGrant, ...]
    role_rights: tuple[RoleRight, ...]
