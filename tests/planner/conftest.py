"""What the tests of the planner share: both executors over the demonstration database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.planner.sweep import sweep_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.database.address import Address
    from tests.planner.sweep import Sweep


@pytest.fixture(scope="module")
def sweep(demo: Address) -> Iterator[Sweep]:
    """Both executors over the demonstration; change nothing in it."""
    with sweep_of(demo) as opened:
        yield opened
