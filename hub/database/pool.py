"""A reader's connections: asyncpg's pool, and before it those that the last readers left behind.

Giving a connection back to asyncpg, or waiting for one of its, keeps a request waiting. One whose
transaction has ended in order has nothing to wait for: it goes to whoever has waited longest, or
stays in hand for the next who asks. A transaction that only read ends beside the requests.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final, Self

import asyncpg
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable
    from types import TracebackType

    from asyncpg.pool import PoolConnectionProxy

    from hub.access.readers import Reader
    from hub.database.address import Address

_LOG: Final = logging.getLogger(__name__)

_PREPARED_STATEMENTS: Final = 512
_STATEMENT_CHARACTERS: Final = 64 * 1024
"""As long as a statement may be to stay prepared: a document of every field allowed makes less."""

_CONNECT_SECONDS: Final = 5.0
_MOST_IDLE_SECONDS: Final = 60
_IN_HAND_SECONDS: Final = 60.0
"""So often all that is in hand goes back to asyncpg, which closes what is old or long unused."""


class Connection(asyncpg.Connection):
    """A connection that leaves nothing behind: claims end with their transaction.

    Nothing here sets anything for a session, so handing a connection on needs no reset. A source's
    keeps the tables that batches are worked out in, which every commit empties.
    """

    @override
    def get_reset_query(self) -> str:
        """Return no statement."""
        return ""


class Pool:
    """Open it as a context manager; every connection that is taken must be ended or given back."""

    _sweeping: asyncio.Task[None]

    def __init__(self, pool: asyncpg.Pool, patience: float) -> None:
        self._pool = pool
        self._patience = patience
        self._room = pool.get_max_size()
        self._in_hand: list[PoolConnectionProxy] = []
        self._waiting: deque[asyncio.Future[PoolConnectionProxy | None]] = deque()
        self._endings: set[asyncio.Task[None]] = set()
        self._is_closing = False

    async def __aenter__(self) -> Self:
        await self._pool.__aenter__()
        self._sweeping = asyncio.create_task(self._sweep())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await self._sweeping
        self._is_closing = True
        await self._give_all_back()
        await self._pool.__aexit__(kind, error, trace)

    @property
    def idle(self) -> int:
        """Return how many connections nobody uses."""
        return self._pool.get_idle_size() + sum(not is_gone(each) for each in self._in_hand)

    @property
    def busy(self) -> int:
        """Return how many are in use."""
        return self._pool.get_size() - self.idle

    async def take(self) -> PoolConnectionProxy:
        """Return a connection, or raise ``TimeoutError`` where none comes free in time."""
        while self._in_hand:
            connection = self._in_hand.pop()
            if not is_gone(connection):
                return connection
            await self.give_back(connection)
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience
        is_new = True
        while not self._room:
            found = await self._wait(until, is_new=is_new)
            if found is not None:
                return found
            is_new = False
        self._room -= 1
        try:
            return await self._pool.acquire(timeout=max(0.0, until - loop.time()))
        except BaseException:
            self._make_room()
            raise

    def _keep(self, connection: PoolConnectionProxy) -> bool:
        """Keep *connection*, whose transaction has ended in order, for whoever asks next.

        False where it must be given back instead.
        """
        if self._is_closing or is_gone(connection):
            return False
        waiter = self._next_waiting()
        if waiter is None:
            self._in_hand.append(connection)
        else:
            waiter.set_result(connection)
        return True

    async def give_back(self, connection: PoolConnectionProxy) -> None:
        """Give *connection* back to asyncpg, in whatever state it is."""
        try:
            await self._pool.release(connection)
        finally:
            self._make_room()

    async def end(self, connection: PoolConnectionProxy, commit: Awaitable[None]) -> None:
        """Keep *connection* for whoever asks next once *commit* has ended its transaction.

        Where that fails, give it back and raise what ``commit`` does.
        """
        is_over = False
        try:
            await commit
            is_over = True
        finally:
            if not (is_over and self._keep(connection)):
                await self.give_back(connection)

    def end_later(self, connection: PoolConnectionProxy, commit: Awaitable[None]) -> None:
        """Do the same beside the requests: nobody waits for it, and what goes wrong is logged.

        Who asks for a connection at once may be given another, which stays for the next.
        """
        task = asyncio.create_task(self.end(connection, commit))
        self._endings.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._endings.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            _LOG.warning("a transaction that only read did not end in order", exc_info=error)

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[PoolConnectionProxy]:
        """Lend a connection for the length of a block."""
        connection = await self.take()
        try:
            yield connection
        finally:
            await self.give_back(connection)

    async def _wait(self, until: float, *, is_new: bool) -> PoolConnectionProxy | None:
        """Return what is handed over in turn, or None once there is room for another."""
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[PoolConnectionProxy | None] = loop.create_future()
        # Who was called, and found the room taken by another, has not lost its turn.
        (self._waiting.append if is_new else self._waiting.appendleft)(waiter)
        timer = loop.call_at(until, _give_up, waiter)
        try:
            return await waiter
        except asyncio.CancelledError:
            # What was handed over in the very moment is not lost with who leaves.
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                connection = waiter.result()
                if connection is None:
                    self._call_next()
                elif not self._keep(connection):
                    await self.give_back(connection)
            raise
        finally:
            timer.cancel()

    def _next_waiting(self) -> asyncio.Future[PoolConnectionProxy | None] | None:
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                return waiter
        return None

    def _make_room(self) -> None:
        self._room += 1
        self._call_next()

    def _call_next(self) -> None:
        waiter = self._next_waiting()
        if waiter is not None:
            waiter.set_result(None)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_IN_HAND_SECONDS)
            await self._give_all_back()

    async def _give_all_back(self) -> None:
        while self._in_hand:
            await self.give_back(self._in_hand.pop())


def _give_up(waiter: asyncio.Future[PoolConnectionProxy | None]) -> None:
    if not waiter.done():
        waiter.set_exception(TimeoutError())


def asyncpg_pool(
    address: Address, reader: Reader, *, most: int, statement_seconds: float | None
) -> asyncpg.Pool:
    """Return asyncpg's pool of at most so many connections that enter as *reader*'s role.

    The server ends a statement after *statement_seconds*, and a transaction that waits for its
    reader; where there are none, both take as long as there is work.
    """
    bounds = (
        {}
        if statement_seconds is None
        else {
            "statement_timeout": f"{round(statement_seconds * 1000)}ms",
            "idle_in_transaction_session_timeout": f"{_MOST_IDLE_SECONDS}s",
        }
    )
    return asyncpg.create_pool(
        address.url,
        user=reader.value,
        password=address.password_of(reader),
        min_size=0,
        max_size=most,
        connection_class=Connection,
        statement_cache_size=_PREPARED_STATEMENTS,
        max_cached_statement_lifetime=0,
        max_cacheable_statement_size=_STATEMENT_CHARACTERS,
        server_settings={
            "application_name": f"hub {reader.value}",
            "jit": "off",
            "timezone": "UTC",
            **bounds,
        },
        timeout=_CONNECT_SECONDS,
    )


def is_gone(connection: PoolConnectionProxy) -> bool:
    """Tell whether *connection* has ended: its pool may have taken it back by then."""
    try:
        return connection.is_closed()
    except asyncpg.InterfaceError:
        return True
