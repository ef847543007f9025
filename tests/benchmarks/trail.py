"""What the audit trail costs a read: ``python -m tests.benchmarks.trail [ROUNDS]``.

Two hubs over the benchmark's city, one with the trail and one without, are asked the benchmark's
cheapest question in short turns, as the standing agency over eight connections.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import ExitStack
from statistics import median
from typing import TYPE_CHECKING, Final

from hub.clock import system_clock
from hub.database.engine import Database
from hub.web.development import DevelopmentIssuer
from tests.benchmarks import load
from tests.benchmarks.home import HOME, open_city
from tests.benchmarks.operations import OPERATIONS
from tests.benchmarks.questions import Questions
from tests.benchmarks.servers import start_ours

if TYPE_CHECKING:
    from hub.database.address import Address
    from tests.benchmarks.questions import Asked

MOST_SLOWER: Final = 0.05
_CONNECTIONS: Final = 8
_TURN_SECONDS: Final = 2.0
_QUESTION: Final = "Lookup"


async def _ask(address: Address, issuer: DevelopmentIssuer) -> tuple[Questions, Asked]:
    async with Database(address) as database:
        questions = await Questions.find(database, issuer, None)
        every = await questions.ask([each for each in OPERATIONS if each.name == _QUESTION])
    return questions, next(each for each in every if each.asker.name == "standing")


def main() -> int:
    """Print the comparison; fail where reads are slower than they may be."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    issuer = DevelopmentIssuer.of(HOME, system_clock)
    slower = []
    with open_city(HOME / "city-1", scale=1) as address, ExitStack() as stack:
        questions, asked = asyncio.run(_ask(address, issuer))
        targets = {}
        for name in ("hub", "untrailed"):
            server = stack.enter_context(start_ours(name, address, HOME))
            targets[name] = questions.hub_target(asked, server.url)
            load.warm(targets[name], _CONNECTIONS, _TURN_SECONDS)
        for number in range(rounds):
            order = sorted(targets, reverse=bool(number % 2))
            rps = {
                name: load.measure(targets[name], _CONNECTIONS, _TURN_SECONDS).rps for name in order
            }
            slower.append(1 - rps["hub"] / rps["untrailed"])
            print(f"with {rps['hub']:.0f}, without {rps['untrailed']:.0f} a second", flush=True)
    found = median(slower)
    print(f"slower by {found:.1%} (at most {MOST_SLOWER:.0%})")
    return int(found > MOST_SLOWER)


if __name__ == "__main__":
    raise SystemExit(main())
