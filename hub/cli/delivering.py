"""A file delivered from the command line: recorded and taken through at once, as its source."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from hub.cli.installation import PATIENCE_SECONDS, open_existing_server, prepare_home
from hub.cli.progress import showing_progress
from hub.cli.workshop import workshop_of
from hub.database.engine import Database
from hub.database.transaction import Mode, begin
from hub.errors import HubError
from hub.ingest.batch.processing import process_batch, rehearse
from hub.ingest.batch.records import Sending, record_delivery
from hub.ingest.batch.sources import get_source
from hub.ingest.formats import Format
from hub.ingest.formats.refusals import FileKindError
from hub.model.intake import batch

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from pathlib import Path
    from uuid import UUID

    from hub.database.address import Address
    from hub.ingest.batch.reports import BatchReport
    from hub.ingest.batch.sources import Source
    from hub.ingest.progress import Progress
    from hub.settings import Settings

_FORMATS: Final = {
    ".ndjson": Format.NDJSON,
    ".jsonl": Format.NDJSON,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".txt": Format.CSV,
    ".xlsx": Format.XLSX,
}
_PIECE: Final = 1 << 20
_LOOK_SECONDS: Final = 0.5
_MOST_SHOWN: Final = 50
OUTCOMES: Final = {"rejected": "loại", "held": "chờ quyết định", "warned": "cảnh báo"}
"""What became of a row that was not taken, in words."""

COUNTS: Final = (
    ("received", "nhận"),
    ("new", "mới"),
    ("revised", "sửa"),
    ("unchanged", "giữ nguyên"),
    ("withdrawn", "rút"),
    ("held", "chờ quyết định"),
    ("rejected", "loại"),
    ("warned", "cảnh báo"),
)
"""What rows are counted by, and its heading."""


class FileMissingError(HubError):
    """There is no such file to deliver."""

    code = "DELIVERY_FILE_MISSING"
    vi = "Không đọc được tệp {file}: hãy kiểm tra đường dẫn và quyền đọc."
    en = "The file {file} cannot be read: check its path and who may read it."


def deliver(settings: Settings, code: str, file: Path, *, dry_run: bool) -> BatchReport:
    """Take *file* as a delivery of the source *code*; a dry run tells what would come of it."""
    if not file.is_file():
        raise FileMissingError(file=file)
    form = _FORMATS.get(file.suffix.lower())
    if form is None:
        raise FileKindError(file=file)
    with open_existing_server(settings) as address:
        prepare_home(settings.home.absolute())
        return asyncio.run(_deliver(settings, address, code, file, form, dry_run=dry_run))


def show_batch(report: BatchReport, *, dry_run: bool) -> None:
    """Write what became of the delivery, or would have: counts, then the rows not taken."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    if report.status == "refused":
        console.print(f"Lô bị từ chối ({report.refusal}): {report.sentence or ''}")
    else:
        counts = Table(*(title for _, title in COUNTS), box=None, pad_edge=False)
        counts.add_row(
            *(f"{getattr(report.counts, name):,}".replace(",", ".") for name, _ in COUNTS)
        )
        console.print(counts)
    for row in report.rows[:_MOST_SHOWN]:
        place = place_of(row.sheet, row.line, row.column)
        expected = f"; cần: {row.expected}" if row.expected else ""
        found = f": “{row.found}”" if row.found else ""
        console.print(f"{OUTCOMES[row.outcome]} {row.code} ({place}){found}{expected}")
    if len(report.rows) > _MOST_SHOWN:
        console.print(f"… và {len(report.rows) - _MOST_SHOWN} dòng nữa.")
    if dry_run:
        console.print("Chạy thử: chưa ghi gì.")


def place_of(sheet: str | None, line: int, column: str | None) -> str:
    """Return where a row stands in what was sent, in words."""
    place = f"dòng {line}" if sheet is None else f"{sheet}, dòng {line}"
    return f"{place}, cột {column}" if column else place


async def _deliver(  # noqa: PLR0913  (one delivery)
    settings: Settings, address: Address, code: str, file: Path, form: Format, *, dry_run: bool
) -> BatchReport:
    async with Database(address, connections=2, patience=PATIENCE_SECONDS) as database:
        source = await get_source(database, code)
        shop = workshop_of(settings, database)
        with showing_progress() as display, display.phase(f"Nguồn {code}") as progress:
            progress.expect(1)
            if dry_run:
                progress.advance("Kiểm tra thử")
                return await rehearse(shop, source, file, form)
            progress.advance("Lưu tệp như đã gửi")
            # A copy: the file stays whoever's it is, to be changed or moved.
            with shop.deliveries.receive() as arriving, file.open("rb") as sent:
                while piece := sent.read(_PIECE):
                    arriving.write(piece)
                recorded = await record_delivery(
                    database,
                    shop.deliveries,
                    source=source,
                    delivery=arriving.end(),
                    sending=Sending("cli", form.value),
                )
            return await _watched(
                process_batch(shop, recorded.id), database, source, recorded.id, progress
            )


async def _watched(
    working: Awaitable[BatchReport],
    database: Database,
    source: Source,
    number: UUID,
    progress: Progress,
) -> BatchReport:
    """Return what *working* gives, and tell meanwhile how many rows have been read."""
    task = asyncio.ensure_future(working)
    told = -1
    while True:
        done, _ = await asyncio.wait([task], timeout=_LOOK_SECONDS)
        if done:
            return await task
        async with begin(database, source.principal, Mode.READ) as transaction:
            [[rows]] = await transaction.fetch(
                select(batch.c.rows_received).where(batch.c.id == number)
            )
        if rows != told:
            told = rows
            progress.expect(1)
            progress.advance(f"Đã đọc {rows:,} dòng".replace(",", "."))
