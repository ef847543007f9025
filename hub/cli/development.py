"""The development hub: its own PostgreSQL, data, local tokens and console, on loopback only."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING

from hub.api.operations import read_operations
from hub.cli.companion import accompany
from hub.cli.composition import compose
from hub.cli.contents import Contents
from hub.cli.first_sources import prepare_sources
from hub.cli.installation import open_database_server, prepare_home
from hub.cli.instruments import Instruments
from hub.cli.listener import listen, url_of
from hub.cli.logs import log_to_file
from hub.cli.personas import PERSONAS, SENDERS
from hub.cli.progress import showing_progress
from hub.cli.serving import ended_by_signal, run_until_signal, serve_app
from hub.cli.trails import employ
from hub.cli.welcome import Welcome
from hub.clock import system_clock
from hub.database.engine import Database
from hub.database.migrate import migrate
from hub.errors import HubError
from hub.web.authenticate import Authenticator
from hub.web.console import Console, Persona
from hub.web.development import DevelopmentIssuer
from hub.web.forms.page import UploadPage

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from starlette.types import ASGIApp

    from hub.database.address import Address
    from hub.settings import Settings


class LoopbackOnlyError(HubError):
    """A development hub is asked to show itself to the network."""

    code = "LOOPBACK_ONLY"
    vi = (
        "“hub run” phát token cho bất kỳ ai hỏi nên chỉ chạy trên máy này: "
        "hãy bỏ HUB_HOST={host}, hoặc dùng “hub serve”."
    )
    en = (
        "“hub run” gives tokens to whoever asks, so it serves this machine only: "
        "unset HUB_HOST={host}, or use “hub serve”."
    )


def develop(settings: Settings, *, with_demo: bool) -> None:
    """Serve a development hub until a signal ends it; nothing it started is left running."""
    if not _is_loopback(settings.host):
        raise LoopbackOnlyError(host=settings.host)
    home = settings.home.absolute()
    with ended_by_signal(), ExitStack() as stack:
        listener = stack.enter_context(listen(settings.host, settings.port))
        prepare_home(home)
        if with_demo:
            prepare_sources(settings)
        log_to_file(home)
        address = stack.enter_context(_open_server(settings))
        issuer = DevelopmentIssuer.of(home, system_clock)
        run_until_signal(_develop(settings, address, issuer, listener, with_demo=with_demo))


@contextmanager
def _open_server(settings: Settings) -> Iterator[Address]:
    with ExitStack() as stack:
        with showing_progress() as display, display.phase("PostgreSQL") as progress:
            progress.expect(1)
            is_own = settings.database_url is not None
            progress.advance("Dùng HUB_DATABASE_URL" if is_own else "Khởi động")
            address = stack.enter_context(open_database_server(settings))
        yield address


async def _develop(
    settings: Settings,
    address: Address,
    issuer: DevelopmentIssuer,
    listener: socket.socket,
    *,
    with_demo: bool,
) -> None:
    with showing_progress() as display, display.phase("Lược đồ") as progress:
        progress.expect(1)
        progress.advance("Đưa cơ sở dữ liệu lên phiên bản này")
        await migrate(address)
    instruments = Instruments.of(settings)
    async with Database(
        address,
        connections=settings.connections,
        statement_seconds=settings.statement_seconds,
        observer=instruments.hear,
    ) as database:
        contents = Contents(address, settings.home, with_demo)
        with showing_progress() as display:
            is_demo_old = await contents.fill(database, display)
        app = _compose(settings, database, issuer, instruments)
        welcome = Welcome(url_of(listener), issuer, settings.home)
        refreshing = []

        def greet() -> None:
            welcome.show()
            if is_demo_old:
                refreshing.append(asyncio.create_task(asyncio.to_thread(contents.refresh_demo)))

        trail = asyncio.create_task(employ(settings, database).run())
        companion = asyncio.create_task(accompany())
        try:
            await serve_app(
                app,
                listener,
                greet,
                statement_seconds=settings.statement_seconds,
                max_head_bytes=settings.max_head_bytes,
            )
        finally:
            companion.cancel()
            await asyncio.wait([companion])
            # After the last request: what it left in the spool is merged before the end.
            trail.cancel()
            await asyncio.wait([trail])


FIRST_OPERATION = "ProgrammeTree"


def _compose(
    settings: Settings, database: Database, issuer: DevelopmentIssuer, instruments: Instruments
) -> ASGIApp:
    def personas() -> list[Persona]:
        return [Persona(f"{label} ({agency})", issuer.token(agency)) for label, agency in PERSONAS]

    def senders() -> list[Persona]:
        return [Persona(f"{label} ({agency})", issuer.token(agency)) for label, agency in SENDERS]

    known = {operation.name: operation.text for operation in read_operations()}
    # The first is what the page opens with, for the public: it must be one that everybody may ask.
    operations = {FIRST_OPERATION: known.pop(FIRST_OPERATION), **known}
    return compose(
        settings,
        database,
        instruments,
        Authenticator(database, system_clock, issuer),
        UploadPage(personas=senders),
        console=Console(operations, personas),
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
