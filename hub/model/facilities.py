"""Facilities (cơ sở): kinds, places, conditions (điều kiện), fitness to determine addiction status.

``reporting_area_id`` is the area whose own unit keeps the facility, and the key of an area-bound
right to it. It is empty where the city keeps it: a rehabilitation centre stands in a ward and is
none of that ward's.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    Table,
    UniqueConstraint,
)

from hub.model.columns import (
    METADATA,
    choice,
    code,
    flag,
    link,
    named,
    provenance,
    surrogate_key,
    word_list,
    words,
)
from hub.model.vocabulary import FACILITY_CATEGORY, FACILITY_STATUS

facility_type: Final = Table(
    "facility_type",
    METADATA,
    surrogate_key(),
    code(),
    *named(),
    choice("category", FACILITY_CATEGORY, nullable=False),
    link("managed_by_id", "agency.id"),
    words("functions"),
    words("requirements"),
    word_list("indicator_codes"),
    word_list("named_in"),
    *provenance(),
)

facility: Final = Table(
    "facility",
    METADATA,
    surrogate_key(),
    code(),
    *named(),
    link("facility_type_id", "facility_type.id", nullable=False),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("project_id", "project.id", nullable=False),
    link("managed_by_id", "agency.id"),
    link("area_id", "area.id"),
    link("reporting_area_id", "area.id"),
    words("address"),
    Column("capacity", Integer),
    choice("status", FACILITY_STATUS),
    *provenance(),
    UniqueConstraint("id", "project_id", "jurisdiction_id"),
)

facility_condition: Final = Table(
    "facility_condition",
    METADATA,
    surrogate_key(),
    code(),
    link("facility_id", "facility.id", nullable=False),
    words("criterion_vi", nullable=False),
    words("criterion_en"),
    Column("is_met", Boolean),
    Column("checked_on", Date),
    words("legal_basis"),
    link("document_id", "document.id"),
    flag("synthetic"),
)

eligibility: Final = Table(
    "eligibility",
    METADATA,
    surrogate_key(),
    code(),
    Column("facility_id", Integer, nullable=False, index=True),
    Column("project_id", Integer, nullable=False),
    Column("jurisdiction_id", Integer, nullable=False),
    link("reporting_area_id", "area.id"),
    link("decided_by_id", "agency.id"),
    link("document_id", "document.id"),
    Column("valid_from", Date),
    Column("valid_to", Date),
    words("notes"),
    flag("synthetic"),
    ForeignKeyConstraint(
        ["facility_id", "project_id", "jurisdiction_id"],
        ["facility.id", "facility.project_id", "facility.jurisdiction_id"],
        deferrable=True,
        initially="DEFERRED",
    ),
)
