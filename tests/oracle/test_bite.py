"""The proof bites: whatever fault is planted, it finds it, and in few cases."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from hub.access.principal import LOADER
from hub.database import transaction
from hub.loaders import datasets
from tests.oracle.bench import bench
from tests.oracle.faults import FAULTS, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hub.database.address import Address
    from hub.database.embedded import Server
    from tests.oracle.bench import Bench

MOST = 800
SOUND = 60
AT_ONCE = 4


@pytest.fixture(scope="module")
def spoilt(server: Server, empty: Address) -> Iterator[Bench]:
    """A copy to plant faults in."""
    with bench(server, empty, 1) as opened:
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


def cases_until_caught(bench: Bench, most: int = MOST) -> int:
    """Return how many readers' questions it took to find a difference."""
    cases = seed = 0
    draw = Random(most)  # noqa: S311  (nothing here is secret)
    while cases < most:
        pairs = []
        for _ in range(AT_ONCE // 2):
            seed += 1
            reader, question = bench.drawn(seed)
            other = draw.choice(bench.proof.readers())
            # The same question of another reader: what is kept for one must not serve the other.
            pairs += [(reader, question), (other if reader and other else reader, question)]
        for at, differences in enumerate(bench.found(pairs)):
            if differences:
                return cases + at + 1
        cases += len(pairs)
    return most + 1


def test_an_export_in_another_role_is_caught(
    spoilt: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.oracle.test_answers import test_an_export_holds_what_its_reader_sees  # noqa: PLC0415

    original = transaction.begin

    def everything(database: Any, _: Any, mode: Any) -> Any:
        return original(database, LOADER, mode)

    monkeypatch.setattr(datasets, "begin", everything)
    with pytest.raises(AssertionError):
        test_an_export_holds_what_its_reader_sees(spoilt, "hn.finance")
