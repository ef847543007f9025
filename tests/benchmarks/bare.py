"""Next to nothing before the database: the same server, the same messages, and asyncpg.

No GraphQL, no token, no audit: the path names a statement of the planner's with its arguments, the
claim is set as the door sets it, the statement runs, and the bytes of its row go out. The hub's own
pool hands the connections on, or the messages would not be the same: what begins a transaction ends
the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hub.database.transaction import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Receive, Scope, Send

    from hub.database.engine import Database
    from tests.benchmarks.statements import Statement

_TYPE: Final = (b"content-type", b"application/json; charset=utf-8")


class Bare:
    """The ASGI application."""

    def __init__(self, database: Database, statements: Mapping[str, Statement]) -> None:
        self._database = database
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
        pool = self._database.pool(statement.principal.reader)
        connection, is_open = await pool.take()
        opening = f"BEGIN {Mode.READ_PLANNED}; {statement.enter}"
        try:
            await connection.execute(f"COMMIT; {opening}" if is_open else opening)
            (row,) = await connection.fetch(statement.sql, *statement.arguments)
        except BaseException:
            await pool.give_back(connection)
            raise
        pool.leave(connection)
        data: bytes = row["data"]
        return data
