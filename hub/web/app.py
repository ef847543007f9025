"""The web application, composed of what it is given."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from hub.errors import HubError
from hub.web.clients import Allowance, Clients
from hub.web.console import console_routes
from hub.web.envelope import Envelope
from hub.web.graphql import GraphQLEndpoint
from hub.web.health import health_routes
from hub.web.negotiation import choose_language
from hub.web.origins import Origins
from hub.web.parameters import BodyLimits
from hub.web.refusals import MethodNotAllowedError, NotFoundError, refuse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from contextlib import AbstractAsyncContextManager

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Receive, Scope, Send

    from hub.api.execution import Executor
    from hub.audit.trail import Trail
    from hub.web.console import Console
    from hub.web.graphql import Authenticate
    from hub.web.health import CheckReady


@dataclass(frozen=True, slots=True)
class WebOptions:
    """How the hub shows itself to the network; the defaults are those of production.

    *origin* is where its clients reach it: the only one whose pages may call it in production,
    beside *cors_origins*.
    """

    development: bool = False
    allow_get: bool = False
    body: BodyLimits = field(default_factory=BodyLimits)
    cors_origins: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class WebParts:
    """What the application is made of.

    ``routes`` are served beside GraphQL (exports and the like). ``resources`` are entered in order
    when the server starts and left in reverse when it stops. ``console`` is shown in development
    only. ``trail`` takes note of every request.
    """

    executor: Executor
    authenticate: Authenticate
    check_ready: CheckReady
    trail: Trail
    clients: Clients = field(default_factory=lambda: Clients(Allowance()))
    console: Console | None = None
    routes: Sequence[BaseRoute] = ()
    resources: Sequence[AbstractAsyncContextManager[object]] = ()


def create_app(parts: WebParts, options: WebOptions) -> ASGIApp:
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
        parts.clients,
        allow_get=options.allow_get,
        limits=options.body,
        may_explain=options.development,
        trail=parts.trail,
    )
    middleware = [Middleware(Envelope, development=options.development)]
    if options.cors_origins:
        cors = Middleware(
            CORSMiddleware,
            allow_origins=options.cors_origins,
            allow_methods=("GET", "POST"),
            allow_headers=(
                "Authorization",
                "Content-Digest",
                "Content-Type",
                "DPoP",
                "Idempotency-Key",
            ),
            expose_headers=("Location", "Retry-After", "WWW-Authenticate", "X-Request-Id"),
        )
        middleware.append(cors)
    if not options.development:
        middleware.append(Middleware(Origins, own=options.origin, allowed=options.cors_origins))
    others = Starlette(
        routes=[
            *health_routes(parts.check_ready),
            *parts.routes,
            *console_routes(parts.console if options.development else None),
        ],
        middleware=middleware,
        exception_handlers={HubError: _refused, 404: _refused, 405: _refused},
        lifespan=lifespan,
    )
    # A redirect would be composed from the Host that the client names.
    others.router.redirect_slashes = False
    # The same layers as Starlette puts round the others, without its own outermost.
    wrapped: ASGIApp = graphql
    for layer in reversed(middleware):
        wrapped = layer.cls(wrapped, *layer.args, **layer.kwargs)
    return _Fork(wrapped, others)


class _Fork:
    """Takes requests for ``/graphql`` before the other routes do.

    They are nearly all there are: no route need be matched, and what the endpoint answers itself
    need not be caught.
    """

    def __init__(self, graphql: ASGIApp, others: ASGIApp) -> None:
        self._graphql = graphql
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the life of the server."""
        is_graphql = scope["type"] == "http" and scope["path"] == "/graphql"
        await (self._graphql if is_graphql else self._others)(scope, receive, send)


async def _refused(request: Request, error: Exception) -> Response:
    """Answer what a route refused, or what no route took."""
    match error:
        case HubError():
            refusal = error
        case HTTPException(status_code=HTTPStatus.METHOD_NOT_ALLOWED, headers=headers):
            methods = (headers or {}).get("Allow", "").split(", ")
            refusal = MethodNotAllowedError(allowed=", ".join(sorted(methods)))
        case _:
            refusal = NotFoundError()
    return refuse(refusal, choose_language(request.headers.get("accept-language", "")))
