"""The web application over real HTTP, on a port that was free."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from typing_extensions import override
from uvicorn import Config, Server

from hub.access.principal import PUBLIC
from hub.api.execution import Executor
from hub.audit.trail import NO_TRAIL
from hub.clock import system_clock
from hub.database.address import Address
from hub.database.engine import Database
from hub.web.app import WebParts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from starlette.types import ASGIApp, Scope

    from hub.access.principal import Principal


async def as_the_public(_: Scope, *, fresh: bool = False) -> Principal:  # noqa: ARG001
    """Take everybody for the public."""
    return PUBLIC


async def ready() -> None:
    """Be ready."""


def parts_without_rows() -> WebParts:
    """Return parts with the real executor, whose database is opened only by reading a row."""
    database = Database(Address.parse("postgresql://nobody:nothing@127.0.0.1:1/nowhere"))
    return WebParts(Executor(database, system_clock), as_the_public, ready, trail=NO_TRAIL)


class _Server(Server):
    """A server inside a test: the signals stay the test runner's."""

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(
    app: ASGIApp,
    *,
    port: int = 0,
    certificate: Path | None = None,
    http: type[asyncio.Protocol] | None = None,
) -> AsyncIterator[str]:
    """Serve *app* on loopback as long as the block lasts; give its address.

    With *certificate*, a file that holds the key, too, it is served over TLS; with *http*, by that
    protocol.
    """
    server = _Server(
        Config(
            app,
            port=port,
            http=http or "auto",
            ws="none",
            log_config=None,
            access_log=False,
            ssl_certfile=certificate,
            timeout_graceful_shutdown=1,
        )
    )
    scheme = "http" if certificate is None else "https"
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(server.serve())
        while not server.started:
            assert not running.done(), "the server did not start"
            await asyncio.sleep(0.005)
        host, port = server.servers[0].sockets[0].getsockname()
        try:
            yield f"{scheme}://{host}:{port}"
        finally:
            server.should_exit = True
