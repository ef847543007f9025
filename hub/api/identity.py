"""Global ids: opaque to clients, a type and its key to the hub."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from hub.model.catalogue import BY_NAME

if TYPE_CHECKING:
    from hub.loaders.rows import Row
    from hub.model.entities import Entity


def global_id(row: Row) -> str:
    """Return the id under which ``node`` finds *row* again."""
    parts = "|".join("" if part is None else str(part) for part in row.identity)
    return base64.b64encode(f"{row.entity.name}:{parts}".encode()).decode()


def read_global_id(text: str) -> tuple[Entity, tuple[str | None, ...]] | None:
    """Return the entity and the key that *text* names, or None where it names none."""
    try:
        name, _, key = base64.b64decode(text.encode(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    entity = BY_NAME.get(name)
    parts = key.split("|")
    if entity is None or not entity.is_node or len(parts) != len(entity.key) or "\0" in key:
        return None
    return entity, tuple(part or None for part in parts)
