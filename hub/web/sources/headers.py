"""What a delivery's header says: its format, the key it is sent under, its digest."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final

from hub.ingest.formats import MEDIA_TYPES
from hub.web.sources.errors import (
    DeliveryFormatError,
    DigestMalformedError,
    IdempotencyKeyMalformedError,
)

if TYPE_CHECKING:
    from starlette.datastructures import Headers

    from hub.ingest.formats import Format

_KEY: Final = re.compile(r"[!-~]{1,255}")
_DIGESTS: Final = ("sha-256", "sha-512")
_STRUCTURED: Final = re.compile(r"([a-z0-9*_.-]+)=:([A-Za-z0-9+/=]*):")
_OLDER: Final = re.compile(r"([A-Za-z0-9-]+)=([A-Za-z0-9+/]+={0,2})")


def format_of(headers: Headers) -> Format:
    """Return what the delivery is declared to be, or raise ``DeliveryFormatError``."""
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    found = MEDIA_TYPES.get(media_type)
    if found is None or headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise DeliveryFormatError
    return found


def key_of(headers: Headers) -> str | None:
    """Return the ``Idempotency-Key``, if there is one; quotes are not part of it."""
    sent = headers.getlist("idempotency-key")
    if not sent:
        return None
    key = sent[0].strip()
    if len(key) > 1 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if len(sent) > 1 or _KEY.fullmatch(key) is None:
        raise IdempotencyKeyMalformedError
    return key


def digests_of(headers: Headers) -> dict[str, bytes]:
    """Return the digests that the delivery is declared to have, by algorithm.

    As ``Content-Digest`` (RFC 9530) or ``Digest`` (RFC 3230) have them; of algorithms that are
    not checked nothing is said.
    """
    declared: dict[str, bytes] = {}
    for name, form in (("content-digest", _STRUCTURED), ("digest", _OLDER)):
        for part in ",".join(headers.getlist(name)).split(","):
            if not part.strip():
                continue
            found = form.fullmatch(part.strip())
            if found is None:
                raise DigestMalformedError
            algorithm = found[1].lower()
            if algorithm in _DIGESTS:
                declared[algorithm] = _decoded(found[2])
    return declared


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise DigestMalformedError from error
