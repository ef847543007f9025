"""Databases with a world in them, one for each module that reads and one for each that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.oracle.bench import SEED, Bench, bench

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.database.address import Address
    from hub.database.embedded import Server


@pytest.fixture(scope="session")
def shown(server: Server, empty: Address) -> Iterator[Bench]:
    """A world to read; change nothing in it."""
    with bench(server, empty, SEED) as opened:
        yield opened
