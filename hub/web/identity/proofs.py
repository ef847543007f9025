"""Proofs of possession (DPoP, RFC 9449): whoever sends a bound token holds the key it is bound to.

A proof is for one request: its method, its address, its token, this minute, once. That it is sent
once is kept for each process by itself: two hubs behind a balancer each take it once.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections import OrderedDict
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from hub.web.identity.errors import Reason, UnprovenError, UntrustedError
from hub.web.identity.signatures import SecretKeyError, read_key, read_signed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Scope

    from hub.clock import Clock
    from hub.web.identity.tokens import AccessToken

WINDOW_SECONDS: Final = 60
"""How long before or after now a proof may have been made."""

_LONGEST: Final = 4096
_LONGEST_ID: Final = 256
_LONGEST_ADDRESS: Final = 2048
_MOST_KEPT: Final = 100_000
_CHECKED: Final = "hub.proof"
_PORTS: Final = {"https": 443, "http": 80}


class Proofs:
    """Checks proofs for a hub that its clients reach at *origin*, such as ``https://hub.example``.

    What a client says of the address it asks (``Host``, ``Forwarded``) decides nothing.
    """

    def __init__(self, origin: str, clock: Clock, *, most_kept: int = _MOST_KEPT) -> None:
        self._origin = _place(origin)[:3]
        self._clock = clock
        self._most_kept = most_kept
        self._seen: OrderedDict[tuple[str, str], float] = OrderedDict()

    def check(self, scope: Scope, proof: str, text: str, token: AccessToken) -> None:
        """Raise ``UnprovenError`` unless *proof* was made for this request, which sends *text*.

        Asked again about the same request, it says the same.
        """
        if scope.get(_CHECKED) == (proof, text):
            return
        try:
            signed = read_signed(proof, longest=_LONGEST, carries_key=True)
            jwk = signed.header.get("jwk")
            key = read_key(jwk) if isinstance(jwk, dict) else None
            if signed.header.get("typ") != "dpop+jwt":
                raise UnprovenError(Reason.TYPE)
            if key is None or key.thumbprint != token.thumbprint:
                raise UnprovenError(Reason.PROOF_KEY)
            signed.check_signature(key)
        except SecretKeyError as error:
            raise UnprovenError(Reason.PROOF_KEY) from error
        except UntrustedError as error:
            raise UnprovenError(error.reason) from error
        self._check_claims(signed.claims, scope, text)
        self._take_once(key.thumbprint, signed.claims.get("jti"))
        scope[_CHECKED] = (proof, text)

    def _check_claims(self, claims: Mapping[str, object], scope: Scope, text: str) -> None:
        if claims.get("htm") != scope["method"]:
            raise UnprovenError(Reason.METHOD)
        address = claims.get("htu")
        is_address = isinstance(address, str) and len(address) <= _LONGEST_ADDRESS
        if not is_address or _place(str(address)) != (*self._origin, scope["path"]):
            raise UnprovenError(Reason.ADDRESS)
        made_at = claims.get("iat")
        if not isinstance(made_at, int | float) or isinstance(made_at, bool):
            raise UnprovenError(Reason.ISSUED_AT)
        if abs(made_at - self._clock().timestamp()) > WINDOW_SECONDS:
            raise UnprovenError(Reason.ISSUED_AT)
        digest = urlsafe_b64encode(sha256(text.encode()).digest()).rstrip(b"=").decode()
        if claims.get("ath") != digest:
            raise UnprovenError(Reason.DIGEST)

    def _take_once(self, thumbprint: str, proof_id: object) -> None:
        """Note that *proof_id* was used, or raise ``UnprovenError`` if it was before.

        What cannot be kept any more is refused: forgetting an earlier one would let it in again.
        """
        now = self._clock().timestamp()
        while self._seen and next(iter(self._seen.values())) < now:
            self._seen.popitem(last=False)
        if not isinstance(proof_id, str) or not 0 < len(proof_id) <= _LONGEST_ID:
            raise UnprovenError(Reason.IDENTIFIER)
        use = (thumbprint, proof_id)
        if use in self._seen or len(self._seen) >= self._most_kept:
            raise UnprovenError(Reason.IDENTIFIER)
        self._seen[use] = now + 2 * WINDOW_SECONDS


def _place(address: str) -> tuple[str, str | None, int | None, str]:
    """Return scheme, host, port and path of *address*, as RFC 3986 would have them compared."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "", None, None, ""
    return parts.scheme, parts.hostname, port or _PORTS.get(parts.scheme), unquote(parts.path)
