"""The page at ``/``: GraphiQL with the trusted operations in development, a few words else.

Everything comes from this process: GraphiQL's files from the installed package that carries them,
read as data, ours from ``static``. The page may load nothing from elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import takewhile
from pathlib import PurePath
from typing import TYPE_CHECKING

import orjson
from starlette.responses import Response
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from starlette.requests import Request
    from starlette.routing import BaseRoute

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_GRAPHIQL = {
    name: name
    for name in (
        "graphiql.min.css",
        "graphiql.min.js",
        "graphiql-plugin-explorer.umd.js",
        "react-dom.production.min.js",
        "react.production.min.js",
    )
} | {"explorer.css": "style.css"}
_OURS = ("console.css", "console.js")
_MEDIA_TYPES = {".css": "text/css", ".html": "text/html", ".js": "text/javascript"}
_LOOPBACK = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")
_A_DAY = "public, max-age=86400"
_ASK_AGAIN = "no-cache"


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody the console can ask as; without a token, the public."""

    label: str
    token: str | None = None


PUBLIC = Persona("Công chúng (không token)")


@dataclass(frozen=True, slots=True)
class Console:
    """What the console offers: operations by name, and who to be, asked at each opening."""

    operations: Mapping[str, str]
    personas: Callable[[], Sequence[Persona]] = tuple


def console_routes(console: Console | None) -> list[BaseRoute]:
    """Return the routes of *console*, or without one of the page that says what this is."""
    ours = files("hub.web") / "static"
    if console is None:
        return [
            Route("/", serve_file(ours / "closed.html", _ASK_AGAIN)),
            Route("/console/closed.css", serve_file(ours / "closed.css", _ASK_AGAIN)),
        ]
    graphiql = files("graphene_django_graphiql_static") / "static/graphene_django_graphiql_static"
    operations = [_operation(name, text) for name, text in console.operations.items()]

    async def config(request: Request) -> Response:
        personas = [PUBLIC, *(console.personas() if is_this_machine(request) else ())]
        return Response(
            orjson.dumps({"operations": operations, "personas": personas}),
            media_type="application/json",
            headers={"cache-control": "no-store"},
        )

    return [
        Route("/", serve_file(ours / "console.html", _ASK_AGAIN)),
        Route("/console/config.json", config),
        *(Route(f"/console/{name}", serve_file(ours / name, _ASK_AGAIN)) for name in _OURS),
        *(
            Route(f"/console/{name}", serve_file(graphiql / source, _A_DAY))
            for name, source in _GRAPHIQL.items()
        ),
    ]


def is_this_machine(request: Request) -> bool:
    """Tell whether the request names this machine: a foreign name that leads here is not it."""
    return _LOOPBACK.fullmatch(request.headers.get("host", "")) is not None


def serve_file(
    resource: Traversable, cache_control: str = _ASK_AGAIN, *, policy: str = CONTENT_SECURITY_POLICY
) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that gives *resource*, or says that the browser's copy is good."""
    content = resource.read_bytes()
    headers = {
        "etag": f'"{sha256(content).hexdigest()[:32]}"',
        "cache-control": cache_control,
        "content-security-policy": policy,
    }
    media_type = _MEDIA_TYPES[PurePath(resource.name).suffix]

    async def answer(request: Request) -> Response:
        if headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type=media_type)

    return answer


def _operation(name: str, text: str) -> dict[str, str]:
    """Return what the menu shows of a trusted operation: the comment above it describes it."""
    comment = takewhile(lambda line: line.startswith("#"), text.splitlines())
    description = "\n".join(line.removeprefix("#").strip() for line in comment)
    return {"name": name, "description": description, "text": text}
