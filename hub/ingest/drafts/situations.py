"""The words of the field."""

from __future__ import annotations

from hub.ingest import cells as parse
from hub.ingest.drafts.sourced import Sourced
from hub.ingest.mapping import cell, draft
from hub.model import vocabulary as v


@draft
class Term(Sourced):
    """A Vietnamese term, and what it is in English."""

    term_vi: str = cell("term_vi", parse.text)
    term_en: str | None = cell("term_en", parse.optional(parse.text))
    abbreviation: str | None = cell("abbreviation", parse.optional(parse.text))
    category: str = cell("category", parse.choice(v.TERM_CATEGORY))
    definition_vi: str | None = cell("definition_vi", parse.optional(parse.text))
    definition_en: str | None = cell("definition_en", parse.optional(parse.text))
