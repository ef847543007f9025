"""What the tests of the API share: a database whose statements are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.engine import Database
from tests.api.recorder import Recorder
from tests.callers import Callers
from tests.noting import noting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hub.database.address import Address


@pytest.fixture
async def recorder(demo: Address) -> AsyncIterator[Recorder]:
    """Callers whose statements are heard."""
    statements: list[str] = []
    async with Database(demo, observer=noting(statements)) as database:
        yield Recorder(
            Callers(database, Executor(database, system_clock, planned=False)), statements
        )
