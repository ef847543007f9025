"""Whether a row satisfies a filter, as the published filter inputs say it."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

_NAMES: Final = ("name", "title", "term", "description", "number", "abbreviation", "address")
"""What a row is found by; the contract says only “its names”."""

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.oracle.contract import Contract
    from tests.oracle.rights import Row

    Links = Callable[[str, Row, str], list[Row]]
    """The rows that a type's row leads to by a link or list, as far as they are seen."""


def satisfies(contract: Contract, links: Links, type_name: str, row: Row, where: Any) -> bool:
    """Return whether *row* satisfies *where*; nothing given is satisfied by every row."""

    def holds(name: str, given: Any) -> bool:
        match name:
            case "and":
                return all(satisfies(contract, links, type_name, row, part) for part in given)
            case "or":
                return any(satisfies(contract, links, type_name, row, part) for part in given)
            case "not":
                return not satisfies(contract, links, type_name, row, given)
            case "search":
                return _found(row, given)
            case _:
                pass
        shape = contract.types[type_name][name]
        if contract.kind(shape) == "value":
            value = row[name]
            return _compares(value["VI"] if isinstance(value, dict) else value, given)
        target = contract.target(shape)
        rows = links(type_name, row, name)
        return all(_reaches(operator, part, rows, target) for operator, part in given.items())

    def _reaches(operator: str, given: Any, rows: list[Row], target: str) -> bool:
        if operator == "isNull":
            return (not rows) is given
        fitting = [satisfies(contract, links, target, each, given) for each in rows]
        return all(fitting) if operator == "every" else any(fitting) is not (operator == "none")

    return all(holds(name, given) for name, given in (where or {}).items())


def _compares(value: Any, given: dict[str, Any]) -> bool:
    return all(_operates(operator, value, operand) for operator, operand in given.items())


def _operates(operator: str, value: Any, operand: Any) -> bool:
    """Return whether *value* stands to *operand* as *operator* says; null equals null only."""
    match operator:
        case "isNull":
            return (value is None) is operand
        case "isEmpty":
            return (not value) is operand
        case "has":
            return operand in value
        case "eq":
            return bool(value == alike(operand, value))
        case "ne":
            return bool(value != alike(operand, value))
        case "in":
            return any(value == alike(each, value) for each in operand)
        case "notIn":
            return all(value != alike(each, value) for each in operand)
        case _:
            pass
    if value is None:
        return False
    other = alike(operand, value)
    match operator:
        case "lt":
            return bool(value < other)
        case "lte":
            return bool(value <= other)
        case "gt":
            return bool(value > other)
        case "gte":
            return bool(value >= other)
        case "contains":
            return other in value
        case "startsWith":
            return bool(value.startswith(other))
        case _:
            raise AssertionError(operator)


def alike(operand: Any, value: Any) -> Any:
    """Return what was given as the kind of value that it is compared with."""
    if isinstance(operand, str) and isinstance(value, datetime):
        return datetime.fromisoformat(operand)
    if isinstance(operand, str) and isinstance(value, date):
        return date.fromisoformat(operand)
    if isinstance(operand, float | int) and isinstance(value, Decimal):
        return Decimal(str(operand))
    return operand


def _found(row: Row, given: str) -> bool:
    names = [row.get(name) for name in _NAMES]
    texts = [text for name in names if name for text in _texts(name) if text]
    there = [word for text in texts for word in _plain(text)]
    return all(any(word.startswith(sought) for word in there) for sought in _plain(given))


def _texts(name: Any) -> list[str]:
    return list(name.values()) if isinstance(name, dict) else [name]


def _plain(text: str) -> list[str]:
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    kept = "".join(c if c.isascii() and c.isalnum() else " " for c in bare if not _is_mark(c))
    return kept.split()


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn"
