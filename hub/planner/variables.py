"""The values of an operation's variables, read anew for every request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from graphql import Undefined, is_leaf_type, is_non_null_type
from graphql.execution.values import get_variable_values
from graphql.utilities import coerce_input_literal, type_from_ast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphql import GraphQLLeafType, GraphQLSchema, VariableDefinitionNode


class _Simple(NamedTuple):
    """A variable that is neither a list nor an object.

    Attributes:
        default: what it is where it is left out, coerced; ``Undefined`` where nothing is.
    """

    name: str
    kind: GraphQLLeafType
    is_nullable: bool
    default: Any


class Variables:
    """The variables that an operation defines."""

    def __init__(
        self, schema: GraphQLSchema, definitions: Sequence[VariableDefinitionNode]
    ) -> None:
        self._schema = schema
        self._definitions = definitions
        self._simple = _all_simple(schema, definitions)

    def read(self, given: Mapping[str, object]) -> dict[str, Any] | None:
        """Return what is *given*, coerced; None where something is wrong with it."""
        values = None if self._simple is None else _read_simple(self._simple, given)
        if values is None:
            found = get_variable_values(self._schema, self._definitions, dict(given))
            values = None if isinstance(found, list) else found.coerced
        return values


def _read_simple(variables: Sequence[_Simple], given: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what is *given* where it fits; None asks to look closer.

    Most requests are of this kind, and need no signature to be worked out anew.
    """
    values = {}
    for name, kind, is_nullable, default in variables:
        value = given.get(name, Undefined)
        if value is Undefined:
            value = default
        elif value is not None:
            try:
                value = kind.coerce_input_value(value)
            except Exception:  # noqa: BLE001  (as GraphQL has it: whatever a scalar raises)
                return None
            if value is Undefined:
                return None
        if value is not Undefined and (value is not None or is_nullable):
            values[name] = value
        elif not is_nullable:
            return None
    return values


def _all_simple(
    schema: GraphQLSchema, definitions: Sequence[VariableDefinitionNode]
) -> list[_Simple] | None:
    """Return the variables; None where one is a list or an object, or its default does not fit."""
    simple = []
    for each in definitions:
        found = type_from_ast(schema, each.type)
        kind = found.of_type if is_non_null_type(found) else found
        if not is_leaf_type(kind):
            return None
        default = Undefined
        if each.default_value is not None:
            default = coerce_input_literal(each.default_value, kind)
            if default is Undefined:
                return None
        simple.append(_Simple(each.variable.name.value, kind, kind is found, default))
    return simple
