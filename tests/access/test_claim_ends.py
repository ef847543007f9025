"""A claim ends with its transaction, however that ends, and the connection keeps nothing of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import asyncpg
import pytest
from sqlalchemy import text

from hub.access.principal import PUBLIC, Principal
from hub.access.readers import Reader
from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.engine import Database
from hub.database.errors import ConnectionLostError, StatementTimeoutError
from hub.database.transaction import Mode, begin
from hub.loaders.datasets import OBSERVATIONS
from hub.web.exports import Export
from tests.access.proving import figures_seen, principal_of
from tests.access.world import WARD, Truth, as_owner
from tests.callers import Caller

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hub.database.address import Address


async def test_a_claim_ends_with_its_transaction(world: Address) -> None:
    """Nobody comes next, and it ends all the same."""
    is_open = (
        "SELECT count(*) FROM pg_stat_activity WHERE usename = 'hub_scoped' "
        "AND datname = current_database() AND state <> 'idle'"
    )
    async with _narrow(world) as (database, principal), as_owner(world) as owner:
        assert await figures_seen(database, principal)
        async with asyncio.timeout(10):
            while await owner.fetchval(is_open):  # noqa: ASYNC110  (nothing tells)
                await asyncio.sleep(0.001)
        assert await _is_idle(database)


async def test_an_error_ends_the_claim(world: Address) -> None:
    """An error of ours and one of the database's."""
    async with _narrow(world) as (database, principal):
        with pytest.raises(LookupError):
            async with begin(database, principal, Mode.READ):
                raise LookupError
        assert await _is_idle(database)
        with pytest.raises(asyncpg.DivisionByZeroError):
            async with begin(database, principal, Mode.READ) as transaction:
                await transaction.fetch(text("SELECT 1 / 0"))
        assert await _is_idle(database)


async def test_nobody_enters_a_transaction_of_somebody_else(world: Address) -> None:
    """What was looked up in it is the other's."""
    async with _narrow(world) as (database, principal):
        with pytest.raises(asyncpg.RaiseError, match="somebody's already"):
            async with begin(database, principal, Mode.READ) as transaction:
                await transaction.fetch(text("SELECT hub_enter('', NULL)"))
        assert await _is_idle(database)


async def test_a_cancelled_statement_ends_the_claim(world: Address) -> None:
    async with _narrow(world) as (database, principal):
        task = asyncio.create_task(_sleep(database, principal))
        await _wake(world, "pid > 0")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await _is_idle(database)


async def test_cancelling_at_any_moment_ends_the_claim(world: Address) -> None:
    """Also while the transaction begins, or ends."""
    async with _narrow(world) as (database, principal):
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        for step in range(40):
            task = asyncio.create_task(figures_seen(database, principal))
            await asyncio.sleep(step * 0.0002)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            assert await _is_idle(database)


async def test_running_out_of_time_ends_the_claim(world: Address) -> None:
    async with _narrow(world) as (database, principal):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await _sleep(database, principal)
        assert await _is_idle(database)


@pytest.mark.parametrize("how", ["pg_cancel_backend", "pg_terminate_backend"])
async def test_being_stopped_by_the_server_ends_the_claim(world: Address, how: str) -> None:
    async with _narrow(world) as (database, principal):
        task = asyncio.create_task(_sleep(database, principal))
        await _wake(world, f"{how}(pid)")
        with pytest.raises((StatementTimeoutError, ConnectionLostError)):
            await task
        assert await _is_idle(database)


async def test_an_export_broken_off_ends_the_claim(world: Address) -> None:
    async with _narrow(world) as (database, principal):
        export = Export(database, principal, OBSERVATIONS).parts()
        assert isinstance(export, AsyncGenerator)
        assert await anext(export)
        await export.aclose()
        assert await _is_idle(database)


async def test_two_on_one_connection_never_mix(world: Address, truth: Truth) -> None:
    """Taking turns at random, often enough that plans are kept, each sees its own alone."""
    agencies = ("hn.so-y-te", "hn.mttq", f"hn.ubnd-cap-xa.{WARD}", "hn.so-tai-chinh")
    async with Database(world, connections=1, patience=60) as database:

        async def look(agency: str, principal: Principal) -> None:
            expected = {figure.id for figure in truth.reading.sees(agency, truth.figures)}
            assert await figures_seen(database, principal) == expected

        principals = {agency: await principal_of(database, agency) for agency in agencies}
        await asyncio.gather(*(look(*each) for _ in range(12) for each in principals.items()))


async def test_answers_given_at_once_never_mix(world: Address, truth: Truth) -> None:
    """The same through GraphQL, where an answer takes several statements."""
    agencies = ("hn.so-y-te", "hn.mttq", f"hn.ubnd-cap-xa.{WARD}", None)
    async with Database(world, connections=1, patience=60) as database:
        executor = Executor(database, system_clock)

        async def look(agency: str | None) -> None:
            caller = Caller(
                PUBLIC if agency is None else await principal_of(database, agency), executor
            )
            asked = await caller.ask(
                "{ viewer { agency { code } } projects(where: { isNational: { eq: false } }) "
                "{ totalCount nodes { code programme { code } } } }"
            )
            codes = {node["code"] for node in asked["projects"]["nodes"]}
            assert codes == truth.reading.projects_seen(agency)
            assert asked["viewer"]["agency"] == (None if agency is None else {"code": agency})

        await asyncio.gather(*(look(agency) for _ in range(5) for agency in agencies))


@asynccontextmanager
async def _narrow(world: Address) -> AsyncIterator[tuple[Database, Principal]]:
    """Open a hub with one connection, and find somebody who sees something."""
    async with Database(world, connections=1) as database:
        yield database, await principal_of(database, "hn.so-y-te")


async def _sleep(database: Database, principal: Principal) -> None:
    async with begin(database, principal, Mode.READ) as transaction:
        await transaction.fetch(text("SELECT pg_sleep(5)"))


async def _wake(world: Address, act: str) -> None:
    """Do *act* to whoever sleeps, as soon as somebody does."""
    asleep = (
        f"SELECT {act} FROM pg_stat_activity WHERE usename = 'hub_scoped' "
        "AND datname = current_database() AND wait_event = 'PgSleep'"
    )
    async with as_owner(world) as owner:
        for _ in range(200):
            if await owner.fetchval(asleep):
                return
            await asyncio.sleep(0.02)
    pytest.fail("nobody fell asleep")


async def _is_idle(database: Database) -> bool:
    """Return whether the connection is in no transaction and speaks for nobody."""
    claims = ("hub.account", "hub.agency", "hub.held_observation_reach_false")
    async with database.pool(Reader.SCOPED).lend() as connection:
        if connection.is_in_transaction():
            return False
        for claim in claims:
            if await connection.fetchval("SELECT current_setting($1, true)", claim):
                return False
        seen: int = await connection.fetchval("SELECT count(*) FROM observation")
    return seen == 0
