"""The keys of an OpenID provider: fetched, kept, renewed, and done without for a while.

They are fresh for ten minutes. A name that is not among them has them fetched again, at most every
thirty seconds, whoever sends such names. While the provider does not answer, what was fetched last
serves for an hour; from then on nobody can say whether a token is good, and nobody says that it is
bad. Whoever waits for a fetch waits for the same one, and only with a token of that issuer.
"""

from __future__ import annotations

import asyncio
import logging
import math
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import httpx

from hub.web.identity.errors import IssuerUnavailableError
from hub.web.identity.keyset import MOST_BYTES, KeySetError, read_key_set, read_object

if TYPE_CHECKING:
    import ssl

    from hub.clock import Clock
    from hub.web.identity.signatures import VerificationKey

LOGGER = logging.getLogger(__name__)

FRESH_SECONDS: Final = 600
STALE_SECONDS: Final = 3600
UNKNOWN_PAUSE_SECONDS: Final = 30
"""Between two fetches for the sake of names that are not known."""

FAILURE_PAUSE_SECONDS: Final = 5
"""Between two fetches from a provider that does not answer."""

PATIENCE_SECONDS: Final = 5
"""For both documents of a fetch."""

_CONFIGURATION: Final = "/.well-known/openid-configuration"


class ProviderKeys:
    """The keys of the OpenID provider called *issuer*, an https address.

    They are found by discovery (OpenID Connect Discovery 1.0) and must lie at the address of the
    issuer itself: nothing that is fetched can send the hub elsewhere. *trust* are the authorities
    whose certificates are believed.
    """

    def __init__(self, issuer: str, clock: Clock, trust: ssl.SSLContext) -> None:
        self._issuer = issuer
        self._clock = clock
        self._trust = trust
        self._keys: dict[str, VerificationKey] = {}
        self._fetched_at = self._asked_at = -math.inf
        self._is_failing = False
        self._fetch: asyncio.Task[None] | None = None

    async def find(self, kid: str) -> VerificationKey | None:
        """Return the key called *kid*, None if the provider publishes none such.

        Raises ``IssuerUnavailableError`` where that cannot be known.
        """
        if self._age() >= FRESH_SECONDS:
            await self._renew()
        key = self._keys.get(kid)
        if key is None:
            await self._wait(self._begin_fetch(UNKNOWN_PAUSE_SECONDS))
            key = self._keys.get(kid)
        if key is None and self._is_failing:
            raise IssuerUnavailableError
        return key

    def _age(self) -> float:
        age = self._clock().timestamp() - self._fetched_at
        # A clock that was set back tells no age.
        return age if age >= 0 else math.inf

    async def _renew(self) -> None:
        """Have the keys fetched; do not wait for a provider that is known not to answer."""
        fetch = self._begin_fetch(FAILURE_PAUSE_SECONDS if self._is_failing else 0)
        if not self._is_failing or self._age() >= STALE_SECONDS:
            await self._wait(fetch)
        if self._age() >= STALE_SECONDS:
            raise IssuerUnavailableError

    async def _wait(self, fetch: asyncio.Task[None] | None) -> None:
        if fetch is not None:
            # Whoever leaves meanwhile takes nothing from the others.
            await asyncio.shield(fetch)

    def _begin_fetch(self, pause: float) -> asyncio.Task[None] | None:
        """Return the fetch under way, or a new one if *pause* seconds went by since the last."""
        if self._fetch is None:
            now = self._clock().timestamp()
            if 0 <= now - self._asked_at < pause:
                return None
            self._asked_at = now
            self._fetch = asyncio.create_task(self._fetch_keys(now))
        return self._fetch

    async def _fetch_keys(self, now: float) -> None:
        """Take the keys that the provider publishes; if it cannot be done, keep what there is."""
        is_failing = True
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                found = await self._download()
        except (httpx.HTTPError, httpx.InvalidURL, OSError, KeySetError) as error:
            reason = str(error) or type(error).__name__
            LOGGER.warning("The keys of %s cannot be had: %s", self._issuer, reason)
        except Exception:  # The request that asked for it fails as if nobody answered.
            LOGGER.exception("The keys of %s cannot be had", self._issuer)
        else:
            self._keys = {kid: self._kept(kid, key) for kid, key in found.items()}
            self._fetched_at = now
            is_failing = False
            if self._is_failing:
                LOGGER.info("The keys of %s are had again", self._issuer)
        finally:
            self._is_failing = is_failing
            self._fetch = None

    def _kept(self, kid: str, key: VerificationKey) -> VerificationKey:
        """Return the key that was there before, if it is the same."""
        known = self._keys.get(kid)
        if known is None or (known.jwk, known.algorithms) != (key.jwk, key.algorithms):
            return key
        return known

    async def _download(self) -> dict[str, VerificationKey]:
        async with httpx.AsyncClient(
            verify=self._trust,
            trust_env=False,
            follow_redirects=False,
            headers={"accept": "application/json", "accept-encoding": "identity"},
        ) as client:
            configuration = read_object(
                await _read(client, self._issuer.rstrip("/") + _CONFIGURATION)
            )
            if configuration.get("issuer") != self._issuer:
                message = "its configuration is of another issuer"
                raise KeySetError(message)
            address = configuration.get("jwks_uri")
            if not isinstance(address, str) or _origin(address) != _origin(self._issuer):
                message = "its keys lie elsewhere"
                raise KeySetError(message)
            return read_key_set(await _read(client, address))


async def _read(client: httpx.AsyncClient, address: str) -> bytes:
    """Return what lies at *address*, no more of it than may."""
    async with client.stream("GET", address) as response:
        if response.status_code != httpx.codes.OK:
            message = f"{address} answers {response.status_code}"
            raise KeySetError(message)
        if response.headers.get("content-encoding", "identity") != "identity":
            message = f"{address} answers compressed"
            raise KeySetError(message)
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > MOST_BYTES:
                message = f"{address} answers more than {MOST_BYTES} bytes"
                raise KeySetError(message)
        return bytes(body)


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc
