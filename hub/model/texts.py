"""Texts as they come in."""

from __future__ import annotations


def is_storable(text: str) -> bool:
    """Return whether a stored text could equal *text*: no zero byte, no half a surrogate pair."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False
