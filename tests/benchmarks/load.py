"""Load on an HTTP server: keep-alive connections that ask again as soon as they are answered.

``wrk`` makes it where it is installed, since it takes least from the processors that the measured
server shares with it; else a client of our own, in a process of its own.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

import uvloop
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_REQUESTS: Final = 100_000
WRK: Final = shutil.which("wrk")

_SLACK_SECONDS: Final = 60
_HERE: Final = Path(__file__).parent
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class LoadError(Exception):
    """Something else came back than the answer that was expected."""


@dataclass(frozen=True, slots=True)
class Target:
    """One POST request."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Sample:
    """Requests a second and the median of a request's milliseconds."""

    rps: float
    ms: float


def measure(target: Target, connections: int, seconds: float, *, is_slow: bool = False) -> Sample:
    """Ask *target* over so many *connections* for some *seconds*.

    Of what *is_slow* every answer is waited for, so that there is one at all.
    """
    sample = None if WRK is None or is_slow else _by_wrk(target, connections, seconds)
    return sample or _by_own_process(target, connections, seconds)


def warm(target: Target, connections: int, seconds: float) -> None:
    """Have every connection of the server asked before anything counts."""
    uvloop.run(ask_for(target, connections, seconds))


def _by_wrk(target: Target, connections: int, seconds: float) -> Sample | None:
    """Return wrk's sample; None where no request ended in time."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "request.lua"
        headers = {"Content-Type": "application/json", **target.headers}
        lines = [f"wrk.headers[{_lua(name)}] = {_lua(value)}" for name, value in headers.items()]
        lines += ['wrk.method = "POST"', f"wrk.body = {_lua(target.body.decode())}"]
        script.write_text("\n".join(lines) + (_HERE / "report.lua").read_text(encoding="utf-8"))
        words = [str(WRK), "--threads", "1", "--connections", str(connections)]
        words += ["--duration", f"{math.ceil(seconds)}s", "--timeout", f"{_SLACK_SECONDS}s"]
        words += ["--script", str(script), target.url]
        said = _run(words, seconds).rsplit("\n", 2)[-2]
    told = json.loads(said)
    if told["errors"]:
        raise LoadError(said)
    if not told["requests"]:
        return None
    return Sample(told["requests"] / told["seconds"], told["median"])


def _lua(text: str) -> str:
    """Return *text* as Lua writes a string."""
    return '"' + "".join(f"\\{byte:03d}" for byte in text.encode()) + '"'


def _by_own_process(target: Target, connections: int, seconds: float) -> Sample:
    asked = {
        "url": target.url,
        "headers": dict(target.headers),
        "body": target.body.decode(),
        "connections": connections,
        "seconds": seconds,
    }
    words = [sys.executable, "-m", "tests.benchmarks.load"]
    told = json.loads(_run(words, seconds, json.dumps(asked)))
    return Sample(told["rps"], told["ms"])


def run_apart(module: str, given: object, seconds: float = 1_800) -> Any:  # noqa: ANN401  (JSON)
    """Give *given* to the program *module*, and return what it prints."""
    return json.loads(_run([sys.executable, "-m", module], seconds, json.dumps(given)))


def _run(words: list[str], seconds: float, given: str = "") -> str:
    ended = subprocess.run(
        words,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + 2 * _SLACK_SECONDS,
    )
    if ended.returncode != 0:
        raise LoadError(ended.stderr or ended.stdout)
    return ended.stdout


class _Asker(asyncio.Protocol):
    """One connection: it asks, reads an answer to its end, and asks again."""

    def __init__(self, request: bytes, until: float, left: list[int]) -> None:
        self._request = request
        self._until = until
        self._left = left
        self._received = bytearray()
        self._expected = 0
        self._asked_at = 0.0
        self._transport: asyncio.Transport | None = None
        self.times: list[float] = []
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclass of what they stand for.
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    @override
    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._expected == 0:
            head, end, _ = bytes(self._received).partition(b"\r\n\r\n")
            length = _LENGTH.search(head)
            if not end:
                return
            if not head.startswith(b"HTTP/1.1 200") or length is None:
                self._fail(head.decode("latin-1"))
                return
            self._expected = len(head) + len(end) + int(length[1])
        if len(self._received) < self._expected:
            return
        self.times.append(time.perf_counter() - self._asked_at)
        self._received.clear()
        self._expected = 0
        self._ask()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ended.done():
            self._fail(str(exc))

    def _ask(self) -> None:
        assert self._transport is not None
        self._asked_at = time.perf_counter()
        if self._asked_at >= self._until or self._left[0] <= 0:
            self.ended.set_result(None)
            self._transport.close()
            return
        self._left[0] -= 1
        self._transport.write(self._request)

    def _fail(self, reason: str) -> None:
        self.ended.set_exception(LoadError(reason))
        if self._transport is not None:
            self._transport.abort()


async def ask_for(target: Target, connections: int, seconds: float) -> Sample:
    """Ask *target* as ``measure`` does, from this process."""
    place = urlsplit(target.url)
    head = [
        f"POST {place.path} HTTP/1.1",
        f"Host: {place.netloc}",
        "Content-Type: application/json",
    ]
    head += [f"Content-Length: {len(target.body)}"]
    head += [f"{name}: {value}" for name, value in target.headers.items()]
    request = "\r\n".join(head).encode() + b"\r\n\r\n" + target.body
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    left = [MOST_REQUESTS]
    askers = []
    for _ in range(connections):
        _, asker = await loop.create_connection(
            lambda: _Asker(request, started + seconds, left),
            place.hostname or "127.0.0.1",
            place.port or 80,
        )
        askers.append(asker)
    async with asyncio.timeout(seconds + _SLACK_SECONDS):
        await asyncio.gather(*(asker.ended for asker in askers))
    took = time.perf_counter() - started
    times = [each for asker in askers for each in asker.times]
    if not times:
        raise LoadError(target.url)
    return Sample(len(times) / took, statistics.median(times) * 1000)


def main() -> None:
    """Make the load that standard input describes; print what came of it."""
    asked = json.load(sys.stdin)
    target = Target(asked["url"], asked["headers"], asked["body"].encode())
    sample = uvloop.run(ask_for(target, asked["connections"], asked["seconds"]))
    print(json.dumps({"rps": sample.rps, "ms": sample.ms}))


if __name__ == "__main__":
    main()
