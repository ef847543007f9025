"""An OpenID provider over TLS that publishes what a test says, and counts who asks."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hub.web.identity.issuers import Issuer
from hub.web.identity.provider import ProviderKeys
from tests.deploy.installation import free_port
from tests.web.identity.authority import HOST
from tests.web.identity.minting import claims_of
from tests.web.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from starlette.requests import Request

    from tests.web.identity.authority import Authority
    from tests.web.identity.minting import Signer

CONFIGURATION = "/.well-known/openid-configuration"
KEYS = "/keys"


@dataclass
class MovingClock:
    """Tells a moment that a test moves."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now

    def advance(self, seconds: float) -> None:
        """Let *seconds* go by."""
        self.now += timedelta(seconds=seconds)


@dataclass
class Provider:
    """A provider; each attribute may be changed while it serves.

    Attributes:
        keys: what it publishes, as JSON Web Keys.
        configuration: what its configuration says otherwise than it should.
        answers: an answer by path, instead of the right one.
        delay: for how many seconds it thinks.
        asked: how often each path was asked for.
    """

    authority: Authority
    signers: list[Signer]
    port: int = field(default_factory=free_port)
    keys: list[dict[str, Any]] = field(default_factory=list)
    configuration: dict[str, object] = field(default_factory=dict)
    answers: dict[str, Response] = field(default_factory=dict)
    delay: float = 0
    asked: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.publish(*self.signers)

    @property
    def issuer(self) -> str:
        """Return what its tokens call it."""
        return f"https://{HOST}:{self.port}"

    def publish(self, *signers: Signer) -> None:
        """Publish the keys of *signers*, and no other."""
        self.keys = [signer.jwk for signer in signers]

    def token(self, subject: str, now: datetime, **changes: object) -> str:
        """Return a good token of its first key; the claims altered by *changes*."""
        return self.signers[0].token({}, claims_of(self.issuer, subject, now, **changes))

    def seen_by(self, clock: MovingClock) -> ProviderKeys:
        """Return its keys as a hub knows them whose time is *clock*'s."""
        return ProviderKeys(self.issuer, clock, self.authority.trust())

    def trusted_by(self, clock: MovingClock) -> Issuer:
        """Return the issuer that it is for a hub whose time is *clock*'s."""
        return Issuer(name=self.issuer, audience="hub", keys=self.seen_by(clock))

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Answer as long as the block lasts."""
        app = Starlette(routes=[Route("/{path:path}", self._answer)])
        async with serving(app, port=self.port, certificate=self.authority.certificate):
            yield

    async def _answer(self, request: Request) -> Response:
        path = request.scope["path"]
        self.asked[path] += 1
        keys, configuration = {"keys": self.keys}, self.configuration
        await asyncio.sleep(self.delay)
        if path in self.answers:
            return self.answers[path]
        match path:
            case "/.well-known/openid-configuration":
                own = {"issuer": self.issuer, "jwks_uri": f"{self.issuer}{KEYS}"}
                return JSONResponse({**own, **configuration})
            case "/keys":
                return JSONResponse(keys)
            case _:
                return Response(status_code=404)
