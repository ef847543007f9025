"""The audit trail of this installation: who keeps it, and whether it is whole."""

from __future__ import annotations

import asyncio
from datetime import datetime, time
from typing import TYPE_CHECKING

from hub.audit.archives import verify_archives, write_archive
from hub.audit.heads import Pen, read_heads
from hub.audit.spool import Spool
from hub.audit.trail import variables_key
from hub.audit.verification import verify
from hub.audit.worker import Worker
from hub.cli.installation import PATIENCE_SECONDS, open_existing_server, prepare_home
from hub.cli.progress import showing_progress
from hub.clock import VIETNAM, system_clock
from hub.database.engine import Database

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from hub.audit.archives import Archive
    from hub.audit.heads import Head
    from hub.audit.verification import Verified
    from hub.database.address import Address
    from hub.settings import Settings


def open_spool(settings: Settings, database: Database) -> Spool:
    """Return the spool of this process, in a data folder that can be written."""
    home = settings.home.absolute()
    prepare_home(home)
    return Spool(home, system_clock, variables_key(database))


def employ(settings: Settings, database: Database) -> Worker:
    """Return the worker that keeps the trail of this data folder."""
    home = settings.home.absolute()
    prepare_home(home)
    heads = settings.audit_heads or home / "heads"
    return Worker(database, home, heads, Pen.of(_key_file(settings)), system_clock)


def verify_trail(settings: Settings, heads: Path | None, archives: Path | None) -> Verified:
    """Return how far the trail is whole, or raise ``TrailBrokenError``.

    Heads may be signed by this installation's key, or by those of the heads that were kept in
    *heads*, elsewhere than the database. Those that close the files in *archives* count as such,
    once the files are found whole.
    """
    kept = [] if heads is None else read_heads(heads)
    keys = _keys(settings, kept)
    if archives is not None:
        kept += [archive.head for archive in verify_archives(archives, keys)]

    async def run(address: Address) -> Verified:
        async with Database(address, connections=1, patience=PATIENCE_SECONDS) as database:
            with showing_progress() as display, display.phase("Nhật ký") as progress:
                return await verify(database, keys, kept, progress)

    with open_existing_server(settings) as address:
        return asyncio.run(run(address))


def archive_trail(settings: Settings, folder: Path, before: date, heads: Path | None) -> Archive:
    """Write the entries of the days before *before* that *folder* has not yet as a new archive."""
    prepare_home(folder)
    keys = _keys(settings, [] if heads is None else read_heads(heads))
    begins = datetime.combine(before, time(), VIETNAM)

    async def run(address: Address) -> Archive:
        async with Database(address, connections=1, patience=PATIENCE_SECONDS) as database:
            return await write_archive(database, folder, begins, keys)

    with open_existing_server(settings) as address:
        return asyncio.run(run(address))


def _keys(settings: Settings, kept: Iterable[Head]) -> set[bytes]:
    """Return the public keys that heads may be signed with."""
    keys = {head.key for head in kept}
    if _key_file(settings).exists():
        keys.add(Pen.of(_key_file(settings)).public)
    return keys


def _key_file(settings: Settings) -> Path:
    return settings.audit_key or settings.home.absolute() / "audit.pem"
