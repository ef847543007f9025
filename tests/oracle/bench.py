"""A database that holds a world, open as long as a test wants it, and its own event loop."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import asyncpg

from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.address import Address
from hub.database.engine import Database
from tests.callers import AMPLE
from tests.oracle.asking import Asker, Question
from tests.oracle.contract import Contract
from tests.oracle.driver import Proof
from tests.oracle.store import write_world
from tests.oracle.world.made import make_world

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence

    from hub.clock import Clock
    from hub.database.embedded import Server
    from tests.oracle.driver import Executes
    from tests.oracle.world.rows import World

EXECUTORS: Final[Mapping[str, Callable[[Database, Clock], Executes]]] = {
    "planned": partial(Executor, limits=AMPLE),
    "resolvers": partial(Executor, limits=AMPLE, planned=False),
}
"""All that answer documents; each is held to the model."""
SDL: Final = Path(__file__).parents[2] / "schema" / "hub.graphql"
SEED: Final = 1
"""The world that most tests share."""
CONNECTIONS: Final = 2
"""So few that readers take turns on them."""

_RARELY: Final = 0.2
_OPENLY: Final = 0.1
_WIDE: Final = frozenset({"hn.police", "ct.police", "vn.ministry", "vn.bureau"})
"""Those of whom there are few; every fifth question is theirs."""
_PATIENCE: Final = 60
"""Seconds that questions asked at once may take; none comes near it."""

_NUMBERS = count(1)

Pair = tuple[int | None, Question]
"""Who asks, and what."""


@dataclass(frozen=True)
class Bench:
    """Runs questions of many readers at once."""

    runner: asyncio.Runner
    proof: Proof

    def run(self, asked: Coroutine[Any, Any, Any]) -> Any:
        """Return what *asked* gives."""
        return self.runner.run(asked)

    def drawn(self, seed: int, size: int) -> list[Pair]:
        """Return the question that *seed* stands for, as *size* readers ask it at once."""
        draw = Random(seed)  # noqa: S311  (nothing here is secret)
        readers = self.proof.readers()
        if draw.random() < _OPENLY:
            chosen = [None, *draw.sample(readers[1:], size - 1)]
        else:
            rare = draw.sample(self._wide, round(_RARELY * size))
            others = [reader for reader in readers[1:] if reader not in rare]
            chosen = [*rare, *draw.sample(others, size - len(rare))]
        question = self.drawn_for(chosen[0], draw.randrange(2**48))
        return [(reader, question) for reader in chosen]

    @property
    def _wide(self) -> list[int | None]:
        """Return who reads a whole place, or all of them."""
        accounts = self.proof.world.tables["_Account"].values()
        return [row["#"] for row in accounts if row["subject"] in _WIDE]

    def drawn_for(self, reader: int | None, seed: int, *paths: str) -> Question:
        """Return the question to *reader* that *seed* stands for, by one of *paths* or by any."""
        draw = Random(seed)  # noqa: S311  (nothing here is secret)
        return Asker(self.proof.contract(reader), self.proof.world, draw).question(*paths)

    def found(self, pairs: Sequence[Pair]) -> list[list[str]]:
        """Return the differences of each of *pairs*, all asked at once."""
        bodies = self.answers(pairs)
        return [self.proof.judge(*pair, body) for pair, body in zip(pairs, bodies, strict=True)]

    def answers(
        self, pairs: Sequence[Pair], *meanwhile: Coroutine[Any, Any, Any]
    ) -> list[list[bytes]]:
        """Return the answers to *pairs*, all asked at once, while *meanwhile* happens."""

        async def ask() -> list[Any]:
            async with asyncio.timeout(_PATIENCE):
                asked = (self.proof.ask(*pair) for pair in pairs)
                return await asyncio.gather(*meanwhile, *asked)

        answered: list[Any] = self.run(ask())
        return answered[len(meanwhile) :]


@cache
def published() -> Contract:
    """Return the published contract."""
    return Contract(SDL.read_text(encoding="utf-8"))


@contextmanager
def bench_of(
    server: Server, empty: Address, world: World, *, name: str | None = None
) -> Iterator[Bench]:
    """Open a database with *world* in it, for the time of the block."""
    name = name or f"hub_oracle_{next(_NUMBERS)}"
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        runner.run(_statement(server, f"CREATE DATABASE {name} TEMPLATE {empty.database}"))
        try:
            database = runner.run(_filled(stack, Address.parse(server.url(name)), world))
            executors = {each: make(database, system_clock) for each, make in EXECUTORS.items()}
            yield Bench(runner, Proof(world, database, executors))
        finally:
            runner.run(stack.aclose())
            runner.run(_statement(server, f"DROP DATABASE {name} WITH (FORCE)"))


def bench(server: Server, empty: Address, seed: int, *, name: str | None = None) -> Any:
    """Open a database with the world that grows from *seed*."""
    return bench_of(server, empty, make_world(published(), seed), name=name)


async def execute(address: Address, statements: Sequence[str]) -> None:
    """Run *statements* as the owner of the database."""
    connection = await asyncpg.connect(address.url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def _filled(stack: AsyncExitStack, address: Address, world: World) -> Database:
    opened = Database(address, connections=CONNECTIONS, patience=30)
    database = await stack.enter_async_context(opened)
    await write_world(database, world)
    await execute(address, ["ANALYZE"])
    return database


async def _statement(server: Server, statement: str) -> None:
    await execute(Address.parse(server.url("postgres")), [statement])
