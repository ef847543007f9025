"""The server process: it serves until told to stop, and then stops in order."""

from __future__ import annotations

import asyncio
import gc
import signal
from contextlib import contextmanager
from math import ceil
from typing import TYPE_CHECKING, Final

import uvicorn
import uvloop
from typing_extensions import override

from hub.cli.protocol import bounded_protocol

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Coroutine, Iterator

    from starlette.types import ASGIApp

_BEYOND_SECONDS: Final = 5
"""What an answer may take besides its longest statement, once the server is told to stop."""


@contextmanager
def ended_by_signal() -> Iterator[None]:
    """Take Ctrl-C and SIGTERM for the ordinary end of the block, whatever it is doing."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except (KeyboardInterrupt, asyncio.CancelledError):
        pass
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def run_until_signal(main: Coroutine[object, object, None]) -> None:
    """Run *main* to its end; a signal cancels it, so that it can clean up."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        task = asyncio.ensure_future(main)
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, task.cancel)
        await task

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run())


async def serve_app(  # noqa: PLR0913  (what it serves, and within which bounds)
    app: ASGIApp,
    listener: socket.socket,
    when_ready: Callable[[], None],
    *,
    statement_seconds: float = 10.0,
    max_head_bytes: int = 32 * 1024,
    patience_seconds: float = 60.0,
    proxies: str = "",
) -> None:
    """Serve *app* on *listener* until cancelled; call *when_ready* once it answers.

    A request's head may have *max_head_bytes*. Who takes less of an answer than 64 KiB in
    *patience_seconds*, and not all, is cut off. Whoever connects is the client, but for *proxies*
    (addresses or networks, separated by commas): they say whose request they pass on.

    Cancelled, it takes no more requests and gives those under way time to end, longer than the
    *statement_seconds* that the database gives them; cancelled again, it leaves at once.
    """
    config = uvicorn.Config(
        app,
        http=bounded_protocol(max_head_bytes, patience_seconds),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        timeout_graceful_shutdown=ceil(statement_seconds) + _BEYOND_SECONDS,
    )
    server = _Server(config, when_ready)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise


class _Server(uvicorn.Server):
    """A server that leaves signals to its process and says when it is ready."""

    def __init__(self, config: uvicorn.Config, when_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._when_ready = when_ready

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        gc.freeze()
        gc.enable()
        if self.started:
            self._when_ready()
