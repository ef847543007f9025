"""Texts as they come in."""

from __future__ import annotations

from hub.api.errors import UnreadableTextError


def storable(text: str) -> str:
    """Return *text*, or raise ``UnreadableTextError`` where no stored text could equal it."""
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UnreadableTextError
    return text
