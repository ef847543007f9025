"""Archives: the oldest entries as files, each closed by the signed head that it leads to.

A file has an entry a line, in the form that entries are hashed in, with its hash; the last line is
the head. The next goes on where the last one ended, so a folder of them is the chain from its first
entry, and is verified without a database.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import orjson
from sqlalchemy import func, select

from hub.access.principal import AUDITOR
from hub.audit.chain import GENESIS, canonical
from hub.audit.errors import (
    ArchiveUnreadableError,
    AuditFolderMissingError,
    ChainRewrittenError,
    EntryAlteredError,
    EntryDeletedError,
    EntryInsertedError,
    NothingToArchiveError,
    SignatureBadError,
    TailCutError,
)
from hub.audit.heads import Head
from hub.database.transaction import Mode, begin
from hub.model.audit import audit_entry, audit_head

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from hub.database.engine import Database
    from hub.database.transaction import Transaction

_BATCH: Final = 2000


@dataclass(frozen=True, slots=True)
class Archive:
    """A file of the entries from *first* to the one that *head* closes."""

    path: Path
    first: int
    head: Head


async def write_archive(
    database: Database, folder: Path, before: datetime, keys: Collection[bytes]
) -> Archive:
    """Write what *folder*, which exists, has not of the entries that came *before* that moment.

    It ends with the last signed head among them. What is written is verified before the file has
    its name. Raises ``NothingToArchiveError`` where no head is newer than what is there, and
    ``TrailBrokenError`` for what is not as it was kept.
    """
    sequence, last = _end_of(verify_archives(folder, keys))
    async with begin(database, AUDITOR, Mode.READ) as transaction:
        head = await _last_head(transaction, before.astimezone(UTC))
        if head is None or head.sequence <= sequence:
            raise NothingToArchiveError
        draft = folder / f".{sequence + 1:015}.{os.getpid()}"
        with draft.open("xb") as file:
            draft.chmod(0o600)
            await _write(transaction, file, sequence, head)
    try:
        _check(draft, sequence, last, keys)
        name = f"{sequence + 1:015}-{head.sequence:015}.ndjson"
        path = draft.rename(folder / name)
    finally:
        draft.unlink(missing_ok=True)
    return Archive(path, sequence + 1, head)


def verify_archives(folder: Path, keys: Collection[bytes]) -> list[Archive]:
    """Return the archives in *folder*, in order, or raise ``TrailBrokenError`` for the first fault.

    *keys* are the public keys that heads may be signed with. Raises ``AuditFolderMissingError``
    where there is no such folder.
    """
    if not folder.is_dir():
        raise AuditFolderMissingError(folder=folder)
    sequence, last, found = 0, GENESIS, []
    for path in sorted(folder.glob("*.ndjson")):
        head = _check(path, sequence, last, keys)
        found.append(Archive(path, sequence + 1, head))
        sequence, last = head.sequence, head.hash
    return found


def _end_of(archives: list[Archive]) -> tuple[int, bytes]:
    return (archives[-1].head.sequence, archives[-1].head.hash) if archives else (0, GENESIS)


async def _last_head(transaction: Transaction, before: datetime) -> Head | None:
    """Return the last head of which every entry is *before* that moment."""
    e, h = audit_entry.c, audit_head.c
    [[later]] = await transaction.fetch(select(func.min(e.sequence)).where(e.at >= before))
    heads = select(audit_head).order_by(h.sequence.desc()).limit(1)
    found = await transaction.fetch(heads if later is None else heads.where(h.sequence < later))
    return Head.of(dict(found[0])) if found else None


async def _write(transaction: Transaction, file: BinaryIO, after: int, head: Head) -> None:
    rows = transaction.stream(
        select(audit_entry)
        .where(audit_entry.c.sequence > after, audit_entry.c.sequence <= head.sequence)
        .order_by(audit_entry.c.sequence),
        batch=_BATCH,
    )
    async for row in rows:
        file.write(_line(dict(row)))
    file.write(head.line())
    file.flush()
    os.fsync(file.fileno())


def _line(row: Mapping[str, Any]) -> bytes:
    cells = {**orjson.loads(canonical(row)), "hash": bytes(row["hash"]).hex()}
    return orjson.dumps(cells, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def _check(path: Path, sequence: int, last: bytes, keys: Collection[bytes]) -> Head:
    """Return the head that closes the file at *path*, which goes on from an entry and its hash."""
    start, lines = sequence, _lines(path)
    for line in lines:
        if "signature" in line:
            head = Head.told(line, path)
            if not head.is_signed_by(keys):
                raise SignatureBadError(sequence=start + 1, head=head.sequence)
            if head.sequence > sequence:
                raise TailCutError(sequence=sequence + 1, head=head.sequence)
            if (head.sequence, head.hash) != (sequence, last):
                raise ChainRewrittenError(sequence=start + 1, head=head.sequence)
            if next(lines, None) is not None:
                raise EntryInsertedError(sequence=sequence + 1)
            return head
        sequence += 1
        if line.get("sequence") != sequence:
            raise EntryDeletedError(sequence=sequence)
        told = line.pop("hash", None)
        last = sha256(last + orjson.dumps(line, option=orjson.OPT_SORT_KEYS)).digest()
        if told != last.hex():
            raise EntryAlteredError(sequence=sequence)
    raise ArchiveUnreadableError(file=path)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open("rb") as file:
            for line in file:
                found = orjson.loads(line)
                if not isinstance(found, dict):
                    raise ArchiveUnreadableError(file=path)
                yield found
    except (OSError, ValueError) as error:
        raise ArchiveUnreadableError(file=path) from error
