"""A reader's connections: asyncpg's pool, and before it those that the last readers left behind.

Giving a connection back to asyncpg, or waiting for one of its, keeps a request waiting. One whose
transaction has ended in order has nothing to wait for: it goes to whoever has waited longest, or
stays in hand for the next who asks. So does one whose transaction has only read, before that has
ended: who takes it ends it with the message that begins the next, and nobody sends one more for
it. Where nobody comes, it is ended a moment later.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import asynccontextmanager, suppress
from contextvars import Context
from typing import TYPE_CHECKING, Final, NamedTuple, Self

import asyncpg
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
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
_SWEEP_SECONDS: Final = 60.0
"""So often every connection goes back to asyncpg, which closes what is old or long unused."""

_OPEN_SECONDS: Final = 0.01
"""So long, or up to twice as long, a transaction that has only read waits to be ended on the way.
"""


class Connection(asyncpg.Connection):
    """A connection that leaves nothing behind: claims end with their transaction.

    Nothing here sets anything for a session, so handing a connection on needs no reset. A source's
    keeps the tables that batches are worked out in, which every commit empties.
    """

    @override
    def get_reset_query(self) -> str:
        """Return no statement."""
        return ""


class Taken(NamedTuple):
    """A connection, and whether the transaction of who had it last is still to be ended on it."""

    connection: PoolConnectionProxy
    is_open: bool


class Pool:
    """Open it as a context manager; what is taken must be kept, left or given back."""

    _sweeping: asyncio.Task[None]

    def __init__(self, pool: asyncpg.Pool, patience: float) -> None:
        self._pool = pool
        self._patience = patience
        self._room = pool.get_max_size()
        self._in_hand: list[PoolConnectionProxy] = []
        self._known: set[PoolConnectionProxy] = set()
        self._due: set[PoolConnectionProxy] = set()
        self._open: deque[tuple[float, PoolConnectionProxy]] = deque()
        self._open_timer: asyncio.TimerHandle | None = None
        self._waiting: deque[asyncio.Future[Taken | None]] = deque()
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
        while self._open:
            self._end_later(self._open.popleft()[1])
        while self._endings:
            await asyncio.wait(self._endings)
        await self._give_all_back()
        await self._pool.__aexit__(kind, error, trace)

    @property
    def idle(self) -> int:
        """Return how many connections nobody uses."""
        in_hand = [*self._in_hand, *(connection for _, connection in self._open)]
        return self._pool.get_idle_size() + sum(not is_gone(each) for each in in_hand)

    @property
    def busy(self) -> int:
        """Return how many are in use."""
        return self._pool.get_size() - self.idle

    async def take(self) -> Taken:
        """Return a connection, or raise ``TimeoutError`` where none comes free in time."""
        while self._open:
            _, connection = self._open.pop()
            if not is_gone(connection):
                return Taken(connection, is_open=True)
            await self.give_back(connection)
        while self._in_hand:
            connection = self._in_hand.pop()
            if not is_gone(connection):
                return Taken(connection, is_open=False)
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
            connection = await self._pool.acquire(timeout=max(0.0, until - loop.time()))
        except BaseException:
            self._make_room()
            raise
        self._known.add(connection)
        return Taken(connection, is_open=False)

    async def keep(self, connection: PoolConnectionProxy) -> None:
        """Keep *connection*, whose transaction has ended in order, for whoever asks next."""
        if self._is_closing or connection in self._due or is_gone(connection):
            await self.give_back(connection)
        elif not self._hand_over(Taken(connection, is_open=False)):
            self._in_hand.append(connection)

    def leave(self, connection: PoolConnectionProxy) -> None:
        """Keep *connection*, whose transaction has read all that it will, for whoever asks next.

        It is ended by who takes it, or else after a moment: nobody waits for that, and what goes
        wrong then is logged.
        """
        if self._is_closing or connection in self._due or is_gone(connection):
            self._end_later(connection)
        elif not (self._waiting and self._hand_over(Taken(connection, is_open=True))):
            loop = asyncio.get_running_loop()
            self._open.append((loop.time(), connection))
            if self._open_timer is None:
                self._open_timer = self._set_timer()

    async def give_back(self, connection: PoolConnectionProxy) -> None:
        """Give *connection* back to asyncpg, in whatever state it is."""
        self._known.discard(connection)
        self._due.discard(connection)
        try:
            await self._pool.release(connection)
        finally:
            self._make_room()

    def _set_timer(self) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(_OPEN_SECONDS, self._end_open)

    def _end_open(self) -> None:
        """End what has been left for long enough, and look again where there is more."""
        long_ago = asyncio.get_running_loop().time() - _OPEN_SECONDS
        while self._open and self._open[0][0] <= long_ago:
            self._end_later(self._open.popleft()[1])
        self._open_timer = self._set_timer() if self._open else None

    def _end_later(self, connection: PoolConnectionProxy) -> None:
        # What is logged of it is about no request.
        task = asyncio.create_task(self._end(connection), context=Context())
        self._endings.add(task)
        task.add_done_callback(self._ended)

    async def _end(self, connection: PoolConnectionProxy) -> None:
        is_over = False
        try:
            await connection.execute("COMMIT")
            is_over = True
        finally:
            await (self.keep if is_over else self.give_back)(connection)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._endings.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            _LOG.warning("a transaction that only read did not end in order", exc_info=error)

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[PoolConnectionProxy]:
        """Lend a connection for the length of a block."""
        connection, is_open = await self.take()
        try:
            if is_open:
                await connection.execute("COMMIT")
            yield connection
        finally:
            await self.give_back(connection)

    async def _wait(self, until: float, *, is_new: bool) -> Taken | None:
        """Return what is handed over in turn, or None once there is room for another."""
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[Taken | None] = loop.create_future()
        # Who was called, and found the room taken by another, has not lost its turn.
        (self._waiting.append if is_new else self._waiting.appendleft)(waiter)
        timer = loop.call_at(until, _give_up, waiter)
        try:
            return await waiter
        except asyncio.CancelledError:
            # What was handed over in the very moment is not lost with who leaves.
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                taken = waiter.result()
                if taken is None:
                    self._call_next()
                elif taken.is_open:
                    self.leave(taken.connection)
                else:
                    await self.keep(taken.connection)
            raise
        finally:
            timer.cancel()

    def _hand_over(self, taken: Taken) -> bool:
        waiter = self._next_waiting()
        if waiter is None:
            return False
        waiter.set_result(taken)
        return True

    def _next_waiting(self) -> asyncio.Future[Taken | None] | None:
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
            await asyncio.sleep(_SWEEP_SECONDS)
            # What is in use goes when it comes free, also where it is always wanted.
            self._due |= self._known
            await self._give_all_back()

    async def _give_all_back(self) -> None:
        while self._in_hand:
            await self.give_back(self._in_hand.pop())


def _give_up(waiter: asyncio.Future[Taken | None]) -> None:
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
