"""How things stand: status of areas, pilot models, reviews and findings, sources, terms."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Date, SmallInteger, Table, UniqueConstraint

from hub.model.columns import (
    METADATA,
    choice,
    code,
    flag,
    link,
    named,
    provenance,
    sort_key,
    surrogate_key,
    words,
)
from hub.model.vocabulary import (
    DRUG_STATUS,
    FINDING_KIND,
    PILOT_PHASE,
    REVIEW_KIND,
    STATUS_STAGE,
    TERM_CATEGORY,
)

area_status: Final = Table(
    "area_status",
    METADATA,
    surrogate_key(),
    code(),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("project_id", "project.id", nullable=False),
    link("area_id", "area.id", nullable=False),
    Column("year", SmallInteger, nullable=False),
    choice("status", DRUG_STATUS, nullable=False),
    choice("stage", STATUS_STAGE, nullable=False),
    words("ruleset", nullable=False),
    words("legal_basis"),
    flag("synthetic"),
    UniqueConstraint("area_id", "year", "ruleset"),
)

area_status_evidence: Final = Table(
    "area_status_evidence",
    METADATA,
    surrogate_key(),
    link("area_status_id", "area_status.id", nullable=False),
    words("criterion", nullable=False),
    words("found", nullable=False),
    Column("is_met", Boolean),
    UniqueConstraint("area_status_id", "criterion"),
)

pilot_model: Final = Table(
    "pilot_model",
    METADATA,
    surrogate_key(),
    code(),
    *named(),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("project_id", "project.id", nullable=False),
    link("area_id", "area.id"),
    link("agency_id", "agency.id"),
    choice("phase", PILOT_PHASE, nullable=False),
    words("reason"),
    Column("started_on", Date),
    Column("ended_on", Date),
    flag("synthetic"),
)

review: Final = Table(
    "review",
    METADATA,
    surrogate_key(),
    code(),
    *named(),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("project_id", "project.id", nullable=False),
    link("agency_id", "agency.id", nullable=False),
    choice("kind", REVIEW_KIND, nullable=False),
    Column("held_on", Date),
    flag("synthetic"),
)

finding: Final = Table(
    "finding",
    METADATA,
    surrogate_key(),
    code(),
    link("review_id", "review.id", nullable=False),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("project_id", "project.id", nullable=False),
    link("area_id", "area.id"),
    link("agency_id", "agency.id"),
    choice("kind", FINDING_KIND, nullable=False),
    words("statement", nullable=False),
    words("answer"),
    Column("issued_on", Date),
    flag("synthetic"),
)
"""``agency_id`` is the inspected unit; it sees a finding once issued."""

glossary_term: Final = Table(
    "glossary_term",
    METADATA,
    surrogate_key(),
    code(),
    words("term_vi", nullable=False),
    words("term_en"),
    sort_key("term_vi"),
    words("abbreviation"),
    choice("category", TERM_CATEGORY, nullable=False),
    words("definition_vi"),
    words("definition_en"),
    *provenance(),
)
