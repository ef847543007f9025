"""The whole schema, built once from the model."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import strawberry
from strawberry.schema.config import StrawberryConfig

from hub.api.mutations.administration import administration_fields
from hub.api.query import declare_query
from hub.api.registry import object_type
from hub.api.scalars import SCALAR_MAP
from hub.api.types.entities import declare_entities

if TYPE_CHECKING:
    from graphql import GraphQLSchema


class Schema(strawberry.Schema):
    """A schema made of declared types; graphql-core executes it."""

    @property
    def core(self) -> GraphQLSchema:
        """Return the schema as graphql-core has it."""
        return self._schema


@cache
def build_schema() -> Schema:
    """Return the schema; equal code gives equal text."""
    entities = declare_entities()
    config = StrawberryConfig(scalar_map=SCALAR_MAP)
    return Schema(
        query=declare_query(),
        mutation=object_type(
            "Mutation", "What may be changed (thay đổi).", administration_fields()
        ),
        types=entities,
        config=config,
    )
