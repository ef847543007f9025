"""A hub bears what happens to its database and its clients; ``python -m tests.faults`` has more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.ground import Ground, ground
from tests.faults.harm import (
    crowd,
    cut_export,
    exhaust_pool,
    kill_backends,
    read_slowly,
    stop_database,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONNECTIONS = 2


@pytest.fixture(scope="module")
def place(filled: Path) -> Iterator[Ground]:
    with ground(filled, HUB_CONNECTIONS=str(CONNECTIONS)) as opened:
        yield opened


async def test_backends_that_are_killed_cost_no_answer(place: Ground) -> None:
    killed = await kill_backends(place, 3)
    assert (killed.wrong, killed.failed) == (0, 0)
    assert killed.requests > 100


async def test_who_takes_figures_away_is_told_when_not_all_have_come(place: Ground) -> None:
    """The answer has begun, so it ends without an end: curl exits with 18."""
    cut = await cut_export(place)
    assert (cut.status, cut.is_told) == (200, True)
    assert cut.bytes > 0


async def test_whoever_finds_no_connection_is_told_soon_when_to_come_again(place: Ground) -> None:
    """And nobody else waits."""
    exhausted = await exhaust_pool(place, place.url, CONNECTIONS, 6)
    assert exhausted.refused == exhausted.asked
    assert exhausted.slowest < 2
    assert exhausted.others < 1


async def test_clients_that_never_finish_delay_nobody(place: Ground) -> None:
    """By the median; the 99th percentile is measured where nothing else runs."""
    crowded = await crowd(place, 200, 1.0)
    assert crowded.middle_crowded < 3 * crowded.middle_alone


async def test_clients_that_hardly_read_cost_nobody_else_anything(place: Ground) -> None:
    """By the median, as above; what they are given is kept, once, until they have it or leave."""
    slow = await read_slowly(place, 150, 1.0)
    assert slow.length > 300_000
    assert slow.waits.middle_crowded < 3 * slow.waits.middle_alone
    assert slow.held == 0
    assert slow.grown < 2 * slow.readers * slow.length / 1_000_000
    assert slow.files <= 2


async def test_without_its_database_it_lives_is_not_ready_and_comes_back(place: Ground) -> None:
    stopped = await stop_database(place, 0.5)
    assert stopped.before == (200, 200, 200)
    assert stopped.during == (200, 503, 503)
    assert stopped.back < 10
