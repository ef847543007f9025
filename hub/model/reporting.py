"""What is filled in, by whom and until when: forms (biểu mẫu), their cells, submissions (báo cáo).

A submission is what one unit owes for one form and one period. It is made ahead of the period, and
the clock alone moves its phase; its status says how far people have brought it.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Uuid,
    func,
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
)
from hub.model.vocabulary import FORM_SUBJECT, PERIOD_KIND, SUBMISSION_PHASE, SUBMISSION_STATUS

report_form: Final = Table(
    "report_form",
    METADATA,
    surrogate_key(),
    code(),
    *named(),
    link("regime_id", "reporting_regime.id", nullable=False),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("programme_id", "programme.id", nullable=False),
    link("project_id", "project.id", nullable=False),
    link("national_project_id", "project.id"),
    choice("period_kind", PERIOD_KIND, nullable=False),
    choice("subject", FORM_SUBJECT, nullable=False),
    link("filled_by_id", "agency.id", nullable=False),
    link("recipient_id", "agency.id"),
    link("facility_type_id", "facility_type.id"),
    Column("due_days", SmallInteger, nullable=False),
    Column("grace_days", SmallInteger, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    *provenance(),
    CheckConstraint("due_days >= 0 AND grace_days >= 0", name="days"),
    CheckConstraint("(subject = 'facility') = (facility_type_id IS NOT NULL)", name="facilities"),
)
"""``due_days`` are counted from a period's last day, ``grace_days`` from the day it is due; what
they mean for a period says ``deadlines``. ``filled_by_id`` is an agency, or a group each of whose
members fills it in."""

form_cell: Final = Table(
    "form_cell",
    METADATA,
    link("form_id", "report_form.id", nullable=False, index=False),
    link("indicator_id", "indicator.id", nullable=False),
    Column("position", SmallInteger, nullable=False),
    flag("is_compulsory"),
    PrimaryKeyConstraint("form_id", "indicator_id"),
    Index(None, "form_id", "position", unique=True),
)

submission: Final = Table(
    "submission",
    METADATA,
    Column("id", Uuid, primary_key=True, server_default=func.hub_new_id()),
    link("form_id", "report_form.id", nullable=False),
    Column("jurisdiction_id", ForeignKey("jurisdiction.id"), nullable=False, index=True),
    Column("project_id", ForeignKey("project.id"), nullable=False, index=True),
    Column("agency_id", ForeignKey("agency.id"), nullable=False, index=True),
    Column("area_id", ForeignKey("area.id"), index=True),
    Column("facility_id", ForeignKey("facility.id"), index=True),
    Column("period_id", Integer, nullable=False),
    Column("period_start", Date, nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    choice("phase", SUBMISSION_PHASE, nullable=False),
    choice("status", SUBMISSION_STATUS, nullable=False),
    ForeignKeyConstraint(["period_id", "period_start"], ["period.id", "period.starts_on"]),
    Index(
        "submission_natural_key",
        "form_id",
        "period_id",
        "agency_id",
        "facility_id",
        unique=True,
        postgresql_nulls_not_distinct=True,
    ),
    CheckConstraint("opens_on <= due_on AND due_on <= closes_on", name="order"),
)
"""``area_id`` is the area whose own unit it is of, and the key of an area-bound right to it: empty
where the unit is no area's, as who runs a rehabilitation centre is not the ward's it stands in."""
