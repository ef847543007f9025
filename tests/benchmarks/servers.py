"""The measured servers as the benchmark sees them: processes that answer on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

from hub.access.readers import Reader
from hub.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.database.address import Address

RIVAL: Final = Path(__file__).parent / "postgraphile"
NODE: Final = RIVAL / "node_modules" / "node" / "bin" / "node"

_RIVAL_ROLES: Final = (Reader.STANDING, Reader.SCOPED)


@dataclass(frozen=True, slots=True)
class Question:
    """What the bare server shall know the statement of, and by which path."""

    path: str
    agency: str
    document: str
    variables: dict[str, object]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    name: str
    url: str
    pid: int

    def rss_mb(self) -> float:
        """Return how much memory its process has resident."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        [line] = [line for line in status.splitlines() if line.startswith("VmRSS:")]
        return round(int(line.split()[1]) / 1024, 1)


@contextmanager
def start_ours(
    name: str, address: Address, home: Path, questions: tuple[Question, ...] = ()
) -> Iterator[Server]:
    """Run the server *name* of ``tests.benchmarks.serve`` as long as the block lasts."""
    given = {
        "url": address.url,
        "secret": address.secret,
        "home": str(home.absolute()),
        "questions": [asdict(question) for question in questions],
    }
    words = [sys.executable, "-m", "tests.benchmarks.serve", name]
    with _running(name, words, given, home, Path.cwd(), {}) as server:
        yield server


@contextmanager
def start_rival(address: Address, home: Path) -> Iterator[Server]:
    """Run PostGraphile as long as the block lasts.

    It has as many connections as the hub. A statement of its may take three times as long: one
    that ran on would spoil all that is measured after it.
    """
    place = urlsplit(address.url)
    query = parse_qs(place.query)
    roles = {
        role.value: {
            "host": query.get("host", [place.hostname or ""])[0],
            "port": int(query.get("port", [str(place.port or 5432)])[0]),
            "database": address.database,
            "user": role.value,
            "password": address.password_of(role),
        }
        for role in _RIVAL_ROLES
    }
    settings = Settings()
    given = {
        "connections": settings.connections,
        "seconds": round(3 * settings.statement_seconds),
        "roles": roles,
    }
    production = {"NODE_ENV": "production", "GRAPHILE_ENV": "production"}
    words = [str(NODE), "server.mjs"]
    with _running("postgraphile", words, given, home, RIVAL, production) as server:
        yield server


@contextmanager
def _running(  # noqa: PLR0913, PLR0917  (what a process takes)
    name: str,
    words: list[str],
    given: dict[str, Any],
    home: Path,
    folder: Path,
    variables: dict[str, str],
) -> Iterator[Server]:
    log = (home / f"{name}.log").absolute()
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            words,
            cwd=folder,
            env={**os.environ, **variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(given).encode())
            process.stdin.close()
            line = process.stdout.readline()
            if not line:
                message = f"{name} did not start: {log}"
                raise RuntimeError(message)
            yield Server(name, f"http://127.0.0.1:{int(line)}", process.pid)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
