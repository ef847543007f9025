"""Agencies (cơ quan), their groups and members, and who does what (phân công)."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column as Col
from sqlalchemy import ForeignKey, Integer, PrimaryKeyConstraint, Table, UniqueConstraint

from hub.model.columns import (
    METADATA,
    choice,
    code,
    flag,
    link,
    named,
    provenance,
    revisions,
    surrogate_key,
    word_list,
    words,
)
from hub.model.vocabulary import AGENCY_KIND, AGENCY_LEVEL, ASSIGNMENT_MODE, COVERAGE, ROLE

agency: Final = Table(
    "agency",
    METADATA,
    surrogate_key(),
    code(),
    *named(),
    words("abbreviation"),
    choice("kind", AGENCY_KIND, nullable=False),
    choice("level", AGENCY_LEVEL, nullable=False),
    link("jurisdiction_id", "jurisdiction.id"),
    link("parent_id", "agency.id"),
    flag("is_group"),
    link("group_id", "agency.id"),
    link("area_id", "area.id"),
    word_list("also_named_as"),
    word_list("named_in"),
    *provenance(),
)

assignment: Final = Table(
    "assignment",
    METADATA,
    surrogate_key(),
    words("code", nullable=False),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("programme_id", "programme.id", nullable=False),
    link("project_id", "project.id"),
    link("national_project_id", "project.id"),
    link("agency_id", "agency.id", nullable=False),
    choice("role", ROLE, nullable=False),
    choice("mode", ASSIGNMENT_MODE, nullable=False),
    choice("covers", COVERAGE, nullable=False),
    words("scope_vi"),
    words("scope_en"),
    words("deadline"),
    words("deadline_condition"),
    *revisions(),
    *provenance(),
    UniqueConstraint("code", "revision"),
)

assignment_partner: Final = Table(
    "assignment_partner",
    METADATA,
    Col("assignment_id", Integer, ForeignKey("assignment.id"), nullable=False),
    Col("agency_id", Integer, ForeignKey("agency.id"), nullable=False, index=True),
    PrimaryKeyConstraint("assignment_id", "agency_id"),
)
