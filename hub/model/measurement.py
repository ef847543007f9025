"""Indicators (chỉ tiêu), targets (mục tiêu), reporting periods (kỳ) and observations (số liệu).

An observation is append-only and bitemporal: the period it speaks of, and when it was recorded.
A correction is a new revision of the same origin. ``superseded_at`` only says that some newer
revision exists; which one counts is decided for each reader among the rows that reader may see.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Numeric,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    UniqueConstraint,
    Uuid,
    func,
)

from hub.model.columns import (
    METADATA,
    choice,
    choices,
    code,
    flag,
    link,
    named,
    provenance,
    revisions,
    surrogate_key,
    words,
)
from hub.model.intake_terms import QUALITY_RULE
from hub.model.vocabulary import (
    AGGREGATION,
    ANOMALY,
    CALENDAR,
    COMPARATOR,
    DIRECTION,
    FREQUENCY,
    OBSERVATION_STATUS,
    PERIOD_KIND,
    TARGET_KIND,
    TARGET_TYPE,
    UNIT,
)

indicator: Final = Table(
    "indicator",
    METADATA,
    surrogate_key(),
    code(),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("programme_id", "programme.id", nullable=False),
    link("project_id", "project.id", index=False),
    link("national_project_id", "project.id", index=False),
    link("component_id", "project.id"),
    *named(),
    choice("unit", UNIT),
    choice("comparator", COMPARATOR),
    choice("direction", DIRECTION),
    choice("target_kind", TARGET_KIND, nullable=False),
    choice("aggregation", AGGREGATION, nullable=False),
    Column("final_value", Numeric),
    Column("final_year", SmallInteger),
    Column("baseline_value", Numeric),
    Column("baseline_year", SmallInteger),
    words("numerator_vi"),
    words("denominator_vi"),
    choice("frequency", FREQUENCY),
    *provenance(),
    Index(None, "project_id", "code"),
    Index(None, "national_project_id", "code"),
    UniqueConstraint("id", "project_id", "jurisdiction_id"),
)

disaggregation: Final = Table(
    "disaggregation",
    METADATA,
    link("indicator_id", "indicator.id", nullable=False, index=False),
    words("code", nullable=False),
    words("dimension", nullable=False),
    *named(),
    link("part_id", "indicator.id", nullable=False, index=False),
    PrimaryKeyConstraint("indicator_id", "code"),
    UniqueConstraint("part_id"),
    CheckConstraint("part_id <> indicator_id", name="part"),
)
"""A part of an indicator: what a figure of it counts among those of one category (phân tổ).

The part is an indicator of its own, so that nothing that is added up counts anybody twice."""

target: Final = Table(
    "target",
    METADATA,
    surrogate_key(),
    words("code", nullable=False),
    link("indicator_id", "indicator.id", nullable=False, index=False),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("area_id", "area.id"),
    choice("target_type", TARGET_TYPE, nullable=False),
    Column("year", SmallInteger),
    Column("value", Numeric),
    choice("comparator", COMPARATOR),
    choice("unit", UNIT),
    words("verbatim"),
    choices("anomalies", ANOMALY),
    words("anomaly_note"),
    *revisions(),
    *provenance(),
    UniqueConstraint("code", "revision"),
    Index(None, "indicator_id", "year"),
)

period: Final = Table(
    "period",
    METADATA,
    surrogate_key(),
    choice("calendar", CALENDAR, nullable=False),
    choice("kind", PERIOD_KIND, nullable=False),
    words("label", nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    link("regime_id", "reporting_regime.id"),
    UniqueConstraint("calendar", "label"),
    UniqueConstraint("id", "starts_on"),
    UniqueConstraint("id", "starts_on", "ends_on"),
    CheckConstraint("starts_on <= ends_on", name="order"),
    CheckConstraint("(calendar = 'own') = (regime_id IS NOT NULL)", name="regime"),
)
"""``regime_id`` is the regime that lists the period as its own; the others are of a calendar."""

observation: Final = Table(
    "observation",
    METADATA,
    Column("id", Uuid, primary_key=True, server_default=func.hub_new_id()),
    Column("origin_id", Uuid, nullable=False),
    Column("jurisdiction_id", Integer, nullable=False),
    Column("project_id", Integer, nullable=False),
    Column("indicator_id", Integer, nullable=False),
    Column("area_id", ForeignKey("area.id"), nullable=False),
    Column("facility_id", ForeignKey("facility.id")),
    Column("agency_id", ForeignKey("agency.id"), nullable=False),
    Column("period_id", Integer, nullable=False),
    Column("period_start", Date, nullable=False),
    Column("value", Numeric),
    Column("numerator", BigInteger),
    Column("denominator", BigInteger),
    choice("status", OBSERVATION_STATUS, nullable=False),
    Column("revision", SmallInteger, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("superseded_at", DateTime(timezone=True)),
    flag("is_withdrawn"),
    words("note"),
    words("source", nullable=False),
    flag("synthetic"),
    Column("reporting_area_id", ForeignKey("area.id")),
    Column("period_end", Date, nullable=False),
    Column("batch_id", ForeignKey("batch.id"), index=True),
    Column("batch_line", Integer),
    choices("warnings", QUALITY_RULE),
    Column(
        "year",
        SmallInteger,
        Computed("extract(year FROM period_end)::smallint", persisted=True),
        nullable=False,
    ),
    UniqueConstraint("origin_id", "revision"),
    ForeignKeyConstraint(
        ["indicator_id", "project_id", "jurisdiction_id"],
        ["indicator.id", "indicator.project_id", "indicator.jurisdiction_id"],
    ),
    ForeignKeyConstraint(
        ["period_id", "period_start", "period_end"],
        ["period.id", "period.starts_on", "period.ends_on"],
    ),
    Index(
        "observation_natural_key",
        "agency_id",
        "indicator_id",
        "area_id",
        "period_id",
        "facility_id",
        "revision",
        unique=True,
        postgresql_nulls_not_distinct=True,
    ),
    Index(None, "jurisdiction_id", "period_start", "id"),
    Index(None, "project_id", "period_start", "id"),
    Index(None, "area_id", "period_start", "id"),
    Index(None, "reporting_area_id", "period_start", "id"),
    Index(None, "facility_id", "period_start", "id"),
    Index(None, "indicator_id", "period_id", "area_id"),
    Index(None, "indicator_id", "period_start", "id"),
    Index(None, "indicator_id", "period_end", "id"),
    Index(None, "indicator_id", "area_id", "period_end", "id"),
    CheckConstraint("revision >= 1", name="revision"),
    CheckConstraint("numerator >= 0 AND denominator >= 0", name="counts"),
    CheckConstraint(
        "facility_id IS NOT NULL OR reporting_area_id IS NOT DISTINCT FROM area_id", name="place"
    ),
)
"""``project_id``, ``jurisdiction_id`` and ``period_start`` repeat what indicator and period say, so
that row policies and ordered pages need no join. Two more are set or proved by the database:
``period_end``, and ``reporting_area_id``, the area whose own unit the figure is of and the key of
an area-bound right to it: the area, or that which keeps the facility. ``batch_id`` and
``batch_line`` say with which delivery the revision came, and ``warnings`` which checks it failed at
the door. ``year`` is that of the period's last day: a reporting year of Decree 09/2019/NĐ-CP begins
in the December before it (Article 12)."""
