"""The columns that say where a row is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hub.ingest.drafts.sourced import Sourced
    from hub.ingest.rows.ids import Ids


def provenance(draft: Sourced, ids: Ids) -> dict[str, object]:
    """Return where *draft* is from and what in it is deduced."""
    return {
        "source_document_id": ids.document[draft.source_document],
        "source_section": draft.source_section,
        "inferred": draft.inferred,
        "inferred_fields": draft.inferred_fields,
        "notes": draft.notes,
        "synthetic": False,
    }
