"""Next to nothing before the database: the same server and messages, asyncpg, none of the hub.

No GraphQL, no token, no audit: the path names a statement of the planner's with its arguments, the
claim is set as the door sets it, the statement runs, and the bytes of its row go out. Connections
are like the hub's, from asyncpg's own pool, and stay with it: as in the hub, what begins a
transaction ends the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hub.database.pool import is_gone
from hub.database.transaction import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping

    import asyncpg
    from asyncpg.pool import PoolConnectionProxy
    from starlette.types import Receive, Scope, Send

    from hub.access.readers import Reader
    from tests.benchmarks.statements import Statement

_TYPE: Final = (b"content-type", b"application/json; charset=utf-8")


class Bare:
    """The ASGI application."""

    def __init__(
        self, pools: Mapping[Reader, asyncpg.Pool], statements: Mapping[str, Statement]
    ) -> None:
        self._pools = pools
        self._statements = statements
        self._open: dict[Reader, list[PoolConnectionProxy]] = {reader: [] for reader in pools}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or say that there is nothing to start and to stop."""
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await self._give_back()
            await send({"type": "lifespan.shutdown.complete"})
            return
        while (await receive()).get("more_body", False):
            pass
        body = b'{"data":%b}' % await self._read(self._statements[scope["path"]])
        length = (b"content-length", b"%d" % len(body))
        await send({"type": "http.response.start", "status": 200, "headers": [_TYPE, length]})
        await send({"type": "http.response.body", "body": body})

    async def _read(self, statement: Statement) -> bytes:
        connection, opening = await self._take(statement.principal.reader)
        await connection.execute(f"{opening} {Mode.READ_PLANNED}; {statement.enter}")
        (row,) = await connection.fetch(statement.sql, *statement.arguments)
        self._open[statement.principal.reader].append(connection)
        data: bytes = row["data"]
        return data

    async def _take(self, reader: Reader) -> tuple[PoolConnectionProxy, str]:
        """Return a connection and what its next transaction begins with."""
        pool, left = self._pools[reader], self._open[reader]
        while left:
            connection = left.pop()
            if not is_gone(connection):
                return connection, "COMMIT; BEGIN"
            await pool.release(connection)
        return await pool.acquire(), "BEGIN"

    async def _give_back(self) -> None:
        for reader, left in self._open.items():
            for connection in left:
                connection.terminate()
                await self._pools[reader].release(connection)
