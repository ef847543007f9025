"""What an operation may cost, before anything is read: a formula over the sizes of its pages.

A *node* is a row of a list. Cost counts a node, a link and a list as one each, a sum over a list
(``totalCount``, ``aggregate``, ``groups``) as ten, each condition as one, all as often as they may
be read. Pages are taken for full, directives for letting everything through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLList,
    GraphQLNonNull,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    VariableNode,
    get_named_type,
)

from hub.model.limits import GROUP_LIMIT, PAGE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphql import (
        FragmentDefinitionNode,
        GraphQLField,
        GraphQLSchema,
        OperationDefinitionNode,
        SelectionSetNode,
        ValueNode,
    )

_SUM: Final = 10
_PLAIN_LIST: Final = 10
"""Rows that a list without pages is taken to have."""


class Cost(NamedTuple):
    """How much an operation may give, and take."""

    nodes: int
    cost: int


@dataclass(frozen=True, slots=True)
class Size:
    """How many rows a list gives.

    Attributes:
        number: as the document says; of the variables' if these say nothing.
        names: the variables that may say otherwise, the first that does.
    """

    number: int
    most: int
    names: tuple[str, ...] = ()

    def of(self, variables: Mapping[str, Any]) -> int:
        """Return the number; one out of bounds is refused elsewhere, and counts as the most."""
        for name in self.names:
            given = variables.get(name)
            if given is not None:
                number = len(given) if isinstance(given, list) else given
                return number if 0 <= number <= self.most else self.most
        return self.number


@dataclass(frozen=True, slots=True)
class Price:
    """What a selection costs each time: a fixed part, and lists whose sizes variables say."""

    nodes: int = 0
    cost: int = 0
    lists: tuple[tuple[Size, Price], ...] = ()

    def of(self, variables: Mapping[str, Any]) -> Cost:
        """Return the cost with *variables*, which are coerced."""
        nodes, cost = self.nodes, self.cost
        for size, each in self.lists:
            number = size.of(variables)
            one = each.of(variables) if each.lists else each
            nodes += number * (1 + one.nodes)
            cost += number * (1 + one.cost)
        return Cost(nodes, cost)

    def __add__(self, other: Price) -> Price:
        return Price(
            self.nodes + other.nodes, self.cost + other.cost, (*self.lists, *other.lists)
        )


def price_of(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
) -> Price:
    """Return what *operation*, which is valid, costs."""
    kind = schema.get_root_type(operation.operation)
    return _Pricing(schema, fragments).of(operation.selection_set, kind, None)


@dataclass(frozen=True, slots=True)
class _Pricing:
    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]

    def of(self, selections: SelectionSetNode | None, kind: Any, page: Size | None) -> Price:  # noqa: ANN401  (any type with fields)
        """Return the price of what is asked of a *kind*, the connection of a *page* if one."""
        total = Price()
        for node, owner in self._fields(selections, kind):
            field = owner.fields.get(node.name.value)
            if field is not None:
                total += self._field(node, field, page)
        return total

    def _fields(
        self, selections: SelectionSetNode | None, kind: Any  # noqa: ANN401
    ) -> Iterator[tuple[FieldNode, Any]]:
        for node in selections.selections if selections else ():
            match node:
                case FieldNode():
                    yield node, kind
                case InlineFragmentNode(type_condition=condition):
                    inner = self.schema.type_map[condition.name.value] if condition else kind
                    yield from self._fields(node.selection_set, inner)
                case FragmentSpreadNode():
                    fragment = self.fragments[node.name.value]
                    inner = self.schema.type_map[fragment.type_condition.name.value]
                    yield from self._fields(fragment.selection_set, inner)

    def _field(self, node: FieldNode, field: GraphQLField, page: Size | None) -> Price:
        name, kind = node.name.value, get_named_type(field.type)
        if not hasattr(kind, "fields"):
            return Price(cost=_SUM if page is not None and name == "totalCount" else 0)
        conditions = sum(
            _conditions(argument.value)
            for argument in node.arguments or ()
            if argument.name.value == "where"
        )
        own = Price(cost=1 + conditions)
        if page is not None and name in ("nodes", "edges"):
            return _listed(page, self.of(node.selection_set, kind, None))
        if _is_list(field.type):
            inner = self.of(node.selection_set, kind, None)
            return own + Price(cost=_SUM * ("by" in field.args)) + _listed(_size(node, field), inner)
        if "first" in field.args:
            return own + self.of(node.selection_set, kind, _size(node, field))
        if page is not None and name == "aggregate":
            own = Price(cost=_SUM)
        return own + self.of(node.selection_set, kind, None)


def _listed(size: Size, each: Price) -> Price:
    if size.names or each.lists:
        return Price(lists=((size, each),))
    return Price(size.number * (1 + each.nodes), size.number * (1 + each.cost))


def _is_list(kind: object) -> bool:
    return isinstance(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, GraphQLList)


def _size(node: FieldNode, field: GraphQLField) -> Size:
    """Return how many rows the arguments of *node* ask for, or else a full page."""
    given = {argument.name.value: argument.value for argument in node.arguments or ()}
    if "ids" in field.args:
        return _said([given["ids"]], PAGE_LIMIT, PAGE_LIMIT)
    if "first" not in field.args:
        return Size(_PLAIN_LIST, _PLAIN_LIST)
    most = GROUP_LIMIT if "by" in field.args else PAGE_LIMIT
    return _said([given[name] for name in ("last", "first") if name in given], most, most)


def _said(values: list[ValueNode], number: int, most: int) -> Size:
    names = []
    for value in values:
        match value:
            case VariableNode():
                names.append(value.name.value)
            case IntValueNode():
                said = int(value.value)
                number = said if 0 <= said <= most else most
            case ListValueNode():
                number = min(len(value.values), most)
            case _:
                pass
    return Size(number, most, tuple(names))


def _conditions(value: ValueNode) -> int:
    match value:
        case ObjectValueNode():
            return sum(1 + _conditions(field.value) for field in value.fields)
        case ListValueNode():
            return sum(map(_conditions, value.values))
        case _:
            return 0
