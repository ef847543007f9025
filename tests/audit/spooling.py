"""A process that spools accesses until it is told or made to stop: for tests to kill.

It says ``ready``, then for each line it reads tells as many accesses as the line says, and answers
with the number it has told so far; ``sync`` waits until all of it is written.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import time
from pathlib import Path

from hub.audit.access import Access, Origin
from hub.audit.errors import TrailBehindError
from hub.audit.spool import Spool
from hub.clock import system_clock


def access(number: int) -> Access:
    """Return the access that the number *number* stands for."""
    return Access(system_clock(), "operation", "answered", Origin("http", str(number)))


async def main(home: Path) -> None:
    """Spool what standard input asks for; its end is an orderly stop."""
    told = 0
    async with Spool(home, system_clock, b"key") as spool:
        print("ready", flush=True)
        for line in sys.stdin:
            match line.split():
                case ["tell", count]:
                    for _ in range(int(count)):
                        told += 1
                        spool.tell(access(told))
                case ["full", size]:
                    # What the kernel answers, "file too large", stands for a disk without room.
                    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), resource.RLIM_INFINITY))
                case ["room"]:
                    most = resource.RLIM_INFINITY
                    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
                case ["sync"]:
                    while spool.pending:
                        time.sleep(0.01)
                case _:
                    pass
            try:
                spool.check()
                state = "open"
            except TrailBehindError as error:
                state = error.code
            print(told, spool.pending, state, flush=True)


if __name__ == "__main__":
    import signal

    # Beyond its limit a write fails instead of ending the process.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    asyncio.run(main(Path(sys.argv[1])))
