"""Heads of the chain, signed with a key that the database does not know, handed on as files.

A chain alone does not show that its tail was cut or that it was written anew; a signature kept
elsewhere does.
"""

from __future__ import annotations

import base64
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any, Final

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from sqlalchemy import select

from hub.audit.errors import AuditFolderMissingError, AuditKeyError, HeadsUnreadableError
from hub.audit.keeping import end_of_chain, hold_chain
from hub.model.audit import audit_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from hub.clock import Clock
    from hub.database.transaction import Transaction

OFTEN: Final = timedelta(minutes=5)
MANY: Final = 10_000
"""A head is signed at least so often, and after so many entries."""

_PURPOSE: Final = b"hub audit head\n"


@dataclass(frozen=True, slots=True)
class Head:
    """What the chain had come to, and who says so."""

    sequence: int
    hash: bytes
    signed_at: str
    key: bytes
    signature: bytes

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Head:
        """Return the head that *row* of the table holds."""
        at: datetime = row["signed_at"]
        return cls(row["sequence"], row["hash"], at.isoformat(), row["key"], row["signature"])

    @classmethod
    def read(cls, path: Path) -> Head:
        """Return the head that the file at *path* holds, or raise ``HeadsUnreadableError``."""
        try:
            found = orjson.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            raise HeadsUnreadableError(file=path) from error
        return cls.told(found, path)

    @classmethod
    def told(cls, found: Mapping[str, Any], path: Path) -> Head:
        """Return the head that the file at *path* tells, or raise ``HeadsUnreadableError``."""
        try:
            return cls(
                int(found["sequence"]),
                bytes.fromhex(found["hash"]),
                str(found["signedAt"]),
                base64.b64decode(found["key"], validate=True),
                base64.b64decode(found["signature"], validate=True),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise HeadsUnreadableError(file=path) from error

    def line(self) -> bytes:
        """Return the head as a file has it."""
        told = {
            "sequence": self.sequence,
            "hash": self.hash.hex(),
            "signedAt": self.signed_at,
            "key": base64.b64encode(self.key).decode(),
            "signature": base64.b64encode(self.signature).decode(),
        }
        return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)

    @property
    def message(self) -> bytes:
        """Return what is signed."""
        return _PURPOSE + b"%d\n%s\n%s" % (
            self.sequence,
            self.hash.hex().encode(),
            self.signed_at.encode(),
        )

    def is_signed_by(self, keys: Iterable[bytes]) -> bool:
        """Return whether one of the public *keys* has signed this head."""
        if self.key not in set(keys):
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(self.signature, self.message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Pen:
    """The key that heads are signed with."""

    key: Ed25519PrivateKey

    @classmethod
    def of(cls, path: Path) -> Pen:
        """Return the key at *path*, made on first use for its owner alone to read.

        Raises ``AuditKeyError`` where there is another thing, or others may read it.
        """
        try:
            with suppress(FileExistsError):
                _make(path)
            if path.stat().st_mode & 0o077:
                raise AuditKeyError(file=path, reason="mode 0600")
            key = load_pem_private_key(path.read_bytes(), password=None)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise AuditKeyError(file=path, reason=reason) from error
        if not isinstance(key, Ed25519PrivateKey):
            raise AuditKeyError(file=path, reason="Ed25519")
        return cls(key)

    @property
    def public(self) -> bytes:
        """Return the public key, 32 bytes."""
        return self.key.public_key().public_bytes_raw()

    def sign(self, sequence: int, hash_: bytes, at: datetime) -> Head:
        """Return the signed head."""
        head = Head(sequence, hash_, at.isoformat(), self.public, b"")
        return Head(sequence, hash_, head.signed_at, head.key, self.key.sign(head.message))


async def sign_if_due(
    transaction: Transaction, pen: Pen, clock: Clock, *, is_last: bool = False
) -> Head | None:
    """Sign what the chain has come to where that is due, or *is_last*; return what was signed."""
    await hold_chain(transaction)
    sequence, hash_ = await end_of_chain(transaction)
    c = audit_head.c
    found = await transaction.fetch(
        select(c.sequence, c.signed_at).order_by(c.sequence.desc()).limit(1)
    )
    before = found[0]["sequence"] if found else 0
    now = clock().astimezone(UTC)
    is_due = is_last or not found or now - found[0]["signed_at"] >= OFTEN
    if sequence == before or not (is_due or sequence - before >= MANY):
        return None
    head = pen.sign(sequence, hash_, now)
    row = {"sequence": sequence, "hash": hash_, "signed_at": now}
    await transaction.insert(audit_head, [row | {"key": head.key, "signature": head.signature}])
    return head


async def export_heads(transaction: Transaction, folder: Path) -> int:
    """Write the heads after the last in *folder*, each a file; return how many those were.

    A file that is there is never written again.
    """
    newer = select(audit_head).where(audit_head.c.sequence > _last_in(folder))
    heads = [Head.of(dict(row)) for row in await transaction.fetch(newer)]
    for head in heads:
        draft = folder / f".{_name(head)}.{os.getpid()}"
        draft.write_bytes(head.line())
        with suppress(FileExistsError):
            os.link(draft, folder / _name(head))
        draft.unlink()
    return len(heads)


def read_heads(folder: Path) -> list[Head]:
    """Return the heads in *folder* in the order of the chain.

    Raises ``AuditFolderMissingError`` where there is no such folder.
    """
    if not folder.is_dir():
        raise AuditFolderMissingError(folder=folder)
    paths = sorted(folder.glob("*.json"))
    return [Head.read(path) for path in paths]


def _last_in(folder: Path) -> int:
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    return max((int(path.stem) for path in folder.glob("[0-9]*.json")), default=0)


def _name(head: Head) -> str:
    return f"{head.sequence:015}.json"


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(written)
