"""What is kept of an access: bounded, printable, and no value that was asked for or given."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.audit.access import Access

_LONGEST: Final = 200
_MOST_CODES: Final = 20
_MOST_COUNTED: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the trail before it has a place in the chain.

    Attributes:
        id: the same wherever the entry is written down, so that it is kept once.
    """

    id: UUID
    at: datetime
    event: str
    channel: str
    outcome: str
    account_id: int | None
    agency: str | None
    client: str | None
    source: str | None
    request_id: str | None
    operation: str | None
    document: str | None
    trusted: str | None
    variables: str | None
    target: str | None
    codes: tuple[str, ...]
    reason: str | None
    row_types: tuple[str, ...]
    row_counts: tuple[int, ...]
    duration_us: int | None
    version: str

    @classmethod
    def read(cls, line: bytes) -> Entry:
        """Return the entry that ``line`` wrote down; raise ``ValueError`` where it is none."""
        found = orjson.loads(line)
        try:
            found["id"] = UUID(str(found["id"]))
            found["at"] = datetime.fromisoformat(found["at"])
            for name in ("codes", "row_types", "row_counts"):
                found[name] = tuple(found[name])
            return cls(**found)
        except (TypeError, KeyError) as error:
            raise ValueError(line[:_LONGEST]) from error

    def line(self) -> bytes:
        """Return the entry as one line of JSON; control characters in it are escaped."""
        return orjson.dumps(self, option=orjson.OPT_APPEND_NEWLINE)


def entry_of(access: Access, identity: UUID, key: bytes) -> Entry:
    """Return what is kept of *access*; *key* is what digests of variables are made with."""
    cells: dict[str, Any] = _cells(access, key)
    return Entry(id=identity, **cells)


def line_of(access: Access, identity: str, key: bytes) -> bytes:
    """Return the line that the entry of *access* is written down as.

    A process writes thousands a second: it makes no entry of each, only what is written.
    """
    cells = _cells(access, key)
    cells["id"] = identity
    return orjson.dumps(cells, option=orjson.OPT_APPEND_NEWLINE)


def _cells(access: Access, key: bytes) -> dict[str, object]:
    origin, seconds, types, counts = access.origin, access.seconds, access.types, access.counts
    if 0 in counts:
        types = tuple(kind for kind, count in zip(types, counts, strict=True) if count)
        counts = [count for count in counts if count]
    return {
        "at": access.at,
        "event": access.event,
        "channel": origin.channel,
        "outcome": access.outcome,
        "account_id": access.account,
        "agency": access.agency,
        "client": _printable(origin.client),
        "source": _printable(origin.source),
        "request_id": origin.request_id,
        "operation": _printable(access.operation),
        "document": None if access.document is None else _sha256(access.document),
        "trusted": _printable(access.trusted),
        "variables": _digest(access.variables, key) if access.variables else None,
        "target": _printable(access.target),
        "codes": access.codes[:_MOST_CODES],
        "reason": _printable(access.reason),
        "row_types": types,
        "row_counts": tuple(counts),
        "duration_us": None if seconds is None else min(int(seconds * 1e6), _MOST_COUNTED),
        "version": _version(),
    }


def _printable(text: str | None) -> str | None:
    """Return *text* with what is not printable escaped, cut where it is too long."""
    if text is None or (len(text) <= _LONGEST and text.isprintable()):
        return text
    escaped = "".join(
        letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text[:_LONGEST]
    )
    return escaped[:_LONGEST]


@lru_cache(maxsize=512)
def _sha256(document: str) -> str:
    return hashlib.sha256(document.encode(errors="surrogatepass")).hexdigest()


def _digest(variables: Mapping[str, Any], key: bytes) -> str:
    """Return a digest that tells equal variables, to whoever has the key, and no value."""
    digest = _keyed(key).copy()
    digest.update(orjson.dumps(variables, option=orjson.OPT_SORT_KEYS))
    return digest.hexdigest()


@cache
def _keyed(key: bytes) -> hmac.HMAC:
    return hmac.new(key, digestmod="sha256")


@cache
def _version() -> str:
    return version("hub")
