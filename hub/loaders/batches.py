"""The record of one batch as whoever sent it asks for it: status, counts, rows not taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from hub.database.transaction import Mode, begin
from hub.model.intake import batch, batch_row, data_source
from hub.model.texts import is_storable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from hub.access.principal import Principal
    from hub.database.engine import Database

ROWS_AT_ONCE: Final = 1000
ENDED: Final = frozenset({"done", "refused"})
"""The states after which nothing more becomes of a batch by itself."""

_COUNTED: Final = (
    "received",
    "new",
    "revised",
    "unchanged",
    "withdrawn",
    "held",
    "rejected",
    "warned",
)
_COUNTS: Final = tuple(batch.c[f"rows_{name}"].label(name) for name in _COUNTED)


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """What is known of a batch.

    Attributes:
        facts: by the names of its columns.
        counts: of its rows, by what became of them.
    """

    facts: Mapping[str, Any]
    counts: Mapping[str, int]

    @property
    def is_ended(self) -> bool:
        """Tell whether it is done or refused."""
        return self.facts["status"] in ENDED


async def find_batch(
    database: Database, principal: Principal, source: str, number: UUID
) -> BatchRecord | None:
    """Return the batch *number* of *source*, as far as *principal* may see it."""
    if not is_storable(source):
        return None
    b = batch.c
    async with begin(database, principal, Mode.READ) as transaction:
        rows = await transaction.fetch(
            select(
                b.id,
                data_source.c.code.label("source"),
                b.status,
                b.channel,
                b.format,
                b.digest,
                b.size_bytes,
                b.idempotency_key,
                b.mapping_version,
                b.enters_as,
                b.received_at,
                b.started_at,
                b.finished_at,
                b.refusal,
                b.refusal_place,
                b.refusal_sentence,
                *_COUNTS,
            )
            .join_from(batch, data_source, data_source.c.id == b.source_id)
            .where(b.id == number, data_source.c.code == source)
        )
    if not rows:
        return None
    facts = dict(rows[0])
    return BatchRecord(facts, {name: facts.pop(name) for name in _COUNTED})


async def list_rows(
    database: Database, principal: Principal, number: UUID, after: UUID | None
) -> list[dict[str, Any]]:
    """Return the rows of a batch that were not taken or warned of, the first ones *after* one."""
    r = batch_row.c
    statement = select(
        r.id,
        r.sheet,
        r.line,
        r.column_name.label("column"),
        r.found,
        r.expected,
        r.code,
        r.outcome,
        r.candidates,
        r.decision,
    ).where(r.batch_id == number)
    if after is not None:
        statement = statement.where(r.id > after)
    async with begin(database, principal, Mode.READ) as transaction:
        rows = await transaction.fetch(statement.order_by(r.id).limit(ROWS_AT_ONCE))
    return [dict(row) for row in rows]
