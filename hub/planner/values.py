"""Argument values as trees whose leaves know where they come from.

A leaf keeps the path to it in the operation's variables, so that the same plan reads it again from
the next request's; a leaf of the document itself is a constant.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    VariableNode,
)
from graphql.utilities import coerce_input_literal

from hub.planner.errors import NotPlannedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import FieldNode, GraphQLField, GraphQLInputType, ValueNode

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value that was given; *path* leads to it in the variables, unless it is a constant."""

    value: Any
    path: Path | None = None

    def read(self, variables: Mapping[str, Any]) -> Any:  # noqa: ANN401  (whatever was given)
        """Return the value that *variables* hold in its place."""
        if self.path is None:
            return self.value
        found: Any = variables
        for part in self.path:
            found = found[part]
        # Nearly every value is a text.
        return found if type(found) is str else plain(found)


Tree = Leaf | dict[str, "Tree"] | list["Tree"]


def plain(value: object) -> object:
    """Return *value* with enum members as what is stored for them."""
    match value:
        case Enum():
            return value.value
        case list():
            return [plain(item) for item in value]
        case _:
            return value


def given(
    definition: GraphQLField, node: FieldNode, variables: Mapping[str, Any]
) -> dict[str, Tree]:
    """Return the arguments of *node*; what was left out is left out."""
    arguments: dict[str, Tree] = {}
    for argument in node.arguments or ():
        kind = definition.args[argument.name.value].type
        tree = _read(argument.value, kind, variables)
        if tree is None:
            continue
        arguments[argument.name.value] = tree
    return arguments


def _read(  # noqa: PLR0911  (one for each kind of value)
    node: ValueNode, kind: GraphQLInputType, variables: Mapping[str, Any]
) -> Tree | None:
    """Return what *node* stands for; None where it is a variable that was left out."""
    if isinstance(node, VariableNode):
        name = node.name.value
        if name not in variables:
            return None
        if variables[name] is None and isinstance(kind, GraphQLNonNull):
            # Its default made it fit here, and then it was given nothing.
            raise NotPlannedError(name)
        return _wrapped(variables[name], (name,))
    if isinstance(node, NullValueNode):
        return Leaf(None)
    if isinstance(kind, GraphQLNonNull):
        return _read(node, kind.of_type, variables)
    if isinstance(kind, GraphQLList):
        items = node.values if isinstance(node, ListValueNode) else (node,)
        trees = (_read(item, kind.of_type, variables) for item in items)
        # A variable left out of a list is an empty value in it.
        return [Leaf(None) if tree is None else tree for tree in trees]
    if isinstance(kind, GraphQLInputObjectType) and isinstance(node, ObjectValueNode):
        fields = {}
        for field in node.fields:
            tree = _read(field.value, kind.fields[field.name.value].type, variables)
            if tree is not None:
                fields[field.name.value] = tree
        return fields
    return Leaf(plain(coerce_input_literal(node, kind)))


def _wrapped(value: object, path: Path) -> Tree:
    match value:
        case dict():
            return {name: _wrapped(part, (*path, name)) for name, part in value.items()}
        case list() if any(isinstance(item, dict) for item in value):
            return [_wrapped(item, (*path, place)) for place, item in enumerate(value)]
        case _:
            return Leaf(plain(value), path)
