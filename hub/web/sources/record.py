"""What has become of a batch, as JSON: the same to whoever sent it, asks, or follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from hub.loaders.batches import ROWS_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hub.loaders.batches import BatchRecord


def address_of(record: BatchRecord) -> str:
    """Return the path under which the batch is found."""
    return f"/sources/{record.facts['source']}/batches/{record.facts['id']}"


def told(record: BatchRecord) -> dict[str, Any]:
    """Return what is told of a batch but for its rows."""
    facts = record.facts
    return {
        "id": str(facts["id"]),
        "source": facts["source"],
        "status": facts["status"],
        "counts": dict(record.counts),
        "channel": facts["channel"],
        "format": facts["format"],
        "entersAs": facts["enters_as"],
        "digest": f"sha-256:{facts['digest']}",
        "size": facts["size_bytes"],
        "idempotencyKey": facts["idempotency_key"],
        "mappingVersion": facts["mapping_version"],
        "receivedAt": facts["received_at"],
        "startedAt": facts["started_at"],
        "finishedAt": facts["finished_at"],
        "refusal": facts["refusal"]
        and {
            "code": facts["refusal"],
            "place": facts["refusal_place"],
            "sentence": facts["refusal_sentence"],
        },
    }


def told_with_rows(record: BatchRecord, rows: Sequence[dict[str, Any]]) -> bytes:
    """Return all that is told of a batch, and where to go on if there are more *rows*."""
    last = rows[-1]["id"] if len(rows) == ROWS_AT_ONCE else None
    return orjson.dumps(
        {
            **told(record),
            "rows": [_told_row(record, row) for row in rows],
            "nextRows": last and f"{address_of(record)}?after={last}",
        }
    )


def _told_row(record: BatchRecord, row: dict[str, Any]) -> dict[str, Any]:
    """Return what is told of a row; one that waits has the address at which it is decided of."""
    waits = row["outcome"] == "held" and row["decision"] is None
    said = {name: row[name] for name in row if name != "id"}
    return {**said, "decideAt": f"{address_of(record)}/rows/{row['id']}" if waits else None}
