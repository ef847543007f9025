"""What an issuer publishes of its keys (RFC 7517), taken for what it may be: hostile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson

from hub.web.identity.signatures import SecretKeyError, read_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.web.identity.signatures import VerificationKey

MOST_BYTES: Final = 64 * 1024
"""The longest document that is read of an issuer."""

_MOST_KEYS: Final = 32
_LONGEST_KID: Final = 255


class KeySetError(Exception):
    """An issuer's document is not what it must be; the sentence is the operator's."""


def read_object(body: bytes) -> dict[str, object]:
    """Return the JSON object that *body* is, or raise ``KeySetError``."""
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        message = "it is not JSON"
        raise KeySetError(message) from error
    if not isinstance(document, dict):
        message = "it is not an object"
        raise KeySetError(message)
    return document


def read_key_set(body: bytes) -> dict[str, VerificationKey]:
    """Return the keys in *body* that may sign access tokens, each under its name.

    A key for something else (encryption, an algorithm that is not taken) is left out. A whole set
    is refused with ``KeySetError`` for a secret key in it, for two keys of one name, and for more
    keys than an issuer needs.
    """
    published = read_object(body).get("keys")
    if not isinstance(published, list):
        message = "it has no list of keys"
        raise KeySetError(message)
    if len(published) > _MOST_KEYS:
        message = f"it has more than {_MOST_KEYS} keys"
        raise KeySetError(message)
    keys: dict[str, VerificationKey] = {}
    for jwk in published:
        if not isinstance(jwk, dict):
            message = "a key in it is not an object"
            raise KeySetError(message)
        try:
            key = read_key(jwk)
        except SecretKeyError as error:
            message = "a key in it is secret"
            raise KeySetError(message) from error
        kid = jwk.get("kid")
        if key is None or not _is_for_signatures(jwk) or not _is_name(kid):
            continue
        if kid in keys:
            message = "two keys in it have one name"
            raise KeySetError(message)
        keys[str(kid)] = key
    return keys


def _is_for_signatures(jwk: Mapping[str, object]) -> bool:
    operations = jwk.get("key_ops", ["verify"])
    return (
        jwk.get("use", "sig") == "sig" and isinstance(operations, list) and "verify" in operations
    )


def _is_name(kid: object) -> bool:
    return isinstance(kid, str) and 0 < len(kid) <= _LONGEST_KID
