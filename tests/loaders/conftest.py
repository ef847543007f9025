"""What the tests of the loaders share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.loaders.world import Worlds

if TYPE_CHECKING:
    from hub.database.engine import Database
    from tests.callers import Callers


@pytest.fixture
def worlds(database: Database, callers: Callers) -> Worlds:
    """What an agency sees: ``await worlds("hn.so-y-te")``."""
    return Worlds(database, callers)
