"""Access tokens (RFC 9068): what each claims is checked here, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from joserfc.errors import ClaimError
from joserfc.jwt import JWTClaimsRegistry

from hub.web.identity.errors import Reason, UntrustedError
from hub.web.identity.signatures import read_signed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.web.identity.issuers import Issuer
    from hub.web.identity.signatures import VerificationKey

LEEWAY_SECONDS: Final = 60
"""How far an issuer's clock may be from the hub's."""

_LONGEST: Final = 8192
_TYPES: Final = frozenset({"at+jwt", "application/at+jwt"})
_LONGEST_SUBJECT: Final = 255


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token that was found good.

    Attributes:
        issuer: who issued it.
        subject: whom it is about, as the issuer calls them.
        expires_at: its ``exp``, in seconds since 1970.
        kid: the issuer's name of the key that signed it.
        key: that key.
        thumbprint: of the key that its sender must hold; None where anybody may send it.
        client: the program it was issued to, as the issuer names it; None where it does not say.
    """

    issuer: Issuer
    subject: str
    expires_at: float
    kid: str
    key: VerificationKey = field(repr=False)
    thumbprint: str | None
    client: str | None

    async def is_good(self, now: int) -> bool:
        """Tell whether it would be found good again: in time, and signed by a key of the issuer."""
        if self.expires_at <= now - LEEWAY_SECONDS:
            return False
        return await self.issuer.keys.find(self.kid) is self.key


async def verify_access_token(text: str, issuers: Mapping[str, Issuer], now: int) -> AccessToken:
    """Return the token that *text* is, issued by one of *issuers*, named; *now* is in seconds.

    Raises ``UntrustedError`` for every other text, ``IssuerUnavailableError`` where the issuer's
    keys cannot be had.
    """
    signed = read_signed(text, longest=_LONGEST)
    header, claims = signed.header, signed.claims
    issuer = issuers.get(name) if isinstance(name := claims.get("iss"), str) else None
    if issuer is None:
        raise UntrustedError(Reason.ISSUER)
    kid = header.get("kid")
    if str(header.get("typ")).lower() not in _TYPES:
        raise UntrustedError(Reason.TYPE)
    key = await issuer.keys.find(kid) if isinstance(kid, str) else None
    if key is None:
        raise UntrustedError(Reason.KEY)
    signed.check_signature(key)
    _check_claims(claims, issuer, now)
    return AccessToken(
        issuer=issuer,
        subject=claims["sub"],
        expires_at=claims["exp"],
        kid=str(kid),
        key=key,
        thumbprint=_thumbprint(claims.get("cnf")),
        client=_client(claims),
    )


def _check_claims(claims: Mapping[str, Any], issuer: Issuer, now: int) -> None:
    registry = JWTClaimsRegistry(
        now=now,
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": issuer.name},
        aud={"essential": True, "value": issuer.audience},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        registry.validate({**claims})
    except ClaimError as error:
        # Of several that are missing the first is told.
        raise UntrustedError(Reason(error.claim.partition(",")[0])) from error
    if not 0 < claims["exp"] - claims["iat"] <= issuer.longest.total_seconds():
        raise UntrustedError(Reason.LIFETIME)
    # As OpenID Connect bounds it; and no database keeps U+0000.
    if not _is_name(claims["sub"]):
        raise UntrustedError(Reason.SUBJECT)


def _client(claims: Mapping[str, Any]) -> str | None:
    """Return who the token was issued to: ``client_id`` (RFC 9068), or ``azp`` as OpenID has it."""
    named = claims.get("client_id", claims.get("azp"))
    return named if isinstance(named, str) and _is_name(named) else None


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_SUBJECT and text.isascii() and text.isprintable()


def _thumbprint(confirmation: object) -> str | None:
    """Return the key that *confirmation*, a ``cnf``, binds the token to (RFC 7800, RFC 9449)."""
    match confirmation:
        case None:
            return None
        case {"jkt": str(thumbprint), **others} if not others:
            return thumbprint
        case _:
            # Bound to something that the hub cannot ask for, such as a certificate.
            raise UntrustedError(Reason.CONFIRMATION)
