"""What the audit trail costs a read: ``python -m tests.benchmarks.trail [ROUNDS]``.

One process answers the same cheap question, a project by its code, with the trail and without it,
in short turns; requests go to the application itself, so that no network hides the cost. What the
trail adds is processor time, of the request's path and of the writing thread, which one interpreter
spends one after another: it is set against the time that a request takes without the trail.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, Final

import asyncpg
import orjson
import uvloop

from hub.api.execution import Executor
from hub.audit.access import Access, Origin
from hub.audit.spool import TURN_SECONDS, Spool
from hub.audit.trail import NO_TRAIL, KeptTrail, variables_key
from hub.clock import system_clock
from hub.database.address import Address
from hub.database.embedded import embedded_server
from hub.database.engine import Database
from hub.database.migrate import migrate
from hub.ingest.accounts import load_development_accounts
from hub.ingest.reference import load_reference
from hub.web.app import WebOptions, WebParts, create_app
from hub.web.authenticate import Authenticator
from hub.web.development import DevelopmentIssuer

if TYPE_CHECKING:
    from hub.database.embedded import Server

MOST_SLOWER: Final = 0.05
REQUESTS: Final = 240
AT_ONCE: Final = 8
QUESTION: Final = "query Q($c: String!) { project(code: $c) { code name lead { code name } } }"


async def _ask(app: Any, scope: dict[str, Any], body: bytes) -> None:  # noqa: ANN401  (ASGI)
    left = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        if not left:
            # The client stays: whoever watches for its leaving waits.
            await asyncio.Event().wait()
        return left.pop()

    async def send(message: dict[str, Any]) -> None:
        assert message.get("status", 200) == 200

    await app(dict(scope), receive, send)


@dataclass(frozen=True, slots=True)
class Rate:
    """Requests a second, and the processor time of each in microseconds, all threads together."""

    per_second: float
    computed: float


async def _rate(app: Any, scope: dict[str, Any], body: bytes) -> Rate:  # noqa: ANN401  (ASGI)
    """Return how fast *app* answers."""

    async def client() -> None:
        for _ in range(REQUESTS // AT_ONCE):
            await _ask(app, scope, body)

    started, computed = perf_counter(), process_time()
    await asyncio.gather(*(client() for _ in range(AT_ONCE)))
    # What was told last is written by then, and counted.
    await asyncio.sleep(TURN_SECONDS)
    elapsed = perf_counter() - started - TURN_SECONDS
    return Rate(REQUESTS / elapsed, (process_time() - computed) / REQUESTS * 1e6)


def _path_microseconds(trail: KeptTrail) -> float:
    """Return what checking and telling take on the request path alone."""
    times = 5_000
    started = perf_counter()
    for _ in range(times):
        trail.check()
        origin = Origin("http", "0" * 32, "127.0.0.1")
        access = Access(system_clock(), "operation", "answered", origin, 1, "hn.so-y-te", "Q")
        trail.tell(access)
    return (perf_counter() - started) / times * 1e6


async def _compare(server: Server, home: Path, rounds: int) -> float:
    connection = await asyncpg.connect(server.url("postgres"))
    await connection.execute("CREATE DATABASE hub_trail")
    await connection.close()
    address = Address.parse(server.url("hub_trail"))
    await migrate(address)
    async with Database(address) as database, AsyncExitStack() as stack:
        spool = Spool(home, system_clock, variables_key(database))
        kept = KeptTrail(database, await stack.enter_async_context(spool))
        await load_reference(database)
        await load_development_accounts(database)
        issuer = DevelopmentIssuer.of(home, system_clock)
        authenticate = Authenticator(database, system_clock, issuer)
        executor = Executor(database, system_clock)

        async def ready() -> None:
            """Be ready."""

        apps = {
            "without": create_app(
                WebParts(executor, authenticate, ready, trail=NO_TRAIL), WebOptions()
            ),
            "with": create_app(WebParts(executor, authenticate, ready, trail=kept), WebOptions()),
        }
        scope = {
            "type": "http",
            "method": "POST",
            "path": "/graphql",
            "raw_path": b"/graphql",
            "query_string": b"",
            "client": ("127.0.0.1", 1),
            "headers": [
                (b"content-type", b"application/json"),
                (b"authorization", f"Bearer {issuer.token('hn.so-y-te')}".encode()),
            ],
        }
        variables = {"c": "hn.ctmtqg-2030.da5"}
        body = orjson.dumps({"query": QUESTION, "variables": variables})
        for app in apps.values():
            await _rate(app, scope, body)
        gc.freeze()
        rates: list[float] = []
        added: list[float] = []
        for number in range(rounds):
            order = ("with", "without") if number % 2 else ("without", "with")
            found = {name: await _rate(apps[name], scope, body) for name in order}
            rates.append(found["without"].per_second)
            added.append(found["with"].computed - found["without"].computed)
        print(f"without: {median(rates):.0f} requests a second; added: {median(added):.0f} µs each")
        print(f"on the request's path: {_path_microseconds(kept):.1f} µs")
    return median(added) / (1e6 / median(rates))


def main() -> int:
    """Print the comparison; fail where reads are slower than they may be."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        settings = {"fsync": "off"}
        with (
            embedded_server(home / "postgres", settings=settings) as server,
            asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
        ):
            slower = runner.run(_compare(server, home, rounds))
    print(f"slower by {slower:.1%} (at most {MOST_SLOWER:.0%})")
    return int(slower > MOST_SLOWER)


if __name__ == "__main__":
    raise SystemExit(main())
