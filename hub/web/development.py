"""The local issuer of a development hub: keys of its own in each data folder, loopback only.

It exists under ``hub run`` alone. A production server knows neither its name nor its keys. Its
tokens are bound to nobody's key, not even a feed's: whoever could take a token from this machine
could as well take the key that signs them.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from joserfc import jwt
from joserfc.jwk import ECKey

from hub.errors import HubError
from hub.web.identity.issuers import Issuer
from hub.web.identity.signatures import read_key

if TYPE_CHECKING:
    from pathlib import Path

    from hub.clock import Clock
    from hub.web.identity.signatures import VerificationKey

ISSUER: Final = "hub:development"
AUDIENCE: Final = "hub"
LONGEST: Final = timedelta(hours=12)

_KEY_FILE = "issuer.json"


class TokenLifetimeError(HubError):
    """A token is asked for that would live too long, or not at all."""

    code = "TOKEN_LIFETIME"
    vi = "Thời hạn token phải lớn hơn 0 và không quá 12 giờ (ví dụ: --ttl 8h)."
    en = "A token lives more than 0 and at most 12 hours (for example: --ttl 8h)."


class OwnKey:
    """The key of an issuer that is this process."""

    def __init__(self, key: ECKey) -> None:
        self._kid = key.kid
        self._key = read_key(key.as_dict(private=False))

    async def find(self, kid: str) -> VerificationKey | None:
        """Return the key if it is called *kid*."""
        return self._key if kid == self._kid else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentIssuer(Issuer):
    """Signs tokens for the accounts of a development hub."""

    key: ECKey
    clock: Clock

    @classmethod
    def of(cls, home: Path, clock: Clock) -> DevelopmentIssuer:
        """Return the issuer of the data folder *home*; its key is made on first use."""
        path = home / _KEY_FILE
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"})
            key.ensure_kid()
            stored = key.as_dict(private=True)
            home.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f"{_KEY_FILE}.{os.getpid()}")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                json.dump(stored, out)
            try:
                os.link(draft, path)
            except FileExistsError:
                stored = json.loads(path.read_text(encoding="utf-8"))
            finally:
                draft.unlink()
        key = ECKey.import_key(stored)
        return cls(
            name=ISSUER,
            audience=AUDIENCE,
            keys=OwnKey(key),
            longest=LONGEST,
            constrains_feeds=False,
            key=key,
            clock=clock,
        )

    @classmethod
    def find(cls, home: Path, clock: Clock) -> DevelopmentIssuer | None:
        """Return the issuer of the data folder *home*; None where no ``hub run`` made one."""
        return cls.of(home, clock) if (home / _KEY_FILE).exists() else None

    def token(self, agency: str, lifetime: timedelta = LONGEST) -> str:
        """Return a bearer token of the account of *agency*."""
        if not timedelta(0) < lifetime <= LONGEST:
            raise TokenLifetimeError
        now = int(self.clock().timestamp())
        header = {"alg": "ES256", "typ": "at+jwt", "kid": self.key.kid}
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": agency,
            "iat": now,
            "exp": now + int(lifetime.total_seconds()),
        }
        return jwt.encode(header, claims, self.key, algorithms=["ES256"])
