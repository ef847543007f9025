"""The web application, composed of what it is given."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from hub.web.console import console_routes
from hub.web.envelope import Envelope
from hub.web.graphql import GraphQLEndpoint
from hub.web.health import health_routes
from hub.web.negotiation import choose_language
from hub.web.refusals import MethodNotAllowedError, NotFoundError, refuse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from contextlib import AbstractAsyncContextManager

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from hub.api.execution import Executor
    from hub.web.console import Console
    from hub.web.graphql import Authenticate
    from hub.web.health import CheckReady


@dataclass(frozen=True, slots=True)
class WebOptions:
    """How the hub shows itself to the network; the defaults are those of production."""

    development: bool = False
    allow_get: bool = False
    max_body_bytes: int = 1024 * 1024
    cors_origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WebParts:
    """What the application is made of.

    ``routes`` are served beside GraphQL (exports and the like). ``resources`` are entered in order
    when the server starts and left in reverse when it stops. ``console`` is shown in development
    only.
    """

    executor: Executor
    authenticate: Authenticate
    check_ready: CheckReady
    console: Console | None = None
    routes: Sequence[BaseRoute] = ()
    resources: Sequence[AbstractAsyncContextManager[object]] = ()


def create_app(parts: WebParts, options: WebOptions) -> Starlette:
    """Return the application that serves *parts* as *options* say."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for resource in parts.resources:
                await stack.enter_async_context(resource)
            yield

    graphql = GraphQLEndpoint(
        parts.executor,
        parts.authenticate,
        allow_get=options.allow_get,
        max_body_bytes=options.max_body_bytes,
    )
    app = Starlette(
        routes=[
            Route("/graphql", graphql),
            *health_routes(parts.check_ready),
            *parts.routes,
            *console_routes(parts.console if options.development else None),
        ],
        middleware=[
            Middleware(Envelope, development=options.development),
            Middleware(
                CORSMiddleware,
                allow_origins=options.cors_origins,
                allow_methods=("GET", "POST"),
                allow_headers=("Authorization", "Content-Type"),
                expose_headers=("X-Request-Id",),
            ),
        ],
        exception_handlers={404: _not_found, 405: _method_not_allowed},
        lifespan=lifespan,
    )
    # A redirect would be composed from the Host that the client names.
    app.router.redirect_slashes = False
    return app


async def _not_found(request: Request, _: Exception) -> Response:
    return refuse(NotFoundError(), choose_language(request.headers.get("accept-language", "")))


async def _method_not_allowed(request: Request, error: Exception) -> Response:
    headers = error.headers if isinstance(error, HTTPException) else None
    refusal = MethodNotAllowedError(allowed=(headers or {}).get("Allow", "GET"))
    return refuse(refusal, choose_language(request.headers.get("accept-language", "")))
