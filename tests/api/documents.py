"""Documents made from the schema: whatever a type has is asked for."""

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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphql import GraphQLArgument, GraphQLField, GraphQLSchema

SCHEMA: GraphQLSchema = build_schema()._schema  # noqa: SLF001  (Strawberry hides it)


def object_type(name: str) -> GraphQLObjectType:
    """Return the object type called *name*."""
    found = SCHEMA.type_map[name]
    assert isinstance(found, GraphQLObjectType)
    return found


def leaves(type_: GraphQLObjectType) -> list[str]:
    """Return the fields of *type_* that are values and need no argument."""
    return [
        name
        for name, field in type_.fields.items()
        if is_leaf_type(get_named_type(field.type)) and not required(field)
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


def required(field: GraphQLField) -> list[GraphQLArgument]:
    """Return the arguments that *field* cannot do without."""
    return [argument for argument in field.args.values() if is_required_argument(argument)]


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
