"""What an installation's settings bound, as each floor takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.ingest.batch.deliveries import Deliveries
from hub.model.limits import Limits
from hub.web.app import WebOptions
from hub.web.clients import Allowance, Clients
from hub.web.forms.templates import Forms
from hub.web.parameters import BodyLimits
from hub.web.sources.endpoint import Door

if TYPE_CHECKING:
    from hub.audit.trail import Trail
    from hub.database.engine import Database
    from hub.settings import Settings
    from hub.web.graphql import Authenticate


def limits_of(settings: Settings) -> Limits:
    """Return what a document may be."""
    return Limits(
        length=settings.max_document_length,
        tokens=settings.max_tokens,
        depth=settings.max_depth,
        fields=settings.max_fields,
        aliases=settings.max_aliases,
        root_fields=settings.max_root_fields,
        directives=settings.max_directives,
        nodes=settings.max_nodes,
        cost=settings.max_cost,
    )


def clients_of(settings: Settings) -> Clients:
    """Return the clients of a hub that begins to serve."""
    return Clients(Allowance(settings.max_concurrent, settings.cost_per_minute))


def options_of(settings: Settings, *, development: bool = False) -> WebOptions:
    """Return how the hub shows itself."""
    return WebOptions(
        development=development,
        allow_get=development,
        body=BodyLimits(
            size=settings.max_body_bytes,
            variables=settings.max_variables_bytes,
            values=settings.max_variable_values,
            depth=settings.max_variable_depth,
        ),
        cors_origins=settings.origins,
    )


def forms_of(
    settings: Settings,
    database: Database,
    authenticate: Authenticate,
    clients: Clients,
    trail: Trail,
) -> Forms:
    """Return what gives forms out and marks them."""
    deliveries = Deliveries.of(settings.home.absolute())
    return Forms(database, authenticate, clients, deliveries, trail)


def door_of(
    settings: Settings,
    database: Database,
    authenticate: Authenticate,
    clients: Clients,
    trail: Trail,
) -> Door:
    """Return the door that deliveries go through."""
    return Door(
        database,
        authenticate,
        clients,
        Deliveries.of(settings.home.absolute()),
        settings.max_delivery_bytes,
        trail,
    )
