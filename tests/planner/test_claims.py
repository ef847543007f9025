"""Planned reads on one connection: each speaks for whoever asks, whatever came before it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Final

import asyncpg
import pytest

from hub.access.readers import Reader
from hub.api.execution import Executor, Request
from hub.clock import system_clock
from hub.database.engine import Database
from hub.database.transaction import Mode, begin
from hub.errors import Language
from hub.loaders.gate import find_principal
from hub.web.development import ISSUER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from hub.access.principal import Principal
    from hub.database.address import Address

SCOPED: Final = (
    "hn.so-y-te",
    "hn.so-tai-chinh",
    "hn.mttq",
    "hn.ubnd-cap-xa.00004",
    "hn.ubnd-cap-xa.00008",
)
"""Agencies that enter by the same role, and so by the same connection."""

DOCUMENTS: Final = (
    "{ observations(first: 5) { totalCount nodes { value area { code } } } }",
    "{ projects(where: { isNational: { eq: false } }) { totalCount nodes { code } } }",
    "{ observations { aggregate { count sum { numerator } } } budgetLines { totalCount } }",
    "{ observations(first: 4, orderBy: [PERIOD_END_DESC]) { nodes { id value } } }",
)
"""What each of them is answered differently."""

SLOW: Final = """{
  observations { totalCount aggregate { count rate reporting { expected reported } } }
  again: observations(where: { value: { gte: 1 } }) { groups(by: [AREA]) { aggregate { count } } }
}"""

SHARED: Final = """
  SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
  SET min_parallel_index_scan_size = 0; SET debug_parallel_query = on
"""
"""Settings under which PostgreSQL shares among workers whatever it may, as it does large tables."""

Answers = dict[tuple[str, str], bytes]


@pytest.fixture
async def principals(demo: Address) -> Mapping[str, Principal]:
    """Who the agencies are."""
    async with Database(demo) as database:
        return {agency: await _find(database, agency) for agency in SCOPED}


@pytest.fixture
async def expected(demo: Address, principals: Mapping[str, Principal]) -> Answers:
    """What everybody is answered on a connection that nobody had before."""
    answers = {}
    for agency, principal in principals.items():
        async with Database(demo, connections=1) as database:
            executor = Executor(database, system_clock)
            for document in DOCUMENTS:
                answers[agency, document] = await _body(executor, principal, document)
    assert len({answers[agency, DOCUMENTS[0]] for agency in SCOPED}) > 3
    return answers


async def test_taking_turns_everybody_is_answered_as_if_alone(
    demo: Address, principals: Mapping[str, Principal], expected: Answers
) -> None:
    """One plan, made before any of them asked for it, answers each with their own rows."""
    turns = [(agency, document) for agency in SCOPED for document in DOCUMENTS] * 4
    Random(1).shuffle(turns)  # noqa: S311  (nothing here is secret)
    async with _narrow(demo) as (database, executor):
        for agency, document in turns:
            body = await _body(executor, principals[agency], document)
            assert body == expected[agency, document]
        asked = [_body(executor, principals[agency], document) for agency, document in turns]
        bodies = await asyncio.gather(*asked)
        assert bodies == [expected[turn] for turn in turns]
        await _assert_idle(database)


@pytest.mark.parametrize("mode", ["force_generic_plan", "force_custom_plan", "auto"])
async def test_however_plans_are_kept_the_claim_is_the_asker_s(
    demo: Address, principals: Mapping[str, Principal], expected: Answers, mode: str
) -> None:
    """Often enough that PostgreSQL itself goes over to a plan that fits everybody."""
    async with _narrow(demo) as (database, executor):
        async with database.pool(Reader.SCOPED).lend() as connection:
            await connection.execute(f"SET plan_cache_mode = {mode}")
        for _ in range(7):
            for agency, principal in principals.items():
                statement = await executor.statement(_request(principal, DOCUMENTS[0]))
                assert statement is not None
                sql, arguments = statement
                async with begin(database, principal, Mode.READ) as transaction:
                    (row,) = await transaction.query(sql, *arguments)
                assert expected[agency, DOCUMENTS[0]].startswith(b'{"data":' + row["data"] + b",")
        async with database.pool(Reader.SCOPED).lend() as connection:
            assert await connection.fetchval("SHOW plan_cache_mode") == mode


async def test_a_kept_plan_gives_nobody_anything(
    demo: Address, principals: Mapping[str, Principal]
) -> None:
    """Without a claim the statement that has just answered somebody reads no row."""
    async with _narrow(demo) as (database, executor):
        for agency, document in zip(SCOPED, DOCUMENTS, strict=False):
            request = _request(principals[agency], document)
            told = await executor.statement(request)
            assert told is not None
            body = (await executor.execute(request)).body
            async with database.pool(Reader.SCOPED).lend() as connection:
                sql, arguments = told
                (row,) = await connection.fetch(sql, *arguments)
            assert b'"errors"' not in body
            assert b'{"data":' + row["data"] + b"}" != body
            assert not any(count for count in row["counts"]), (
                "rows that nobody may see were read for nobody"
            )


async def test_cancelling_a_planned_read_at_any_moment_leaves_nothing(
    demo: Address, principals: Mapping[str, Principal], expected: Answers
) -> None:
    """Also while it begins, or ends: who comes next is answered their own."""
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    async with _narrow(demo) as (database, executor):
        for step in range(30):
            first, second = SCOPED[step % len(SCOPED)], SCOPED[(step + 1) % len(SCOPED)]
            task = asyncio.create_task(_body(executor, principals[first], SLOW))
            await asyncio.sleep(step * 0.0007)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await _assert_idle(database)
            document = DOCUMENTS[step % len(DOCUMENTS)]
            body = await _body(executor, principals[second], document)
            assert body == expected[second, document]


async def test_running_out_of_our_time_leaves_nothing(
    demo: Address, principals: Mapping[str, Principal], expected: Answers
) -> None:
    async with _narrow(demo) as (database, executor):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.004):
                await _body(executor, principals[SCOPED[0]], SLOW)
        await _assert_idle(database)
        body = await _body(executor, principals[SCOPED[1]], DOCUMENTS[0])
        assert body == expected[SCOPED[1], DOCUMENTS[0]]


async def test_running_out_of_the_server_s_time_leaves_nothing(
    demo: Address, principals: Mapping[str, Principal], expected: Answers
) -> None:
    async with _narrow(demo, statement_seconds=0.02) as (database, executor):
        assert b"STATEMENT_TIMEOUT" in await _body(executor, principals[SCOPED[0]], SLOW)
        async with database.pool(Reader.SCOPED).lend() as connection:
            await connection.execute("SET statement_timeout = 0")
        await _assert_idle(database)
        body = await _body(executor, principals[SCOPED[1]], DOCUMENTS[0])
        assert body == expected[SCOPED[1], DOCUMENTS[0]]


async def test_however_large_a_table_its_rows_are_read_by_who_asks(
    demo: Address, principals: Mapping[str, Principal], expected: Answers
) -> None:
    """A server that would share every statement among workers gives the same answers."""
    async with _narrow(demo) as (database, executor):
        standing = await _find(database, "hn.cong-an")
        alone = [await _body(executor, standing, document) for document in DOCUMENTS]
        for reader in (Reader.SCOPED, Reader.STANDING):
            async with database.pool(reader).lend() as connection:
                await connection.execute(SHARED)
                # Else it would go by the plans that it has kept.
                await connection.execute("DISCARD PLANS")
        for (agency, document), answer in expected.items():
            assert await _body(executor, principals[agency], document) == answer
        shared = [await _body(executor, standing, document) for document in DOCUMENTS]
        assert shared == alone
        assert not any(b'"errors"' in answer for answer in shared)


async def test_a_failing_statement_leaves_nothing(
    demo: Address, principals: Mapping[str, Principal], expected: Answers
) -> None:
    """What fails under a kept plan ends its claim, and its plan goes on to answer others."""
    async with _narrow(demo) as (database, executor):
        for first, second in pairwise(SCOPED):
            told = await executor.statement(_request(principals[first], DOCUMENTS[0]))
            assert told is not None
            with pytest.raises(asyncpg.DivisionByZeroError):
                await _read_and_fail(database, principals[first], *told)
            await _assert_idle(database)
            body = await _body(executor, principals[second], DOCUMENTS[0])
            assert body == expected[second, DOCUMENTS[0]]


@asynccontextmanager
async def _narrow(
    demo: Address, *, statement_seconds: float = 10.0
) -> AsyncIterator[tuple[Database, Executor]]:
    """Open a hub with one connection for each kind of reader."""
    async with Database(
        demo, connections=1, patience=60, statement_seconds=statement_seconds
    ) as database:
        yield database, Executor(database, system_clock)


async def _read_and_fail(
    database: Database, principal: Principal, sql: str, arguments: list[object]
) -> None:
    async with begin(database, principal, Mode.READ_PLANNED) as transaction:
        await transaction.query(sql, *arguments)
        await transaction.query("SELECT 1 / $1::int", 0)


async def _find(database: Database, agency: str) -> Principal:
    principal = await find_principal(database, ISSUER, agency)
    assert principal is not None, agency
    return principal


def _request(principal: Principal, document: str) -> Request:
    return Request(document, None, None, None, principal, Language.EN)


async def _body(executor: Executor, principal: Principal, document: str) -> bytes:
    return (await executor.execute(_request(principal, document))).body


async def _assert_idle(database: Database) -> None:
    """Assert that the connection is in no transaction and speaks for nobody."""
    async with database.pool(Reader.SCOPED).lend() as connection:
        assert not connection.is_in_transaction()
        for claim in ("hub.account", "hub.agency"):
            assert not await connection.fetchval("SELECT current_setting($1, true)", claim)
        assert await connection.fetchval("SELECT count(*) FROM observation") == 0
