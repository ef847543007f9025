"""Sources of money that a plan names."""

from __future__ import annotations

from hub.ingest import cells as parse
from hub.ingest.drafts.names import AGENCIES_CSV, DOCUMENTS_CSV
from hub.ingest.drafts.sourced import InProject
from hub.ingest.mapping import cell, draft
from hub.model import vocabulary as v


@draft
class FundingSource(InProject):
    """A source of money; no text gives an amount."""

    name_vi: str = cell("name_vi", parse.text)
    name_en: str | None = cell("name_en", parse.optional(parse.text))
    kind: str = cell("kind", parse.choice(v.FUNDING_KIND))
    budget_level: str | None = cell("budget_level", parse.optional(parse.choice(v.BUDGET_LEVEL)))
    managing_agencies: tuple[str, ...] = cell(
        "managing_agencies", parse.listed(parse.code), refers_to=AGENCIES_CSV
    )
    governing_documents: tuple[str, ...] = cell(
        "governing_documents", parse.listed(parse.code), refers_to=DOCUMENTS_CSV
    )
    purpose: str | None = cell("purpose_vi", parse.optional(parse.text))
