"""A document as GraphQL means it: fragments, conditions, merged fields, variables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from graphql import (
    BooleanValueNode,
    DocumentNode,
    EnumValueNode,
    FieldNode,
    FloatValueNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    StringValueNode,
    ValueNode,
    VariableNode,
    parse,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@lru_cache(maxsize=64)
def read(text: str) -> DocumentNode:
    """Return *text* as a tree."""
    return parse(text)


@dataclass(frozen=True)
class Document:
    """A document with its variables; *interfaces* tells what each type implements."""

    tree: DocumentNode
    interfaces: Mapping[str, frozenset[str]]
    given: Mapping[str, Any]

    @cached_property
    def operation(self) -> OperationDefinitionNode:
        """Return what is to be done."""
        found = (d for d in self.tree.definitions if isinstance(d, OperationDefinitionNode))
        return next(found)

    def fields(self, type_name: str, sets: Iterable[Any]) -> dict[str, list[FieldNode]]:
        """Return what is chosen of an object of the type, by the key in the answer."""
        chosen: dict[str, list[FieldNode]] = {}
        for each in sets:
            self._collect(type_name, each, chosen)
        return chosen

    def arguments(self, node: FieldNode) -> dict[str, Any]:
        """Return what is given to a field."""
        return {
            a.name.value: self._value(a.value)
            for a in node.arguments or ()
            if not self._is_missing(a.value)
        }

    def _collect(self, type_name: str, part: Any, chosen: dict[str, list[FieldNode]]) -> None:
        for node in part.selections if part else ():
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                key = node.alias.value if node.alias else node.name.value
                chosen.setdefault(key, []).append(node)
                continue
            spread = isinstance(node, FragmentSpreadNode)
            fragment = self._fragments[node.name.value] if spread else node
            condition = fragment.type_condition
            if (
                condition is None
                or condition.name.value == type_name
                or condition.name.value in self.interfaces.get(type_name, ())
            ):
                self._collect(type_name, fragment.selection_set, chosen)

    def _is_included(self, node: FieldNode | FragmentSpreadNode | InlineFragmentNode) -> bool:
        for directive in node.directives or ():
            given = self._value((directive.arguments or ())[0].value)
            if given is (directive.name.value == "skip"):
                return False
        return True

    @cached_property
    def _fragments(self) -> dict[str, FragmentDefinitionNode]:
        found = (d for d in self.tree.definitions if isinstance(d, FragmentDefinitionNode))
        return {each.name.value: each for each in found}

    @cached_property
    def _variables(self) -> dict[str, Any]:
        defaults = {
            d.variable.name.value: self._value(d.default_value)
            for d in self.operation.variable_definitions or ()
            if d.default_value is not None
        }
        return {**defaults, **self.given}

    def _is_missing(self, node: ValueNode) -> bool:
        return isinstance(node, VariableNode) and node.name.value not in self._variables

    def _value(self, node: ValueNode) -> Any:
        match node:
            case VariableNode():
                return self._variables[node.name.value]
            case NullValueNode():
                return None
            case IntValueNode():
                return int(node.value)
            case FloatValueNode():
                return float(node.value)
            case StringValueNode() | EnumValueNode() | BooleanValueNode():
                return node.value
            case ListValueNode():
                return [self._value(each) for each in node.values or ()]
            case ObjectValueNode():
                return {
                    each.name.value: self._value(each.value)
                    for each in node.fields or ()
                    if not self._is_missing(each.value)
                }
            case _:
                raise AssertionError(node)
