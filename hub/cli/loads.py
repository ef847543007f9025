"""A load from the command line: followed while it runs, reported table by table."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from hub.cli.installation import open_existing_server
from hub.cli.progress import showing_progress
from hub.clock import system_clock
from hub.database.engine import Database
from hub.ingest.reference import REFERENCE_FOLDER, load_reference
from hub.ingest.submissions import keep_submissions

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.address import Address
    from hub.ingest.reference import LoadReport
    from hub.settings import Settings


def load(settings: Settings, folder: Path | None, *, dry_run: bool) -> LoadReport:
    """Load the reference data of *folder*; a dry run takes everything back at the end."""
    with open_existing_server(settings) as address:
        return asyncio.run(_load(address, folder or REFERENCE_FOLDER, dry_run=dry_run))


def show_report(report: LoadReport, *, dry_run: bool) -> None:
    """Write what the load did to each table, or would have done."""
    table = Table("Bảng", box=None, pad_edge=False)
    for title in ("mới", "đổi", "giữ nguyên", "bỏ"):
        table.add_column(title, justify="right")
    for merged in report.tables:
        counts = (merged.new, merged.changed, merged.unchanged, merged.removed)
        table.add_row(merged.table, *map(str, counts))
    console = Console(soft_wrap=True, highlight=False)
    console.print(table)
    if dry_run:
        console.print("Chạy thử: chưa ghi gì.")
    elif not report.is_change:
        console.print("Không có gì thay đổi.")


async def _load(address: Address, folder: Path, *, dry_run: bool) -> LoadReport:
    async with Database(address, connections=1) as database:
        with showing_progress() as display, display.phase("Dữ liệu gốc") as progress:
            report = await load_reference(database, folder, progress=progress, dry_run=dry_run)
        if not dry_run:
            await keep_submissions(database, system_clock)
        return report
