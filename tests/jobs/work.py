"""A worker as a process of its own, on a database: it writes down what it does, line by line.

``python -m tests.jobs.work URL FILE SILENCE`` does the kinds ``note``, ``sleep`` and ``die``.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from subprocess import Popen
from typing import TYPE_CHECKING

from hub.database.address import Address
from hub.database.engine import Database
from hub.jobs.kinds import End, Kind, Patience
from hub.jobs.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONG = 60


async def main(url: str, file: str, silence: str) -> None:
    """Work until killed."""

    def say(line: str) -> None:
        with Path(file).open("a", encoding="utf-8") as notes:
            notes.write(f"{line}\n")

    async def note(key: str) -> None:
        say(f"note {key}")

    async def sleep(key: str) -> None:
        say(f"sleep {key}")
        await asyncio.sleep(_LONG)

    async def die(key: str) -> None:
        say(f"die {key}")
        os.kill(os.getpid(), signal.SIGKILL)

    async def give_up(key: str, end: End) -> None:
        say(f"{end} {key}")

    kinds = [Kind(do.__name__, do, give_up) for do in (note, sleep, die)]
    patience = Patience(deaths=2, silence=timedelta(seconds=float(silence)))
    async with Database(Address.parse(url)) as database:
        await Worker(database, kinds, patience=patience).run()


@contextmanager
def working(address: Address, notes: Path, *, silence: float = 1.0) -> Iterator[Popen[bytes]]:
    """Have a worker beside the block."""
    words = [sys.executable, "-m", "tests.jobs.work", address.url, str(notes), str(silence)]
    with Popen(words, cwd=Path(__file__).parents[2]) as process:
        try:
            yield process
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
