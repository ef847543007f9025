"""What is to be done and reported: tasks, reporting duties, and the regimes that set due days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.ingest import cells as parse
from hub.ingest.drafts.names import (
    AGENCIES_CSV,
    DOCUMENTS_CSV,
    INDICATORS_CSV,
    PROJECTS_CSV,
    REPORTING_REGIMES_CSV,
)
from hub.ingest.drafts.sourced import InProject
from hub.ingest.mapping import Draft, cell, draft
from hub.model import vocabulary as v

if TYPE_CHECKING:
    from datetime import date


@draft
class Task(InProject):
    """One duty of one agency; *agency* is None where the item names no one."""

    component: str | None = cell("component", parse.optional(parse.code), refers_to=PROJECTS_CSV)
    agency: str | None = cell("agency", parse.optional(parse.code), refers_to=AGENCIES_CSV)
    role: str | None = cell("role", parse.optional(parse.choice(v.ROLE)))
    mode: str = cell("assignment_mode", parse.choice(v.ASSIGNMENT_MODE))
    kind: str = cell("task_kind", parse.choice(v.TASK_KIND))
    item_part: int | None = cell("item_part", parse.optional(parse.whole(1, 99)))
    description_vi: str = cell("description_vi", parse.text)
    description_en: str | None = cell("description_en", parse.optional(parse.text))
    partner_agencies: tuple[str, ...] = cell(
        "partner_agencies", parse.listed(parse.code), refers_to=AGENCIES_CSV
    )
    target_group: str | None = cell("target_group_vi", parse.optional(parse.text))
    deadline: str | None = cell("deadline", parse.optional(parse.partial_date))
    deadline_condition: str | None = cell("deadline_condition_vi", parse.optional(parse.text))
    frequency: str | None = cell("frequency", parse.optional(parse.choice(v.FREQUENCY)))
    expected_result: str | None = cell("expected_result_vi", parse.optional(parse.text))
    indicators: tuple[str, ...] = cell(
        "indicators", parse.listed(parse.code), refers_to=INDICATORS_CSV
    )
    related_documents: tuple[str, ...] = cell(
        "related_documents", parse.listed(parse.code), refers_to=DOCUMENTS_CSV
    )


@draft
class ReportingDuty(InProject):
    """Who reports what to whom; *recipient* is None where the source says no one."""

    reporter: str = cell("reporter", parse.code, refers_to=AGENCIES_CSV)
    recipient: str | None = cell("recipient", parse.optional(parse.code), refers_to=AGENCIES_CSV)
    via: str | None = cell("via", parse.optional(parse.code), refers_to=AGENCIES_CSV)
    kind: str = cell("report_kind", parse.choice(v.REPORT_KIND))
    subject_vi: str = cell("subject_vi", parse.text)
    subject_en: str | None = cell("subject_en", parse.optional(parse.text))
    frequency: str | None = cell("frequency", parse.optional(parse.choice(v.FREQUENCY)))
    deadline: str | None = cell("deadline", parse.optional(parse.partial_date))
    deadline_condition: str | None = cell("deadline_condition_vi", parse.optional(parse.text))
    related_documents: tuple[str, ...] = cell(
        "related_documents", parse.listed(parse.code), refers_to=DOCUMENTS_CSV
    )


@draft
class ReportingRegime(Draft):
    """A calendar of periods, the rule it rests on, and when a period is due, where that is set."""

    code: str = cell("code", parse.code)
    name_vi: str = cell("name_vi", parse.text)
    name_en: str | None = cell("name_en", parse.optional(parse.text))
    calendar: str = cell("calendar", parse.choice(v.CALENDAR))
    legal_basis: str | None = cell("legal_basis", parse.optional(parse.text))
    month_due_day: int | None = cell("month_due_day", parse.optional(parse.whole(1, 31)))
    quarter_due_day: int | None = cell("quarter_due_day", parse.optional(parse.whole(1, 31)))
    notes: str | None = cell("notes", parse.optional(parse.text))


@draft
class OwnPeriod(Draft):
    """A period that a regime has of its own; *label* is no other such period's."""

    regime: str = cell("regime", parse.code, refers_to=REPORTING_REGIMES_CSV)
    kind: str = cell("kind", parse.choice(v.PERIOD_KIND))
    label: str = cell("label", parse.text)
    starts_on: date = cell("starts_on", parse.day)
    ends_on: date = cell("ends_on", parse.day)
