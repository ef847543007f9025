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
        self._loaded_at = -_REFRESH_SECONDS
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
        found = self._known(principal, digest)
        age = monotonic() - self._loaded_at
        if found is None and age > _PATIENCE_SECONDS:
            await self._load()
            return self._known(principal, digest)
        if age > _REFRESH_SECONDS and (self._loading is None or self._loading.done()):
            self._loading = asyncio.create_task(self._reload())
        return found

    def _known(self, principal: Principal, digest: str) -> str | None:
        now = self._clock()
        for each in self._registered.get(digest, ()):
            if each.expires_at > now and _is_for(each.audience, principal):
                return each.text
        return None

    async def _load(self) -> None:
        self._loaded_at = monotonic()
        found: dict[str, list[Registered]] = {}
        for each in await load_registered(self._database):
            found.setdefault(each.sha256, []).append(each)
        self._registered = found

    async def _reload(self) -> None:
        """Load again while what is known still serves."""
        try:
            await self._load()
        except Exception:  # noqa: BLE001  (whatever it is, what is known still serves)
            _LOG.exception("The registered operations could not be read again")

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


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _is_for(audience: str, principal: Principal) -> bool:
    """Return whether *principal* is of *audience*; what the public may ask, everybody may."""
    return audience in ("public", principal.kind, principal.reader.value.removeprefix("hub_"))
