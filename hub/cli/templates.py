"""A form written from the command line, as an operator of the hub: it holds no figure."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from hub.access.principal import LOADER
from hub.cli.extracts import FileUnwritableError
from hub.cli.failures import say
from hub.cli.installation import open_existing_server
from hub.database.engine import Database
from hub.ingest.workbook import load_form, mark, marks_of_batch, read_identity, write_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hub.database.address import Address
    from hub.ingest.batch.reports import ReportedRow
    from hub.ingest.workbook import Form
    from hub.settings import Settings


def write_template(
    settings: Settings, form: str, *, period: str, ward: str | None, out: Path | None
) -> None:
    """Write *form* of *ward* for *period* to *out*, or else under its own name here."""
    with open_existing_server(settings) as address:
        found = asyncio.run(_load(address, form, period=period, ward=ward))
    path = Path(found.file_name) if out is None else out
    _write(path, write_form(found))
    say(f"Đã ghi {path}: {found.agency_name}, kỳ {found.period}.")


def write_marked(settings: Settings, file: Path, rows: Sequence[ReportedRow], *, out: Path) -> None:
    """Write the form in *file* to *out*, with what its batch tells of *rows* beside the cells."""
    said = read_identity(file)
    with open_existing_server(settings) as address:
        form = asyncio.run(_load(address, said.form, period=said.period, ward=said.area))
    marks = list(marks_of_batch(rows))
    _write(out, mark(form, file, marks))
    say(f"Đã ghi {out}: còn {len(marks)} chỗ cần sửa.")


def _write(path: Path, book: bytes) -> None:
    try:
        path.write_bytes(book)
    except OSError as error:
        raise FileUnwritableError(file=path, reason=error.strerror) from error


async def _load(address: Address, form: str, *, period: str, ward: str | None) -> Form:
    async with Database(address, connections=1) as database:
        return await load_form(database, LOADER, form=form, period=period, ward=ward)
