"""Stored values as JSON text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.model.entities import Field, Localized, Scalar
from hub.planner.values import Leaf

if TYPE_CHECKING:
    from hub.model.entities import Entity
    from hub.planner.compile.writing import Rows
    from hub.planner.selection import Asked

_BARE = {Scalar.INT, Scalar.BIGINT, Scalar.DECIMAL, Scalar.BOOLEAN}
_SIMPLE = {Scalar.DATE, Scalar.UUID}


def field_text(field: Field, rows: Rows) -> str:
    """Return the field of *rows* as JSON text, ``null`` where it is empty."""
    text = value_text(field, rows[field.column])
    return f"coalesce({text}, 'null')" if field.is_nullable else text


def value_text(field: Field, column: str) -> str:
    """Return the values of *field* in *column* as JSON text, empty where they are."""
    if field.vocabulary is not None:
        named = f"upper(translate({column}::text, '- ', '__'))"
        return f"to_json({named}::text[])::text" if field.is_list else f"('\"' || {named} || '\"')"
    if field.is_list:
        return f"to_json({column})::text"
    return scalar_text(field.scalar, column)


def scalar_text(scalar: Scalar, column: str) -> str:
    """Return *column* as JSON text, empty where it is."""
    if scalar in _BARE:
        return f"{column}::text"
    if scalar in _SIMPLE:
        return f"('\"' || {column}::text || '\"')"
    return f"to_json({column})::text"


def name_text(name: Localized, asked: Asked, rows: Rows) -> str:
    """Return the name in the language asked for as JSON text."""
    language = asked.arguments.get("lang", Leaf("vi"))
    is_gloss = isinstance(language, Leaf) and language.value == "en"
    column = name.en if is_gloss else name.vi
    return f"coalesce(to_json({rows[column]})::text, 'null')"


def id_text(entity: Entity, rows: Rows) -> str:
    """Return the global id as JSON text."""
    parts = [
        f"coalesce({rows[column]}::text, '')" if column.nullable else f"{rows[column]}::text"
        for column in entity.key
    ]
    key = " || '|' || ".join(parts)
    encoded = f"encode(convert_to('{entity.name}:' || {key}, 'UTF8'), 'base64')"
    return f"('\"' || translate({encoded}, E'\\n', '') || '\"')"
