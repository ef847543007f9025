"""``where``: an input for every entity, and what it means as a condition over the model."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry

from hub.access.vietnamese import words_of
from hub.api.enums import vocabulary_enum
from hub.api.inputs.texts import storable
from hub.api.registry import NAMESPACE, input_type, python_name
from hub.api.scalars import ANNOTATIONS
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
from hub.model.entities import Entity, Field, Localized, Scalar, ToMany, ToOne

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EQUALITY = (Operator.EQ, Operator.NE, Operator.IN, Operator.NOT_IN, Operator.IS_NULL)
_SEQUENCE = (Operator.LT, Operator.LTE, Operator.GT, Operator.GTE)
_WORDS = (Operator.CONTAINS, Operator.STARTS_WITH)
_LISTS = (Operator.HAS, Operator.IS_EMPTY)

_BEGUN: set[str] = set()
"""Filters that are made or being made: entities lead to each other in circles."""

_MEANINGS = {
    Operator.EQ: "equal to this; null finds empty values",
    Operator.NE: "different from this; null finds filled values",
    Operator.IN: "one of these",
    Operator.NOT_IN: "none of these",
    Operator.LT: "less than this",
    Operator.LTE: "at most this",
    Operator.GT: "more than this",
    Operator.GTE: "at least this",
    Operator.CONTAINS: "contains these letters, exactly as written",
    Operator.STARTS_WITH: "begins with these letters, exactly as written",
    Operator.IS_NULL: "true finds empty values, false filled ones",
    Operator.HAS: "the list holds this",
    Operator.IS_EMPTY: "true finds empty lists, false filled ones",
}


def filter_input(entity: Entity) -> str:
    """Make the filter of *entity* and those it leads to; return its name."""
    # A link to a Document is filtered by DocumentLinkFilter, so the entity DocumentLink is not.
    is_taken = entity.name.removesuffix("Link") in BY_NAME and entity.name.endswith("Link")
    name = f"{entity.name}RowFilter" if is_taken else f"{entity.name}Filter"
    if name in _BEGUN:
        return name
    _BEGUN.add(name)
    members: dict[str, tuple[str, str]] = {
        "and": (f"list[{name}]", "all of these hold"),
        "or": (f"list[{name}]", "at least one of these holds"),
        "not": (name, "this does not hold"),
    }
    if entity.is_searched:
        members["search"] = (
            "str",
            "each of these words begins a word of its names, diacritics or not (tìm kiếm)",
        )
    for member in entity.members:
        match member:
            case Field():
                members[member.name] = (_field_filter(member), member.description)
            case Localized():
                text = f"{member.description} Compared in Vietnamese."
                members[member.name] = (_scalar_filter("String", Scalar.TEXT), text)
            case ToOne():
                target = BY_NAME[member.target]
                members[member.name] = (_link_filter(target), member.description)
            case ToMany():
                target = BY_NAME[member.target]
                members[member.name] = (_list_filter(target), member.description)
            case _:
                pass
    input_type(
        name,
        f"Which {entity.name} rows: everything given must hold. Rows that you may not see satisfy "
        "nothing (bộ lọc).",
        members,
    )
    return name


def read_filter(entity: Entity, where: object) -> Condition:
    """Return the condition that *where*, an instance of the entity's filter, stands for."""
    if where is None or where is strawberry.UNSET:
        return ALWAYS
    return _all(_read(entity, where))


def _read(entity: Entity, where: object) -> Iterator[Condition]:
    for name, value in _given(where, ("and", "or", "not", "search", *entity.by_name)):
        match name:
            case "and":
                yield All(tuple(read_filter(entity, part) for part in value or ()))
            case "or" if value is not None:
                yield AnyOf(tuple(read_filter(entity, part) for part in value))
            case "not" if value is not None:
                yield Not(read_filter(entity, value))
            case "search" if value is not None:
                yield Search(words_of(storable(value)))
            case _:
                member = entity.by_name.get(name)
                match member:
                    case Field() | Localized() if value is not None:
                        yield from _comparisons(member, value)
                    case ToOne() if value is not None:
                        yield from _to_one(member, value)
                    case ToMany() if value is not None:
                        yield from _to_many(member, value)
                    case _:
                        pass


def _comparisons(member: Field | Localized, value: object) -> Iterator[Condition]:
    for name, operand in _given(value, [operator.value for operator in Operator]):
        yield Compare(member, Operator(name), _plain(operand))


def _to_one(link: ToOne, value: object) -> Iterator[Condition]:
    target = BY_NAME[link.target]
    is_null = getattr(value, "isNull", strawberry.UNSET)
    if is_null is True:
        yield Not(Linked(link, target, None))
    elif is_null is False:
        yield Linked(link, target, None)
    part = getattr(value, python_name("is"), strawberry.UNSET)
    if part is not strawberry.UNSET and part is not None:
        yield Linked(link, target, read_filter(target, part))


def _to_many(link: ToMany, value: object) -> Iterator[Condition]:
    target = BY_NAME[link.target]
    for name, part in _given(value, ("some", "every", "none")):
        if part is None:
            continue
        inner = read_filter(target, part)
        match name:
            case "some":
                yield Linked(link, target, inner)
            case "every":
                yield Not(Linked(link, target, Not(inner)))
            case _:
                yield Not(Linked(link, target, inner))


def _given(value: object, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
    for name in names:
        given = getattr(value, python_name(name), strawberry.UNSET)
        if given is not strawberry.UNSET:
            yield name, given


def _all(parts: Iterable[Condition]) -> Condition:
    conditions = tuple(parts)
    return conditions[0] if len(conditions) == 1 else All(conditions)


def _plain(operand: object) -> object:
    match operand:
        case list():
            return tuple(_plain(item) for item in operand)
        case Enum():
            return operand.value
        case str():
            return storable(operand)
        case _:
            return operand


def _field_filter(field: Field) -> str:
    if field.vocabulary is None:
        base = ANNOTATIONS[field.scalar]
        kind = {"str": "String", "bool": "Boolean", "int": "Int", "float": "Float"}.get(base)
        title = kind or {"date": "Date", "datetime": "DateTime"}.get(base, base)
        return _scalar_filter(title, field.scalar, is_list=field.is_list)
    vocabulary_enum(field.vocabulary)
    title = field.vocabulary.name
    return _filter(title, title, _EQUALITY, is_list=field.is_list)


def _scalar_filter(title: str, scalar: Scalar, *, is_list: bool = False) -> str:
    operators: tuple[Operator, ...] = _EQUALITY
    if scalar is not Scalar.BOOLEAN:
        operators += _SEQUENCE
    if scalar in (Scalar.TEXT, Scalar.CODE):
        operators += _WORDS
    return _filter(title, ANNOTATIONS[scalar], operators, is_list=is_list)


def _filter(title: str, annotation: str, operators: tuple[Operator, ...], *, is_list: bool) -> str:
    name = f"{title}ListFilter" if is_list else f"{title}Filter"
    if name not in NAMESPACE:
        members = {
            operator.value: (_operand(operator, annotation), _MEANINGS[operator])
            for operator in (_LISTS if is_list else operators)
        }
        input_type(name, f"Conditions on a {title} value (điều kiện).", members)
    return name


def _operand(operator: Operator, annotation: str) -> str:
    if operator in (Operator.IN, Operator.NOT_IN):
        return f"list[{annotation}]"
    return "bool" if operator in (Operator.IS_NULL, Operator.IS_EMPTY) else annotation


def _link_filter(target: Entity) -> str:
    name = f"{target.name}LinkFilter"
    if name not in _BEGUN:
        _BEGUN.add(name)
        inner = filter_input(target)
        input_type(
            name,
            f"Conditions on a linked {target.name} that you may see (điều kiện liên kết).",
            {
                "is": (inner, "there is one and it satisfies this"),
                "isNull": ("bool", "true where there is none that you may see"),
            },
        )
    return name


def _list_filter(target: Entity) -> str:
    name = f"{target.name}ListLinkFilter"
    if name not in _BEGUN:
        _BEGUN.add(name)
        inner = filter_input(target)
        input_type(
            name,
            f"Conditions on the linked {target.name} rows that you may see (điều kiện danh sách).",
            {
                "some": (inner, "at least one satisfies this"),
                "every": (inner, "all of them satisfy this, or there is none"),
                "none": (inner, "none of them satisfies this"),
            },
        )
    return name
