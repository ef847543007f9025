"""The page at ``/upload``, on which a unit sends its reports; everything on it is the hub's own."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import orjson
from starlette.responses import Response
from starlette.routing import Route

from hub.web.console import CONTENT_SECURITY_POLICY, is_this_machine, serve_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request

    from hub.web.console import Persona

_OURS: Final = ("upload.css", "upload.js", "signin.js")
_SCOPE: Final = "openid"
_NO_STORE: Final = {"cache-control": "no-store"}


@dataclass(frozen=True, slots=True)
class SignIn:
    """Where people sign in, and as which public client the page asks for them.

    Attributes:
        audience: what the token must be meant for; asked for by name where it is an address.
    """

    issuer: str
    client_id: str
    audience: str

    @property
    def told(self) -> dict[str, str]:
        """Return what the page is told."""
        resource = {"resource": self.audience} if "://" in self.audience else {}
        return {"issuer": self.issuer, "clientId": self.client_id, "scope": _SCOPE, **resource}

    @property
    def origin(self) -> str:
        """Return the origin that the page must be able to ask."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class UploadPage:
    """The page: somebody signs in, or in development is whoever is chosen."""

    sign_in: SignIn | None = None
    personas: Callable[[], Sequence[Persona]] = tuple

    def routes(self) -> list[Route]:
        """Return the routes of the page and its files."""
        ours = files("hub.web") / "static"
        return [
            Route("/upload", serve_file(ours / "upload.html", policy=self._policy)),
            Route("/upload/config.json", self._config),
            *(
                Route(f"/upload/{name}", serve_file(ours / name, policy=self._policy))
                for name in _OURS
            ),
        ]

    @property
    def _policy(self) -> str:
        if self.sign_in is None:
            return CONTENT_SECURITY_POLICY
        allowed = f"connect-src 'self' {self.sign_in.origin}"
        return CONTENT_SECURITY_POLICY.replace("connect-src 'self'", allowed)

    async def _config(self, request: Request) -> Response:
        personas = self.personas() if is_this_machine(request) else ()
        told = {
            "issuer": None if self.sign_in is None else self.sign_in.told,
            "personas": personas,
        }
        return Response(orjson.dumps(told), media_type="application/json", headers=_NO_STORE)
