"""What every test shares: a real PostgreSQL, databases to read and databases to spoil."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import asynccontextmanager
from itertools import count
from typing import TYPE_CHECKING

import asyncpg
import pytest

from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.address import Address
from hub.database.embedded import Server, embedded_server
from hub.database.engine import Database
from hub.database.migrate import migrate
from hub.ingest.accounts import load_development_accounts
from hub.ingest.demo import load_demo
from hub.ingest.reference import load_reference
from tests.callers import Caller, Callers
from tests.demonstration import DEMO_MOMENT, DEMO_SEED
from tests.prepared import is_shared, made_once

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

pytest_plugins = ["tests.no_skips", "tests.telling"]

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder at rest with every database that is cloned; to be copied, not used."""
    return made_once(tmp_path_factory, "databases", _fill)


@pytest.fixture(scope="session")
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A PostgreSQL of this process; what it holds need not survive a power cut.

    Where several processes take part in a run, each begins with what one of them has filled; a
    process alone fills what its tests ask for.
    """
    home = tmp_path_factory.mktemp("hub")
    if is_shared():
        shutil.copytree(request.getfixturevalue("filled"), home, dirs_exist_ok=True)
    with _started(home) as started:
        yield started


@pytest.fixture(scope="session")
def empty(server: Server) -> Address:
    """A migrated database without a row; to be cloned, not used."""
    return _made(server, "hub_empty", None, migrate)


@pytest.fixture(scope="session")
def reference(server: Server, empty: Address) -> Address:
    """The programme's own data and an account for every agency; to be cloned, not used."""
    return _made(server, "hub_reference", empty, _load_reference)


@pytest.fixture(scope="session")
def demo(server: Server, reference: Address) -> Address:
    """The programme's own data with demonstration figures; read it, change nothing."""
    return _made(server, "hub_demo", reference, _load_demo)


@pytest.fixture
async def database(demo: Address) -> AsyncIterator[Database]:
    """The demonstration database, shared by every test that only reads."""
    async with Database(demo) as opened:
        yield opened


@pytest.fixture
async def scratch(server: Server, demo: Address) -> AsyncIterator[Database]:
    """A copy of the demonstration database, for one test to change."""
    async with _clone(server, demo) as opened:
        yield opened


@pytest.fixture
async def undemonstrated(server: Server, reference: Address) -> AsyncIterator[Database]:
    """A copy of the programme's own data, for one test to change."""
    async with _clone(server, reference) as opened:
        yield opened


@pytest.fixture
async def bare(server: Server, empty: Address) -> AsyncIterator[Database]:
    """A migrated database without a row, for one test to fill."""
    async with _clone(server, empty) as opened:
        yield opened


@pytest.fixture
async def callers(database: Database) -> Callers:
    """Whoever may ask: ``await callers("hn.so-y-te")`` gives a caller of that agency."""
    return Callers(database, Executor(database, system_clock))


@pytest.fixture
async def public(callers: Callers) -> Caller:
    """A caller without a token."""
    return await callers(None)


@asynccontextmanager
async def _clone(server: Server, template: Address) -> AsyncIterator[Database]:
    name = f"hub_scratch_{next(_NUMBERS)}"
    await _copy(server, template, name)
    async with Database(Address.parse(server.url(name))) as opened:
        yield opened
    await _run(server, f"DROP DATABASE {name} WITH (FORCE)")


def _fill(home: Path) -> None:
    with _started(home) as server:
        empty = _made(server, "hub_empty", None, migrate)
        reference = _made(server, "hub_reference", empty, _load_reference)
        _made(server, "hub_demo", reference, _load_demo)


def _started(home: Path) -> AbstractContextManager[Server]:
    settings = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
    return embedded_server(home, settings=settings)


def _made(
    server: Server,
    name: str,
    template: Address | None,
    fill: Callable[[Address], Awaitable[object]],
) -> Address:
    """Return the database *name*, filled unless it was there already."""
    address = Address.parse(server.url(name))

    async def make() -> None:
        if await _run(server, f"SELECT FROM pg_database WHERE datname = '{name}'") == "SELECT 1":
            return
        if template is None:
            await _run(server, f"CREATE DATABASE {name}")
        else:
            await _copy(server, template, name)
        await fill(address)

    asyncio.run(make())
    return address


async def _load_reference(address: Address) -> None:
    async with Database(address) as database:
        await load_reference(database)
        await load_development_accounts(database)


async def _load_demo(address: Address) -> None:
    async with Database(address) as database:
        await load_demo(database, seed=DEMO_SEED, clock=lambda: DEMO_MOMENT)
        await load_development_accounts(database)
    connection = await asyncpg.connect(address.url)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


async def _copy(server: Server, template: Address, name: str) -> None:
    # Copying files takes a fraction of the time that copying through the log does.
    statement = f"CREATE DATABASE {name} TEMPLATE {template.database} STRATEGY FILE_COPY"
    await _run(server, statement)


async def _run(server: Server, statement: str) -> str:
    connection = await asyncpg.connect(server.url("postgres"))
    done: str = await connection.execute(statement)
    await connection.close()
    return done
