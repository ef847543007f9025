"""A table that is held, and the statements that wait for it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from time import perf_counter
from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hub.database.engine import Database

_WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND usename IN ('hub_public', 'hub_scoped', 'hub_registrar') "
    "AND state = 'active' AND wait_event_type = 'Lock'"
)


@asynccontextmanager
async def locked(
    database: Database, table: str, mode: str = "ACCESS EXCLUSIVE"
) -> AsyncIterator[asyncpg.Connection]:
    """Have every statement wait that touches *table*, in mode ``SHARE`` that changes it.

    Gives a connection to watch them.
    """
    blocker = await asyncpg.connect(database.address.url)
    watcher = await asyncpg.connect(database.address.url)
    await blocker.execute(f"BEGIN; LOCK TABLE {table} IN {mode} MODE")
    try:
        yield watcher
    finally:
        await blocker.execute("ROLLBACK")
        await blocker.close()
        await watcher.close()


async def waiting(watcher: asyncpg.Connection) -> int:
    """Return how many statements of requests wait."""
    count: int = await watcher.fetchval(_WAITING)
    return count


async def until(watcher: asyncpg.Connection, count: int) -> float:
    """Return how long it took until *count* statements waited."""
    began = perf_counter()
    while await waiting(watcher) != count:
        assert perf_counter() - began < 5
        await asyncio.sleep(0.005)
    return perf_counter() - began
