"""The schema as one kind of reader sees it: what nobody of the kind may ever read does not exist.

What exists follows from the row policies: an entity whose policy for a reader is ``false`` has no
type, field, filter, order or sum in that reader's schema, in introspection as in validation. Links
to projects are in every schema, null or empty where nothing may be seen.
"""

from __future__ import annotations

import copy
from functools import cache
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLSchema,
    get_named_type,
)
from graphql.utilities.map_schema_config import SchemaElementKind, map_schema_config
from strawberry.schema.schema_converter import CustomGraphQLEnumType

from hub.access.policies import never_seen
from hub.model.aggregates import groups_of
from hub.model.catalogue import CATALOGUE
from hub.model.entities import Entity, ToOne
from hub.model.orders import orders_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.access.readers import Reader
    from hub.api.schema import Schema


@cache
def visible_schema(whole: Schema, reader: Reader) -> Schema:
    """Return *whole* without what *reader* may never read; itself where that is nothing."""
    hidden = hidden_entities(reader)
    if not hidden:
        return whole
    seen = copy.copy(whole)
    seen._schema = _without(whole.core, hidden)  # noqa: SLF001  (the executor reads it there)
    return seen


def hidden_entities(reader: Reader) -> frozenset[str]:
    """Return the entities of which no row can ever be visible to *reader*."""
    return frozenset(entity.name for entity in CATALOGUE if never_seen(entity.table, reader))


def _without(schema: GraphQLSchema, hidden: frozenset[str]) -> GraphQLSchema:
    names = {type_name for entity in hidden for type_name in _types_of(entity, schema)}
    shut_values = {
        **{f"{entity.name}Order": _shut_orders(entity, hidden) for entity in CATALOGUE},
        **{f"{entity.name}GroupBy": _shut_groups(entity, hidden) for entity in CATALOGUE},
    }

    def is_shown(member: GraphQLField | GraphQLInputField | GraphQLArgument) -> bool:
        return get_named_type(member.type).name not in names

    def shown(config: dict[str, Any]) -> dict[str, Any]:
        fields = config["fields"]
        return {**config, "fields": lambda: _kept(fields(), is_shown)}

    def shown_values(config: dict[str, Any]) -> dict[str, Any]:
        values = config["values"]
        shut = shut_values.get(config["name"], frozenset())
        return {
            **config,
            "values": lambda: {k: v for k, v in values().items() if k not in shut},
        }

    def mapper(_context: object) -> Any:  # noqa: ANN401  (the library's own mapping)
        return {
            SchemaElementKind.OBJECT: shown,
            SchemaElementKind.INTERFACE: shown,
            SchemaElementKind.INPUT_OBJECT: shown,
            SchemaElementKind.ENUM: shown_values,
            SchemaElementKind.SCHEMA: lambda config: {
                **config,
                "types": [kind for kind in config["types"] if kind.name not in names],
            },
        }

    made = GraphQLSchema(**map_schema_config(schema.to_kwargs(), mapper))
    _keep_enums(schema, made)
    return made


def _keep_enums(schema: GraphQLSchema, made: GraphQLSchema) -> None:
    """Let the copied enums read and write members as Strawberry's own do."""
    for name, kind in made.type_map.items():
        original = schema.type_map.get(name)
        if isinstance(kind, GraphQLEnumType) and isinstance(original, CustomGraphQLEnumType):
            kind.__class__ = CustomGraphQLEnumType
            kind.wrapped_cls = original.wrapped_cls  # type: ignore[attr-defined]


def _kept(members: Mapping[str, Any], is_shown: Any) -> dict[str, Any]:  # noqa: ANN401
    return {name: member for name, member in members.items() if is_shown(member)}


def _types_of(entity: str, schema: GraphQLSchema) -> set[str]:
    """Return the types that exist for *entity* alone; their names begin with its own."""
    endings = (
        "",
        "Connection",
        "Edge",
        "Filter",
        "LinkFilter",
        "ListLinkFilter",
        "Order",
        "Aggregate",
        "Sums",
        "Averages",
        "Minima",
        "Maxima",
        "Group",
        "GroupBy",
    )
    return {f"{entity}{ending}" for ending in endings} & set(schema.type_map)


def _shut_orders(entity: Entity, hidden: frozenset[str]) -> frozenset[str]:
    return frozenset(
        name
        for name, term in orders_of(entity).items()
        if term.link is not None and term.link.target in hidden
    )


def _shut_groups(entity: Entity, hidden: frozenset[str]) -> frozenset[str]:
    return frozenset(
        name
        for name, member in groups_of(entity).items()
        if isinstance(member, ToOne) and member.target in hidden
    )
