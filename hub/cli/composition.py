"""The application of an installation: the same parts whoever vouches for its callers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.api.execution import Executor
from hub.audit.trail import KeptTrail
from hub.cli.bounds import clients_of, limits_of, options_of
from hub.cli.trails import open_spool
from hub.clock import system_clock
from hub.ingest.batch.deliveries import Deliveries
from hub.web.app import WebParts, create_app
from hub.web.exports import export_routes
from hub.web.forms.templates import Forms
from hub.web.sources.endpoint import Door

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from hub.cli.instruments import Instruments
    from hub.database.engine import Database
    from hub.settings import Settings
    from hub.web.console import Console
    from hub.web.forms.page import UploadPage
    from hub.web.graphql import Authenticate


def compose(  # noqa: PLR0913  (what it is made of)
    settings: Settings,
    database: Database,
    instruments: Instruments,
    authenticate: Authenticate,
    upload: UploadPage,
    *,
    console: Console | None = None,
) -> ASGIApp:
    """Return the application over *database*; with a *console* it is a development hub's."""
    is_development = console is not None
    clients = clients_of(settings)
    spool = open_spool(settings, database)
    trail = instruments.along(KeptTrail(database, spool))
    instruments.watch(database, spool)

    async def check_ready() -> None:
        trail.check()
        await database.check()

    deliveries = Deliveries.of(settings.home.absolute())
    most = settings.max_delivery_bytes
    executor = Executor(
        database, system_clock, limits=limits_of(settings), closed=not is_development
    )
    return create_app(
        WebParts(
            executor=executor,
            authenticate=authenticate,
            check_ready=check_ready,
            clients=clients,
            console=console,
            routes=[
                *export_routes(database, authenticate, clients, trail),
                *Door(database, authenticate, clients, deliveries, most, trail).routes(),
                *Forms(database, authenticate, clients, deliveries, trail).routes(),
                *upload.routes(),
                *instruments.routes,
            ],
            resources=[spool, *instruments.resources],
            trail=trail,
        ),
        options_of(settings, development=is_development),
    )
