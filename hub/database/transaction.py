"""The only door to a connection: it opens for a principal, and its claim ends with the transaction.

The claim is set before the first statement, in its transaction and in a message of its own, never
inside a statement that reads: a policy must find it in place.
"""

from __future__ import annotations

import asyncio
from enum import StrEnum
from time import perf_counter
from typing import TYPE_CHECKING, Final

import asyncpg

from hub.database.errors import (
    BusyError,
    ConnectionLostError,
    ServerUnreachableError,
    StalePrincipalError,
    StatementTimeoutError,
)
from hub.database.pool import is_gone
from hub.database.statement import render
from hub.telemetry import StatementRan

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping, Sequence
    from types import TracebackType

    from asyncpg.pool import PoolConnectionProxy
    from sqlalchemy import Table
    from sqlalchemy.sql.elements import ClauseElement

    from hub.access.principal import Principal
    from hub.access.readers import Reader
    from hub.database.address import Address
    from hub.database.engine import Database
    from hub.database.pool import Pool
    from hub.telemetry import Observer


LOST: Final = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    # The server has said that it ends, and the end itself is still to come.
    asyncpg.InternalClientError,
    ConnectionError,
)
"""How a call ends on a connection that the server, or the network, has given up."""

_UNUSABLE: Final = (asyncpg.InterfaceError, *LOST)
"""The same, and how one ends on a connection that is closed, or used in a way that it cannot be."""

_EPOCH_PASSED: Final = "HB001"
"""What ``hub_enter`` raises."""

_PAUSES: Final = (0.0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds to wait before a lost connection is replaced: a server that restarts itself after a crash
is back by then."""


class Mode(StrEnum):
    """What a transaction is for."""

    READ = "ISOLATION LEVEL REPEATABLE READ, READ ONLY"
    """Every statement sees the database as it was at the first."""

    READ_PLANNED = f"{READ}; SET LOCAL plan_cache_mode = force_generic_plan"
    """The same, for statements whose text fits every value: to plan one takes longer than to run
    it."""

    WRITE = "ISOLATION LEVEL READ COMMITTED, READ WRITE"

    NOTE = f"{WRITE}; SET LOCAL synchronous_commit = off"
    """The same, for signs of how far something is: nobody waits for the disk, and if the server
    crashes, the last of them may be missing."""


_WRITING: Final = (Mode.WRITE, Mode.NOTE)


class Transaction:
    """A running transaction of one principal; its statements run one after another."""

    def __init__(
        self, connection: PoolConnectionProxy, observer: Observer, address: Address
    ) -> None:
        self._connection = connection
        self._observer = observer
        self._address = address

    async def fetch(self, statement: ClauseElement) -> list[asyncpg.Record]:
        """Run *statement* and return its rows."""
        sql, arguments = render(statement)
        return await self.query(sql, *arguments)

    async def explain(self, sql: str, arguments: Sequence[object]) -> list[str]:
        """Run *sql* and return how PostgreSQL went about it, line by line."""
        rows = await self._connection.fetch(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", *arguments)
        return [line for (line,) in rows]

    async def execute(self, statement: ClauseElement) -> int:
        """Run *statement* and return how many rows it touched."""
        sql, arguments = render(statement)
        try:
            status: str = await self._connection.execute(sql, *arguments)
        except (asyncpg.QueryCanceledError, *_UNUSABLE) as error:
            raise self._ended(error) from error
        count = status.rsplit(" ", 1)[-1]
        return int(count) if count.isdigit() else 0

    async def insert(self, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Add *rows*, which all name the same columns, to *table* in one message."""
        names = list(rows[0])
        places = ", ".join(f"${place}" for place in range(1, len(names) + 1))
        await self._connection.executemany(
            f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places})",
            [[row[name] for name in names] for row in rows],
        )

    async def query(self, sql: str, *arguments: object) -> list[asyncpg.Record]:
        """Run *sql*, a statement as text, and return its rows."""
        started = perf_counter()
        try:
            rows: list[asyncpg.Record] = await self._connection.fetch(sql, *arguments)
        except (asyncpg.QueryCanceledError, *_UNUSABLE) as error:
            raise self._ended(error) from error
        self._observer(StatementRan(sql, len(rows), perf_counter() - started))
        return rows

    async def run(self, script: str) -> None:
        """Run *script*: statements kept in a file, without arguments."""
        await self._connection.execute(script)

    async def send_csv(
        self, table: str, columns: Sequence[str], chunks: AsyncIterable[bytes]
    ) -> int:
        """Send CSV, as it comes, into *table* by COPY; return how many rows there were.

        An empty cell is the empty text.
        """
        status: str = await self._connection.copy_to_table(
            table, source=chunks, columns=list(columns), format="csv", force_not_null=list(columns)
        )
        return int(status.rsplit(" ", 1)[-1])

    async def check_constraints(self) -> None:
        """Have what would be checked at the end of the transaction checked now."""
        await self._connection.execute("SET CONSTRAINTS ALL IMMEDIATE")

    async def copy(
        self, table: Table, columns: Sequence[str], rows: Iterable[Sequence[object]]
    ) -> int:
        """Send *rows* into *table* by COPY and return how many there were."""
        status: str = await self._connection.copy_records_to_table(
            table.name, columns=list(columns), records=rows
        )
        return int(status.rsplit(" ", 1)[-1])

    def stream(self, statement: ClauseElement, *, batch: int) -> AsyncIterator[asyncpg.Record]:
        """Run *statement* and yield its rows, holding no more than *batch* of them."""
        sql, arguments = render(statement)
        return aiter(self._connection.cursor(sql, *arguments, prefetch=batch))

    def _ended(self, error: Exception) -> Exception:
        """Return what is said of a statement that was ended from outside."""
        if isinstance(error, asyncpg.QueryCanceledError):
            return StatementTimeoutError()
        if isinstance(error, asyncpg.InterfaceError) and not is_gone(self._connection):
            # Not from outside: the connection was used in a way that it cannot be.
            return error
        return ConnectionLostError(address=self._address.place)


class begin:  # noqa: N801  (a context manager, called like a function)
    """Open a transaction that runs as *principal*; commit at the end, roll back on any error.

    Nobody waits for the end of one that only reads: whoever takes its connection next ends it.
    A connection that the server has ended meanwhile is replaced: nothing was asked of it yet.
    Raises ``RuntimeError`` where the end of a block that writes is reached, but nothing can be
    committed.
    """

    __slots__ = ("_connection", "_database", "_mode", "_pool", "_principal")

    _connection: PoolConnectionProxy

    def __init__(self, database: Database, principal: Principal, mode: Mode) -> None:
        self._database = database
        self._principal = principal
        self._mode = mode
        self._pool = database.pool(principal.reader)

    async def __aenter__(self) -> Transaction:
        database, principal = self._database, self._principal
        claim = "" if principal.account is None else str(int(principal.account))
        known = "NULL" if principal.epoch is None else str(int(principal.epoch))
        opening = f"BEGIN {self._mode}; SELECT hub_enter('{claim}', {known})"
        for pause in _PAUSES:
            try:
                connection = await _open(database, self._pool, principal.reader, opening)
                break
            except (ServerUnreachableError, *_UNUSABLE):
                await asyncio.sleep(pause)
        else:
            connection = await _open(database, self._pool, principal.reader, opening)
        self._connection = connection
        return Transaction(connection, database.observer, database.address)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        connection = self._connection
        if kind is not None:
            try:
                await _roll_back(connection)
            finally:
                await self._pool.give_back(connection)
        elif self._mode in _WRITING:
            await self._commit(connection)
        else:
            # All that it could give is given.
            self._pool.leave(connection)

    async def _commit(self, connection: PoolConnectionProxy) -> None:
        try:
            status = await connection.execute("COMMIT")
        except BaseException as error:
            await self._pool.give_back(connection)
            if isinstance(error, _UNUSABLE):
                raise ConnectionLostError(address=self._database.address.place) from error
            raise
        await self._pool.keep(connection)
        if status != "COMMIT":
            message = "nothing was written: a statement had failed, and its error was passed over"
            raise RuntimeError(message)


async def _open(
    database: Database, pool: Pool, reader: Reader, opening: str
) -> PoolConnectionProxy:
    """Return a connection of *reader* whose transaction *opening* has begun."""
    try:
        connection, is_open = await pool.take()
    except TimeoutError as error:
        raise BusyError from error
    except Exception:
        with database.address.explained(reader.value):
            raise
    try:
        await connection.execute(f"COMMIT; {opening}" if is_open else opening)
    except BaseException as error:
        try:
            await _roll_back(connection)
        finally:
            await pool.give_back(connection)
        if isinstance(error, asyncpg.PostgresError) and error.sqlstate == _EPOCH_PASSED:
            raise StalePrincipalError from error
        if isinstance(error, asyncpg.QueryCanceledError):
            raise StatementTimeoutError from error
        raise
    return connection


async def _roll_back(connection: PoolConnectionProxy) -> None:
    """Roll back what *connection* has begun; one that cannot is of no use to anybody, and ended."""
    if is_gone(connection):
        return
    try:
        await connection.execute("ROLLBACK")
    except _UNUSABLE:
        if not is_gone(connection):
            connection.terminate()
