"""What tests of data coming in share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hub.database.engine import Database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hub.database.address import Address


@pytest.fixture
async def loaded(reference: Address) -> AsyncIterator[Database]:
    """The reference data, for tests that only read."""
    async with Database(reference) as opened:
        yield opened
