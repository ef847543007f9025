"""The proof bites: whatever fault is planted, it finds it, and in few cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.oracle.bench import SEED, bench
from tests.oracle.faults import FAULTS, MOST, cases_until_caught

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hub.database.address import Address
    from hub.database.embedded import Server
    from tests.oracle.bench import Bench
    from tests.oracle.planting import Fault

SOUND = 120


@pytest.fixture(scope="module")
def spoilt(server: Server, empty: Address) -> Iterator[Bench]:
    """A copy to plant faults in."""
    with bench(server, empty, SEED) as opened:
        yield opened


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_caught(
    spoilt: Bench, fault: Fault, tell: Callable[[str], None]
) -> None:
    """Within so many cases that the daily run meets it."""
    with fault.planted(spoilt):
        cases = cases_until_caught(spoilt)
    tell(f"{fault.name}: caught by case {cases}")
    assert cases <= MOST


def test_nothing_is_caught_where_nothing_is_planted(spoilt: Bench) -> None:
    assert cases_until_caught(spoilt, most=SOUND) == SOUND + 1
