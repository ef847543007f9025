"""A database that holds a world, open as long as a test wants it, and its own event loop."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import asyncpg

from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.address import Address
from hub.database.engine import Database
from tests.oracle.asking import Asker, Question
from tests.oracle.contract import Contract
from tests.oracle.driver import Proof
from tests.oracle.store import write_world
from tests.oracle.world import World, make_world

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator, Sequence

    from hub.database.embedded import Server

SDL: Final = Path(__file__).parents[2] / "schema" / "hub.graphql"
SEED: Final = 1
"""The world that most tests share."""
CONNECTIONS: Final = 2
"""So few that readers take turns on them."""

_RARELY: Final = 0.2
_WIDE: Final = frozenset({"hn.police", "ct.police", "vn.ministry"})
"""Those of whom there are few; every fifth question is theirs."""
_PATIENCE: Final = 60
"""Seconds that questions asked at once may take; none comes near it."""

_NUMBERS = count(1)


@dataclass(frozen=True)
class Bench:
    """Runs questions of many readers at once."""

    runner: asyncio.Runner
    proof: Proof

    def run(self, asked: Coroutine[Any, Any, Any]) -> Any:
        """Return what *asked* gives."""
        return self.runner.run(asked)

    def drawn(self, seed: int) -> tuple[int | None, Question]:
        """Return the reader and the question that *seed* stands for."""
        draw = Random(seed)  # noqa: S311  (nothing here is secret)
        rare = draw.random() < _RARELY
        reader = draw.choice(self._wide if rare else self.proof.readers())
        return reader, self.drawn_for(reader, draw.randrange(2**48))

    @property
    def _wide(self) -> list[int | None]:
        """Return who reads a whole place, or all of them."""
        accounts = self.proof.world.tables["_Account"].values()
        return [row["#"] for row in accounts if row["subject"] in _WIDE]

    def drawn_for(self, reader: int | None, seed: int) -> Question:
        """Return the question to *reader* that *seed* stands for."""
        draw = Random(seed)  # noqa: S311  (nothing here is secret)
        return Asker(self.proof.contract(reader), self.proof.world, draw).question()

    def found(self, pairs: Sequence[tuple[int | None, Question]]) -> list[list[str]]:
        """Return the differences of each of *pairs*, all asked at once."""

        async def ask() -> list[bytes]:
            async with asyncio.timeout(_PATIENCE):
                return await asyncio.gather(*(self.proof.ask(*pair) for pair in pairs))

        bodies = self.run(ask())
        return [self.proof.judge(*pair, body) for pair, body in zip(pairs, bodies, strict=True)]


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
            yield Bench(runner, Proof(world, database, Executor(database, system_clock)))
        finally:
            runner.run(stack.aclose())
            runner.run(_statement(server, f"DROP DATABASE {name} WITH (FORCE)"))


def bench(server: Server, empty: Address, seed: int) -> Any:
    """Open a database with the world that grows from *seed*."""
    return bench_of(server, empty, make_world(published(), seed))


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
