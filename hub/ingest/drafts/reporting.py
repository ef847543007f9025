"""Forms and what each asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.ingest import cells as parse
from hub.ingest.drafts.names import (
    AGENCIES_CSV,
    FACILITY_TYPES_CSV,
    INDICATORS_CSV,
    REPORT_FORMS_CSV,
    REPORTING_REGIMES_CSV,
)
from hub.ingest.drafts.sourced import InProject
from hub.ingest.mapping import Draft, cell, draft
from hub.model import vocabulary as v

if TYPE_CHECKING:
    from datetime import date

_MOST_DAYS = 1_000


@draft
class ReportForm(InProject):
    """A form of one place's project; *facility_type* is None where it is for areas."""

    name_vi: str = cell("name_vi", parse.text)
    name_en: str | None = cell("name_en", parse.optional(parse.text))
    regime: str = cell("regime", parse.code, refers_to=REPORTING_REGIMES_CSV)
    period_kind: str = cell("period_kind", parse.choice(v.PERIOD_KIND))
    subject: str = cell("subject", parse.choice(v.FORM_SUBJECT))
    filled_by: str = cell("filled_by", parse.code, refers_to=AGENCIES_CSV)
    recipient: str | None = cell("recipient", parse.optional(parse.code), refers_to=AGENCIES_CSV)
    facility_type: str | None = cell(
        "facility_type", parse.optional(parse.code), refers_to=FACILITY_TYPES_CSV
    )
    due_days: int = cell("due_days", parse.whole(0, _MOST_DAYS))
    grace_days: int = cell("grace_days", parse.whole(0, _MOST_DAYS))
    valid_from: date = cell("valid_from", parse.day)
    valid_to: date | None = cell("valid_to", parse.optional(parse.day))


@draft
class FormCell(Draft):
    """An indicator that a form asks for."""

    form: str = cell("form", parse.code, refers_to=REPORT_FORMS_CSV)
    indicator: str = cell("indicator", parse.code, refers_to=INDICATORS_CSV)
    position: int = cell("position", parse.whole(1, 999))
    is_compulsory: bool = cell("compulsory", parse.boolean)
