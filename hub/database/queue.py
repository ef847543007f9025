"""The connections on which the queue of work is kept: few, and one of them listens."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final

import asyncpg

from hub.access.readers import Reader

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hub.database.engine import Database

_MOST: Final = 4
_CONNECT_SECONDS: Final = 5.0
_CLOSE_SECONDS: Final = 5.0
_STATEMENT: Final = "10s"


@asynccontextmanager
async def queue_connections(database: Database) -> AsyncIterator[asyncpg.Pool]:
    """Yield a pool of the worker's; unlike the others', its connections are reset when returned.

    One of them listens as long as it is out: a connection that listens must not be handed on so.
    """
    reader = Reader.WORKER
    with database.address.explained(reader):
        pool = await asyncpg.create_pool(
            database.address.url,
            user=reader.value,
            password=database.address.password_of(reader),
            min_size=1,
            max_size=_MOST,
            server_settings={
                "application_name": f"hub {reader.value}",
                "statement_timeout": _STATEMENT,
                "timezone": "UTC",
            },
            timeout=_CONNECT_SECONDS,
        )
    try:
        yield pool
    finally:
        with suppress(TimeoutError):
            await asyncio.wait_for(pool.close(), _CLOSE_SECONDS)
        pool.terminate()
