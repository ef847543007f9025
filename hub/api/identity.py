"""Global ids: opaque to clients, a type and its key to the hub."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hub.model.catalogue import BY_NAME

if TYPE_CHECKING:
    from sqlalchemy import Column

    from hub.loaders.rows import Row
    from hub.model.entities import Entity


def global_id(row: Row) -> str:
    """Return the id under which ``node`` finds *row* again."""
    return _written(row.entity, row.identity)


def read_global_id(text: str) -> tuple[Entity, tuple[object, ...]] | None:
    """Return the entity and the key that *text* names, or None where it names none."""
    try:
        name, _, key = base64.b64decode(text.encode(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    entity = BY_NAME.get(name)
    parts = key.split("|")
    if entity is None or not entity.is_node or len(parts) != len(entity.key) or "\0" in key:
        return None
    try:
        values = tuple(map(_value, parts, entity.key))
    except ValueError:
        return None
    # The same moment and the same letters can be written in several ways; an id in one.
    return (entity, values) if _written(entity, values) == text else None


def _written(entity: Entity, key: tuple[object, ...]) -> str:
    parts = "|".join("" if part is None else str(part) for part in key)
    return base64.b64encode(f"{entity.name}:{parts}".encode()).decode()


def _value(text: str, column: Column[Any]) -> object:
    """Return the value of *column* that *text* writes, or raise ``ValueError``."""
    if not text:
        return None
    kind = column.type.python_type
    if kind is date:
        return date.fromisoformat(text)
    return UUID(text) if kind is UUID else text
