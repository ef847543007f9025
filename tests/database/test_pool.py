"""Connections that stay in hand: the next gets one at once, and none is kept from who waits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import asyncpg
import pytest
from sqlalchemy import func, literal_column, select

from hub.access.principal import PUBLIC
from hub.access.readers import Reader
from hub.database.engine import Database
from hub.database.errors import BusyError
from hub.database.transaction import Mode, begin
from tests.access.world import as_owner

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy
    from sqlalchemy import ColumnElement

    from hub.database.address import Address
    from hub.database.pool import Pool

_BACKEND = select(func.pg_backend_pid())
_SECONDS = 10


async def test_what_ended_in_order_is_taken_by_the_next(demo: Address) -> None:
    """Each after the last has ended, all are served by one backend, which is idle in between."""
    async with Database(demo, connections=3) as database:
        pool, backends = database.pool(Reader.PUBLIC), set()
        for _ in range(5):
            backends.add(await _backend(database))
            await _settled(database)
        assert len(backends) == 1
        assert (pool.idle, pool.busy) == (1, 0)
        async with begin(database, PUBLIC, Mode.READ):
            assert (pool.idle, pool.busy) == (0, 1)


async def test_who_waits_is_served_in_turn(demo: Address) -> None:
    """What comes free goes to whoever has waited longest, and does not stay in hand."""
    served: list[int] = []

    async def ask(number: int) -> None:
        async with begin(database, PUBLIC, Mode.READ) as transaction:
            served.append(number)
            await transaction.fetch(_BACKEND)

    async with (
        Database(demo, connections=1, patience=10) as database,
        asyncio.TaskGroup() as tasks,
        begin(database, PUBLIC, Mode.READ),
    ):
        for number in range(12):
            tasks.create_task(ask(number))
        await asyncio.sleep(0.1)
        assert served == []
    assert served == list(range(12))


async def test_who_waits_too_long_is_told_so_and_takes_nothing(demo: Address) -> None:
    """The connection that comes free afterwards is the next one's."""
    async with Database(demo, connections=1, patience=0.1) as database:
        async with begin(database, PUBLIC, Mode.READ):
            with pytest.raises(BusyError):
                await _backend(database)
        await _backend(database)
        assert (await _settled(database)).idle == 1


async def test_what_only_read_is_ended_by_who_comes_next(demo: Address) -> None:
    """With the message that begins the next transaction; where nobody comes, in one of its own."""
    sent: list[str] = []
    async with Database(demo, connections=1) as database, as_owner(demo) as owner:
        pool = database.pool(Reader.PUBLIC)
        async with pool.lend() as connection:
            connection.add_query_logger(lambda record: sent.append(record.query))
        backends = await asyncio.gather(*(_backend(database) for _ in range(3)))
        async with asyncio.timeout(_SECONDS):
            while sent[-1] != "COMMIT":  # noqa: ASYNC110  (nothing tells)
                await asyncio.sleep(0.001)
        assert len(set(backends)) == 1
        read, opening = "SELECT pg_backend_pid() AS pg_backend_pid_1", sent[0]
        assert opening.startswith("BEGIN ISOLATION LEVEL REPEATABLE READ")
        again = f"COMMIT; {opening}"
        assert sent == [opening, read, again, read, again, read, "COMMIT"]
        state = "SELECT state FROM pg_stat_activity WHERE pid = $1"
        assert await owner.fetchval(state, backends[0]) == "idle"


async def test_what_writes_is_committed_when_its_block_is_left(demo: Address) -> None:
    """Also where its connection was in the transaction of who had only read."""
    async with Database(demo, connections=1) as database, as_owner(demo) as owner:
        await _backend(database)
        async with begin(database, PUBLIC, Mode.WRITE) as transaction:
            [[backend]] = await transaction.fetch(_BACKEND)
        state = "SELECT state FROM pg_stat_activity WHERE pid = $1"
        assert await owner.fetchval(state, backend) == "idle"


async def test_who_gives_up_when_handed_what_is_open_loses_nothing(demo: Address) -> None:
    """It goes to the next, whose transaction begins where the last is ended."""
    async with Database(demo, connections=1, patience=10) as database:
        for _ in range(10):
            async with begin(database, PUBLIC, Mode.READ) as transaction:
                [[first]] = await transaction.fetch(_BACKEND)
                leaving = asyncio.create_task(_backend(database))
                await asyncio.sleep(0)
                following = asyncio.create_task(_backend(database))
                await asyncio.sleep(0)
            # It has been handed the connection, and has not run since.
            leaving.cancel()
            with pytest.raises(asyncio.CancelledError):
                await leaving
            assert await following == first


async def test_who_is_lent_what_only_read_gets_it_ended(demo: Address) -> None:
    async with Database(demo, connections=1) as database:
        for _ in range(5):
            first = await _backend(database)
            async with database.pool(Reader.PUBLIC).lend() as connection:
                assert not connection.is_in_transaction()
                assert connection.get_server_pid() == first


async def test_who_comes_after_what_is_lost_has_another(demo: Address) -> None:
    """At once, before its transaction was to be ended."""
    async with Database(demo, connections=1) as database, as_owner(demo) as owner:
        for _ in range(10):
            async with begin(database, PUBLIC, Mode.READ) as transaction:
                [[first]] = await transaction.fetch(_BACKEND)
                await owner.execute("SELECT pg_terminate_backend($1, 5000)", first)
            assert await _backend(database) != first
        assert database.pool(Reader.PUBLIC).idle == 1


async def test_what_cannot_be_ended_is_replaced(
    demo: Address, caplog: pytest.LogCaptureFixture
) -> None:
    """Where nobody comes, the log says so."""
    async with Database(demo, connections=1) as database, as_owner(demo) as owner:
        async with begin(database, PUBLIC, Mode.READ) as transaction:
            [[first]] = await transaction.fetch(_BACKEND)
            await owner.execute("SELECT pg_terminate_backend($1, 5000)", first)
        async with asyncio.timeout(_SECONDS):
            while not caplog.messages:  # noqa: ASYNC110  (nothing tells)
                await asyncio.sleep(0.001)
        assert caplog.messages == ["a transaction that only read did not end in order"]
        assert await _backend(database) != first
        assert database.pool(Reader.PUBLIC).idle == 1


async def test_what_was_ended_while_in_hand_is_replaced(demo: Address) -> None:
    """Nobody is given it, nor is there one less afterwards."""
    async with Database(demo, connections=1) as other:
        first = await _backend(other)
        await _settled(other)
        async with as_owner(demo) as owner:
            await owner.execute("SELECT pg_terminate_backend($1, 5000)", first)
        assert await _backend(other) != first
        pool = await _settled(other)
        assert (pool.idle, pool.busy) == (1, 0)


async def test_who_asks_while_it_is_being_ended_is_answered(demo: Address) -> None:
    """The server has said that the connection ends, and the end is still on its way."""
    async with Database(demo, connections=1) as database, as_owner(demo) as owner:
        for _ in range(30):
            first = await _backend(database)
            await owner.execute("SELECT pg_terminate_backend($1)", first)
            assert await _backend(database) != first


@pytest.mark.parametrize("end", ["error", "cancelled"])
async def test_what_did_not_end_in_order_has_nothing_left_in_it(demo: Address, end: str) -> None:
    """The next transaction on the one connection begins anew."""
    async with Database(demo, connections=1) as database:
        failing = _run(
            database, func.pg_sleep(30) if end == "cancelled" else literal_column("1 / 0")
        )
        with pytest.raises((asyncpg.PostgresError, TimeoutError)):
            await asyncio.wait_for(failing, 0.2)
        async with database.pool(Reader.PUBLIC).lend() as connection:
            assert not connection.is_in_transaction()
        await _backend(database)


async def test_what_is_not_written_is_not_taken_for_written(demo: Address) -> None:
    """A block that passes over the error of a statement ends with another; one that reads may."""
    async with Database(demo, connections=1) as database:
        for mode in (Mode.WRITE, Mode.NOTE):
            with pytest.raises(RuntimeError, match="nothing was written"):
                await _pass_over(database, mode)
        first = await _backend(database)
        await _pass_over(database, Mode.READ)
        assert await _backend(database) == first


async def test_what_is_always_wanted_goes_back_now_and_then(
    demo: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To asyncpg, which closes what is old: also what is never in hand when it is looked for."""
    monkeypatch.setattr("hub.database.pool._SWEEP_SECONDS", 0.02)
    async with Database(demo, connections=1) as database:
        pool = database.pool(Reader.PUBLIC)
        seen: list[PoolConnectionProxy] = []

        async def ask_again() -> None:
            while len(set(seen)) < 4:
                connection, is_open = await pool.take()
                await connection.execute("COMMIT; BEGIN" if is_open else "BEGIN")
                pool.leave(connection)
                seen.append(connection)

        async with asyncio.timeout(_SECONDS):
            await asyncio.gather(ask_again(), ask_again())
        assert len(seen) > len(set(seen))


async def test_a_statement_of_a_long_document_stays_prepared(demo: Address) -> None:
    """It is parsed and described once, however often it is run."""
    long = f"SELECT 1 /* {'x' * 60_000} */"
    kept = "SELECT count(*) FROM pg_prepared_statements WHERE length(statement) > 60000"
    async with Database(demo, connections=1) as database:
        for _ in range(2):
            async with begin(database, PUBLIC, Mode.READ) as transaction:
                await transaction.query(long)
        async with begin(database, PUBLIC, Mode.READ) as transaction:
            [[count]] = await transaction.query(kept)
            assert count == 1


async def test_at_the_end_every_connection_is_closed(demo: Address) -> None:
    """Also the one that was in use when the end began: it is waited for."""
    async with as_owner(demo) as owner:
        async with Database(demo, connections=2) as database:
            backends = [await _backend(database)]
            await _settled(database)
            late = asyncio.create_task(_run(database, func.pg_sleep(0.3)))
            async with asyncio.timeout(_SECONDS):
                while not database.pool(Reader.PUBLIC).busy:  # noqa: ASYNC110  (nothing tells)
                    await asyncio.sleep(0.005)
            backends.append(await _backend(database))
        await late
        left = "SELECT count(*) FROM pg_stat_activity WHERE pid = ANY($1::int[])"
        for _ in range(100):
            if not await owner.fetchval(left, backends):
                break
            await asyncio.sleep(0.02)
        assert not await owner.fetchval(left, backends)


async def _settled(database: Database) -> Pool:
    """Return the pool once no transaction is open on a connection of it: soon."""
    pool = database.pool(Reader.PUBLIC)
    is_open = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND usename = 'hub_public' AND state <> 'idle'"
    )
    async with asyncio.timeout(_SECONDS), as_owner(database.address) as owner:
        # What the server has ended is busy until it is told of.
        while await owner.fetchval(is_open) or pool.busy:  # noqa: ASYNC110  (nothing tells)
            await asyncio.sleep(0.001)
    return pool


async def _backend(database: Database) -> int:
    """Return who served a transaction."""
    async with begin(database, PUBLIC, Mode.READ) as transaction:
        [[backend]] = await transaction.fetch(_BACKEND)
    return int(backend)


async def _pass_over(database: Database, mode: Mode) -> None:
    async with begin(database, PUBLIC, mode) as transaction:
        with pytest.raises(asyncpg.DivisionByZeroError):
            await transaction.fetch(select(literal_column("1 / 0")))


async def _run(database: Database, what: ColumnElement[object]) -> None:
    async with begin(database, PUBLIC, Mode.READ) as transaction:
        await transaction.fetch(select(what))
