"""From a request's headers to a principal: the only place that reads tokens."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

from joserfc import jwt
from joserfc.errors import JoseError

from hub.access.principal import PUBLIC, Principal
from hub.errors import HubError
from hub.loaders.gate import Bearer, find_bearer
from hub.web.development import AUDIENCE, ISSUER, LONGEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.clock import Clock
    from hub.database.engine import Database
    from hub.web.development import DevelopmentIssuer

_LEEWAY: Final = 60
_LONGEST_TOKEN: Final = 8192
_MOST_KEPT: Final = 4096


class UnauthenticatedError(HubError):
    """A token was sent and does not prove who sends it."""

    code = "UNAUTHENTICATED"
    refuses_request = True
    vi = "Token không hợp lệ, đã hết hạn hoặc tài khoản không còn hiệu lực; hãy lấy token mới."
    en = "The token is invalid or expired, or its account is no longer in force; get a new one."


class Authenticator:
    """Tells who a request's bearer is. No token is the public; a bad one is refused.

    Tokens that were found good, and whose they are, are kept for a while: the database refuses
    whoever is not any more what was found out.
    """

    def __init__(
        self, database: Database, clock: Clock, issuer: DevelopmentIssuer | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._issuer = issuer
        self._subjects: OrderedDict[str, tuple[str, int]] = OrderedDict()
        self._bearers: OrderedDict[str, Bearer] = OrderedDict()

    async def __call__(self, headers: Mapping[str, str], *, fresh: bool = False) -> Principal:
        """Return the principal, or raise ``UnauthenticatedError``; *fresh* trusts nothing kept."""
        authorization = headers.get("authorization")
        if authorization is None:
            return PUBLIC
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise UnauthenticatedError
        return await self._bearer(self._subject(token.strip()), fresh=fresh)

    async def _bearer(self, subject: str, *, fresh: bool) -> Principal:
        kept = self._bearers.get(subject)
        if kept is not None and not fresh and (kept.until is None or kept.until > self._clock()):
            return kept.principal
        self._bearers.pop(subject, None)
        bearer = await find_bearer(self._database, ISSUER, subject)
        if bearer is None:
            raise UnauthenticatedError
        _keep(self._bearers, subject, bearer)
        return bearer.principal

    def _subject(self, token: str) -> str:
        kept = self._subjects.get(token)
        if kept is not None and kept[1] + _LEEWAY > self._clock().timestamp():
            return kept[0]
        subject, expires_at = self.verify_access_token(token)
        _keep(self._subjects, token, (subject, expires_at))
        return subject

    def verify_access_token(self, token: str) -> tuple[str, int]:
        """Return the subject of *token* and when it expires, or raise ``UnauthenticatedError``.

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
        return decoded.claims["sub"], int(decoded.claims["exp"])


def _keep(kept: OrderedDict[str, Any], key: str, value: object) -> None:
    """Keep *value*; of too many the oldest goes."""
    kept[key] = value
    if len(kept) > _MOST_KEPT:
        kept.popitem(last=False)
