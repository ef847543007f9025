"""A provider of the tests' own, keys of every kind, and time that goes by when told."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

import asyncpg
import pytest
import pytest_asyncio

from hub.clock import system_clock
from hub.database.address import Address
from hub.database.engine import Database
from tests.web.identity.authority import Authority, make_authority
from tests.web.identity.minting import Signer, elliptic
from tests.web.identity.provider import MovingClock, Provider
from tests.web.identity.served import FEED, give_account

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hub.database.embedded import Server

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority that signs for this machine."""
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def signer() -> Signer:
    """A key for ES256."""
    return elliptic("first")


@pytest.fixture
def clock() -> MovingClock:
    """Time, which begins at a whole second."""
    now = system_clock()
    return MovingClock(now - timedelta(microseconds=now.microsecond))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(authority: Authority, signer: Signer) -> AsyncIterator[Provider]:
    """A provider that serves."""
    made = Provider(authority, [signer])
    async with made.serving():
        yield made


@pytest.fixture
def provider(served: Provider) -> Provider:
    """A provider that serves one key, and was asked for nothing yet."""
    served.publish(*served.signers)
    served.configuration, served.answers, served.delay = {}, {}, 0
    served.asked.clear()
    return served


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(server: Server, reference: Address, served: Provider) -> AsyncIterator[Database]:
    """The programme's own data, and accounts at the provider that serves."""
    name = f"hub_identity_{next(_NUMBERS)}"
    connection = await asyncpg.connect(server.url("postgres"))
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {reference.database}")
    async with Database(Address.parse(server.url(name))) as opened:
        await give_account(opened, served.issuer, "officer")
        await give_account(opened, served.issuer, "machine", kind="feed")
        await give_account(opened, served.issuer, "reader", FEED)
        await give_account(opened, served.issuer, "feed", FEED, "feed")
        yield opened
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()
