"""The long proof: ``make prove`` asks 200,000 questions of every kind of reader, world after world.

python -m tests.oracle.prove [pairs] [seed]
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from time import perf_counter
from typing import TYPE_CHECKING, Final

from hub.database.address import Address
from hub.database.embedded import Server, embedded_server
from hub.database.migrate import migrate
from tests.oracle.bench import Bench, bench, execute
from tests.oracle.shrink import explained

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess
    from multiprocessing.queues import Queue

PAIRS: Final = 200_000
_PER_WORLD: Final = 4_000
_AT_ONCE: Final = 16
_BATCHES: Final = 12
_SETTINGS: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
_SHRUNK: Final = 5
"""So many failures of a world are made small; more have the same few causes."""
_EVERY: Final = 30
"""Seconds between two lines where nobody watches."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was compared since last told."""

    asked: int
    leaves: int
    wrong: list[str] = field(default_factory=list)


def main(pairs: int = PAIRS, seed: int = 1) -> int:
    """Compare so many answers; print the smallest question of each failure; return how many."""
    hands = os.cpu_count() or 1
    worlds = max(hands, -(-pairs // _PER_WORLD))
    context = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory() as home,
        embedded_server(Path(home), settings=_SETTINGS) as server,
    ):
        empty = Address.parse(server.url("hub_empty"))
        create = ["CREATE DATABASE hub_empty"]
        asyncio.run(execute(Address.parse(server.url("postgres")), create))
        asyncio.run(migrate(empty))
        told: Queue[Told] = context.Queue()
        workers = [
            context.Process(
                target=_work,
                args=(server, range(seed + hand, seed + worlds, hands), pairs // worlds, told),
                daemon=True,
            )
            for hand in range(hands)
        ]
        for worker in workers:
            worker.start()
        return watch(told, workers, pairs // worlds * worlds, "pairs")


def _work(server: Server, worlds: range, pairs: int, told: Queue[Told]) -> None:
    """Prove every one of *worlds*."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A world is made of what stays; looking through it again and again takes a tenth of the time.
    gc.set_threshold(50_000)
    empty = Address.parse(server.url("hub_empty"))
    for world in worlds:
        with bench(server, empty, world, name=f"hub_prove_{world}") as opened:
            _prove(opened, world, pairs, told)


def _prove(opened: Bench, world: int, pairs: int, told: Queue[Told]) -> None:
    proof = opened.proof
    before, wrong, failures = (0, 0), list[str](), 0
    batches = pairs // _AT_ONCE
    for batch in range(batches):
        drawn = opened.drawn((world << 32) + batch, _AT_ONCE)
        for pair, differences in zip(drawn, opened.found(drawn), strict=True):
            if differences:
                so_far = proof.pairs
                failures += 1
                wrong.append(
                    explained(opened, *pair, world=world)
                    if failures <= _SHRUNK
                    else f"{pair}: {differences}"
                )
                proof.pairs = so_far
        if batch % _BATCHES == _BATCHES - 1 or batch == batches - 1:
            now = proof.pairs, proof.comparison.leaves
            told.put(Told(now[0] - before[0], now[1] - before[1], wrong))
            before, wrong = now, []


def watch(told: Queue[Told], workers: list[SpawnProcess], whole: int, what: str) -> int:
    """Say how far it is until the *whole* is proved; return how many were wrong."""
    started = said = perf_counter()
    asked = leaves = wrong = 0
    is_watched = sys.stdout.isatty()
    while any(worker.is_alive() for worker in workers) or not told.empty():
        try:
            news = told.get(timeout=1)
        except Empty:
            continue
        asked, leaves, wrong = asked + news.asked, leaves + news.leaves, wrong + len(news.wrong)
        for each in news.wrong:
            _say(f"\r\033[K{each}" if is_watched else each)
        spent = perf_counter() - started
        if is_watched or perf_counter() - said > _EVERY:
            said = perf_counter()
            _say(_line(asked, whole, what, leaves, wrong, spent), end="" if is_watched else "\n")
    failed = sum(worker.exitcode != 0 for worker in workers)
    spent = perf_counter() - started
    broken = f", {failed} broke off" if failed else ""
    _say(f"{_line(asked, whole, what, leaves, wrong, spent)}{broken}")
    return wrong + failed


def _line(asked: int, whole: int, what: str, leaves: int, wrong: int, spent: float) -> str:
    rate = asked / spent if spent else 0
    left = (whole - asked) / rate if rate else 0
    so_far = f"{asked:,} of {whole:,} {what}, {leaves:,} leaves, {wrong} wrong, {spent:.0f} s"
    if not sys.stdout.isatty():
        return f"{so_far}, {rate:.0f} a second, {left / 60:.0f} min left"
    done = round(24 * asked / whole)
    return f"\r\033[K[{'#' * done}{'.' * (24 - done)}] {so_far}, {left / 60:.0f} min left"


def _say(words: str, end: str = "\n") -> None:
    sys.stdout.write(f"{words}{end}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(1 if main(*(int(each) for each in sys.argv[1:])) else 0)
