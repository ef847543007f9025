"""Whatever is stored is read by a statement: no field of a stored entity is left to resolvers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from graphql import GraphQLObjectType, get_named_type

from hub.access.readers import Reader
from hub.api.schema import build_schema
from hub.api.visibility import visible_schema
from hub.cli.coverage import find_unplanned, places_of
from hub.model.catalogue import CATALOGUE

if TYPE_CHECKING:
    from graphql import GraphQLSchema

RESOLVED = {
    "Query": {"__schema", "__type", "viewer", "explainAccess"},
    "Viewer": {"reader", "agency", "grants", "notices", "queue"},
    "QueuedWork": {"kind", "state", "count", "since"},
    "ViewerGrant": {"sentence", "grant"},
    "AccessExplanation": {"maySee", "sentences"},
}
"""What is asked of who asks, or of the schema: nothing of it is a stored row's own."""


@pytest.mark.parametrize("reader", [Reader.STANDING, Reader.PUBLIC])
def test_only_what_is_no_stored_row_s_is_left_to_resolvers(reader: Reader) -> None:
    """Every field of every entity, connection, edge, group and sum is planned, one by one."""
    found = defaultdict(set)
    for name in find_unplanned(reader):
        owner, _, field = name.partition(".")
        found[owner].add(field)
    assert found == RESOLVED
    assert not {entity.name for entity in CATALOGUE} & set(found)


@pytest.mark.parametrize("reader", [Reader.STANDING, Reader.PUBLIC])
def test_every_type_is_looked_at(reader: Reader) -> None:
    """Whatever a query leads to, or ``node`` finds."""
    schema = visible_schema(build_schema(), reader).core
    looked_at = {kind.name for kind, _, _ in places_of(schema)}
    assert looked_at == _reachable(schema)
    assert {entity.name for entity in CATALOGUE if entity.name in schema.type_map} <= looked_at


def _reachable(schema: GraphQLSchema) -> set[str]:
    found: set[str] = set()
    waiting = ["Query", *(entity.name for entity in CATALOGUE if entity.name in schema.type_map)]
    while waiting:
        kind = schema.type_map[waiting.pop()]
        if isinstance(kind, GraphQLObjectType) and kind.name not in found:
            found.add(kind.name)
            waiting += [get_named_type(field.type).name for field in kind.fields.values()]
    return found
