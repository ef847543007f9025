"""The values of an operation's variables, read anew for every request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import Undefined, is_leaf_type, is_non_null_type
from graphql.execution.values import get_variable_values
from graphql.utilities import type_from_ast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphql import GraphQLLeafType, GraphQLSchema, VariableDefinitionNode


class Variables:
    """The variables that an operation defines."""

    def __init__(
        self, schema: GraphQLSchema, definitions: Sequence[VariableDefinitionNode]
    ) -> None:
        self._schema = schema
        self._definitions = definitions
        self._leaves = _leaves(schema, definitions)

    def read(self, given: Mapping[str, object]) -> dict[str, Any] | None:
        """Return what is *given*, coerced; None where something is wrong with it."""
        if not self._definitions:
            return {}
        values = self._read_leaves(given)
        if values is None:
            found = get_variable_values(self._schema, self._definitions, dict(given))
            values = None if isinstance(found, list) else found.coerced
        return values

    def _read_leaves(self, given: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return what is *given* where all of it is there and fits; None asks to look closer.

        Most requests are of this kind, and need no signature to be worked out anew.
        """
        values = {}
        for name, leaf in self._leaves:
            value = given.get(name)
            if value is None:
                return None
            try:
                value = leaf.coerce_input_value(value)
            except Exception:  # noqa: BLE001  (as GraphQL has it: whatever a scalar raises)
                return None
            if value is Undefined:
                return None
            values[name] = value
        return values or None


def _leaves(
    schema: GraphQLSchema, definitions: Sequence[VariableDefinitionNode]
) -> list[tuple[str, GraphQLLeafType]]:
    """Return the variables and their types; none where one is a list or an object."""
    leaves = []
    for each in definitions:
        found = type_from_ast(schema, each.type)
        leaf = found.of_type if is_non_null_type(found) else found
        if not is_leaf_type(leaf):
            return []
        leaves.append((each.variable.name.value, leaf))
    return leaves
