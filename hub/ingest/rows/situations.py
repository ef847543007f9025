"""The words of the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import not_

from hub.ingest.merge import RowSet
from hub.ingest.rows.sourced import provenance
from hub.model.situations import glossary_term

if TYPE_CHECKING:
    from hub.ingest.files import ReferenceData
    from hub.ingest.rows.ids import Ids


def glossary(data: ReferenceData, ids: Ids) -> RowSet:
    """Return the rows of ``glossary_term``."""
    rows = [
        {
            "code": row.code,
            "term_vi": row.term_vi,
            "term_en": row.term_en,
            "abbreviation": row.abbreviation,
            "category": row.category,
            "definition_vi": row.definition_vi,
            "definition_en": row.definition_en,
            **provenance(row, ids),
        }
        for row in data.glossary
    ]
    return RowSet(glossary_term, ("code",), rows, owned=not_(glossary_term.c.synthetic))
