"""What a ``where`` argument means: a mapping of names to a condition over the model.

The executors give operands in forms of their own; what they are to a condition, ``Operands`` tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from hub.model.catalogue import BY_NAME
from hub.model.conditions import (
    ALWAYS,
    All,
    AnyOf,
    Compare,
    Condition,
    Linked,
    Not,
    Operator,
    Search,
)
from hub.model.entities import Entity, Field, Localized, ToMany, ToOne

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Operands(Protocol):
    """How the leaves of an argument are read."""

    def value(self, leaf: Any) -> object:  # noqa: ANN401  (an executor's own form)
        """Return the value that *leaf* holds."""

    def operand(self, leaf: Any) -> object:  # noqa: ANN401
        """Return what a field is compared with."""

    def words(self, leaf: Any) -> Any:  # noqa: ANN401
        """Return the words that a text is searched by."""


_OPERATORS = tuple(operator.value for operator in Operator)


def read_filter(entity: Entity, where: Mapping[str, Any] | None, operands: Operands) -> Condition:
    """Return the condition on rows of *entity* that *where* stands for; None is no condition."""
    if where is None:
        return ALWAYS
    parts = tuple(_read(entity, where, operands))
    return parts[0] if len(parts) == 1 else All(parts)


def _read(entity: Entity, where: Mapping[str, Any], operands: Operands) -> Iterator[Condition]:
    for name in ("and", "or", "not", "search", *entity.by_name):
        if name not in where:
            continue
        part = where[name]
        if not isinstance(part, dict | list) and operands.value(part) is None:
            if name == "and":
                yield All(())
            continue
        match name:
            case "and" | "or":
                # An empty list may be a leaf: nothing in it tells what it is a list of.
                each = part if isinstance(part, list) else ()
                conditions = tuple(read_filter(entity, one, operands) for one in each)
                yield All(conditions) if name == "and" else AnyOf(conditions)
            case "not":
                yield Not(read_filter(entity, part, operands))
            case "search":
                yield Search(operands.words(part))
            case _:
                yield from _member(entity, name, part, operands)


def _member(
    entity: Entity, name: str, part: Mapping[str, Any], operands: Operands
) -> Iterator[Condition]:
    match entity.by_name[name]:
        case Field() | Localized() as field:
            for operator in _OPERATORS:
                if operator in part:
                    yield Compare(field, Operator(operator), operands.operand(part[operator]))
        case ToOne() as link:
            yield from _to_one(link, part, operands)
        case ToMany() as link:
            yield from _to_many(link, part, operands)
        case _:
            pass


def _to_one(link: ToOne, part: Mapping[str, Any], operands: Operands) -> Iterator[Condition]:
    target = BY_NAME[link.target]
    match "isNull" in part and operands.value(part["isNull"]):
        case True:
            yield Not(Linked(link, target, None))
        case False if "isNull" in part:
            yield Linked(link, target, None)
    inner = part.get("is")
    if isinstance(inner, dict):
        yield Linked(link, target, read_filter(target, inner, operands))


def _to_many(link: ToMany, part: Mapping[str, Any], operands: Operands) -> Iterator[Condition]:
    target = BY_NAME[link.target]
    for name in ("some", "every", "none"):
        given = part.get(name)
        if not isinstance(given, dict):
            continue
        inner = read_filter(target, given, operands)
        match name:
            case "some":
                yield Linked(link, target, inner)
            case "every":
                yield Not(Linked(link, target, Not(inner)))
            case _:
                yield Not(Linked(link, target, inner))


def equals(entity: Entity, path: tuple[str, ...], operand: object) -> Condition:
    """Return the condition that the field at *path*, through links to one row, is *operand*."""
    member = entity.by_name[path[0]]
    if isinstance(member, ToOne):
        target = BY_NAME[member.target]
        return Linked(member, target, equals(target, path[1:], operand))
    assert isinstance(member, Field)  # noqa: S101  (the catalogue is ours)
    return Compare(member, Operator.EQ, operand)
