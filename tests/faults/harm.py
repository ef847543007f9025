"""The harm that is done to a hub, and the figures of how it bears it."""

from __future__ import annotations

import asyncio
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import asyncpg
import httpx

from tests.faults.client import Client, Question, Reply, ask_for, ask_once, ask_until, leave
from tests.faults.slow import SlowReader

if TYPE_CHECKING:
    from tests.faults.ground import Ground

DEPARTMENT: Final = "hn.so-y-te"
STANDING: Final = "hn.cong-an"
FIGURES: Final = """{ project(code: "hn.ctmtqg-2030.da6") { name indicators(first: 5) { nodes {
  code latest { value } } } } }"""
AREAS: Final = '{ area(code: "00004") { name } }'
LONG: Final = f"""{{ {" ".join(f"a{page}: areas(first: 100) {{ ...A }}" for page in range(20))} }}
fragment A on AreaConnection {{ nodes {{ id code name shortName level type validFrom validTo
  areaKm2 latitude longitude synthetic }} }}"""

_AT_ONCE: Final = 2
_FORGOTTEN: Final = 10.0
_RECOVERING: Final = 3.0
_FILLING: Final = 0.5
_OK: Final = 200
_COME_AGAIN: Final = (429, 503)
"""Too many at once of this client, or of all."""


@dataclass(frozen=True, slots=True)
class Killed:
    """What backends killed under load cost.

    Attributes:
        wrong: answers that were not the true one.
        failed: requests without an answer.
        longest: seconds from a kill until the next good answer to a later request, at worst.
    """

    requests: int
    wrong: int
    failed: int
    longest: float


async def kill_backends(ground: Ground, kills: int, every: float = 1.0, clients: int = 8) -> Killed:
    """Kill a backend again and again while clients ask."""
    question = Question(ground.hub.url, ground.hub.tokens[DEPARTMENT], FIGURES)
    truth = (await ask_once(question)).body
    over = asyncio.Event()
    asking = [asyncio.create_task(ask_until(question, over)) for _ in range(clients)]
    moments = []
    await asyncio.sleep(every)
    for turn in range(kills):
        moments.append(time.monotonic())
        ground.postgres.kill_backend(turn)
        await asyncio.sleep(every)
    await asyncio.sleep(_RECOVERING)
    over.set()
    replies = [reply for task in asking for reply in await task]
    answers = [reply for reply in replies if reply.status == _OK]
    return Killed(
        len(replies),
        sum(reply.body != truth for reply in answers),
        len(replies) - len(answers),
        max(_until_answered(answers, moment) - moment for moment in moments),
    )


def _until_answered(answers: list[Reply], moment: float) -> float:
    """Return when the first answer came to what was sent after *moment*."""
    return min(each.sent + each.seconds for each in answers if each.sent > moment)


@dataclass(frozen=True, slots=True)
class Exhausted:
    """What happens where every connection of one kind of reader is taken.

    Attributes:
        refused: replies of 503 or 429 with ``Retry-After`` to who found none, of *asked*.
        slowest: seconds that the slowest refusal took.
        others: seconds that the slowest answer to another kind of reader took.
        after: seconds until all were answered again.
    """

    asked: int
    refused: int
    slowest: float
    others: float
    after: float


async def exhaust_pool(ground: Ground, url: str, connections: int, more: int) -> Exhausted:
    """Have every connection of departments wait for a lock, then ask *more* times."""
    figures = Question(ground.hub.url, ground.hub.tokens[DEPARTMENT], FIGURES)
    truth = (await ask_once(figures)).body
    owner = await asyncpg.connect(url)
    lock = owner.transaction()
    await lock.start()
    await owner.execute("LOCK TABLE target IN ACCESS EXCLUSIVE MODE")
    stuck = [asyncio.create_task(ask_once(_stuck(figures))) for _ in range(connections)]
    await asyncio.sleep(0.5)
    refusals = await asyncio.gather(*(ask_once(figures) for _ in range(more)))
    areas = Question(ground.hub.url, None, AREAS)
    others = [await ask_once(areas) for _ in range(5)]
    await lock.rollback()
    await owner.close()
    unlocked = time.monotonic()
    await asyncio.gather(*stuck)
    again = await asyncio.gather(*(ask_once(figures) for _ in range(connections)))
    assert [reply.body for reply in again] == [truth] * connections
    assert [reply.status for reply in others] == [_OK] * len(others)
    return Exhausted(
        more,
        sum(each.status in _COME_AGAIN and "retry-after" in each.headers for each in refusals),
        max(each.seconds for each in refusals),
        max(each.seconds for each in others),
        time.monotonic() - unlocked,
    )


def _stuck(question: Question) -> Question:
    return Question(question.url, question.token, "{ targets(first: 1) { nodes { year } } }")


@dataclass(frozen=True, slots=True)
class Crowded:
    """How long a good client waits, alone and among clients that never finish, in seconds.

    Alone is before or after, whichever took longer, or a machine that slows down by itself would be
    taken for harm. Harm that lasts after they have left is seen by what the hub still holds.

    Attributes:
        alone, crowded: its 99th percentile.
        middle_alone, middle_crowded: its median, which a busy machine disturbs less.
    """

    alone: float
    crowded: float
    middle_alone: float
    middle_crowded: float


async def crowd(ground: Ground, slow: int, seconds: float) -> Crowded:
    """Have *slow* clients send a body a byte at a time while a good one asks."""
    question = Question(ground.hub.url, ground.hub.tokens[DEPARTMENT], FIGURES)
    await ask_for(question, 1, 1.0)
    before = await ask_for(question, 1, seconds)
    over = asyncio.Event()
    dripping = [asyncio.create_task(_drip(ground.hub.url, over)) for _ in range(slow)]
    await asyncio.sleep(1.0)
    crowded = await ask_for(question, 1, seconds)
    over.set()
    await asyncio.gather(*dripping)
    return _crowded(before, crowded, await ask_for(question, 1, seconds))


def _crowded(before: list[Reply], crowded: list[Reply], after: list[Reply]) -> Crowded:
    assert {reply.status for reply in (*before, *crowded, *after)} == {_OK}
    return Crowded(
        max(_percentile(replies, 0.99) for replies in (before, after)),
        _percentile(crowded, 0.99),
        max(_percentile(replies, 0.5) for replies in (before, after)),
        _percentile(crowded, 0.5),
    )


@dataclass(frozen=True, slots=True)
class ReadSlowly:
    """What it costs that clients take long answers a few bytes at a time.

    Attributes:
        readers: how many such answers were under way at once; *length* the bytes of each.
        waits: how long a good client waits, alone and among them.
        held: connections of the database that were in use though nobody asked.
        grown: megabytes of memory that the hub had more while they read; *left*, after they left.
        files: that the hub has open still, beyond those before.
    """

    readers: int
    length: int
    waits: Crowded
    held: int
    grown: float
    left: float
    files: int


async def read_slowly(ground: Ground, readers: int, seconds: float) -> ReadSlowly:
    """Have clients take long answers a few bytes a second while a good one asks."""
    question = Question(ground.hub.url, ground.hub.tokens[DEPARTMENT], FIGURES)
    long = Question(ground.hub.url, None, LONG)
    process = Process(ground.hub.process.pid)
    await ask_once(long)
    await ask_for(question, 1, 1.0)
    before = await ask_for(question, 1, seconds)
    memory, files = process.memory, process.files
    slow = [SlowReader(long, number) for number in range(readers)]
    turns = asyncio.Semaphore(_AT_ONCE)

    async def begin(reader: SlowReader) -> None:
        async with turns:
            await reader.begin()

    await asyncio.gather(*(begin(reader) for reader in slow))
    over = asyncio.Event()
    reading = [asyncio.create_task(reader.read(over)) for reader in slow]
    await asyncio.sleep(1.0)
    held = await _in_use(ground.url)
    crowded = await ask_for(question, 1, seconds)
    grown = process.memory - memory
    over.set()
    await asyncio.gather(*reading)
    assert not any(reader.is_cut_off for reader in slow)
    for reader in slow:
        reader.leave()
    left = time.monotonic()
    while process.files > files and time.monotonic() - left < _FORGOTTEN:  # noqa: ASYNC110  (nothing tells)
        await asyncio.sleep(0.1)
    after = await ask_for(question, 1, seconds)
    return ReadSlowly(
        len(slow),
        min(reader.length for reader in slow),
        _crowded(before, crowded, after),
        held,
        grown,
        process.memory - memory,
        process.files - files,
    )


@dataclass(frozen=True, slots=True)
class Process:
    """A process of this machine."""

    number: int

    @property
    def memory(self) -> float:
        """Return the megabytes that it has."""
        status = Path(f"/proc/{self.number}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1000

    @property
    def files(self) -> int:
        """Return how many files it has open."""
        return len(list(Path(f"/proc/{self.number}/fd").iterdir()))


async def _in_use(url: str) -> int:
    """Return how many connections of the hub have been doing something for a while."""
    owner = await asyncpg.connect(url)
    count = await owner.fetchval(
        "SELECT count(*) FROM pg_stat_activity WHERE usename LIKE 'hub\\_%' AND state <> 'idle' "
        "AND state_change < now() - interval '0.5 s'"
    )
    await owner.close()
    return int(count)


async def _drip(url: str, over: asyncio.Event) -> None:
    parts = urlsplit(url)
    _, writer = await asyncio.open_connection(parts.hostname, parts.port)
    head = (
        f"POST /graphql HTTP/1.1\r\nhost: {parts.netloc}\r\ncontent-type: application/json\r\n"
        "content-length: 100000\r\n\r\n"
    )
    try:
        writer.write(head.encode())
        while not over.is_set():
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.2)
    except ConnectionError:
        pass
    finally:
        await leave(writer)


def _percentile(replies: list[Reply], part: float) -> float:
    times = sorted(reply.seconds for reply in replies)
    return times[int(len(times) * part)]


@dataclass(frozen=True, slots=True)
class Stopped:
    """What was said of a hub whose database was away, and how soon it was back.

    Attributes:
        before, during: the statuses of ``/health/live``, ``/health/ready`` and of a question.
        back: seconds from the database's start to the first good answer.
    """

    before: tuple[int, int, int]
    during: tuple[int, int, int]
    back: float


async def stop_database(ground: Ground, away: float) -> Stopped:
    """Stop the database for a while; nobody touches the hub."""
    question = Question(ground.hub.url, ground.hub.tokens[DEPARTMENT], FIGURES)
    before = await _told(question)
    await asyncio.to_thread(ground.postgres.stop)
    during = await _told(question)
    await asyncio.sleep(away)
    await asyncio.to_thread(ground.postgres.start)
    started, client = time.monotonic(), Client(question)
    while (await client.ask()).status != _OK:
        assert time.monotonic() - started < 30, "it did not come back"
        await asyncio.sleep(0.02)
    back = time.monotonic() - started
    await client.close()
    assert await _told(question) == before
    return Stopped(before, during, back)


async def _told(question: Question) -> tuple[int, int, int]:
    async with httpx.AsyncClient(base_url=question.url) as client:
        live = await client.get("/health/live")
        ready = await client.get("/health/ready")
    return live.status_code, ready.status_code, (await ask_once(question)).status


@dataclass(frozen=True, slots=True)
class Cut:
    """What a client has of an export whose backend was killed under way.

    Attributes:
        is_told: whether the client was told that it is not whole.
    """

    status: int
    bytes: int
    is_told: bool


async def cut_export(ground: Ground) -> Cut:
    """Begin to take every figure away, slowly; kill the backends; take what comes still."""
    got = 0
    # So little is on its way that the hub waits for the client.
    narrow = [(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)]
    async with (
        httpx.AsyncClient(
            base_url=ground.hub.url,
            headers={"authorization": f"Bearer {ground.hub.tokens[STANDING]}"},
            transport=httpx.AsyncHTTPTransport(socket_options=narrow),
            timeout=60,
        ) as client,
        client.stream("GET", "/exports/observations") as answer,
    ):
        try:
            async for part in answer.aiter_raw():
                if not got:
                    await asyncio.sleep(_FILLING)
                    ground.postgres.kill_backend(0)
                    await asyncio.sleep(_FILLING)
                got += len(part)
        except httpx.RemoteProtocolError:
            return Cut(answer.status_code, got, is_told=True)
        return Cut(answer.status_code, got, is_told=False)
