"""From a request to a principal: whose token it carries, and who that is."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from hub.access.principal import PUBLIC, Principal
from hub.loaders.gate import Bearer, find_bearer
from hub.web.identity.errors import (
    Reason,
    UnauthenticatedError,
    UnprovenError,
    UntrustedError,
)
from hub.web.identity.signatures import ALGORITHMS
from hub.web.identity.tokens import AccessToken, verify_access_token

if TYPE_CHECKING:
    from starlette.types import Scope

    from hub.clock import Clock
    from hub.database.engine import Database
    from hub.web.identity.issuers import Issuer
    from hub.web.identity.proofs import Proofs

LOGGER = logging.getLogger(__name__)

_MOST_KEPT: Final = 4096
_PLAIN: Final = "bearer"
_PROVEN: Final = "dpop"
_ALGORITHMS: Final = f'algs="{" ".join(ALGORITHMS)}"'
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Authenticator:
    """Tells who a request's bearer is. No token is the public; a bad one is refused.

    Tokens that were found good, and whose they are, are kept for a while: they are good for as long
    as their issuer has the key, and the database refuses whoever is not any more what was found
    out.

    A token that is bound to a key is taken with a proof only (``Authorization: DPoP``), whoever's
    it is; a feed's must be bound, unless its issuer is the development hub's own, whose key lies
    with the data for anybody to take who could take a token.
    """

    def __init__(
        self, database: Database, clock: Clock, *issuers: Issuer, proofs: Proofs | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._issuers = {issuer.name: issuer for issuer in issuers}
        self._proofs = proofs
        self._tokens: OrderedDict[str, AccessToken] = OrderedDict()
        self._bearers: OrderedDict[tuple[str, str, str | None], Bearer] = OrderedDict()

    async def __call__(self, scope: Scope, *, fresh: bool = False) -> Principal:
        """Return the principal of the request *scope*; *fresh* trusts nothing kept of accounts.

        Raises ``UnauthenticatedError`` for a token that proves nothing, ``IssuerUnavailableError``
        for one that cannot be checked.
        """
        sent = _fields(scope, b"authorization")
        if not sent:
            return PUBLIC
        try:
            scheme, text = _read_authorization(sent)
            token = await self._verify(text)
            self._check_sender(scope, token, text, is_proven=scheme == _PROVEN)
            bearer = await self._find(token, fresh=fresh)
        except UntrustedError as error:
            LOGGER.info("A %s is refused: %s", error.part, error.reason)
            raise UnauthenticatedError(challenge=_challenge(sent[0], error)) from error
        return bearer.principal

    async def _verify(self, text: str) -> AccessToken:
        now = int(self._clock().timestamp())
        kept = self._tokens.get(text)
        if kept is not None:
            if await kept.is_good(now):
                return kept
            self._tokens.pop(text, None)
        token = await verify_access_token(text, self._issuers, now)
        _keep(self._tokens, text, token)
        return token

    def _check_sender(
        self, scope: Scope, token: AccessToken, text: str, *, is_proven: bool
    ) -> None:
        """Raise ``UntrustedError`` unless *token* was sent as it must be."""
        if not is_proven:
            if token.thumbprint is not None:
                raise UntrustedError(Reason.BOUND)
            return
        if token.thumbprint is None or self._proofs is None:
            raise UntrustedError(Reason.UNBOUND)
        sent = _fields(scope, b"dpop")
        if len(sent) != 1:
            raise UnprovenError(Reason.PROOF)
        self._proofs.check(scope, sent[0], text, token)

    async def _find(self, token: AccessToken, *, fresh: bool) -> Bearer:
        identity = (token.issuer.name, token.subject, token.client)
        bearer = self._bearers.get(identity)
        if bearer is None or fresh or not (bearer.until is None or bearer.until > self._clock()):
            self._bearers.pop(identity, None)
            found = await find_bearer(self._database, token.issuer.name, token.subject)
            if found is None:
                raise UntrustedError(Reason.ACCOUNT)
            principal = replace(found.principal, client=token.client)
            bearer = replace(found, principal=principal)
            _keep(self._bearers, identity, bearer)
        if bearer.is_feed and token.issuer.constrains_feeds and token.thumbprint is None:
            raise UntrustedError(Reason.UNBOUND)
        return bearer


def _fields(scope: Scope, name: bytes) -> list[str]:
    """Return each value of the header field *name*."""
    return [value.decode("latin-1") for known, value in scope["headers"] if known == name]


def _read_authorization(sent: list[str]) -> tuple[str, str]:
    """Return scheme and token of the only field that was *sent*, or raise ``UntrustedError``."""
    scheme, _, text = sent[0].partition(" ")
    scheme = scheme.lower()
    # Of two fields, each who reads the request could go by another.
    if len(sent) > 1 or scheme not in {_PLAIN, _PROVEN}:
        raise UntrustedError(Reason.AUTHORIZATION)
    return scheme, text.strip()


def _challenge(authorization: str, error: UntrustedError) -> str:
    """Return what a client may try instead (RFC 6750 §3, RFC 9449 §7.1)."""
    named = f'error="{error.challenge}"'
    if authorization.lower().startswith(_PROVEN):
        return f"DPoP {named}, {_ALGORITHMS}"
    return f"Bearer {named}, DPoP {_ALGORITHMS}"


def _keep(kept: OrderedDict[_Key, _Value], key: _Key, value: _Value) -> None:
    """Keep *value*; of too many the oldest goes."""
    kept[key] = value
    if len(kept) > _MOST_KEPT:
        kept.popitem(last=False)
