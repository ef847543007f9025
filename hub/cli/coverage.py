"""Which fields of the schema no statement answers, but the resolvers."""

from __future__ import annotations

import base64
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from graphql import (
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_required_argument,
)

from hub.access.readers import Reader
from hub.api.identity import read_global_id
from hub.api.schema import build_schema
from hub.api.visibility import visible_schema
from hub.model.catalogue import CATALOGUE
from hub.model.limits import Limits
from hub.planner.compile.roots import is_planned
from hub.planner.plans import Planner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphql import GraphQLArgument, GraphQLField, GraphQLSchema

    from hub.model.entities import Entity

_KEYS: Final = {date: "2026-01-01", UUID: str(UUID(int=0))}
_AMPLE: Final = Limits(
    length=10**6, tokens=10**5, fields=10**4, root_fields=10**3, nodes=10**12, cost=10**12
)
_INTROSPECTION: Final = {"__schema": "{ description }", "__type": '(name: "Query") { name }'}


def find_unplanned(reader: Reader = Reader.STANDING) -> Iterator[str]:
    """Yield every field that *reader* sees, as ``Type.field``, and that is left to the resolvers.

    Of the types under introspection only the roots are told.
    """
    schema = visible_schema(build_schema(), reader).core
    planner = Planner(schema, reader, read_global_id, _AMPLE)
    for name, rest in _INTROSPECTION.items():
        if not _is_answered(planner, f"{{ {name}{rest} }}"):
            yield f"Query.{name}"
    for kind, before, after in places_of(schema):
        fields = [(f"{kind.name}.{name}", _asked(name, each)) for name, each in kind.fields.items()]
        yield from _unanswered(planner, before, fields, after)


def places_of(schema: GraphQLSchema) -> Iterator[tuple[GraphQLObjectType, str, str]]:
    """Yield every object type that a query leads to, with what to write before and after it."""
    query = schema.query_type
    assert query is not None  # noqa: S101  (the schema is ours)
    # What statements answer leads further first: a type is reached by resolvers only if it must be.
    roots = sorted(query.fields, key=lambda name: not is_planned(name))
    waiting = [(query, "{", "}")]
    for entity in CATALOGUE:
        if entity.is_node and not entity.plural and entity.name in schema.type_map:
            target = schema.type_map[entity.name]
            assert isinstance(target, GraphQLObjectType)  # noqa: S101  (the schema is ours)
            before = f'{{ node(id: "{_id(entity)}") {{ ... on {entity.name} {{'
            waiting.append((target, before, "} } }"))
    seen = {kind.name for kind, _, _ in waiting}
    while waiting:
        kind, before, after = waiting.pop(0)
        yield kind, before, after
        for name in roots if kind is query else kind.fields:
            field = kind.fields[name]
            target = get_named_type(field.type)
            if isinstance(target, GraphQLObjectType) and target.name not in seen:
                seen.add(target.name)
                waiting.append((target, f"{before} {name}{_given(field)} {{", f"}} {after}"))


def _unanswered(
    planner: Planner, before: str, fields: list[tuple[str, str]], after: str
) -> Iterator[str]:
    """Yield those of the *fields*, each a name and how it is asked for, that are not answered."""
    if _is_answered(planner, f"{before} {' '.join(asked for _, asked in fields)} {after}"):
        return
    if len(fields) == 1:
        yield fields[0][0]
        return
    half = len(fields) // 2
    yield from _unanswered(planner, before, fields[:half], after)
    yield from _unanswered(planner, before, fields[half:], after)


def _is_answered(planner: Planner, document: str) -> bool:
    plan = planner.plan(planner.prepare(document, None), {"@today": date.min})
    return plan is not None and not plan.rest


def _asked(name: str, field: GraphQLField) -> str:
    target = get_named_type(field.type)
    inner = " { __typename }" if hasattr(target, "fields") else ""
    return f"{name}{_given(field)}{inner}"


def _given(field: GraphQLField) -> str:
    required = {name: each for name, each in field.args.items() if is_required_argument(each)}
    given = ", ".join(f"{name}: {_value(each)}" for name, each in required.items())
    return f"({given})" if given else ""


def _id(entity: Entity) -> str:
    """Return an id that could be of a row of *entity*."""
    parts = (_KEYS.get(column.type.python_type, "x") for column in entity.key)
    return base64.b64encode(f"{entity.name}:{'|'.join(parts)}".encode()).decode()


def _value(argument: GraphQLArgument) -> str:
    kind = argument.type.of_type if isinstance(argument.type, GraphQLNonNull) else argument.type
    named = get_named_type(kind)
    value = next(iter(named.values)) if isinstance(named, GraphQLEnumType) else '"x"'
    return f"[{value}]" if isinstance(kind, GraphQLList) else value
