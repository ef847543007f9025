"""What was fetched becomes batches: each page, or file, with the state that is after it.

The state is saved in the transaction that merges the records. A page that is refused saves none:
it comes again until its owner has put it right. A file that is refused is not taken again, for a
corrected one has another digest.
"""

from __future__ import annotations

import json
import logging
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from hub.database.transaction import Mode, begin
from hub.errors import Language
from hub.ingest.batch.processing import process_batch
from hub.ingest.batch.records import Sending, record_delivery
from hub.ingest.batch.reports import BatchReport
from hub.ingest.formats import Format
from hub.ingest.formats.refusals import FileKindError
from hub.ingest.sources.early import Early
from hub.ingest.sources.failures import FileClosedError
from hub.ingest.sources.pages import write_page
from hub.ingest.sources.readings import READ, note_of
from hub.model.intake import batch, batch_row, source_checkpoint

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from pathlib import Path
    from uuid import UUID

    from hub.database.transaction import Transaction
    from hub.errors import HubError
    from hub.ingest.batch.deliveries import Delivery
    from hub.ingest.batch.processing import Workshop
    from hub.ingest.batch.sources import Source
    from hub.ingest.sources.drops import Dropped
    from hub.ingest.sources.pages import Page, Pages, Rejected, State

    Also = Callable[[Transaction, UUID], Awaitable[None]]
    AndThen = Callable[[str, Path, BatchReport], Awaitable[None]]

_LOG: Final = logging.getLogger(__name__)
_CHUNK: Final = 1 << 20
_REFUSED: Final = "refused"
_EARLY: Final = "/early"
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
    shop: Workshop, source: Source, name: str, pages: Pages, *, keeps_early: bool = False
) -> list[BatchReport]:
    """Take every page as a batch of *source*; end with the first that is refused.

    With *keeps_early*, what is of a period that is not over waits for its end. Whoever gives the
    pages is told which records were not taken.
    """
    collecting = _Collecting(shop, source, name)
    if keeps_early:
        await collecting.offer_again()
    async with aclosing(pages):
        rejected: Rejected | None = None
        while (page := await _next(pages, rejected)) is not None:
            rejected = {}
            if page.records:
                report, rejected = await collecting.take(page)
                if report.status == _REFUSED:
                    break
            elif page.state is not None:
                await _save(shop, source, name, page.state)
    return collecting.reports


async def _next(pages: Pages, rejected: Rejected | None) -> Page | None:
    try:
        return await pages.asend(rejected)
    except StopAsyncIteration:
        return None


class _Collecting:
    """Makes batches of the pages of one source."""

    def __init__(self, shop: Workshop, source: Source, name: str) -> None:
        self.reports: list[BatchReport] = []
        self._shop = shop
        self._source = source
        self._name = name
        self._early: Early | None = None

    async def offer_again(self) -> None:
        """Take what was too early on another day, as far as it no longer is."""
        shop, source = self._shop, self._source
        name = f"{self._name}{_EARLY}"
        state = await load_state(shop, source, name)
        self._early = early = Early(shop.options(source), shop.clock(), state)
        page = early.page()
        if page is not None:
            report, _ = await self.take(page)
            if report.status == _REFUSED:
                # It will not be put right: nobody sends it again.
                early.forget()
                await _save(shop, source, name, early.state)

    async def take(self, page: Page) -> tuple[BatchReport, Rejected]:
        """Take *page* as a batch; return what came of it, and what was not taken."""
        rejected: dict[int, str] = {}

        async def also(transaction: Transaction, batch_id: UUID) -> None:
            rejected.update(await read_rejected(transaction, batch_id))
            await self._save(transaction, batch_id, page, rejected)

        with self._shop.deliveries.receive() as arriving:
            write_page(page, arriving)
            sending = Sending("pull", Format.NDJSON)
            report = await _take(self._shop, self._source, arriving.end(), sending, also)
        self.reports.append(report)
        return report, rejected

    async def _save(
        self, transaction: Transaction, batch_id: UUID, page: Page, rejected: Rejected
    ) -> None:
        source, early = self._source, self._early
        if page.state is not None:
            await save_state(transaction, source, self._name, page.state)
        if early is not None and early.take(page.records, rejected):
            await save_state(transaction, source, f"{self._name}{_EARLY}", early.state)
        if page.figures and await _brought_something(transaction, batch_id):
            await save_state(transaction, source, f"{READ}{batch_id}", note_of(page, rejected))


async def read_rejected(transaction: Transaction, batch_id: UUID) -> Rejected:
    """Return why rows of the batch were not taken, by their line."""
    r = batch_row.c
    query = select(r.line, r.code).where(r.batch_id == batch_id, r.outcome == "rejected")
    return {row["line"]: row["code"] for row in await transaction.fetch(query)}


async def _brought_something(transaction: Transaction, batch_id: UUID) -> bool:
    """Tell whether a figure came of the batch, or may come of it when somebody has decided."""
    b = batch.c
    came = b.rows_new + b.rows_revised + b.rows_held > 0
    [[is_so]] = await transaction.fetch(select(came).where(b.id == batch_id))
    return bool(is_so)


async def collect_files(
    shop: Workshop,
    source: Source,
    name: str,
    files: Iterable[Dropped],
    *,
    then: AndThen | None = None,
) -> list[BatchReport]:
    """Take every file as a batch of *source*.

    *then* is told of each file what came of it; of one that cannot be read, that it is refused,
    which also stands in the log, once. Where one is gone since it was looked at, that is all for
    this time.
    """
    reports = []
    for file in files:
        format_ = _FORMATS.get(file.path.suffix.casefold())
        if format_ is None or not file.digest:
            said = FileKindError if format_ is None else FileClosedError
            await _pass_over(source, file, said(file=file.path.name), then)
            await _save(shop, source, name, file.state)
            continue
        with shop.deliveries.receive() as arriving:
            try:
                _copy(file.path, arriving.write)
            except OSError as error:
                # What comes after it waits for the next look: its state would tell of this one.
                _LOG.warning("Source %s: a file is gone again (%s)", source.code, error.errno)
                break
            delivery = arriving.end()
            if delivery.digest != file.digest:
                continue
            sending = Sending("folder", format_)
            report = await _take(shop, source, delivery, sending, _saving(source, name, file.state))
            if then is not None:
                await then(file.path.name, delivery.path, report)
        reports.append(report)
        if report.status == _REFUSED:
            await _save(shop, source, name, file.state)
    return reports


async def _pass_over(source: Source, file: Dropped, error: HubError, then: AndThen | None) -> None:
    """Tell why *file* is not taken, and leave it where it is."""
    _LOG.warning("Source %s: %s (%s)", source.code, error.code, error)
    if then is not None:
        said = BatchReport(_REFUSED, refusal=error.code, sentence=error.sentence(Language.VI))
        await then(file.path.name, file.path, said)


def _saving(source: Source, name: str, state: State) -> Also:
    async def also(transaction: Transaction, _: UUID) -> None:
        await save_state(transaction, source, name, state)

    return also


async def _take(
    shop: Workshop, source: Source, delivery: Delivery, sending: Sending, also: Also
) -> BatchReport:
    recorded = await record_delivery(
        shop.database, shop.deliveries, source=source, delivery=delivery, sending=sending
    )

    async def save(transaction: Transaction) -> None:
        await also(transaction, recorded.id)

    return await process_batch(shop, recorded.id, also=save)


async def _save(shop: Workshop, source: Source, name: str, state: State) -> None:
    async with begin(shop.database, source.principal, Mode.WRITE) as transaction:
        await save_state(transaction, source, name, state)


def _copy(path: Path, write: Callable[[bytes], None]) -> None:
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            write(piece)
