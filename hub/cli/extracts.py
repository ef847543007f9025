"""A dataset written from the command line, within the rights of whoever is named."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from hub.access.principal import PUBLIC
from hub.audit.trail import keep_access
from hub.cli.failures import say
from hub.cli.installation import open_existing_server
from hub.cli.operator import operator
from hub.cli.personas import STANDING_AGENCY
from hub.cli.tokens import get_account, get_issuer
from hub.database.engine import Database
from hub.errors import HubError
from hub.loaders.datasets import find_dataset
from hub.web.exports import Export

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hub.database.address import Address
    from hub.loaders.datasets import Dataset
    from hub.settings import Settings

_PUBLIC = "public"
_PATIENCE = 3600.0
"""Seconds for a statement: whoever waits for the file can end it, and keeps nobody else waiting."""


class FileUnwritableError(HubError):
    """The file to write cannot be written."""

    code = "FILE_UNWRITABLE"
    vi = "Không ghi được tệp {file} ({reason})."
    en = "The file {file} cannot be written ({reason})."


def write_extract(
    settings: Settings, dataset: str, *, header: str, reader: str | None, out: Path | None
) -> None:
    """Write *dataset* as CSV to *out*, or else to standard output.

    Without *reader* a development hub exports as its standing agency, and says so.
    """
    found = find_dataset(dataset)
    if reader != _PUBLIC:
        get_issuer(settings)
    if reader is None:
        reader = STANDING_AGENCY
        say(f"Kết xuất trong quyền của {reader} (chọn người khác: --as MÃ-CƠ-QUAN, --as public).")
    with open_existing_server(settings) as address, _open(out) as file:
        asyncio.run(_write(address, found, file, header=header, reader=reader))


async def _write(
    address: Address, dataset: Dataset, file: BinaryIO, *, header: str, reader: str
) -> None:
    async with Database(address, connections=1, statement_seconds=_PATIENCE) as database:
        principal = PUBLIC if reader == _PUBLIC else await get_account(database, reader)
        export = Export(database, principal, dataset, header)
        origin = operator()
        await keep_access(database, export.access(origin, "begun"))
        async for part in export.parts():
            file.write(part)
        await keep_access(database, export.access(origin, "answered"))


@contextmanager
def _open(out: Path | None) -> Iterator[BinaryIO]:
    """Yield where to write; a file takes its name once it is whole."""
    if out is None:
        yield sys.stdout.buffer
        return
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            yield file
        draft.replace(out)
    except OSError as error:
        raise FileUnwritableError(file=out, reason=error.strerror) from error
    finally:
        with suppress(OSError):
            draft.unlink()
