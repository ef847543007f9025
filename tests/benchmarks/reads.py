"""``make bench``: reads, measured against the least, the most and a peer, in one run.

``python -m tests.benchmarks.reads [--scale N] [--rounds R] [--seconds S] [--only Op,…]``

The city is built once in ``.bench/``. All servers run for the whole time, and each takes its turn
on every question, several rounds over, so that what disturbs the machine disturbs all alike. What
is compared is measured within seconds, one after the other, the other way round in the next round:
the variants of an operation, and those who ask it.
``--profile`` measures no peer: it shows what a plan hit costs and what the hub holds in memory.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hub.clock import system_clock
from hub.database.engine import Database
from hub.web.development import DevelopmentIssuer
from tests.benchmarks import costs, load, pgbench
from tests.benchmarks.bars import BUSY, bars_against, bars_of
from tests.benchmarks.chart import draw
from tests.benchmarks.home import HOME, open_city
from tests.benchmarks.operations import OPERATIONS
from tests.benchmarks.questions import Questions
from tests.benchmarks.readers import STANDING
from tests.benchmarks.results import (
    CONNECTIONS,
    VARIANTS,
    Cell,
    Results,
    read_figures,
    write_figures,
)
from tests.benchmarks.servers import NODE, start_ours, start_rival
from tests.benchmarks.table import print_bars, print_figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hub.database.address import Address
    from tests.benchmarks.operations import Operation
    from tests.benchmarks.questions import Asked
    from tests.benchmarks.servers import Server

_WARM_SECONDS: Final = 0.3
_SLOW_SECONDS: Final = 0.25
_VERY_SLOW_SECONDS: Final = 1.0
_MOST_MINUTES: Final = 39


@dataclass(frozen=True, slots=True)
class _Pace:
    """How many rounds, how long each cell of one takes, and when no other may begin."""

    rounds: int
    seconds: float
    until: float


def main() -> None:
    """Measure, print, draw and write."""
    started = time.monotonic()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.reads")
    parser.add_argument("--scale", type=int, default=1, help="so many times the usual city")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=1.0, help="for each cell of a round")
    parser.add_argument("--only", default="", help="operations, separated by commas")
    parser.add_argument("--home", type=Path, default=HOME, help="where the city and figures are")
    parser.add_argument("--profile", action="store_true", help="what a plan hit costs, and memory")
    given = parser.parse_args()
    only = set(filter(None, given.only.split(",")))
    if unknown := only - {each.name for each in OPERATIONS}:
        parser.error(f"no such operation: {', '.join(sorted(unknown))}")
    operations = [each for each in OPERATIONS if not only or each.name in only]
    given.home.mkdir(parents=True, exist_ok=True)
    with open_city(given.home / f"city-{given.scale}", scale=given.scale) as address:
        if given.profile:
            costs.show(address, given.home, operations)
            return
        pace = _Pace(given.rounds, given.seconds, started + _MOST_MINUTES * 60)
        results = _measure(address, given.home, operations, pace)
    _report(results, given.home, [each.name for each in operations], given.scale)


def _measure(address: Address, home: Path, operations: Sequence[Operation], pace: _Pace) -> Results:
    results = Results()
    issuer = DevelopmentIssuer.of(home, system_clock)
    with ExitStack() as stack:
        servers = [
            stack.enter_context(start_ours(name, address, home)) for name in ("hub", "resolvers")
        ]
        rival = stack.enter_context(start_rival(address, home)) if NODE.exists() else None
        questions, every = asyncio.run(_ask(address, issuer, operations, rival))
        known = tuple(asked.question for asked in every)
        servers.append(stack.enter_context(start_ours("bare", address, home, known)))
        servers += [] if rival is None else [rival]
        _compare(questions, every, servers, results)
        for number in range(pace.rounds):
            began = time.monotonic()
            for operation in operations:
                askers = [asked for asked in every if asked.operation is operation]
                _take_turns(askers, servers, address, results, number, pace.seconds)
            ended = time.monotonic()
            print(
                f"round {number + 1} of {pace.rounds}: {(ended - began) / 60:.1f} min", flush=True
            )
            if number + 1 < pace.rounds and ended + (ended - began) > pace.until:
                print("there is no time for another round", flush=True)
                break
    return results


async def _ask(
    address: Address,
    issuer: DevelopmentIssuer,
    operations: Sequence[Operation],
    rival: Server | None,
) -> tuple[Questions, list[Asked]]:
    async with Database(address) as database:
        questions = await Questions.find(database, issuer, rival)
        return questions, await questions.ask(operations)


def _compare(
    questions: Questions, every: Sequence[Asked], servers: Sequence[Server], results: Results
) -> None:
    """Compare all answers, and note which askers are shown what the standing agency is."""
    standing = {}
    for asked in every:
        questions.compare(asked, servers)
        if asked.statement is None:
            asked.reasons["pgbench"] = "the planner makes no statement of it"
        if not NODE.exists():
            asked.reasons["postgraphile"] = "it is not installed"
        if asked.asker is STANDING:
            standing[asked.operation.name] = asked.answer
        if asked.answer == standing[asked.operation.name]:
            results.alike.add((asked.operation.name, asked.asker.name))
        for variant, reason in asked.reasons.items():
            print(f"{asked.question.path}: {variant} is left out: {reason}", flush=True)
            for connections in CONNECTIONS:
                place = (asked.operation.name, asked.asker.name, connections, variant)
                results.refuse(Cell(*place), reason)
        for target in asked.targets.values():
            load.warm(target, BUSY, _WARM_SECONDS)
    maker = "wrk" if load.WRK else "a client of our own"
    print(f"{len(every)} answers compared; the load is made by {maker}", flush=True)


def _take_turns(  # noqa: PLR0913, PLR0917  (what a turn depends on)
    askers: Sequence[Asked],
    servers: Sequence[Server],
    address: Address,
    results: Results,
    number: int,
    seconds: float,
) -> None:
    """Let each variant answer each of *askers*, over one connection and over many."""
    direction = -1 if number % 2 else 1
    said: dict[str, list[str]] = {asked.question.path: [] for asked in askers}
    for connections, variant in product(CONNECTIONS, VARIANTS[::direction]):
        for asked in askers[::direction]:
            cell = Cell(asked.operation.name, asked.asker.name, connections, variant)
            # What takes seconds is asked in the first round alone.
            if number > 0 and asked.seconds.get(variant, 0) > _VERY_SLOW_SECONDS:
                continue
            try:
                sample = _measure_one(asked, variant, address, connections, seconds)
            except load.LoadError as error:
                results.refuse(cell, str(error))
                said[asked.question.path].append(f"{variant} failed")
                continue
            if sample is not None:
                memory = next((each.rss_mb() for each in servers if each.name == variant), None)
                results.add(cell, sample, memory)
                said[asked.question.path].append(f"{variant} {sample.rps:.0f}")
    for path, figures in said.items():
        print(f"{path:34} requests a second: {', '.join(figures)}", flush=True)


def _measure_one(
    asked: Asked, variant: str, address: Address, connections: int, seconds: float
) -> load.Sample | None:
    """Measure one cell once; None where *variant* was left out."""
    if variant == "pgbench" and asked.statement is not None:
        return pgbench.measure(address, asked.statement, connections, seconds)
    if variant in asked.targets:
        is_slow = asked.seconds[variant] > _SLOW_SECONDS
        return load.measure(asked.targets[variant], connections, seconds, is_slow=is_slow)
    return None


def _report(results: Results, home: Path, operations: Sequence[str], scale: int) -> None:
    suffix = "" if scale == 1 else f"-x{scale}"
    figures = results.figures()
    write_figures(figures, home / f"reads{suffix}.json")
    draw(results, operations, home / f"reads{suffix}.png")
    print_figures(results, operations)
    bars = list(bars_of(results, operations))
    usual = home / "reads.json"
    if scale != 1 and usual.exists():
        bars += bars_against(read_figures(usual), results)
    print_bars(bars)
    print(f"written: {home / f'reads{suffix}.json'}, {home / f'reads{suffix}.png'}")


if __name__ == "__main__":
    main()
