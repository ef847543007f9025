"""What the proofs of access share: a world with figures in every state, and who lives in it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import asyncpg
import pytest

from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.address import Address
from hub.database.engine import Database
from tests.access.paths import sightings
from tests.access.world import Truth, furnish, read_truth
from tests.callers import AMPLE, Callers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from hub.database.embedded import Server

    Clone = Callable[[], Awaitable[Address]]


@pytest.fixture(scope="session")
def world(server: Server, reference: Address) -> Address:
    """The reference data with figures in every state; read it, change nothing."""
    address = Address.parse(server.url("hub_world"))

    async def prepare() -> None:
        await _run(server, f"CREATE DATABASE hub_world TEMPLATE {reference.database}")
        await furnish(address)

    asyncio.run(prepare())
    return address


@pytest.fixture(scope="session")
def truth(world: Address) -> Truth:
    """What is stored in the world, and the reading of the rules that says who sees what of it."""
    return asyncio.run(read_truth(world))


@pytest.fixture(scope="session")
def paths(world: Address, truth: Truth) -> Mapping[str, set[str]]:
    """The paths that lead to each project of Hà Nội for the standing agency, which sees it."""

    async def look() -> Mapping[str, set[str]]:
        async with Database(world) as database:
            executor = Executor(database, system_clock, limits=AMPLE)
            police = await Callers(database, executor)("hn.cong-an")
            return await sightings(police, *sorted(truth.reading.projects_seen("hn.cong-an")))

    return asyncio.run(look())


@pytest.fixture
async def house(world: Address) -> AsyncIterator[Database]:
    """The world, shared by every test that only reads."""
    async with Database(world) as opened:
        yield opened


@pytest.fixture
async def people(house: Database) -> Callers:
    """Whoever may ask about the world: ``await people("hn.so-y-te")``."""
    return Callers(house, Executor(house, system_clock, limits=AMPLE))


@pytest.fixture
async def clone(server: Server, world: Address) -> AsyncIterator[Clone]:
    """Makes copies of the world for one test to change; they go when the test ends."""
    made: list[str] = []

    async def make() -> Address:
        name = f"hub_copy_{id(made)}_{len(made)}"
        await _run(server, f"CREATE DATABASE {name} TEMPLATE {world.database}")
        made.append(name)
        return Address.parse(server.url(name))

    yield make
    for name in made:
        await _run(server, f"DROP DATABASE {name} WITH (FORCE)")


async def _run(server: Server, statement: str) -> None:
    connection = await asyncpg.connect(server.url("postgres"))
    await connection.execute(statement)
    await connection.close()
