"""A recorded batch taken through: read, checked, merged and counted in one transaction.

It may be done again, by two workers at once, or after one died of it: whoever comes second finds it
done. Of what is refused nothing is left but its digest, its size and the code of why.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NoReturn
from uuid import uuid4

from sqlalchemy import func, select

from hub.audit.access import Access, Origin
from hub.audit.entry import entry_of
from hub.audit.keeping import keep
from hub.audit.trail import variables_key
from hub.database.transaction import Mode, begin
from hub.errors import Language
from hub.ingest.batch.keeping import IS_WAITING, let_go
from hub.ingest.batch.merging import Taking, merge_rows
from hub.ingest.batch.records import (
    mark_done,
    mark_progress,
    mark_refused,
    mark_running,
    read_report,
)
from hub.ingest.batch.reports import BatchReport
from hub.ingest.batch.sources import get_source_of
from hub.ingest.batch.staging import stage_rows
from hub.ingest.batch.statements import statement
from hub.ingest.delivered import DeliveryRefusedError
from hub.ingest.formats import Format, ReadOptions, read_rows
from hub.ingest.workbook import knowing_forms, load_versions
from hub.model.intake import batch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
    from pathlib import Path
    from uuid import UUID

    from hub.clock import Clock
    from hub.database.engine import Database
    from hub.database.transaction import Transaction
    from hub.ingest.batch.deliveries import Deliveries
    from hub.ingest.batch.sources import Source
    from hub.ingest.delivered import SourceRow

    Open = Callable[[Path, Format, ReadOptions], Iterable[SourceRow]]

_LOG: Final = logging.getLogger(__name__)
_OPEN: Final = knowing_forms(read_rows)
JOB: Final = Origin("job")
"""What the hub does by itself."""

_BETWEEN_SIGNS: Final = 1.0
_DONE: Final = ("done", "refused")


class _TakenBackError(Exception):
    """Ends a transaction that was only a trial."""

    def __init__(self, report: BatchReport) -> None:
        self.report = report
        super().__init__()


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a batch is worked on with.

    Attributes:
        options: how a source writes what it sends.
        open: reads a delivery; whatever stands guard over what is read stands there.
    """

    database: Database
    deliveries: Deliveries
    clock: Clock
    options: Callable[[Source], ReadOptions] = lambda _: ReadOptions()
    open: Open = _OPEN


async def process_batch(
    shop: Workshop,
    batch_id: UUID,
    *,
    also: Callable[[Transaction], Awaitable[None]] | None = None,
) -> BatchReport:
    """Take the batch through and return what came of it; what is done or refused stays as it is.

    What the source sent before and still waits goes first; what cannot be taken through is left to
    whoever tries it again. What *also* does, such as saving how far a source has been fetched,
    commits with the merge.
    """
    source = await get_source_of(shop.database, batch_id)
    for earlier in await _list_waiting_before(shop, source, batch_id):
        try:
            await _process(shop, source, earlier, None)
        except Exception:  # noqa: BLE001  (it has its own job)
            _LOG.exception("Batch %s was sent before %s, and waits still", earlier, batch_id)
    return await _process(shop, source, batch_id, also)


async def _list_waiting_before(shop: Workshop, source: Source, batch_id: UUID) -> list[UUID]:
    sent = select(batch.c.received_at).where(batch.c.id == batch_id).scalar_subquery()
    waiting = (
        select(batch.c.id)
        .where(
            batch.c.source_id == source.id,
            batch.c.id != batch_id,
            batch.c.received_at < sent,
            IS_WAITING,
        )
        .order_by(batch.c.received_at, batch.c.id)
    )
    async with begin(shop.database, source.principal, Mode.READ) as transaction:
        return [row[0] for row in await transaction.fetch(waiting)]


async def _process(
    shop: Workshop,
    source: Source,
    batch_id: UUID,
    also: Callable[[Transaction], Awaitable[None]] | None,
) -> BatchReport:
    async with begin(shop.database, source.principal, Mode.NOTE) as transaction:
        await mark_running(transaction, batch_id)
    try:
        async with begin(shop.database, source.principal, Mode.WRITE) as transaction:
            return await _take(shop, source, batch_id, transaction, also)
    except DeliveryRefusedError as error:
        return await _refuse(shop, source, batch_id, error)


async def rehearse(shop: Workshop, source: Source, path: Path, format_: Format) -> BatchReport:
    """Return what would come of the file at *path*, and change nothing."""
    batch_id = uuid4()
    enters_as = source.enters_as(format_.value)
    record = {
        "id": batch_id,
        "source_id": source.id,
        "agency_id": source.owner_id,
        "jurisdiction_id": source.jurisdiction_id,
        "channel": "cli",
        "format": format_.value,
        "digest": "0" * 64,
        "size_bytes": 0,
        "mapping_version": source.mapping_version,
        "enters_as": enters_as,
        "status": "running",
    }
    try:
        async with begin(shop.database, source.principal, Mode.WRITE) as transaction:
            await transaction.insert(batch, [record])
            await transaction.run(statement("tables"))
            rows = shop.open(path, format_, await _options(shop, source, format_, transaction))
            received = await stage_rows(transaction, rows)
            taking = Taking(source, batch_id, enters_as, shop.clock(), received)
            counts = await merge_rows(transaction, taking)
            await mark_done(transaction, batch_id, counts)
            _take_back(await read_report(transaction, batch_id))
    except _TakenBackError as taken:
        return taken.report
    except DeliveryRefusedError as error:
        return BatchReport("refused", refusal=error.code, sentence=error.sentence(Language.VI))


def _take_back(report: BatchReport) -> NoReturn:
    raise _TakenBackError(report)


async def _take(
    shop: Workshop,
    source: Source,
    batch_id: UUID,
    transaction: Transaction,
    also: Callable[[Transaction], Awaitable[None]] | None,
) -> BatchReport:
    await hold_batch(transaction, batch_id)
    [record] = await transaction.fetch(
        select(batch.c.status, batch.c.format, batch.c.digest, batch.c.enters_as).where(
            batch.c.id == batch_id
        )
    )
    if record["status"] in _DONE:
        return await read_report(transaction, batch_id)
    path = shop.deliveries.path(source.code, record["digest"])
    format_ = Format(record["format"])
    await transaction.run(statement("tables"))
    async with _signs(shop, source, batch_id) as watch:
        rows = shop.open(path, format_, await _options(shop, source, format_, transaction))
        received = await stage_rows(transaction, rows, watch)
    taking = Taking(source, batch_id, record["enters_as"], shop.clock(), received)
    counts = await merge_rows(transaction, taking)
    await mark_done(transaction, batch_id, counts)
    if also is not None:
        await also(transaction)
    report = await read_report(transaction, batch_id)
    await leave_entry(transaction, shop, source, "MergeBatch", str(batch_id))
    return report


async def _options(
    shop: Workshop, source: Source, format_: Format, transaction: Transaction
) -> ReadOptions:
    """Return how *source* writes: of the hub's own forms, its owner's as they are by now."""
    options = shop.options(source)
    if format_ is not Format.XLSX:
        return options
    forms = await load_versions(transaction)
    return replace(options, forms_of=source.owner, forms=forms)


async def hold_batch(transaction: Transaction, batch_id: UUID) -> None:
    """Wait until nobody else works on the batch; nobody will until *transaction* ends."""
    await transaction.fetch(select(func.pg_advisory_xact_lock(func.hashtext(str(batch_id)))))


async def leave_entry(  # noqa: PLR0913  (who did what to what, whence)
    transaction: Transaction,
    shop: Workshop,
    source: Source,
    act: str,
    target: str,
    *,
    origin: Origin = JOB,
) -> None:
    """Record in the audit trail what the source's account did; the last thing that is done."""
    access = Access(
        shop.clock(),
        "act",
        "answered",
        origin,
        account=source.account,
        agency=source.owner,
        operation=act,
        target=target,
    )
    await keep(transaction, [entry_of(access, uuid4(), variables_key(shop.database))])


async def _refuse(
    shop: Workshop, source: Source, batch_id: UUID, error: DeliveryRefusedError
) -> BatchReport:
    place = error.parts.get("line") or error.parts.get("column")
    async with begin(shop.database, source.principal, Mode.WRITE) as transaction:
        await mark_refused(
            transaction, batch_id, error, place=None if place is None else str(place)
        )
        [[digest]] = await transaction.fetch(select(batch.c.digest).where(batch.c.id == batch_id))
        report = await read_report(transaction, batch_id)
        await leave_entry(transaction, shop, source, "MergeBatch", str(batch_id))
    async with begin(shop.database, source.principal, Mode.WRITE) as transaction:
        await let_go(transaction, shop.deliveries, source.code, digest)
    return report


@asynccontextmanager
async def _signs(
    shop: Workshop, source: Source, batch_id: UUID
) -> AsyncIterator[Callable[[int], None]]:
    """Give what hears of rows; every second the record says how many have been read."""
    read = 0

    def watch(rows: int) -> None:
        nonlocal read
        read = rows

    async def sign() -> None:
        while True:
            await asyncio.sleep(_BETWEEN_SIGNS)
            async with begin(shop.database, source.principal, Mode.NOTE) as transaction:
                await mark_progress(transaction, batch_id, read)

    signing = asyncio.create_task(sign())
    try:
        yield watch
    finally:
        signing.cancel()
        await asyncio.gather(signing, return_exceptions=True)
