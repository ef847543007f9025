"""The root fields of a query that no statement answers, and both parts put together."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING, Any

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    OperationDefinitionNode,
    SelectionSetNode,
    execute,
)

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from hub.api.context import Context
    from hub.api.planning import Planned


async def execute_rest(
    schema: GraphQLSchema,
    planned: Planned,
    variables: dict[str, object] | None,
    context: Context,
) -> ExecutionResult:
    """Return what the resolvers answer to the root fields that were not planned."""
    operation = planned.prepared.operation
    nodes = tuple(node for asked in planned.plan.rest for node in asked.nodes)
    rest = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=operation.variable_definitions,
        directives=operation.directives,
        selection_set=SelectionSetNode(selections=nodes),
    )
    document = DocumentNode(definitions=(rest, *planned.prepared.fragments.values()))
    found: Any = execute(
        schema,
        document,
        context_value=context,
        variable_values=variables,
        hide_suggestions=True,
    )
    result: ExecutionResult = await found if isawaitable(found) else found
    return result


def merged(keys: tuple[str, ...], planned: bytes, rest: ExecutionResult) -> ExecutionResult:
    """Return *rest* with what was planned, in the order of *keys*; without data it has none."""
    if rest.data is None:
        return rest
    found = {**orjson.loads(planned), **rest.data}
    return ExecutionResult({key: found[key] for key in keys}, rest.errors)
