"""A provider of the tests' own, keys of every kind, and time that goes by when told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from hub.clock import system_clock
from tests.web.identity.authority import Authority, make_authority
from tests.web.identity.minting import Signer, elliptic
from tests.web.identity.provider import MovingClock, Provider

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


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
