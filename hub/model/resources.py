"""What is spent and taught: funding sources (nguồn vốn), budget lines (kinh phí), training."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
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
    words,
)
from hub.model.vocabulary import (
    AUDIENCE,
    BUDGET_LEVEL,
    CERTIFICATE,
    EXPENDITURE_KIND,
    FUNDING_KIND,
)

funding_source: Final = Table(
    "funding_source",
    METADATA,
    surrogate_key(),
    code(),
    *named(),
    choice("kind", FUNDING_KIND, nullable=False),
    choice("budget_level", BUDGET_LEVEL),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("programme_id", "programme.id"),
    link("project_id", "project.id"),
    link("national_project_id", "project.id"),
    words("purpose"),
    *provenance(),
)

funding_source_manager: Final = Table(
    "funding_source_manager",
    METADATA,
    link("funding_source_id", "funding_source.id", nullable=False, index=False),
    link("agency_id", "agency.id", nullable=False),
    PrimaryKeyConstraint("funding_source_id", "agency_id"),
)

funding_source_document: Final = Table(
    "funding_source_document",
    METADATA,
    link("funding_source_id", "funding_source.id", nullable=False, index=False),
    link("document_id", "document.id", nullable=False),
    PrimaryKeyConstraint("funding_source_id", "document_id"),
)

budget_line: Final = Table(
    "budget_line",
    METADATA,
    surrogate_key(),
    code(),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("project_id", "project.id", nullable=False),
    link("agency_id", "agency.id", nullable=False),
    link("area_id", "area.id"),
    link("funding_source_id", "funding_source.id", nullable=False),
    Column("year", SmallInteger, nullable=False),
    choice("kind", EXPENDITURE_KIND, nullable=False),
    Column("planned", BigInteger),
    Column("allocated", BigInteger),
    Column("disbursed", BigInteger),
    flag("is_integrated"),
    flag("synthetic"),
    CheckConstraint("planned >= 0 AND allocated >= 0 AND disbursed >= 0", name="amounts"),
)
"""Amounts are whole đồng."""

training: Final = Table(
    "training",
    METADATA,
    surrogate_key(),
    code(),
    *named(),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("project_id", "project.id", nullable=False),
    link("agency_id", "agency.id", nullable=False),
    link("area_id", "area.id"),
    choice("audience", AUDIENCE, nullable=False),
    Column("held_on", Date),
    Column("invited", Integer),
    Column("attended", Integer),
    Column("certified", Integer),
    choice("certificate", CERTIFICATE, nullable=False),
    flag("synthetic"),
)
"""Counts of people, never people."""
