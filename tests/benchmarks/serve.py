"""One measured server as a process: ``python -m tests.benchmarks.serve NAME``.

It reads where the database is from standard input and prints the port that it answers on. The hub
is composed as in production, audit trail and counts included; only the issuer of tokens is the
development one. ``resolvers`` is the hub without plans, ``untrailed`` without the audit trail,
``bare`` none of it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hub.api.execution import Executor
from hub.audit.spool import Spool
from hub.audit.trail import NO_TRAIL, KeptTrail, variables_key
from hub.cli.instruments import Instruments
from hub.cli.listener import listen
from hub.cli.serving import ended_by_signal, run_until_signal, serve_app
from hub.clock import system_clock
from hub.database.address import Address
from hub.database.engine import Database
from hub.settings import Settings
from hub.telemetry import ignore
from hub.web.app import WebOptions, WebParts, create_app
from hub.web.authenticate import Authenticator
from hub.web.clients import Allowance, Clients
from hub.web.development import DevelopmentIssuer
from hub.web.exports import export_routes
from tests.benchmarks.bare import Bare
from tests.benchmarks.statements import ask, find_statement, principal_of

if TYPE_CHECKING:
    import socket
    from collections.abc import Sequence
    from contextlib import AbstractAsyncContextManager

    from starlette.types import ASGIApp

    from hub.audit.trail import Trail


_AMPLE = Allowance(at_once=1_000, cost_per_minute=10**12)
"""One client asks as much as all of them together would."""


def compose(
    database: Database,
    home: Path,
    *,
    planned: bool,
    trail: Trail = NO_TRAIL,
    resources: Sequence[AbstractAsyncContextManager[object]] = (),
) -> ASGIApp:
    """Return the hub's application as ``hub serve`` composes it, with tokens of its own."""
    issuer = DevelopmentIssuer.of(home, system_clock)
    authenticate = Authenticator(database, system_clock, issuer)
    clients = Clients(_AMPLE)
    return create_app(
        WebParts(
            executor=Executor(database, system_clock, planned=planned, closed=True),
            authenticate=authenticate,
            check_ready=database.check,
            clients=clients,
            routes=export_routes(database, authenticate, clients, trail),
            resources=resources,
            trail=trail,
        ),
        WebOptions(),
    )


async def _bare(database: Database, questions: list[dict[str, Any]]) -> ASGIApp:
    """Return the bare application; the hub's executor is asked for its statements and let go."""
    executor = Executor(database, system_clock)
    statements = {}
    for question in questions:
        principal = await principal_of(database, question["agency"])
        request = ask(principal, question["document"], question["variables"])
        statement = await find_statement(executor, request)
        if statement is not None:
            statements[question["path"]] = statement
    return Bare(database, statements)


async def _serve(variant: str, given: dict[str, Any], listener: socket.socket) -> None:
    address, settings = Address(given["url"], given["secret"]), Settings()
    instruments, port = Instruments.of(settings), listener.getsockname()[1]
    observer = ignore if variant == "bare" else instruments.hear
    with TemporaryDirectory() as spooled:
        async with Database(
            address, connections=settings.connections, observer=observer
        ) as database:
            if variant == "bare":
                app = await _bare(database, given["questions"])
            else:
                spool = Spool(Path(spooled), system_clock, variables_key(database))
                is_trailed = variant != "untrailed"
                trail = KeptTrail(database, spool) if is_trailed else NO_TRAIL
                app = compose(
                    database,
                    Path(given["home"]),
                    planned=variant != "resolvers",
                    trail=instruments.along(trail),
                    resources=[spool],
                )
            await serve_app(app, listener, lambda: print(port, flush=True))


def main() -> None:
    """Serve until a signal ends it."""
    given = json.load(sys.stdin)
    with ended_by_signal(), listen("127.0.0.1", 0) as listener:
        run_until_signal(_serve(sys.argv[1], given, listener))


if __name__ == "__main__":
    main()
