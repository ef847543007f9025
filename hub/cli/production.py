"""The production hub: a PostgreSQL and issuers of one's own, no console, no local tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.cli.composition import compose
from hub.cli.failures import say
from hub.cli.identity import check_identity, make_authenticator, sign_in_of
from hub.cli.installation import open_database_server
from hub.cli.instruments import Instruments
from hub.cli.listener import listen, url_of
from hub.cli.logs import log_to_standard_error
from hub.cli.serving import ended_by_signal, run_until_signal, serve_app
from hub.database.engine import Database
from hub.errors import HubError
from hub.web.forms.page import UploadPage

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
    """Serve until a signal ends it, to the public and to the bearers of the set issuers."""
    if settings.database_url is None:
        raise DatabaseUrlNeededError
    check_identity(settings)
    with (
        ended_by_signal(),
        listen(settings.host, settings.port) as listener,
        open_database_server(settings) as address,
    ):
        log_to_standard_error()
        run_until_signal(_serve(settings, address, listener))


async def _serve(settings: Settings, address: Address, listener: socket.socket) -> None:
    instruments = Instruments.of(settings)
    async with Database(
        address,
        connections=settings.connections,
        statement_seconds=settings.statement_seconds,
        observer=instruments.hear,
    ) as database:
        authenticate = make_authenticator(settings, database)
        upload = UploadPage(sign_in_of(settings))
        app = compose(settings, database, instruments, authenticate, upload)
        await serve_app(
            app,
            listener,
            lambda: say(f"Đang phục vụ ở {url_of(listener)}"),
            statement_seconds=settings.statement_seconds,
            max_head_bytes=settings.max_head_bytes,
            proxies=settings.proxies,
        )
