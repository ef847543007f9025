"""What is to be done and reported: tasks (nhiệm vụ), their progress, reporting duties and regimes.

A real task's text says who, what, by when, answering how and with what result; how far it has come
is recorded apart, by whoever carries it out.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Date, Integer, PrimaryKeyConstraint, SmallInteger, Table

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
    ASSIGNMENT_MODE,
    CALENDAR,
    FREQUENCY,
    REPORT_KIND,
    ROLE,
    TASK_KIND,
    TASK_STATUS,
)

task: Final = Table(
    "task",
    METADATA,
    surrogate_key(),
    code(),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("programme_id", "programme.id", nullable=False),
    link("project_id", "project.id"),
    link("national_project_id", "project.id"),
    link("component_id", "project.id"),
    link("agency_id", "agency.id"),
    choice("role", ROLE),
    choice("mode", ASSIGNMENT_MODE, nullable=False),
    choice("kind", TASK_KIND, nullable=False),
    Column("item_part", SmallInteger),
    words("description_vi", nullable=False),
    words("description_en"),
    words("target_group"),
    words("deadline"),
    words("deadline_condition"),
    choice("frequency", FREQUENCY),
    words("expected_result"),
    *provenance(),
)


def _pair(name: str, target: str) -> Table:
    return Table(
        name,
        METADATA,
        link("task_id", "task.id", nullable=False, index=False),
        link(f"{target}_id", f"{target}.id", nullable=False),
        PrimaryKeyConstraint("task_id", f"{target}_id"),
    )


task_partner: Final = _pair("task_partner", "agency")
task_indicator: Final = _pair("task_indicator", "indicator")
task_document: Final = _pair("task_document", "document")

task_progress: Final = Table(
    "task_progress",
    METADATA,
    surrogate_key(),
    code(),
    link("task_id", "task.id", nullable=False),
    link("agency_id", "agency.id", nullable=False),
    choice("status", TASK_STATUS, nullable=False),
    Column("percent_done", SmallInteger),
    Column("reported_on", Date, nullable=False),
    words("result"),
    words("obstacles"),
    flag("synthetic"),
)

reporting_duty: Final = Table(
    "reporting_duty",
    METADATA,
    surrogate_key(),
    code(),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("programme_id", "programme.id", nullable=False),
    link("project_id", "project.id"),
    link("national_project_id", "project.id"),
    link("reporter_id", "agency.id", nullable=False),
    link("recipient_id", "agency.id"),
    link("via_id", "agency.id"),
    choice("kind", REPORT_KIND, nullable=False),
    words("subject_vi", nullable=False),
    words("subject_en"),
    choice("frequency", FREQUENCY),
    words("deadline"),
    words("deadline_condition"),
    *provenance(),
)

reporting_duty_document: Final = Table(
    "reporting_duty_document",
    METADATA,
    link("duty_id", "reporting_duty.id", nullable=False, index=False),
    link("document_id", "document.id", nullable=False),
    PrimaryKeyConstraint("duty_id", "document_id"),
)

reporting_regime: Final = Table(
    "reporting_regime",
    METADATA,
    surrogate_key(),
    code(),
    *named(),
    choice("calendar", CALENDAR, nullable=False),
    words("legal_basis"),
    Column("month_due_day", Integer),
    Column("quarter_due_day", Integer),
    words("notes"),
)
"""``…_due_day`` is the day of the last month of a period, or of the month after it where the
period ends with its month, by which it is due."""
