"""What an installation's settings bound, as each floor takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.model.limits import Limits
from hub.web.app import WebOptions
from hub.web.clients import Allowance, Clients
from hub.web.parameters import BodyLimits

if TYPE_CHECKING:
    from hub.settings import Settings


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
        origin=settings.origin,
    )
