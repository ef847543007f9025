"""The long proof: ``make prove`` asks 200,000 questions of every kind of reader, world after world.

python -m tests.oracle.prove [pairs] [seed]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Final

from hub.database.address import Address
from hub.database.embedded import embedded_server
from hub.database.migrate import migrate
from tests.oracle.bench import Bench, bench, execute
from tests.oracle.test_answers import explained

PAIRS: Final = 200_000
_WORLDS: Final = 20
_AT_ONCE: Final = 8
_SETTINGS: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def main(pairs: int = PAIRS, seed: int = 1) -> int:
    """Compare so many answers; print the smallest question of each failure; return how many."""
    started = perf_counter()
    asked = leaves = failures = 0
    with (
        tempfile.TemporaryDirectory() as home,
        embedded_server(Path(home), settings=_SETTINGS) as server,
    ):
        empty = Address.parse(server.url("hub_empty"))
        create = ["CREATE DATABASE hub_empty"]
        asyncio.run(execute(Address.parse(server.url("postgres")), create))
        asyncio.run(migrate(empty))
        for world in range(seed, seed + _WORLDS):
            with bench(server, empty, world) as opened:
                failures += _prove(opened, world, pairs // _WORLDS)
                asked += opened.proof.pairs
                leaves += opened.proof.comparison.leaves
            spent = perf_counter() - started
            _say(f"world {world}: {asked} pairs, {leaves} leaves, {failures} wrong, {spent:.0f} s")
    return failures


def _prove(bench: Bench, world: int, pairs: int) -> int:
    failures = 0
    for batch in range(pairs // _AT_ONCE):
        seeds = range(batch * _AT_ONCE, (batch + 1) * _AT_ONCE)
        drawn = [bench.drawn((world << 32) + seed) for seed in seeds]
        for pair, differences in zip(drawn, bench.found(drawn), strict=True):
            if differences:
                failures += 1
                _say(explained(bench, *pair, world=world))
    return failures


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(1 if main(*(int(each) for each in sys.argv[1:])) else 0)
