"""Texts as they come in."""

from __future__ import annotations


def is_storable(text: str) -> bool:
    """Return whether a stored text could equal *text*: no zero byte, no half a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
