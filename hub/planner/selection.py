"""What a document asks of a row: its selection, with fragments followed and directives obeyed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    InlineFragmentNode,
    VariableNode,
    get_named_type,
)

from hub.planner.errors import NotPlannedError
from hub.planner.values import Tree, given

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphql import (
        DirectiveNode,
        FragmentDefinitionNode,
        GraphQLSchema,
        SelectionSetNode,
        TypeNode,
    )

TYPE_NAME = "__typename"


@dataclass(frozen=True, slots=True)
class Document:
    """An operation's surroundings: its schema, its fragments and its variables' values."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """A field under its response key; fields of one key in several places are one.

    Attributes:
        key: what it is called in the answer.
        name: what it is called in the schema.
        nodes: where the document asks for it.
        owner: the type it is asked of.
    """

    document: Document
    key: str
    name: str
    nodes: tuple[FieldNode, ...]
    owner: GraphQLObjectType

    @property
    def definition(self) -> GraphQLField:
        """Return the field of the schema."""
        found: GraphQLField = self.owner.fields[self.name]
        return found

    @cached_property
    def arguments(self) -> dict[str, Tree]:
        """Return the arguments that were given."""
        return given(self.definition, self.nodes[0], self.document.variables)

    @cached_property
    def children(self) -> tuple[Asked, ...]:
        """Return what is asked of an object of the field's own type."""
        kind = get_named_type(self.definition.type)
        assert isinstance(kind, GraphQLObjectType)  # noqa: S101  (interfaces are asked by type)
        return self.of(kind)

    def of(self, kind: GraphQLObjectType) -> tuple[Asked, ...]:
        """Return what is asked of an object of type *kind*."""
        sets = (node.selection_set for node in self.nodes if node.selection_set)
        return collect(self.document, sets, kind)


def collect(
    document: Document, sets: Iterable[SelectionSetNode], kind: GraphQLObjectType
) -> tuple[Asked, ...]:
    """Return the fields that *sets* ask of an object of type *kind*, in the answer's order."""
    fields: dict[str, list[FieldNode]] = {}
    seen: set[str] = set()
    for selection_set in sets:
        for node in _fields(document, selection_set, kind, seen):
            key = node.alias.value if node.alias else node.name.value
            fields.setdefault(key, []).append(node)
    return tuple(
        Asked(document, key, nodes[0].name.value, tuple(nodes), kind)
        for key, nodes in fields.items()
    )


def _fields(
    document: Document, selection_set: SelectionSetNode, kind: GraphQLObjectType, seen: set[str]
) -> Iterator[FieldNode]:
    for node in selection_set.selections:
        if not _is_included(node.directives, document.variables):
            continue
        match node:
            case FieldNode():
                yield node
            case InlineFragmentNode() if _applies(document, node.type_condition, kind):
                yield from _fields(document, node.selection_set, kind, seen)
            case FragmentSpreadNode() if node.name.value not in seen:
                seen.add(node.name.value)
                fragment = document.fragments[node.name.value]
                if _applies(document, fragment.type_condition, kind):
                    yield from _fields(document, fragment.selection_set, kind, seen)
            case _:
                pass


def _is_included(directives: Iterable[DirectiveNode] | None, variables: Mapping[str, Any]) -> bool:
    for directive in directives or ():
        if directive.name.value not in ("skip", "include"):
            continue
        (argument,) = directive.arguments or ()
        node = argument.value
        holds = (
            variables[node.name.value]
            if isinstance(node, VariableNode)
            else getattr(node, "value", None)
        )
        if holds is None:
            raise NotPlannedError(directive.name.value)
        if bool(holds) is (directive.name.value == "skip"):
            return False
    return True


def _applies(document: Document, condition: TypeNode | None, kind: GraphQLObjectType) -> bool:
    if condition is None:
        return True
    name = condition.name.value  # type: ignore[attr-defined]  # a named type, by the grammar
    if name == kind.name:
        return True
    found = document.schema.type_map[name]
    return isinstance(found, GraphQLInterfaceType) and document.schema.is_sub_type(found, kind)
