"""Which pages may call the hub: its own and those that are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from hub.web.negotiation import choose_language
from hub.web.refusals import OriginRefusedError, refuse

if TYPE_CHECKING:
    from collections.abc import Awaitable, Collection

    from starlette.types import ASGIApp, Receive, Scope, Send


class Origins:
    """Refuses what a browser says comes from a page of any other origin.

    The hub's *own* is where its clients reach it, never what a request says of its host: a name
    that somebody else gave this address has pages, too. What says nothing of an origin is no page.
    """

    def __init__(self, app: ASGIApp, *, own: str, allowed: Collection[str]) -> None:
        self._app = app
        self._allowed = frozenset({_as_browsers_say(own), *allowed})

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Serve one request, or refuse it."""
        if scope["type"] == "http":
            for name, value in scope["headers"]:
                if name == b"origin" and value.decode("latin-1") not in self._allowed:
                    language = choose_language(Headers(scope=scope).get("accept-language", ""))
                    return refuse(OriginRefusedError(), language)(scope, receive, send)
        return self._app(scope, receive, send)


def _as_browsers_say(origin: str) -> str:
    """Return *origin* in small letters, without the port that its scheme has anyway."""
    return origin.lower().removesuffix(":443")
