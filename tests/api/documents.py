"""Documents made from the schema as one kind of reader sees it: whatever a type has is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphql import (
    GraphQLEnumType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from hub.api.schema import build_schema
from hub.api.visibility import visible_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphql import GraphQLField

    from hub.access.readers import Reader


class Documents:
    """Makes selections of everything that *reader* may ask for."""

    def __init__(self, reader: Reader) -> None:
        self.schema = visible_schema(build_schema(), reader).core

    @property
    def roots(self) -> dict[str, GraphQLField]:
        """Return the root fields."""
        fields: dict[str, GraphQLField] = self.type("Query").fields
        return fields

    def type(self, name: str) -> GraphQLObjectType:
        """Return the object type called *name*."""
        found = self.schema.type_map[name]
        assert isinstance(found, GraphQLObjectType)
        return found

    def everything(self, name: str, depth: int) -> str:
        """Return a selection of everything that the root field *name* leads to."""
        target = get_named_type(self.roots[name].type)
        assert isinstance(target, GraphQLObjectType)
        return selection(target, depth)


def leaves(type_: GraphQLObjectType) -> list[str]:
    """Return the fields of *type_* that are values and need no argument."""
    return [
        name
        for name, field in type_.fields.items()
        if is_leaf_type(get_named_type(field.type))
        and not any(is_required_argument(argument) for argument in field.args.values())
    ]


def selection(type_: GraphQLObjectType, depth: int) -> str:
    """Return a selection of everything that *type_* has, *depth* objects deep."""
    return f"{{ {' '.join(['__typename', *_fields(type_, depth)])} }}"


def _fields(type_: GraphQLObjectType, depth: int) -> Iterator[str]:
    yield from leaves(type_)
    if not depth:
        return
    for name, field in type_.fields.items():
        target = get_named_type(field.type)
        arguments = _arguments(field)
        if isinstance(target, GraphQLObjectType) and arguments is not None:
            yield f"{name}{arguments} {selection(target, depth - 1)}"


def _arguments(field: GraphQLField) -> str | None:
    """Return arguments that keep *field* small, or None where it needs what is not known here."""
    given = ["first: 2"] if "first" in field.args else []
    for name, argument in field.args.items():
        if is_required_argument(argument):
            kind = get_named_type(argument.type)
            if not isinstance(kind, GraphQLEnumType):
                return None
            given.append(f"{name}: {next(iter(kind.values))}")
    return f"({', '.join(given)})" if given else ""
