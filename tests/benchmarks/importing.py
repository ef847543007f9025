"""One import as a process: ``python -m tests.benchmarks.importing``.

It reads from standard input where the database is and what to import, and prints how many seconds
each delivery took and how many megabytes the process had resident at most.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from time import perf_counter

from hub.clock import system_clock
from hub.database.address import Address
from hub.database.engine import Database
from hub.ingest.batch.deliveries import Deliveries
from hub.ingest.batch.processing import Workshop, process_batch
from hub.ingest.batch.records import Sending, record_delivery
from hub.ingest.batch.sources import get_source


async def _import(given: dict[str, object]) -> list[dict[str, object]]:
    address = Address(str(given["url"]), str(given["secret"]))
    told = []
    async with Database(address) as database:
        shop = Workshop(database, Deliveries.of(Path(str(given["home"]))), system_clock)
        for code, path, format_ in given["deliveries"]:  # type: ignore[attr-defined]  # a JSON list
            started = perf_counter()
            source = await get_source(database, code)
            recorded = await record_delivery(
                database,
                shop.deliveries,
                source=source,
                delivery=shop.deliveries.receive_file(Path(path)),
                sending=Sending("push", format_),
            )
            report = await process_batch(shop, recorded.id)
            told.append(
                {
                    "seconds": perf_counter() - started,
                    "status": report.status,
                    "received": report.counts.received,
                    "new": report.counts.new,
                    "unchanged": report.counts.unchanged,
                    "rejected": [row.code for row in report.rows[:3]],
                    "refusal": report.refusal,
                }
            )
    return told


def main() -> None:
    """Import, and print what it took."""
    given = json.load(sys.stdin)
    told = asyncio.run(_import(given))
    # The kernel's own peak of this program: what it was started from does not count.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    [peak] = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    print(json.dumps({"deliveries": told, "mb": round(int(peak) / 1024, 1)}))


if __name__ == "__main__":
    main()
