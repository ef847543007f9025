"""The production hub: a PostgreSQL of one's own, no console, no local tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.api.execution import Executor
from hub.audit.trail import KeptTrail
from hub.cli.failures import say
from hub.cli.installation import open_database_server
from hub.cli.listener import listen, url_of
from hub.cli.logs import log_to_standard_error
from hub.cli.serving import ended_by_signal, run_until_signal, serve_app
from hub.cli.trails import open_spool
from hub.clock import system_clock
from hub.database.engine import Database
from hub.errors import HubError
from hub.web.app import WebOptions, WebParts, create_app
from hub.web.authenticate import Authenticator
from hub.web.exports import export_routes

if TYPE_CHECKING:
    import socket

    from hub.database.address import Address
    from hub.settings import Settings


class DatabaseUrlNeededError(HubError):
    """A production hub has no database of its own."""

    code = "DATABASE_URL_NEEDED"
    vi = "“hub serve” cần HUB_DATABASE_URL; để chạy thử trên máy này hãy dùng “hub run”."
    en = "“hub serve” needs HUB_DATABASE_URL; to try the hub on this machine use “hub run”."


def serve_production(settings: Settings) -> None:
    """Serve until a signal ends it. Every bearer token is refused: no issuer is known."""
    if settings.database_url is None:
        raise DatabaseUrlNeededError
    with (
        ended_by_signal(),
        listen(settings.host, settings.port) as listener,
        open_database_server(settings) as address,
    ):
        log_to_standard_error()
        run_until_signal(_serve(settings, address, listener))


async def _serve(settings: Settings, address: Address, listener: socket.socket) -> None:
    async with Database(address, connections=settings.connections) as database:
        authenticate = Authenticator(database, system_clock)
        spool = open_spool(settings, database)
        trail = KeptTrail(database, spool)

        async def check_ready() -> None:
            trail.check()
            await database.check()

        app = create_app(
            WebParts(
                executor=Executor(database, system_clock),
                authenticate=authenticate,
                check_ready=check_ready,
                routes=export_routes(database, authenticate, trail),
                resources=[spool],
                trail=trail,
            ),
            WebOptions(max_body_bytes=settings.max_body_bytes, cors_origins=settings.origins),
        )
        await serve_app(app, listener, lambda: say(f"Đang phục vụ ở {url_of(listener)}"))
