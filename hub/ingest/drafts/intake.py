"""What is looked at in figures at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.ingest import cells as parse
from hub.ingest.drafts.names import INDICATORS_CSV
from hub.ingest.mapping import Draft, cell, draft
from hub.model import vocabulary as v
from hub.model.intake_terms import QUALITY_OUTCOME, QUALITY_RULE

if TYPE_CHECKING:
    from decimal import Decimal


@draft
class QualityCheck(Draft):
    """A check of one indicator, of every indicator of a unit, or of all."""

    code: str = cell("code", parse.code)
    indicator: str | None = cell("indicator", parse.optional(parse.code), refers_to=INDICATORS_CSV)
    unit: str | None = cell("unit", parse.optional(parse.choice(v.UNIT)))
    rule: str = cell("rule", parse.choice(QUALITY_RULE))
    lower_bound: Decimal | None = cell("lower_bound", parse.optional(parse.number))
    upper_bound: Decimal | None = cell("upper_bound", parse.optional(parse.number))
    limit_value: Decimal | None = cell("limit_value", parse.optional(parse.number))
    parts: tuple[str, ...] = cell("parts", parse.listed(parse.code))
    outcome: str = cell("outcome", parse.choice(QUALITY_OUTCOME))
    why: str | None = cell("why", parse.optional(parse.text))
