"""A source fetched from because somebody asks, as the worker does it by the clock."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from hub.cli.installation import PATIENCE_SECONDS, open_existing_server, prepare_home
from hub.cli.workshop import connections_of, workshop_of
from hub.database.engine import Database
from hub.ingest.fetching import compare_source, fetch_source, is_fetched

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hub.database.address import Address
    from hub.ingest.batch.processing import Workshop
    from hub.ingest.batch.reports import BatchReport
    from hub.ingest.connections import Connections
    from hub.settings import Settings

    Do = Callable[[Workshop, Connections, str], Awaitable[list[BatchReport]]]


def fetch(settings: Settings, code: str) -> list[BatchReport] | None:
    """Return what came of each batch of what is new at *code*; None where nothing says whence."""
    connections = connections_of(settings)
    if not is_fetched(connections, code):
        return None
    with open_existing_server(settings) as address:
        prepare_home(settings.home.absolute())
        return asyncio.run(_done(fetch_source, settings, address, connections, code))


def compare(settings: Settings, code: str) -> list[BatchReport]:
    """Return what came of each batch of comparing the register *code*, however much is gone."""
    connections = connections_of(settings)
    with open_existing_server(settings) as address:
        prepare_home(settings.home.absolute())
        do = partial(compare_source, may_shrink=True)
        return asyncio.run(_done(do, settings, address, connections, code))


async def _done(
    do: Do, settings: Settings, address: Address, connections: Connections, code: str
) -> list[BatchReport]:
    async with Database(address, connections=2, patience=PATIENCE_SECONDS) as database:
        return await do(workshop_of(settings, database), connections, code)
