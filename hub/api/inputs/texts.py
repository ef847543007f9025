"""Texts as they come in."""

from __future__ import annotations

from hub.api.errors import UnreadableTextError
from hub.model.texts import is_storable


def storable(text: str) -> str:
    """Return *text*, or raise ``UnreadableTextError`` where no stored text could equal it."""
    if not is_storable(text):
        raise UnreadableTextError
    return text
