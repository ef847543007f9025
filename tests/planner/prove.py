"""The long proof that statements answer as resolvers do: ``make prove`` asks 50,000 operations.

python -m tests.planner.prove [operations] [seed]
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from hub.database.address import Address
from hub.database.embedded import Server, embedded_server
from hub.database.engine import Database
from hub.database.migrate import migrate
from hub.ingest.accounts import load_development_accounts
from hub.ingest.demo import load_demo
from hub.ingest.reference import load_reference
from tests.demonstration import DEMO_MOMENT, DEMO_SEED
from tests.oracle.bench import execute
from tests.oracle.prove import Told, watch
from tests.planner.drawing import Operation
from tests.planner.judging import READERS
from tests.planner.sweep import Sweep, documents, sweep_of

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

OPERATIONS: Final = 50_000
_AT_ONCE: Final = 100
_GENERAL: Final = 20
"""So many of those at once are hypothesis-graphql's."""
_FRESH: Final = 5
"""After so many times, connections and what they prepared are given up."""
_SETTINGS: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def main(operations: int = OPERATIONS, first: int = 1) -> int:
    """Compare so many answers; print the smallest operation of each failure; return how many."""
    hands = os.cpu_count() or 1
    turns = max(1, operations // _AT_ONCE)
    context = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory() as home,
        embedded_server(Path(home), settings=_SETTINGS) as server,
    ):
        address = asyncio.run(_filled(server))
        told: Queue[Told] = context.Queue()
        workers = [
            context.Process(
                target=_work,
                args=(address, range(first + hand, first + turns, hands), told),
                daemon=True,
            )
            for hand in range(hands)
        ]
        for worker in workers:
            worker.start()
        return watch(told, workers, turns * _AT_ONCE, "operations")


async def _filled(server: Server) -> Address:
    """Return a database with the demonstration in it."""
    address = Address.parse(server.url("hub_demo"))
    await execute(Address.parse(server.url("postgres")), [f"CREATE DATABASE {address.database}"])
    await migrate(address)
    async with Database(address) as database:
        await load_reference(database)
        await load_development_accounts(database)
        await load_demo(database, seed=DEMO_SEED, clock=lambda: DEMO_MOMENT)
        await load_development_accounts(database)
    await execute(address, ["VACUUM ANALYZE"])
    return address


def _work(address: Address, turns: range, told: Queue[Told]) -> None:
    """Ask the operations of every one of *turns*."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(50_000)
    for start in range(0, len(turns), _FRESH):
        with sweep_of(address) as sweep:
            for turn in turns[start : start + _FRESH]:
                told.put(_asked(sweep, turn))


def _asked(sweep: Sweep, turn: int) -> Told:
    leaves = sweep.judge.leaves
    own = (sweep.drawn((turn << 32) + place) for place in range(_AT_ONCE - _GENERAL))
    wrong = [failure for drawn in own if (failure := sweep.failure(*drawn)) is not None]

    @seed(turn)
    @settings(
        max_examples=_GENERAL,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.sampled_from(READERS).flatmap(
            lambda reader: st.tuples(st.just(reader), documents(sweep.kind(reader)))
        )
    )
    def compare(drawn: tuple[str | None, str]) -> None:
        failure = sweep.failure(drawn[0], Operation(drawn[1], {}, is_sound=False))
        if failure is not None:
            wrong.append(failure)

    compare()
    return Told(_AT_ONCE, sweep.judge.leaves - leaves, wrong)


if __name__ == "__main__":
    sys.exit(1 if main(*(int(each) for each in sys.argv[1:])) else 0)
