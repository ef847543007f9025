"""Trusted operations: which text a hash stands for, and who may ask nothing else.

Those of ``schema/operations`` are everybody's; an administrator registers others while the hub
serves, each for one kind of asker and for a time. Clients register nothing: a hash that comes with
a text only says what the text must be.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Final

from graphql import print_ast

from hub.access.readers import Reader
from hub.api.errors import (
    NotTrustedError,
    PersistedQueryMismatchError,
    PersistedQueryNotFoundError,
)
from hub.api.operations import read_operations
from hub.loaders.operations import load_registered
from hub.model.limits import Limits
from hub.planner.documents import read_document
from hub.planner.errors import InvalidDocumentError
from hub.planner.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.access.principal import Principal
    from hub.clock import Clock
    from hub.database.engine import Database
    from hub.loaders.operations import Registered

_LOG = logging.getLogger(__name__)
_REFRESH_SECONDS: Final = 5.0
"""How long what was ended may still be asked; what runs out does so to the second."""
_EARLY_SECONDS: Final = 2.5
"""How long until it is looked up beside the requests, so that while there are any, none waits."""
_PATIENCE_SECONDS: Final = 1.0
"""How soon the table is looked into again for a hash that is not in it."""
_CHARACTERS: Final = 512 * 1024


@dataclass(frozen=True, slots=True)
class Trusted:
    """A document that a request means; *sha256* is what it is trusted by, None where it is not."""

    text: str
    sha256: str | None


class Trust:
    """Finds trusted operations; where *required*, the public and machines may ask nothing else."""

    def __init__(
        self, database: Database, clock: Clock, *, required: bool, limits: Limits | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._required = required
        self._limits = limits or Limits()
        self._built = _built()
        self._registered: dict[str, list[Registered]] = {}
        # When what is known was looked up.
        self._known_of = -inf
        self._loading: asyncio.Task[None] | None = None
        self._digests: Shelf[str, str] = Shelf(most=512, weight=_CHARACTERS)

    def is_free(self, principal: Principal) -> bool:
        """Return whether *principal* may ask what it likes."""
        if not self._required:
            return True
        return principal.reader is not Reader.PUBLIC and principal.kind not in ("machine", "feed")

    async def document(self, principal: Principal, text: str, digest: str | None) -> Trusted:
        """Return the document that a request of *text*, *digest* or both means.

        Raises ``PersistedQueryNotFoundError``, ``PersistedQueryMismatchError`` or
        ``NotTrustedError``; of an unreadable text what ``read_document`` does.
        """
        if digest is not None and not text:
            found = await self._find(principal, digest)
            if found is None:
                raise PersistedQueryNotFoundError
            return Trusted(found, digest)
        if digest is not None and digest not in (_sha256(text), self._canonical(text)):
            raise PersistedQueryMismatchError
        if self.is_free(principal):
            return Trusted(text, None)
        for each in (_sha256(text), self._canonical(text)):
            if await self._find(principal, each) is not None:
                return Trusted(text, each)
        raise NotTrustedError

    async def _find(self, principal: Principal, digest: str) -> str | None:
        built = self._built.get(digest)
        if built is not None:
            return built
        asked = monotonic()
        found = self._known(principal, digest)
        while asked - self._known_of > (_PATIENCE_SECONDS if found is None else _REFRESH_SECONDS):
            # A load that is under way may have begun too early; the next has not. Whoever leaves
            # meanwhile ends it for nobody else.
            await asyncio.shield(self._load_begun())
            found = self._known(principal, digest)
        if asked - self._known_of > _EARLY_SECONDS:
            self._load_begun()
        return found

    def _known(self, principal: Principal, digest: str) -> str | None:
        now = self._clock()
        for each in self._registered.get(digest, ()):
            if each.expires_at > now and _is_for(each.audience, principal):
                return each.text
        return None

    def _load_begun(self) -> asyncio.Task[None]:
        """Return the load that is under way, or else a new one."""
        if self._loading is None or self._loading.done():
            self._loading = asyncio.create_task(self._load())
            self._loading.add_done_callback(_log_failure)
        return self._loading

    async def _load(self) -> None:
        began = monotonic()
        found: dict[str, list[Registered]] = {}
        for each in await load_registered(self._database):
            found.setdefault(each.sha256, []).append(each)
        self._registered, self._known_of = found, began

    def _canonical(self, text: str) -> str:
        """Return the hash of *text* without comments and layout."""
        known = self._digests.find(text)
        if known is None:
            try:
                known = _sha256(print_ast(read_document(text, self._limits)))
            except InvalidDocumentError:
                raise NotTrustedError from None
            self._digests.keep(text, known, len(text))
        return known


@cache
def _built() -> Mapping[str, str]:
    """Return the text of each operation that is published with the schema, by its hash."""
    return {each.sha256: each.text for each in read_operations()}


def _log_failure(loading: asyncio.Task[None]) -> None:
    """Log why *loading* failed: perhaps nobody waited for it."""
    if not loading.cancelled() and (error := loading.exception()) is not None:
        _LOG.error("the registered operations could not be read", exc_info=error)


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _is_for(audience: str, principal: Principal) -> bool:
    """Return whether *principal* is of *audience*; what the public may ask, everybody may."""
    return audience in ("public", principal.kind, principal.reader.value.removeprefix("hub_"))
