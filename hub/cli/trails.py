"""The audit trail of this installation: who keeps it, and whether it is whole."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hub.audit.heads import Pen, read_heads
from hub.audit.spool import Spool
from hub.audit.trail import variables_key
from hub.audit.verification import verify
from hub.audit.worker import Worker
from hub.cli.installation import open_existing_server, prepare_home
from hub.cli.progress import showing_progress
from hub.clock import system_clock
from hub.database.engine import Database

if TYPE_CHECKING:
    from pathlib import Path

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


def verify_trail(settings: Settings, heads: Path | None) -> Verified:
    """Return how far the trail is whole, or raise ``TrailBrokenError``.

    Heads may be signed by this installation's key, or by those of the heads that were kept in
    *heads*, elsewhere than the database.
    """
    kept = [] if heads is None else read_heads(heads)
    keys = {head.key for head in kept}
    if _key_file(settings).exists():
        keys.add(Pen.of(_key_file(settings)).public)

    async def run(address: Address) -> Verified:
        async with Database(address, connections=1) as database:
            with showing_progress() as display, display.phase("Nhật ký") as progress:
                return await verify(database, keys, kept, progress)

    with open_existing_server(settings) as address:
        return asyncio.run(run(address))


def _key_file(settings: Settings) -> Path:
    return settings.audit_key or settings.home.absolute() / "audit.pem"
