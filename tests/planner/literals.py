"""Values as documents and as variables write them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


class Name(str):
    """A value of an enum."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A variable in its place."""

    name: str


def literal(value: Any) -> str:
    """Return *value* as GraphQL writes it."""
    match value:
        case Given(name):
            return f"${name}"
        case Name():
            return str(value)
        case dict():
            return "{" + ", ".join(f"{name}: {literal(each)}" for name, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(literal, value)) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)


def holds_given(value: Any) -> bool:
    """Return whether a variable stands somewhere in *value*."""
    match value:
        case Given():
            return True
        case dict():
            return any(map(holds_given, value.values()))
        case list():
            return any(map(holds_given, value))
        case _:
            return False


def resolved(value: Any, values: dict[str, Any]) -> Any:
    """Return *value* as a variable carries it, with what others stand for in their places."""
    match value:
        case Given(name):
            return values.get(name)
        case dict():
            return {name: resolved(each, values) for name, each in value.items()}
        case list():
            return [resolved(each, values) for each in value]
        case Name():
            return str(value)
        case _:
            return value
