"""The record of a batch: made once for a key, before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from hub.database.transaction import Mode, begin
from hub.errors import HubError, Language
from hub.ingest.batch.keeping import IS_WAITING, hold_content
from hub.ingest.batch.reports import MOST_ROWS, BatchReport, Counts, ReportedRow
from hub.model.intake import batch, batch_row

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from uuid import UUID

    from hub.database.engine import Database
    from hub.database.transaction import Transaction
    from hub.ingest.batch.deliveries import Deliveries, Delivery
    from hub.ingest.batch.sources import Source

    AndThen = Callable[[Transaction, UUID], Awaitable[None]]


class IdempotencyKeyReusedError(HubError):
    """The key was used before, for other content."""

    code = "IDEMPOTENCY_KEY_REUSED"
    vi = "Khoá này đã dùng cho một nội dung khác: hãy gửi với khoá mới."
    en = "This key was used for other content: send it with a new one."


@dataclass(frozen=True, slots=True)
class Sending:
    """How something was sent.

    Attributes:
        channel: which way (``BatchChannel``).
        format: what it is written in (``DeliveryFormat``).
        key: the key under which it is taken once.
        sent_by: the account that sent it; None is the source's own.
    """

    channel: str
    format: str
    key: str | None = None
    sent_by: int | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A batch that is recorded; *is_new* unless its key had been used for the same content."""

    id: UUID
    is_new: bool


async def record_delivery(  # noqa: PLR0913  (each is asked for by name)
    database: Database,
    deliveries: Deliveries,
    *,
    source: Source,
    delivery: Delivery,
    sending: Sending,
    then: AndThen | None = None,
) -> Recorded:
    """Keep *delivery* and record it as a waiting batch of *source*.

    The same key gives the first batch again; with other content ``IdempotencyKeyReusedError`` is
    raised. What *then* does, such as queueing the work, commits with the record of a new batch.
    """
    async with begin(database, source.principal, Mode.WRITE) as transaction:
        await hold_content(transaction, source.code, delivery.digest)
        rows = await transaction.fetch(
            insert(batch)
            .values(
                source_id=source.id,
                agency_id=source.owner_id,
                jurisdiction_id=source.jurisdiction_id,
                sent_by_id=source.account if sending.sent_by is None else sending.sent_by,
                channel=sending.channel,
                format=sending.format,
                digest=delivery.digest,
                size_bytes=delivery.size,
                idempotency_key=sending.key,
                mapping_version=source.mapping_version,
                enters_as=source.enters_as(sending.format),
                status="queued",
            )
            .on_conflict_do_nothing(index_elements=["source_id", "idempotency_key"])
            .returning(batch.c.id)
        )
        if rows:
            batch_id: UUID = rows[0]["id"]
            deliveries.keep(source.code, delivery)
            if then is not None:
                await then(transaction, batch_id)
            return Recorded(batch_id, is_new=True)
        [first] = await transaction.fetch(
            select(batch.c.id, batch.c.digest).where(
                batch.c.source_id == source.id, batch.c.idempotency_key == sending.key
            )
        )
        if first["digest"] != delivery.digest:
            raise IdempotencyKeyReusedError
        return Recorded(first["id"], is_new=False)


async def mark_running(transaction: Transaction, batch_id: UUID) -> None:
    """Say that the batch has been begun."""
    await _write(transaction, batch_id, status="running", started_at=func.now())


async def mark_progress(transaction: Transaction, batch_id: UUID, rows: int) -> None:
    """Say how many rows have been read."""
    await transaction.execute(
        update(batch)
        .where(batch.c.id == batch_id, batch.c.status == "running")
        .values(rows_received=rows)
    )


async def mark_done(transaction: Transaction, batch_id: UUID, counts: Counts) -> None:
    """Say what became of the rows."""
    await _write(transaction, batch_id, status="done", finished_at=func.now(), **counts.columns())


async def mark_refused(
    transaction: Transaction, batch_id: UUID, error: HubError, *, place: str | None = None
) -> None:
    """Say that all of the batch was refused, why, and where; never what was found there."""
    nothing = Counts().columns()
    await _write(
        transaction,
        batch_id,
        status="refused",
        finished_at=func.now(),
        refusal=error.code,
        refusal_place=place,
        refusal_sentence=error.sentence(Language.VI),
        **nothing,
    )


async def _write(transaction: Transaction, batch_id: UUID, **values: object) -> None:
    # What is done or refused stays so, whoever wakes up later.
    await transaction.execute(
        update(batch).where(batch.c.id == batch_id, IS_WAITING).values(values)
    )


async def read_report(transaction: Transaction, batch_id: UUID) -> BatchReport:
    """Return what the record of a batch says; whoever may not read it has no such batch."""
    r = batch_row.c
    [record] = await transaction.fetch(select(batch).where(batch.c.id == batch_id))
    rows = await transaction.fetch(
        select(r.sheet, r.line, r.column_name, r.found, r.expected, r.code, r.outcome, r.candidates)
        .where(r.batch_id == batch_id)
        .order_by(r.line, r.id)
        .limit(MOST_ROWS)
    )
    counts = {name: record[f"rows_{name}"] for name in Counts.names()}
    return BatchReport(
        record["status"],
        Counts(**counts),
        tuple(_reported(tuple(row)) for row in rows),
        record["refusal"],
        record["refusal_sentence"],
    )


def _reported(row: tuple[Any, ...]) -> ReportedRow:
    sheet, line, column, found, expected, code, outcome, candidates = row
    return ReportedRow(
        sheet, line, column, found, expected, code, outcome, candidates=tuple(candidates)
    )
