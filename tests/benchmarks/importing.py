"""One import as a process: ``python -m tests.benchmarks.importing``.

It reads from standard input where the database is and what to import, a few deliveries at a time,
and prints how many seconds that took and how many megabytes the process had resident at most.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from hub.clock import system_clock
from hub.database.address import Address
from hub.database.engine import Database
from hub.ingest.batch.deliveries import Deliveries
from hub.ingest.batch.processing import Workshop, process_batch
from hub.ingest.batch.records import Sending, record_delivery
from hub.ingest.batch.sources import get_source

_AT_ONCE: Final = 4
_PIECE: Final = 1 << 16


async def _import(given: dict[str, Any]) -> list[dict[str, object]]:
    told: list[dict[str, object]] = []
    waiting = iter(given["deliveries"])
    async with Database(Address(given["url"], given["secret"])) as database:
        shop = Workshop(database, Deliveries.of(Path(given["home"])), system_clock)

        async def work() -> None:
            for code, path, format_ in waiting:
                told.append(await _take(shop, code, Path(path), format_))

        await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
    return told


async def _take(shop: Workshop, code: str, path: Path, format_: str) -> dict[str, object]:
    source = await get_source(shop.database, code)
    with shop.deliveries.receive() as arriving:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                arriving.write(piece)
        recorded = await record_delivery(
            shop.database,
            shop.deliveries,
            source=source,
            delivery=arriving.end(),
            sending=Sending("push", format_),
        )
    report = await process_batch(shop, recorded.id)
    return {
        "status": report.status,
        "received": report.counts.received,
        "new": report.counts.new,
        "unchanged": report.counts.unchanged,
        "rejected": [row.code for row in report.rows[:3]],
        "refusal": report.refusal,
    }


def main() -> None:
    """Import, and print what it took."""
    given = json.load(sys.stdin)
    started = perf_counter()
    told = asyncio.run(_import(given))
    took = perf_counter() - started
    # The kernel's own peak of this program: what it was started from does not count.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    [peak] = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    print(json.dumps({"deliveries": told, "seconds": took, "mb": round(int(peak) / 1024, 1)}))


if __name__ == "__main__":
    main()
