"""Cursors: a place in an ordered list, sealed for whoever was given it.

A cursor holds the values of the order's columns at one row. Its seal binds it to the list it was
made for (entity, order, filter) and to the reader, so a bent or foreign one is refused instead of
being followed somewhere else.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json

import orjson

from hub.errors import HubError

SEAL_BYTES = 12
"""How much of the hash a cursor begins with."""

_WRITER = json.JSONEncoder(default=str)


class InvalidCursorError(HubError):
    """The cursor was not made by this list for this reader."""

    code = "CURSOR_INVALID"
    refuses_request = True
    vi = (
        "Con trỏ trang không dùng được ở đây: chỉ dùng lại con trỏ vừa nhận, "
        "với cùng bộ lọc và thứ tự."
    )
    en = "This cursor is of no use here: pass one just given, with the same filter and order."


def context_of(
    place: str,
    names: tuple[str, ...],
    condition: object,
    history: tuple[object, bool],
    reader: tuple[str, int | None],
) -> str:
    """Return what a list's cursors are bound to, as text."""
    return text_of([place, names, condition, history, reader])


def text_of(part: object) -> str:
    """Return *part* of what cursors are bound to, as it is written in the whole."""
    return _WRITER.encode(part)


class Sealer:
    """Makes and opens the cursors of one list for one reader.

    They are bound to *context*, by *key*, the hub's secret for cursors.

    Attributes:
        list_key: the key of this list and reader alone, which tells nothing of the secret.
    """

    __slots__ = ("list_key",)

    def __init__(self, key: bytes, context: str) -> None:
        self.list_key = hashlib.blake2b(context.encode(), key=key, digest_size=32).digest()

    def seal(self, values: str) -> str:
        """Return the cursor of the row with these *values*, as PostgreSQL writes them as JSON."""
        payload = values.encode()
        return _written(self._mac(payload) + payload)

    def open(self, cursor: str, count: int) -> tuple[str | None, ...]:
        """Return the *count* values that *cursor* holds, or raise ``InvalidCursorError``."""
        try:
            raw = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
        except (binascii.Error, ValueError, UnicodeEncodeError) as error:
            raise InvalidCursorError from error
        mac, payload = raw[:SEAL_BYTES], raw[SEAL_BYTES:]
        # Decoding passes over foreign letters and spare bits; a cursor is written in one way only.
        if _written(raw) != cursor or not hmac.compare_digest(mac, self._mac(payload)):
            raise InvalidCursorError
        values: list[str | None] = orjson.loads(payload)
        if len(values) != count:
            raise InvalidCursorError
        return tuple(values)

    def _mac(self, payload: bytes) -> bytes:
        """Return the seal: hashed twice with the key, so that it cannot be extended."""
        inner = hashlib.sha256(self.list_key + payload).digest()
        return hashlib.sha256(self.list_key + inner).digest()[:SEAL_BYTES]


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
