"""``where``: an input for every entity, and what it means as a condition over the model."""

from __future__ import annotations

from dataclasses import is_dataclass
from enum import Enum
from typing import Any

import strawberry

from hub.access.vietnamese import words_of
from hub.api.enums import vocabulary_enum
from hub.api.inputs.texts import storable
from hub.api.registry import NAMESPACE, input_type
from hub.api.scalars import ANNOTATIONS
from hub.model.catalogue import BY_NAME
from hub.model.conditions import Condition, Operator
from hub.model.entities import Entity, Field, Localized, Scalar, ToMany, ToOne
from hub.model.filters import read_filter

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


def read_where(entity: Entity, where: object) -> Condition:
    """Return the condition that *where*, an instance of the entity's filter, stands for."""
    return read_filter(entity, _mapping(where), _OPERANDS)


class _PlainOperands:
    """Operands as the resolvers are given them."""

    def value(self, leaf: object) -> object:
        return leaf

    def operand(self, leaf: object) -> object:
        return _plain(leaf)

    def words(self, leaf: str) -> tuple[str, ...]:
        return words_of(storable(leaf))


_OPERANDS = _PlainOperands()


def _mapping(where: object) -> Any:  # noqa: ANN401  (a mapping, a list of them, or a leaf)
    """Return an input as a mapping by GraphQL name; what was left out is left out."""
    if where is None or where is strawberry.UNSET:
        return None
    if isinstance(where, list):
        return [_mapping(part) if is_dataclass(part) else part for part in where]
    if not is_dataclass(where):
        return where
    return {
        name.removesuffix("_"): _mapping(value)
        for name, value in vars(where).items()
        if value is not strawberry.UNSET
    }


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
