"""``python -m tests.faults``: do every harm once, print how the hub bore it, against its bars."""

from __future__ import annotations

import asyncio
import sys
from typing import Final

from tests.faults.ground import ground
from tests.faults.harm import crowd, exhaust_pool, kill_backends, read_slowly, stop_database

_CONNECTIONS: Final = 4
MOST_FAILED: Final = 0.005
LONGEST: Final = 2.0
SLOWEST_REFUSAL: Final = 1.0
MOST_CROWDED: Final = 3.0
MOST_KEPT: Final = 2.0
"""Times what slow readers have yet to take: the memory that it may be kept in."""


def main() -> int:
    """Return how many bars were missed."""
    missed = 0

    def say(what: str, figures: str, *, holds: bool) -> None:
        nonlocal missed
        missed += not holds
        sys.stdout.write(f"{what:32} {figures}{'' if holds else '  MISSED'}\n")
        sys.stdout.flush()

    with ground(HUB_CONNECTIONS=str(_CONNECTIONS)) as place:
        killed = asyncio.run(kill_backends(place, 20))
        share = killed.failed / killed.requests
        say(
            "20 backends killed under load",
            f"{killed.requests} requests, {killed.wrong} wrong, {killed.failed} failed "
            f"({share:.2%}), back within {killed.longest:.2f} s",
            holds=not killed.wrong and share <= MOST_FAILED and killed.longest <= LONGEST,
        )
        exhausted = asyncio.run(exhaust_pool(place, place.url, _CONNECTIONS, 20))
        say(
            "every connection taken",
            f"{exhausted.refused} of {exhausted.asked} refused with Retry-After within "
            f"{exhausted.slowest:.2f} s, others answered within {exhausted.others:.2f} s",
            holds=exhausted.refused == exhausted.asked
            and max(exhausted.slowest, exhausted.others) <= SLOWEST_REFUSAL,
        )
        crowded = asyncio.run(crowd(place, 200, 5.0))
        ratio = crowded.crowded / crowded.alone
        say(
            "200 slow clients",
            f"a good one's p99 {crowded.alone * 1000:.1f} ms alone, "
            f"{crowded.crowded * 1000:.1f} ms among them ({ratio:.2f}×)",
            holds=ratio <= MOST_CROWDED,
        )
        slow = asyncio.run(read_slowly(place, 200, 5.0))
        ratio = slow.waits.crowded / slow.waits.alone
        kept = slow.grown / (slow.readers * slow.length / 1_000_000)
        say(
            "200 slow readers",
            f"of {slow.length / 1000:.0f} kB each: a good one's p99 "
            f"{slow.waits.alone * 1000:.1f} ms alone, {slow.waits.crowded * 1000:.1f} ms among "
            f"them ({ratio:.2f}×), {slow.grown:.0f} MB ({kept:.2f}×), {slow.held} connections held",
            holds=ratio <= MOST_CROWDED and kept <= MOST_KEPT and not slow.held,
        )
        stopped = asyncio.run(stop_database(place, 5.0))
        say(
            "database stopped and started",
            f"live, ready, asked: {stopped.before}, then {stopped.during}; "
            f"back after {stopped.back:.2f} s",
            holds=stopped.during == (200, 503, 503) and stopped.back <= LONGEST,
        )
    return missed


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
