"""Tokens and proofs, good and bad: written letter by letter, since no library writes a bad one."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

ABSENT = object()
"""Instead of a value: the header or the claim is left out."""


def encode(part: object) -> str:
    """Return *part* as a part of a token: bytes as they are, anything else as JSON."""
    content = part if isinstance(part, bytes) else json.dumps(part).encode()
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def sign(header: object, claims: object, key: Key | None, algorithm: str) -> str:
    """Return the token of *header* and *claims*, signed by *key*, whatever the header says."""
    text = f"{encode(header)}.{encode(claims)}"
    signature = JWSRegistry.algorithms[algorithm].sign(text.encode(), key)
    return f"{text}.{encode(signature)}"


def without_absent(parts: Mapping[str, object]) -> dict[str, object]:
    """Return *parts* but those that are absent."""
    return {name: value for name, value in parts.items() if value is not ABSENT}


@dataclass(frozen=True)
class Signer:
    """A key that signs, as a provider publishes it.

    Attributes:
        kid: its name.
        key: the private key.
        algorithm: what it signs by.
        published: what else the provider says of it.
    """

    kid: str
    key: Key
    algorithm: str
    published: Mapping[str, Any]

    @cached_property
    def jwk(self) -> dict[str, Any]:
        """Return the key as it is published."""
        return {**self.key.as_dict(private=False), "kid": self.kid, **self.published}

    def token(self, header: Mapping[str, object], claims: Mapping[str, object]) -> str:
        """Return a token of this key, its own header altered by *header*."""
        own = {"alg": self.algorithm, "typ": "at+jwt", "kid": self.kid}
        algorithm = self.algorithm
        return sign(without_absent({**own, **header}), without_absent(claims), self.key, algorithm)


def elliptic(kid: str, **published: object) -> Signer:
    """Return a new key for ES256."""
    return Signer(kid, ECKey.generate_key("P-256"), "ES256", {"alg": "ES256", **published})


def edwards(kid: str, **published: object) -> Signer:
    """Return a new key for EdDSA."""
    return Signer(kid, OKPKey.generate_key("Ed25519"), "EdDSA", published)


def rsa(kid: str, algorithm: str = "PS256", **published: object) -> Signer:
    """Return a new RSA key of 2,048 bits."""
    return Signer(kid, RSAKey.generate_key(2048), algorithm, published)


def claims_of(issuer: str, subject: str, now: datetime, **changes: object) -> dict[str, object]:
    """Return what a good token of *subject* claims at *now*, altered by *changes*."""
    moment = int(now.timestamp())
    good = {"iss": issuer, "aud": "hub", "sub": subject, "iat": moment, "exp": moment + 300}
    return without_absent({**good, **changes})


def prove(  # noqa: PLR0913  (every part of a proof can be wrong)
    holder: Signer,
    *,
    url: str,
    token: str,
    now: datetime,
    method: str = "POST",
    header: Mapping[str, object] | None = None,
    **changes: object,
) -> str:
    """Return a proof of *holder* for a request that sends *token* to *url*, altered as told."""
    good = {
        "htm": method,
        "htu": url,
        "iat": int(now.timestamp()),
        "jti": token_hex(16),
        "ath": encode(sha256(token.encode()).digest()),
    }
    own = {
        "alg": holder.algorithm,
        "typ": "dpop+jwt",
        "jwk": holder.key.as_dict(private=False),
    }
    return sign(
        without_absent({**own, **(header or {})}),
        without_absent({**good, **changes}),
        holder.key,
        holder.algorithm,
    )
