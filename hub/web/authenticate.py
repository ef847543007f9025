"""From a request's headers to a principal: the only place that reads tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from joserfc import jwt
from joserfc.errors import JoseError

from hub.access.principal import PUBLIC, Principal
from hub.errors import HubError
from hub.loaders.gate import find_principal
from hub.web.development import AUDIENCE, ISSUER, LONGEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.clock import Clock
    from hub.database.engine import Database
    from hub.web.development import DevelopmentIssuer

_LEEWAY: Final = 60
_LONGEST_TOKEN: Final = 8192


class UnauthenticatedError(HubError):
    """A token was sent and does not prove who sends it."""

    code = "UNAUTHENTICATED"
    refuses_request = True
    vi = "Token không hợp lệ, đã hết hạn hoặc tài khoản không còn hiệu lực; hãy lấy token mới."
    en = "The token is invalid or expired, or its account is no longer in force; get a new one."


class Authenticator:
    """Tells who a request's bearer is. No token is the public; a bad one is refused."""

    def __init__(
        self, database: Database, clock: Clock, issuer: DevelopmentIssuer | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._issuer = issuer

    async def __call__(self, headers: Mapping[str, str]) -> Principal:
        """Return the principal, or raise ``UnauthenticatedError``."""
        authorization = headers.get("authorization")
        if authorization is None:
            return PUBLIC
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise UnauthenticatedError
        subject = self.verify_access_token(token.strip())
        principal = await find_principal(self._database, ISSUER, subject)
        if principal is None:
            raise UnauthenticatedError
        return principal

    def verify_access_token(self, token: str) -> str:
        """Return the subject of *token*, or raise ``UnauthenticatedError``.

        Decoding proves the signature only; the kind of token, issuer, audience, times and lifetime
        are each checked here.
        """
        if self._issuer is None or len(token) > _LONGEST_TOKEN:
            raise UnauthenticatedError
        now = int(self._clock().timestamp())
        registry = jwt.JWTClaimsRegistry(
            now=now,
            leeway=_LEEWAY,
            iss={"essential": True, "value": ISSUER},
            aud={"essential": True, "value": AUDIENCE},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        try:
            decoded = jwt.decode(token, self._issuer.key, algorithms=["ES256"])
            registry.validate(decoded.claims)
        except (JoseError, ValueError, TypeError) as error:
            raise UnauthenticatedError from error
        lifetime = decoded.claims["exp"] - decoded.claims["iat"]
        is_ours = (
            decoded.header.get("typ") == "at+jwt"
            and decoded.header.get("kid") == self._issuer.key.kid
            and lifetime <= LONGEST.total_seconds()
            and isinstance(decoded.claims["sub"], str)
        )
        if not is_ours:
            raise UnauthenticatedError
        subject: str = decoded.claims["sub"]
        return subject
