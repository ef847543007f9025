"""Indicators and their targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.ingest import cells as parse
from hub.ingest.drafts.names import INDICATORS_CSV, PROJECTS_CSV
from hub.ingest.drafts.sourced import InProject, Sourced
from hub.ingest.mapping import Draft, cell, draft
from hub.model import vocabulary as v

if TYPE_CHECKING:
    from decimal import Decimal


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
class Disaggregation(Draft):
    """A category of an indicator, and the indicator that has its figures."""

    indicator: str = cell("indicator", parse.code, refers_to=INDICATORS_CSV)
    code: str = cell("code", parse.code)
    dimension: str = cell("dimension", parse.code)
    name_vi: str = cell("name_vi", parse.text)
    name_en: str | None = cell("name_en", parse.optional(parse.text))
    part: str = cell("part", parse.code, refers_to=INDICATORS_CSV)


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
