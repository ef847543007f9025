"""Whether the trail is as it was kept: the first entry that is not, by its number and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from sqlalchemy import func, select

from hub.access.principal import AUDITOR
from hub.audit.chain import GENESIS, hash_of
from hub.audit.errors import (
    ChainRewrittenError,
    EntryAlteredError,
    EntryDeletedError,
    EntryInsertedError,
    EntryMovedError,
    EntryReplacedError,
    SignatureBadError,
    TailCutError,
)
from hub.audit.heads import Head
from hub.database.transaction import Mode, begin
from hub.model.audit import audit_entry, audit_head

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from hub.database.engine import Database

_BATCH: Final = 2000


class Progress(Protocol):
    """Follows a verification."""

    def expect(self, steps: int) -> None:
        """Hear how many steps there will be."""

    def advance(self, label: str) -> None:
        """Hear that the step *label* begins."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A trail that is whole.

    Attributes:
        entries: how many there are.
        heads: how many signed heads agree with them.
        signed_to: the last entry that a signature speaks for.
        guarded_to: the last whose head is kept elsewhere; what is cut off behind it is not noticed.
    """

    entries: int
    heads: int
    signed_to: int
    guarded_to: int = 0


async def verify(
    database: Database, keys: Collection[bytes], kept: Sequence[Head], progress: Progress
) -> Verified:
    """Return how far the trail is whole, or raise ``TrailBrokenError`` for its first fault.

    *keys* are the public keys that heads may be signed with; *kept* are the heads that were kept
    elsewhere. Without any of those, a tail that was cut off with its heads is not noticed.
    """
    async with begin(database, AUDITOR, Mode.READ) as transaction:
        stored = await transaction.fetch(select(audit_head))
        [[last]] = await transaction.fetch(select(func.max(audit_entry.c.sequence)))
        heads = [*kept, *(Head.of(dict(row)) for row in stored)]
        check = _Check(keys, heads)
        progress.expect(-(-(last or 0) // _BATCH))
        rows = transaction.stream(
            select(audit_entry).order_by(audit_entry.c.sequence), batch=_BATCH
        )
        async for row in rows:
            if check.sequence % _BATCH == 0:
                progress.advance(f"{check.sequence + 1:,}/{last:,}")
            check.entry(dict(row))
        guarded = max((head.sequence for head in kept), default=0)
        return replace(check.end(), guarded_to=guarded)


class _Check:
    """Goes along the chain."""

    def __init__(self, keys: Collection[bytes], heads: Iterable[Head]) -> None:
        self._keys = keys
        self._heads: dict[int, list[Head]] = {}
        for head in heads:
            self._heads.setdefault(head.sequence, []).append(head)
        self._agreeing = 0
        self._signed_to = 0
        self._last = GENESIS
        self.sequence = 0

    def entry(self, row: Mapping[str, Any]) -> None:
        """Take the next entry, or raise what is wrong with it."""
        expected = self.sequence + 1
        if row["sequence"] != expected:
            raise EntryDeletedError(sequence=expected)
        self._check_hash(row)
        if row["previous"] != self._last:
            # What an entry says of the one before it is what that was when it was kept.
            raise EntryReplacedError(sequence=max(self.sequence, 1))
        self.sequence, self._last = expected, row["hash"]
        for head in self._heads.pop(expected, ()):
            self._check_head(head)

    def end(self) -> Verified:
        """Return what was found whole; heads beyond the last entry tell that a tail is missing."""
        if self._heads:
            furthest = max(self._heads)
            for head in self._heads[furthest]:
                self._check_signature(head)
            raise TailCutError(sequence=self.sequence + 1, head=furthest)
        return Verified(self.sequence, self._agreeing, self._signed_to)

    def _check_hash(self, row: Mapping[str, Any]) -> None:
        if _agrees(row, row["sequence"]):
            return
        if _agrees(row, row["sequence"] - 1):
            raise EntryInsertedError(sequence=max(self.sequence, 1))
        if _agrees(row, row["sequence"] + 1):
            raise EntryMovedError(sequence=row["sequence"])
        raise EntryAlteredError(sequence=row["sequence"])

    def _check_head(self, head: Head) -> None:
        self._check_signature(head)
        if head.hash != self._last:
            raise ChainRewrittenError(sequence=self._signed_to + 1, head=head.sequence)
        self._agreeing += 1
        self._signed_to = head.sequence

    def _check_signature(self, head: Head) -> None:
        if not head.is_signed_by(self._keys):
            raise SignatureBadError(sequence=self._signed_to + 1, head=head.sequence)


def _agrees(row: Mapping[str, Any], sequence: int) -> bool:
    return hash_of(row["previous"], {**row, "sequence": sequence}) == bytes(row["hash"])
