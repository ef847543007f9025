"""Workers killed while they import: ``python -m tests.ingest.batch.killing [POINTS] [SEED]``.

Each point sends a set of deliveries that overlap, in an order of its own and some twice, kills
whoever sends and takes them at a moment of its own (SIGKILL), has it all done again, and compares
with one clean run. Prints what differed and how many points were alike.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import asyncpg

from hub.database.address import Address
from hub.database.embedded import embedded_server
from hub.database.engine import Database
from hub.database.migrate import migrate
from hub.ingest.accounts import load_development_accounts
from hub.ingest.batch.processing import process_batch
from hub.ingest.batch.sources import get_source
from hub.ingest.reference import load_reference
from tests.ingest.batch.ground import COUNT, RATE, Sender, register

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

_SOURCE: Final = "thu.pha"
_WARDS: Final = ("00004", "00008", "00025", "00097")
_TODAY: Final = _WARDS[:-1]
_BEFORE: Final = ("Phường Phúc Xá", "Phường Phúc Tân", "Phường Chương Dương")
"""All of them went as a whole to the last of the wards, of which nothing else is said."""
_MONTHS: Final = tuple(f"2026-0{month}" for month in range(1, 10))
_AT_ONCE: Final = 2
_SETTINGS: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
_EMPTY: Final = "TRUNCATE observation, batch, batch_row, figure_version, figure_contribution"

# What stands in the end, whatever revisions led to it.
_STANDING: Final = """
SELECT i.code, a.code, p.label, o.value, o.numerator, o.denominator, o.is_withdrawn, o.status,
       v.version
FROM observation o
JOIN indicator i ON i.id = o.indicator_id JOIN area a ON a.id = o.area_id
JOIN period p ON p.id = o.period_id LEFT JOIN figure_version v ON v.origin_id = o.origin_id
WHERE o.superseded_at IS NULL ORDER BY 1, 2, 3
"""
_ODD: Final = """
SELECT 'revisions of ' || origin_id FROM observation GROUP BY origin_id
HAVING max(revision) <> count(*) OR count(*) FILTER (WHERE superseded_at IS NULL) <> 1
UNION ALL
SELECT 'state of ' || idempotency_key FROM batch
WHERE status <> 'done' OR rows_received <> rows_new + rows_revised + rows_unchanged
  + rows_withdrawn + rows_held + rows_rejected
UNION ALL
SELECT 'a batch of ' || origin_id FROM observation o LEFT JOIN batch b ON b.id = o.batch_id
WHERE b.status IS DISTINCT FROM 'done'
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands in the database, and what should not be."""

    standing: list[tuple[Any, ...]]
    odd: list[str]


def deliveries(random: Random) -> dict[str, list[dict[str, object]]]:
    """Return deliveries by key: a whole, its half, later versions, withdrawals, older ones."""
    cells = [(i, w, m) for i in (RATE, COUNT) for w in (*_TODAY, *_BEFORE) for m in _MONTHS]

    def row(cell: tuple[str, str, str], version: int) -> dict[str, object]:
        indicator, ward, month = cell
        drawn = Random(f"{cell}{version}").randrange(10)  # noqa: S311  (no secret)
        said: dict[str, object] = {"indicator": indicator, "area": ward, "period": month}
        if version == 3 and drawn < 2:
            return {**said, "version": version, "withdrawn": True}
        if indicator == RATE:
            return {**said, "version": version, "numerator": drawn, "denominator": 10}
        return {**said, "version": version, "value": drawn}

    whole = [row(cell, 2) for cell in cells]
    return {
        "whole": whole,
        "half": whole[: len(whole) // 2],
        "again": [*random.sample(whole, 9), *random.sample(whole, 9)],
        "later": [row(cell, 3) for cell in random.sample(cells, 30)],
        "older": [row(cell, 1) for cell in random.sample(cells, 30)],
    }


async def send_all(address: Address, home: Path, sent: list[tuple[str, Any]]) -> None:
    """Send every delivery under its key and take it through, two at a time."""
    async with Database(address) as database:
        sender = Sender(database, await get_source(database, _SOURCE), home)
        waiting = iter(sent)

        async def work() -> None:
            for key, rows in waiting:
                number = await sender.record(*rows, key=key)
                await process_batch(sender.shop, number)

        await asyncio.gather(*(work() for _ in range(_AT_ONCE)))


def prove(points: int, seed: int) -> int:
    """Return at how many of *points* something differed, in a database of their own."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with embedded_server(home, settings=_SETTINGS) as server:
            address = Address.parse(server.url("hub_killed"))
            asyncio.run(_prepare(server.url("postgres"), address))
            return prove_at(address, home, points, seed)


def prove_at(address: Address, home: Path, points: int, seed: int) -> int:
    """Do the same in the database at *address*, which has the reference data and no figure."""
    asyncio.run(_register(address))
    sent = list(deliveries(Random(seed)).items())  # noqa: S311
    # Done here, so that the copies of this process need not learn what it has learned.
    started = time.monotonic()
    asyncio.run(send_all(address, home, sent))
    seconds = time.monotonic() - started
    clean = asyncio.run(_look(address))
    assert clean.odd == [], clean.odd
    assert len(clean.standing) == len(_WARDS) * len(_MONTHS) * 2
    wrong = 0
    for point in range(points):
        random = Random(f"{seed}/{point}")  # noqa: S311
        found = _point(address, home, sent, seconds, random)
        if found.odd or found.standing != clean.standing:
            wrong += 1
            different = set(found.standing) ^ set(clean.standing)
            print(f"point {point}: {found.odd[:3]} {sorted(map(str, different))[:4]}")
    print(f"{points - wrong} of {points} points alike; a clean run takes {seconds:.2f} s")
    return wrong


def _point(
    address: Address, home: Path, sent: list[tuple[str, Any]], seconds: float, random: Random
) -> Outcome:
    """Send in an order of its own, kill, and have it all done again in another."""
    asyncio.run(_run(address, _EMPTY))
    order = [*sent, *random.sample(sent, 2)]
    random.shuffle(order)
    child = _fork(lambda: send_all(address, home, order))
    time.sleep(random.uniform(0, seconds))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    random.shuffle(order)
    _wait(_fork(lambda: send_all(address, home, order)))
    return asyncio.run(_look(address))


def _fork(act: Callable[[], Coroutine[Any, Any, None]]) -> int:
    """Have a copy of this process do *act*; return its number."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        asyncio.run(act())
        code = 0
    finally:
        os._exit(code)


def _wait(child: int) -> None:
    _, status = os.waitpid(child, 0)
    assert status == 0, "it should have ended by itself"


async def _prepare(postgres: str, address: Address) -> None:
    connection = await asyncpg.connect(postgres)
    await connection.execute(f"CREATE DATABASE {address.database}")
    await connection.close()
    await migrate(address)
    async with Database(address) as database:
        await load_reference(database)
        await load_development_accounts(database)


async def _register(address: Address) -> None:
    async with Database(address) as database:
        await register(database, _SOURCE, owner="hn.so-y-te", areas=_WARDS)


async def _look(address: Address) -> Outcome:
    connection = await asyncpg.connect(address.url)
    try:
        standing = [tuple(row) for row in await connection.fetch(_STANDING)]
        return Outcome(standing, [row[0] for row in await connection.fetch(_ODD)])
    finally:
        await connection.close()


async def _run(address: Address, statement: str) -> None:
    connection = await asyncpg.connect(address.url)
    await connection.execute(statement)
    await connection.close()


def main() -> int:
    """Prove as the command line says; a JSON object on it says where, and 20 points do."""
    if sys.argv[1:] and sys.argv[1].startswith("{"):
        at = json.loads(sys.argv[1])
        return prove_at(Address(at["url"], at["secret"]), Path(at["home"]), at["points"], 1)
    given = [int(word) for word in sys.argv[1:]]
    points, seed = (*given, *(100, 1)[len(given) :])
    return prove(points, seed)


if __name__ == "__main__":
    sys.exit(main())
