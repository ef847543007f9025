"""Entries as a chain: each has the hash of the one before, over everything that is kept of it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import orjson

from hub.model.audit import audit_entry

if TYPE_CHECKING:
    from collections.abc import Mapping

GENESIS: Final = bytes(32)
"""What the first entry has for the hash of the one before."""

HASHED: Final = tuple(
    str(column.name) for column in audit_entry.c if column.name not in {"previous", "hash"}
)

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def canonical(row: Mapping[str, Any]) -> bytes:
    """Return *row* in the one form it is hashed in: JSON, names sorted, moments in microseconds."""
    cells = {name: _plain(row[name]) for name in HASHED}
    return orjson.dumps(cells, option=orjson.OPT_SORT_KEYS)


def hash_of(previous: bytes, row: Mapping[str, Any]) -> bytes:
    """Return the hash of *row* where the entry before has the hash *previous*."""
    return hashlib.sha256(previous + canonical(row)).digest()


def _plain(value: object) -> object:
    match value:
        case datetime():
            return (value - _EPOCH) // _MICROSECOND
        case UUID():
            return str(value)
        case _:
            return value
