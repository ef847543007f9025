"""What was fetched becomes batches: each page, or file, with the state that is after it.

The state is saved in the transaction that merges the records. A page that is refused saves none:
it comes again until its owner has put it right. A file that is refused is not taken again, for a
corrected one has another digest.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from hub.database.transaction import Mode, begin
from hub.ingest.batch.processing import process_batch
from hub.ingest.batch.records import Sending, record_delivery
from hub.ingest.formats import Format
from hub.ingest.sources.pages import write_page
from hub.model.intake import source_checkpoint

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Awaitable, Callable, Iterable
    from pathlib import Path

    from hub.database.transaction import Transaction
    from hub.ingest.batch.deliveries import Delivery
    from hub.ingest.batch.processing import Workshop
    from hub.ingest.batch.reports import BatchReport
    from hub.ingest.batch.sources import Source
    from hub.ingest.sources.drops import Dropped
    from hub.ingest.sources.pages import Page, State

    AndThen = Callable[[str, Path, BatchReport], Awaitable[None]]

_CHUNK: Final = 1 << 20
_REFUSED: Final = "refused"
_FORMATS: Final = {
    ".csv": Format.CSV,
    ".txt": Format.CSV,
    ".tsv": Format.CSV,
    ".xlsx": Format.XLSX,
    ".ndjson": Format.NDJSON,
    ".jsonl": Format.NDJSON,
}


async def load_state(shop: Workshop, source: Source, name: str) -> State | None:
    """Return how far *source* was fetched, under that name, or None."""
    c = source_checkpoint.c
    query = select(c.state).where(c.source_id == source.id, c.name == name)
    async with begin(shop.database, source.principal, Mode.READ) as transaction:
        rows = await transaction.fetch(query)
    if not rows:
        return None
    found: Any = rows[0][0]  # JSON; asyncpg may give it as text
    state: State = json.loads(found) if isinstance(found, str) else found
    return state


async def save_state(transaction: Transaction, source: Source, name: str, state: State) -> None:
    """Keep how far *source* was fetched."""
    kept = insert(source_checkpoint).values(source_id=source.id, name=name, state=state)
    changed = {"state": kept.excluded.state, "saved_at": func.now()}
    await transaction.execute(
        kept.on_conflict_do_update(index_elements=["source_id", "name"], set_=changed)
    )


async def collect_pages(
    shop: Workshop, source: Source, name: str, pages: AsyncIterable[Page]
) -> list[BatchReport]:
    """Take every page as a batch of *source*; end with the first that is refused."""
    reports = []
    async for page in pages:
        if page.records:
            with shop.deliveries.receive() as arriving:
                write_page(page, arriving)
                delivery = arriving.end()
                sending = Sending("pull", Format.NDJSON)
                report = await _take(shop, source, delivery, sending, name, page.state)
            reports.append(report)
            if report.status == _REFUSED:
                break
        elif page.state is not None:
            await _save(shop, source, name, page.state)
    return reports


async def collect_files(
    shop: Workshop,
    source: Source,
    name: str,
    files: Iterable[Dropped],
    *,
    then: AndThen | None = None,
) -> list[BatchReport]:
    """Take every file as a batch of *source*; what is of no known format is passed over.

    *then* is told of each file what came of it.
    """
    reports = []
    for file in files:
        format_ = _FORMATS.get(file.path.suffix.casefold())
        if format_ is None:
            continue
        with shop.deliveries.receive() as arriving:
            _copy(file.path, arriving.write)
            delivery = arriving.end()
            if delivery.digest != file.digest:
                continue
            sending = Sending("folder", format_)
            report = await _take(shop, source, delivery, sending, name, file.state)
            if then is not None:
                await then(file.path.name, delivery.path, report)
        reports.append(report)
        if report.status == _REFUSED:
            await _save(shop, source, name, file.state)
    return reports


async def _take(  # noqa: PLR0913, PLR0917  (one step of two loops)
    shop: Workshop,
    source: Source,
    delivery: Delivery,
    sending: Sending,
    name: str,
    state: State | None,
) -> BatchReport:
    recorded = await record_delivery(
        shop.database, shop.deliveries, source=source, delivery=delivery, sending=sending
    )

    async def save(transaction: Transaction) -> None:
        if state is not None:
            await save_state(transaction, source, name, state)

    return await process_batch(shop, recorded.id, also=save)


async def _save(shop: Workshop, source: Source, name: str, state: State) -> None:
    async with begin(shop.database, source.principal, Mode.WRITE) as transaction:
        await save_state(transaction, source, name, state)


def _copy(path: Path, write: Callable[[bytes], None]) -> None:
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            write(piece)
