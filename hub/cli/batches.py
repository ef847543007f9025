"""Batches of this installation: looked at, and decided of by whoever runs it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from hub.access.principal import LOADER
from hub.cli.delivering import COUNTS, OUTCOMES, place_of
from hub.cli.installation import PATIENCE_SECONDS, open_existing_server
from hub.cli.operator import operator
from hub.cli.workshop import workshop_of
from hub.clock import VIETNAM
from hub.database.engine import Database
from hub.database.transaction import Mode, begin
from hub.ingest.batch.decisions import CorrectionError, Decision, decide_row
from hub.ingest.batch.sources import get_source_of
from hub.ingest.batch.staging import CELLS
from hub.loaders.batches import find_batch, list_rows
from hub.model.intake import batch, data_source
from hub.settings import read_settings
from hub.web.sources.errors import BatchUnknownError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence
    from uuid import UUID

    import asyncpg

    from hub.ingest.batch.reports import Counts
    from hub.loaders.batches import BatchRecord

_Result = TypeVar("_Result")

_MOST: Final = 50
_STATUSES: Final = {
    "queued": "đang chờ",
    "running": "đang làm",
    "done": "đã xong",
    "refused": "bị từ chối",
}
_DECIDED: Final = {"accept": "đã nhận", "correct": "đã sửa", "drop": "đã bỏ"}


def latest(source: str | None, *, held: bool) -> list[asyncpg.Record]:
    """Return the batches that came last, of *source* or of all; *held*: those with rows waiting."""
    b = batch.c
    found = (
        select(b.id, data_source.c.code, b.received_at, b.status, b.rows_received, b.rows_held)
        .join_from(batch, data_source, data_source.c.id == b.source_id)
        .order_by(b.received_at.desc(), b.id)
        .limit(_MOST)
    )
    if source is not None:
        found = found.where(data_source.c.code == source)
    if held:
        found = found.where(b.rows_held > 0)

    async def run(database: Database) -> list[asyncpg.Record]:
        async with begin(database, LOADER, Mode.READ) as transaction:
            return await transaction.fetch(found)

    return _with_database(run)


def look(number: UUID) -> tuple[BatchRecord, list[dict[str, Any]]]:
    """Return the batch and its rows that were not taken; raise ``BatchUnknownError`` for none."""

    async def run(database: Database) -> tuple[BatchRecord, list[dict[str, Any]]]:
        record = await find_batch(database, LOADER, await _source_of(database, number), number)
        if record is None:
            raise BatchUnknownError
        return record, await list_rows(database, LOADER, number, None)

    return _with_database(run)


def carry_out_decision(number: UUID, row: UUID, what: str, cells: Iterable[str]) -> Counts:
    """Decide of a row as the source's own account; the audit trail says who sat here."""
    put = dict(_cell(each) for each in cells)

    async def run(database: Database) -> Counts:
        await _source_of(database, number)
        source = await get_source_of(database, number)
        decision = Decision(what, source.account, put, operator())
        return await decide_row(workshop_of(read_settings(), database), number, row, decision)

    return _with_database(run)


def show_batches(batches: Sequence[asyncpg.Record]) -> None:
    """Write one line for each batch."""
    for each in batches:
        waiting = f", {each['rows_held']} chờ quyết định" if each["rows_held"] else ""
        print(
            f"{each['id']}  {each['received_at'].astimezone(VIETNAM):%d/%m/%Y %H:%M}  "
            f"{each['code']}  {_STATUSES[each['status']]}: {each['rows_received']} dòng{waiting}"
        )


def show(record: BatchRecord, rows: Sequence[dict[str, Any]]) -> None:
    """Write what became of the batch, then each row that was not taken, the waiting by number."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    facts = record.facts
    sentence = f": {facts['refusal_sentence']}" if facts["refusal_sentence"] else ""
    refusal = f" ({facts['refusal']}){sentence}" if facts["refusal"] else ""
    console.print(f"{facts['source']}: {_STATUSES[facts['status']]}{refusal}")
    counts = Table(*(title for _, title in COUNTS), box=None, pad_edge=False)
    counts.add_row(*(str(record.counts[name]) for name, _ in COUNTS))
    console.print(counts)
    for row in rows:
        found = f": “{row['found']}”" if row["found"] else ""
        state = _DECIDED.get(row["decision"], OUTCOMES[row["outcome"]])
        place = place_of(row["sheet"], row["line"], row["column"])
        console.print(f"{row['id']}  {state} {row['code']} ({place}){found}")
        if row["candidates"] and row["decision"] is None:
            console.print(f"    có thể là: {', '.join(row['candidates'])}")


def _cell(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise CorrectionError(cells=", ".join(CELLS))
    return name.strip(), value.strip()


async def _source_of(database: Database, number: UUID) -> str:
    async with begin(database, LOADER, Mode.READ) as transaction:
        found = await transaction.fetch(
            select(data_source.c.code)
            .join_from(batch, data_source, data_source.c.id == batch.c.source_id)
            .where(batch.c.id == number)
        )
    if not found:
        raise BatchUnknownError
    return str(found[0]["code"])


def _with_database(act: Callable[[Database], Awaitable[_Result]]) -> _Result:
    async def run() -> _Result:
        async with Database(address, connections=2, patience=PATIENCE_SECONDS) as database:
            return await act(database)

    with open_existing_server(read_settings()) as address:
        return asyncio.run(run())
