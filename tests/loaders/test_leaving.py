"""Where an operation ends early, nothing of it stays behind."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Any

import pytest

from hub.access.principal import PUBLIC
from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.engine import Database
from hub.database.errors import StatementTimeoutError
from hub.database.transaction import Mode, begin
from hub.loaders.bundle import Bundle
from hub.loaders.rows import Listing
from hub.model.catalogue.organisation import AGENCY
from hub.telemetry import StatementRan
from tests.callers import Caller
from tests.web.locks import locked, until

if TYPE_CHECKING:
    import asyncpg

    from hub.database.address import Address

_WAITING = "projects(first: 3) { nodes { indicators(first: 2) { nodes { code } } } }"
_REFUSED = 'programmes(first: 3) { nodes { projects(after: "x") { totalCount } } }'
_REFUSED_BESIDE = {
    "a list": """{ projects(first: 3) { nodes {
      indicators(first: 2) { nodes { code } }
      x: indicators(after: "x") { totalCount }
    } } }""",
    "a list, and a sum over both": """{ areas(last: 5) {
      nodes { jurisdiction { name } agencies(first: 1, after: "x") { edges { node { name } } } }
      aggregate { min { validTo } }
    } }""",
}
_SECONDS = 5


async def test_who_is_given_up_takes_nothing_from_others_that_wait_for_the_same(
    demo: Address,
) -> None:
    async with Database(demo) as database, Bundle(database, PUBLIC) as bundle:
        first, other = (
            asyncio.create_task(bundle.row_at(AGENCY, AGENCY.table.c.code, "hn.cong-an"))
            for _ in range(2)
        )
        await asyncio.sleep(0)
        first.cancel()
        row = await other
        assert row is not None
        assert row[AGENCY.table.c.code] == "hn.cong-an"
        with pytest.raises(asyncio.CancelledError):
            await first


async def test_who_is_given_up_leaves_the_transaction_to_others(scratch: Database) -> None:
    """While its statement runs: cut off, it would fail all that follow."""
    async with Bundle(scratch, PUBLIC) as bundle:
        async with locked(scratch, "agency") as watcher:
            first = await _given_up(bundle, watcher)
            with pytest.raises(asyncio.CancelledError):
                await first
        assert await bundle.count(AGENCY, Listing()) > 0


async def test_who_comes_after_it_is_told_why_there_are_no_rows(scratch: Database) -> None:
    """The time limit ended the transaction, while nobody waited for that statement any more."""
    async with (
        Database(scratch.address, statement_seconds=0.3) as database,
        Bundle(database, PUBLIC) as bundle,
        locked(database, "agency") as watcher,
    ):
        await _given_up(bundle, watcher)
        with pytest.raises(StatementTimeoutError):
            await bundle.count(AGENCY, Listing())


async def test_a_refusal_waits_for_no_statement(scratch: Database) -> None:
    """Nor is its connection gone."""
    async with Database(scratch.address, connections=1, patience=1) as database:
        caller = Caller(PUBLIC, Executor(database, system_clock, planned=False))
        async with locked(scratch, "indicator") as watcher, asyncio.timeout(_SECONDS):
            reply = await caller.send(f"{{ {_WAITING} {_REFUSED} }}")
            assert reply.is_request_error
            await until(watcher, 0)
        async with begin(database, PUBLIC, Mode.READ) as transaction:
            assert await transaction.query("SELECT 1")


@pytest.mark.parametrize("times", [1, 2])
async def test_who_leaves_at_the_end_takes_no_connection_along(
    scratch: Database, times: int
) -> None:
    """At whatever step, as a statement still runs for a field that was given up."""
    async with Database(scratch.address, connections=1, patience=1) as database:

        async def end_early(watcher: asyncpg.Connection) -> None:
            async with Bundle(database, PUBLIC) as bundle:
                await _given_up(bundle, watcher)
                ended.set()

        for steps in range(24):
            ended = asyncio.Event()
            async with locked(scratch, "agency") as watcher:
                leaving = asyncio.create_task(end_early(watcher))
                await ended.wait()
                for _ in range(times):
                    for _ in range(steps):
                        await asyncio.sleep(0)
                    leaving.cancel()
                await asyncio.wait([leaving], timeout=_SECONDS)
                assert leaving.done()
                async with begin(database, PUBLIC, Mode.READ) as transaction:
                    assert await transaction.query("SELECT 1")


@pytest.mark.parametrize("times", [1, 2])
async def test_who_leaves_the_queue_for_a_connection_is_not_waited_for(
    demo: Address, times: int
) -> None:
    """Nothing is asked for who has left, and what comes free is the next one's."""
    told: list[object] = []
    async with Database(demo, connections=1, patience=_SECONDS, observer=told.append) as database:

        async def operation() -> None:
            async with Bundle(database, PUBLIC) as bundle:
                await bundle.count(AGENCY, Listing())

        async with database.pool(PUBLIC.reader).lend():
            leaving = asyncio.create_task(operation())
            await asyncio.sleep(0.1)
            for _ in range(times):
                leaving.cancel()
                await asyncio.sleep(0)
            await asyncio.wait([leaving], timeout=1)
            assert leaving.cancelled()
        async with begin(database, PUBLIC, Mode.READ) as transaction:
            assert await transaction.query("SELECT 1")
    assert [fact.sql for fact in told if isinstance(fact, StatementRan)] == ["SELECT 1"]


@pytest.mark.parametrize("document", _REFUSED_BESIDE.values(), ids=_REFUSED_BESIDE)
async def test_of_a_request_that_is_refused_no_field_is_left_waiting(
    demo: Address, document: str
) -> None:
    told: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: told.append(context))
    async with Database(demo) as database:
        caller = Caller(PUBLIC, Executor(database, system_clock, planned=False))
        reply = await caller.send(document)
        assert reply.is_request_error
        # Kept from the collector, which takes tasks that wait for each other alone.
        begun = asyncio.all_tasks()
        for _ in range(20):
            await asyncio.sleep(0.01)
            gc.collect()
    own = asyncio.current_task()
    assert [task for task in begun | asyncio.all_tasks() if not task.done()] == [own]
    assert told == []


async def _given_up(bundle: Bundle, watcher: asyncpg.Connection) -> asyncio.Task[int]:
    """Return a field that was given up; its statement waits for a table that is held."""
    field = asyncio.create_task(bundle.count(AGENCY, Listing()))
    await until(watcher, 1)
    field.cancel()
    return field
