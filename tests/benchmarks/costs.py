"""What the hub itself costs: Python between body and statement on a plan hit, and memory."""

from __future__ import annotations

import asyncio
import cProfile
import pstats
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

import uvloop
from typing_extensions import override

from hub.access.readers import Reader
from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.engine import Database
from hub.database.transaction import Transaction
from hub.web.development import DevelopmentIssuer
from tests.benchmarks import load
from tests.benchmarks.bars import BUSY, MEMORY_MB, Bar
from tests.benchmarks.questions import Questions
from tests.benchmarks.serve import compose
from tests.benchmarks.servers import start_ours
from tests.benchmarks.table import print_bars

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Scope

    from hub.database.address import Address
    from hub.database.pool import Pool
    from tests.benchmarks.operations import Operation
    from tests.benchmarks.questions import Asked

_PLAN_HIT_US: Final = 150
_WARM_REQUESTS: Final = 20
_REQUESTS: Final = 300
_LINES: Final = 25
_LOADED_SECONDS: Final = 60.0
_TURN_SECONDS: Final = 2.0
_FLAT: Final = 1.05


@dataclass
class _Stations:
    """When a request passed which place, in seconds of this thread's processor time.

    Attributes:
        profiler: runs between body and statement, where there is one.
    """

    body: float = 0.0
    executor: float = 0.0
    door: float = 0.0
    statement: float = 0.0
    profiler: cProfile.Profile | None = None
    passed: list[tuple[float, float, float]] = field(default_factory=list)

    def leave(self) -> None:
        """Note that the statement is about to be sent."""
        if self.profiler is not None:
            self.profiler.disable()
        self.statement = time.thread_time()
        token = self.executor - self.body
        plan = self.door - self.executor
        self.passed.append((token * 1e6, plan * 1e6, (self.statement - self.door) * 1e6))


class _Watched(Database):
    """A database that notes when a reader's connection is asked for."""

    def __init__(self, address: Address, stations: _Stations) -> None:
        super().__init__(address)
        self._stations = stations

    @override
    def pool(self, reader: Reader) -> Pool:
        if reader is not Reader.GATE:
            self._stations.door = time.thread_time()
        return super().pool(reader)


def show(address: Address, home: Path, operations: Sequence[Operation]) -> None:
    """Print what plan hits cost, their profile, and how much memory a minute of load takes."""
    issuer = DevelopmentIssuer.of(home, system_clock)
    questions, every = asyncio.run(_ask(address, issuer, operations))
    bars = uvloop.run(_show_plan_hits(address, home, questions, every))
    bars += _show_memory(address, home, questions, every)
    print_bars(bars)


async def _ask(
    address: Address, issuer: DevelopmentIssuer, operations: Sequence[Operation]
) -> tuple[Questions, list[Asked]]:
    async with Database(address) as database:
        questions = await Questions.find(database, issuer, None)
        return questions, await questions.ask(operations)


async def _show_plan_hits(
    address: Address, home: Path, questions: Questions, every: Sequence[Asked]
) -> list[Bar]:
    stations = _Stations()
    profiler = cProfile.Profile()
    query, execute = Transaction.query, Executor.execute

    async def noted_query(self: Transaction, *given: Any) -> Any:  # noqa: ANN401  (passed on)
        stations.leave()
        return await query(self, *given)

    async def noted_execute(self: Executor, *given: Any) -> Any:  # noqa: ANN401
        stations.executor = time.thread_time()
        return await execute(self, *given)

    bars = []
    print("processor time between body and statement on a plan hit, µs (medians):")
    async with _Watched(address, stations) as database:
        app = compose(database, home, planned=True)
        with (
            patch.object(Transaction, "query", noted_query),
            patch.object(Executor, "execute", noted_execute),
        ):
            for asked in every:
                if asked.statement is None:
                    print(f"  {asked.question.path}: the planner makes no statement of it")
                    continue
                target = questions.hub_target(asked, "")
                for number in range(_WARM_REQUESTS + _REQUESTS):
                    if number == _WARM_REQUESTS:
                        stations.passed.clear()
                    await _request(app, target, stations)
                token, plan, door = (
                    statistics.median(times) for times in zip(*stations.passed, strict=True)
                )
                print(
                    f"  {asked.question.path:36} token and account {token:6.0f}, plan {plan:6.0f}, "
                    f"opening the door {door:6.0f}"
                )
                path = asked.question.path
                bars.append(Bar(f"{path}: plan hit, µs", plan, _PLAN_HIT_US, is_most=True))
                whole = token + plan + door
                bars.append(
                    Bar(f"{path}: body to statement, µs", whole, _PLAN_HIT_US, is_most=True)
                )
                stations.profiler = profiler
                for _ in range(_REQUESTS):
                    await _request(app, target, stations)
                stations.profiler = None
    profile = pstats.Stats(profiler).sort_stats("tottime")
    profile.print_stats(_LINES)
    profile.dump_stats(home / "reads.pstats")
    return bars


async def _request(app: ASGIApp, target: load.Target, stations: _Stations) -> None:
    """Send one request through *app*."""
    headers = {"content-type": "application/json", **target.headers}
    scope: Scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), said.encode()) for name, said in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }

    is_received = False

    async def receive() -> Message:
        nonlocal is_received
        if is_received:
            # The client stays: nothing else comes of it.
            await asyncio.Event().wait()
        is_received = True
        stations.body = time.thread_time()
        if stations.profiler is not None:
            stations.profiler.enable()
        return {"type": "http.request", "body": target.body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            assert message["status"] == 200, message

    await app(scope, receive, send)


def _show_memory(
    address: Address, home: Path, questions: Questions, every: Sequence[Asked]
) -> Iterator[Bar]:
    """Load a serving hub for a minute and yield what it holds then."""
    with start_ours("hub", address, home) as server:
        targets = [questions.hub_target(asked, server.url) for asked in every]
        held = [server.rss_mb()]
        until = time.monotonic() + _LOADED_SECONDS
        while time.monotonic() < until:
            for target in targets:
                load.measure(target, BUSY, _TURN_SECONDS)
                held.append(server.rss_mb())
    print("resident memory, MB:", ", ".join(f"{each:.0f}" for each in held))
    half = max(held[1 : len(held) // 2 + 1])
    yield Bar("resident memory after a minute of load, MB", held[-1], MEMORY_MB, is_most=True)
    yield Bar("the same against the first half minute", held[-1] / half, _FLAT, is_most=True)
