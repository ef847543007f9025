"""Next to nothing before the database: the same server and messages, asyncpg, none of the hub.

No GraphQL, no token, no audit: the path names a statement of the planner's with its arguments, the
claim is set as the door sets it, the statement runs, and the bytes of its row go out. Connections
are like the hub's, from asyncpg's own pool. It waits until the transaction has ended, as who calls
asyncpg does; the hub answers before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hub.database.transaction import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping

    import asyncpg
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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or say that there is nothing to start and to stop."""
        if scope["type"] == "lifespan":
            for event in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{event}.complete"})
            return
        while (await receive()).get("more_body", False):
            pass
        body = b'{"data":%b}' % await self._read(self._statements[scope["path"]])
        length = (b"content-length", b"%d" % len(body))
        await send({"type": "http.response.start", "status": 200, "headers": [_TYPE, length]})
        await send({"type": "http.response.body", "body": body})

    async def _read(self, statement: Statement) -> bytes:
        async with self._pools[statement.principal.reader].acquire() as connection:
            await connection.execute(f"BEGIN {Mode.READ_PLANNED}; {statement.enter}")
            (row,) = await connection.fetch(statement.sql, *statement.arguments)
            await connection.execute("COMMIT")
        data: bytes = row["data"]
        return data
