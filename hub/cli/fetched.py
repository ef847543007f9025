"""A source fetched from because somebody asks, as the worker does it by the clock."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hub.cli.installation import PATIENCE_SECONDS, open_existing_server, prepare_home
from hub.cli.workshop import connections_of, workshop_of
from hub.database.engine import Database
from hub.ingest.fetching import fetch_source, is_fetched

if TYPE_CHECKING:
    from hub.database.address import Address
    from hub.ingest.batch.reports import BatchReport
    from hub.ingest.connections import Connections
    from hub.settings import Settings


def fetch(settings: Settings, code: str) -> list[BatchReport] | None:
    """Return what came of each batch of what is new at *code*; None where nothing says whence."""
    connections = connections_of(settings)
    if not is_fetched(connections, code):
        return None
    with open_existing_server(settings) as address:
        prepare_home(settings.home.absolute())
        return asyncio.run(_fetch(settings, address, connections, code))


async def _fetch(
    settings: Settings, address: Address, connections: Connections, code: str
) -> list[BatchReport]:
    async with Database(address, connections=2, patience=PATIENCE_SECONDS) as database:
        return await fetch_source(workshop_of(settings, database), connections, code)
