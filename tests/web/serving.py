"""The web application over real HTTP, on a port that was free."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from typing_extensions import override
from uvicorn import Config, Server

from hub.access.principal import PUBLIC
from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.address import Address
from hub.database.engine import Database
from hub.web.app import WebParts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.datastructures import Headers
    from starlette.types import ASGIApp

    from hub.access.principal import Principal


async def as_the_public(_: Headers, *, fresh: bool = False) -> Principal:  # noqa: ARG001
    """Take everybody for the public."""
    return PUBLIC


async def ready() -> None:
    """Be ready."""


def parts_without_rows() -> WebParts:
    """Return parts with the real executor, whose database is opened only by reading a row."""
    database = Database(Address.parse("postgresql://nobody:nothing@127.0.0.1:1/nowhere"))
    return WebParts(Executor(database, system_clock), as_the_public, ready)


class _Server(Server):
    """A server inside a test: the signals stay the test runner's."""

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[str]:
    """Serve *app* on loopback as long as the block lasts; give its address."""
    server = _Server(Config(app, port=0, ws="none", log_config=None, access_log=False))
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(server.serve())
        while not server.started:
            assert not running.done(), "the server did not start"
            await asyncio.sleep(0.005)
        host, port = server.servers[0].sockets[0].getsockname()
        try:
            yield f"http://{host}:{port}"
        finally:
            server.should_exit = True
