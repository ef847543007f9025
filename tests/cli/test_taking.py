"""Who does not take an answer keeps it from nobody, and does not keep it for ever."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from hub.api.execution import Executor
from hub.audit.trail import NO_TRAIL
from hub.cli.listener import listen, url_of
from hub.cli.serving import serve_app
from hub.clock import system_clock
from hub.web.app import WebOptions, WebParts, create_app
from hub.web.clients import Allowance, Clients
from tests.faults.client import Question
from tests.faults.harm import LONG
from tests.faults.slow import SlowReader
from tests.web.serving import as_the_public, ready

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hub.database.engine import Database


@asynccontextmanager
async def served(database: Database, patience: float = 60.0) -> AsyncIterator[Question]:
    """Serve *database* as a hub does, two answers at once to each; yield a question to ask it."""
    parts = WebParts(
        Executor(database, system_clock),
        as_the_public,
        ready,
        clients=Clients(Allowance(at_once=2)),
        trail=NO_TRAIL,
    )
    is_ready = asyncio.Event()
    with listen("127.0.0.1", 0) as listener:
        app = create_app(parts, WebOptions())
        serving = asyncio.create_task(
            serve_app(app, listener, is_ready.set, patience_seconds=patience)
        )
        await is_ready.wait()
        try:
            yield Question(url_of(listener), None, LONG)
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving


async def answered(question: Question, number: int = 0) -> SlowReader | None:
    """Return a client, the *number* of them, whose answer has begun; None where it is refused."""
    reader = SlowReader(question, number)
    if (await reader.ask()) == b"200":
        return reader
    reader.leave()
    return None


async def test_a_long_answer_is_under_way_until_it_is_taken(database: Database) -> None:
    """So one client can have no more of them kept than it may have at once; others can."""
    async with served(database) as question:
        first = await answered(question)
        second = await answered(question)
        assert first is not None
        assert second is not None
        assert first.length > 300_000
        assert await answered(question) is None
        other = await answered(question, 1)
        assert other is not None
        assert len(await second.take()) > 0.9 * second.length
        third = await answered(question)
        assert third is not None
        for reader in (first, second, other, third):
            reader.leave()


async def test_who_takes_nothing_of_an_answer_is_cut_off(database: Database) -> None:
    """And its place is free again; what it had not taken is gone."""
    async with served(database, patience=0.5) as question:
        readers = [await answered(question) for _ in range(2)]
        assert await answered(question) is None
        others: list[SlowReader] = []
        async with asyncio.timeout(5):
            # Both places are free once two others have them.
            while len(others) < len(readers):
                again = await answered(question)
                others += [] if again is None else [again]
                await asyncio.sleep(0.05)
        for reader in readers:
            assert reader is not None
            assert len(await reader.take()) < reader.length / 2
            reader.leave()
        for other in others:
            other.leave()


async def test_who_takes_its_time_is_given_all(database: Database) -> None:
    """Four times as long as the hub waits for one who takes nothing."""
    async with served(database, patience=0.5) as question:
        reader = await answered(question)
        assert reader is not None
        taken = await reader.take(pause=2.5 * 16_384 / reader.length)
        assert len(taken) > 0.9 * reader.length
        reader.leave()
