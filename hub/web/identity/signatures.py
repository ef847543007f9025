"""Keys and signatures, and all that may be said of them before a claim is read.

The key decides by which algorithm it signs; the header of a token can agree with it, or the token
is refused. Nothing that a header says of keys (``jku``, ``jwk``, ``x5u``, ``x5c``) is followed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import orjson
from joserfc import jws
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import ECKey, JWKRegistry, Key, OKPKey, RSAKey
from joserfc.jws import CompactSignature, JWSRegistry
from typing_extensions import override

from hub.web.identity.errors import Reason, UntrustedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from joserfc._rfc7515.model import JWSAlgModel

ALGORITHMS: Final = ("ES256", "EdDSA", "Ed25519", "PS256")
"""All that a key may sign by; Ed25519 is the new name of EdDSA with that curve (RFC 9864)."""

_PUBLIC: Final = {"EC": ("crv", "x", "y"), "OKP": ("crv", "x"), "RSA": ("n", "e")}
_SECRET: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_RSA_BITS: Final = range(2048, 4096 + 1)

_CARRIES_KEY: Final = "jwk"
_NOT_UNDERSTOOD: Final = frozenset({"crit", "b64", "jku", "x5u", "x5c", _CARRIES_KEY})


class SecretKeyError(Exception):
    """Somebody shows a private or a symmetric key, which is no secret any more."""


@dataclass(frozen=True, slots=True, eq=False)
class VerificationKey:
    """A public key, and the algorithms by which it signs.

    Attributes:
        jwk: its public members, which tell it from every other (RFC 7638).
        algorithms: the names that a header may give its signature.
    """

    jwk: Mapping[str, str]
    algorithms: frozenset[str]
    key: Key = field(repr=False)

    @property
    def thumbprint(self) -> str:
        """Return the SHA-256 thumbprint of the key (RFC 7638)."""
        return self.key.thumbprint()


def read_key(jwk: Mapping[str, object]) -> VerificationKey | None:
    """Return the key that *jwk* describes, None if it is of no kind that may sign here.

    Raises ``SecretKeyError`` for what must not be shown to anybody.
    """
    if not _SECRET.isdisjoint(jwk):
        raise SecretKeyError
    kind = jwk.get("kty")
    members = _PUBLIC.get(kind) if isinstance(kind, str) else None
    if members is None:
        return None
    public = {"kty": kind} | {name: jwk.get(name) for name in members}
    values = {name: value for name, value in public.items() if isinstance(value, str)}
    if len(values) < len(public):
        return None
    try:
        key = JWKRegistry.import_key({**values})
    except (JoseError, ValueError, KeyError):
        return None
    algorithms = _algorithms_of(key)
    if (named := jwk.get("alg")) is not None:
        algorithms = algorithms.intersection((str(named),))
    return VerificationKey(values, algorithms, key) if algorithms else None


def _algorithms_of(key: Key) -> frozenset[str]:
    match key:
        case ECKey() if key.curve_name == "P-256":
            return frozenset({"ES256"})
        case OKPKey() if key.curve_name == "Ed25519":
            return frozenset({"EdDSA", "Ed25519"})
        case RSAKey() if key.public_key.key_size in _RSA_BITS:
            return frozenset({"PS256"})
        case _:
            return frozenset()


class _Registry(JWSRegistry):
    # A proof carries its key in the header: 4,096 bits of RSA are some 1,100 letters.
    max_header_length = 2048

    @override
    def get_alg(self, name: str) -> JWSAlgModel:
        # The library warns at each use of EdDSA, the name that issuers still write.
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError
        return self.algorithms[name]


_REGISTRY: Final = _Registry(algorithms=ALGORITHMS, strict_check_header=False)


@dataclass(frozen=True, slots=True)
class SignedClaims:
    """A JSON Web Token as it was sent: nothing of it is true before ``check_signature``."""

    header: Mapping[str, Any]
    claims: Mapping[str, Any]
    signature: CompactSignature = field(repr=False)

    def check_signature(self, key: VerificationKey) -> None:
        """Raise ``UntrustedError`` unless *key* signed this by an algorithm of its own."""
        if self.header["alg"] not in key.algorithms:
            raise UntrustedError(Reason.ALGORITHM)
        try:
            is_signed = jws.validate_compact(self.signature, key.key, registry=_REGISTRY)
        except (JoseError, ValueError, TypeError) as error:
            raise UntrustedError(Reason.SIGNATURE) from error
        if not is_signed:
            raise UntrustedError(Reason.SIGNATURE)


def read_signed(text: str, *, longest: int, carries_key: bool = False) -> SignedClaims:
    """Return the token that *text* is, or raise ``UntrustedError``.

    Longer than *longest* it is not looked at. Its header may bring the key only where *carries_key*
    says so; it may never name a key elsewhere, nor an extension that must be understood.
    """
    if len(text) > longest:
        raise UntrustedError(Reason.LENGTH)
    try:
        signature = jws.extract_compact(text.encode("ascii"), registry=_REGISTRY)
        claims = orjson.loads(signature.payload)
    # A header nested a thousand levels deep is the library's to read.
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise UntrustedError(Reason.FORM) from error
    # The library promises an object and looks at no more than whether "alg" is in it.
    header: object = signature.headers()
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise UntrustedError(Reason.FORM)
    if not isinstance(header.get("alg"), str):
        raise UntrustedError(Reason.FORM)
    refused = _NOT_UNDERSTOOD - {_CARRIES_KEY} if carries_key else _NOT_UNDERSTOOD
    if not refused.isdisjoint(header):
        raise UntrustedError(Reason.HEADER)
    return SignedClaims(header, claims, signature)
