"""What an operation may cost, before anything is read: a formula over the sizes of its pages.

A *node* is a row of a list. Cost counts a node, a link and a list as one each, a sum over a list
(``totalCount``, ``aggregate``, ``groups``) as ten, each condition as one, all as often as they may
be read. Pages are taken for full and directives for letting everything through; but lists that
lead from list to list down to what a programme defines meet no row twice, so together they are no
longer than there are rows.
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
    SchemaMetaFieldDef,
    TypeMetaFieldDef,
    VariableNode,
    get_named_type,
)

from hub.model.catalogue import BY_NAME, CATALOGUE
from hub.model.entities import ToMany
from hub.model.limits import GROUP_LIMIT, MOST_ROWS, PAGE_LIMIT

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

_META: Final = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}
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
    """What a selection costs each time.

    Attributes:
        cost: of what is always the same.
        lists: what is read of each row of a list.
        links: what is read of one row, which other rows may lead to as well.
    """

    cost: int = 0
    lists: tuple[Listed, ...] = ()
    links: tuple[Price, ...] = ()

    def of(self, variables: Mapping[str, Any]) -> Cost:
        """Return the cost with *variables*, which are coerced."""
        return Cost(*self._spent(1, variables, is_tree=True))

    @property
    def is_constant(self) -> bool:
        """Return whether variables change nothing."""
        inner = (*(listed.each for listed in self.lists), *self.links)
        return all(not listed.size.names for listed in self.lists) and all(
            each.is_constant for each in inner
        )

    def __add__(self, other: Price) -> Price:
        return Price(
            self.cost + other.cost, (*self.lists, *other.lists), (*self.links, *other.links)
        )

    def _spent(self, times: int, variables: Mapping[str, Any], *, is_tree: bool) -> tuple[int, int]:
        nodes, cost = 0, self.cost * times
        for size, most, each in self.lists:
            rows = times * size.of(variables)
            if is_tree and most is not None and rows > most:
                rows = most
            cost += rows * (1 + each.cost)
            nodes += rows
            if each.lists or each.links:
                inner = each._spent(rows, variables, is_tree=is_tree)  # noqa: SLF001  (its own kind)
                nodes += inner[0]
                cost += inner[1] - rows * each.cost
        for link in self.links:
            inner = link._spent(times, variables, is_tree=False)  # noqa: SLF001
            nodes += inner[0]
            cost += inner[1]
        return nodes, cost


class Listed(NamedTuple):
    """A list: how many rows it gives each time, how many there are, and what is read of each."""

    size: Size
    most: int | None
    each: Price


def price_of(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
) -> Price | Cost:
    """Return what *operation*, which is valid, costs, as far as the document tells."""
    kind = schema.get_root_type(operation.operation)
    price = _Pricing(schema, fragments).of(operation.selection_set, kind, None)
    return price.of({}) if price.is_constant else price


@dataclass(frozen=True, slots=True)
class _Pricing:
    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]

    def of(self, selections: SelectionSetNode | None, kind: Any, page: _Page | None) -> Price:  # noqa: ANN401  (any type with fields)
        """Return the price of what is asked of a *kind*, the connection of a *page* if one."""
        total = Price()
        for node, owner in self._fields(selections, kind):
            name = node.name.value
            field = owner.fields.get(name, _META.get(name))
            if field is not None:
                total += self._field(node, field, owner, page)
        return total

    def _fields(
        self,
        selections: SelectionSetNode | None,
        kind: Any,  # noqa: ANN401
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
                case _:
                    pass

    def _field(
        self,
        node: FieldNode,
        field: GraphQLField,
        owner: Any,  # noqa: ANN401
        page: _Page | None,
    ) -> Price:
        name, kind = node.name.value, get_named_type(field.type)
        if not hasattr(kind, "fields"):
            return Price(cost=_SUM if page is not None and name == "totalCount" else 0)
        if page is not None and name in ("nodes", "edges"):
            return Price(lists=(Listed(*page, self.of(node.selection_set, kind, None)),))
        own = Price(cost=1 + _conditions(node))
        if _is_list(field.type):
            size = _size(node, field)
            inner = self.of(node.selection_set, kind, None)
            sums = _SUM if "by" in field.args else 0
            return own + Price(sums, (Listed(size, _most(owner.name, name), inner),))
        if "first" in field.args:
            most = _most(owner.name, name)
            return own + self.of(node.selection_set, kind, (_size(node, field), most))
        inner = self.of(node.selection_set, kind, None)
        is_same = page is not None or owner is self.schema.query_type or name == "node"
        if is_same or not (inner.lists or inner.links):
            is_sum = page is not None and name == "aggregate"
            return own + inner + Price(cost=_SUM if is_sum else 0)
        return own + Price(links=(inner,))


_Page = tuple[Size, int | None]
"""How many rows the page of a connection has, and how many there are in all."""


def _most(owner: str, name: str) -> int | None:
    """Return how many rows of a list all its owners have together, where that is known."""
    entity = BY_NAME.get(owner)
    if entity is None:
        return next((MOST_ROWS.get(each.name) for each in CATALOGUE if each.plural == name), None)
    relation = entity.by_name.get(name)
    if not isinstance(relation, ToMany) or relation.target not in MOST_ROWS:
        return None
    return MOST_ROWS[relation.target] * len(relation.remote)


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


def _conditions(node: FieldNode) -> int:
    """Return how many conditions the field's filter writes out."""
    return sum(
        _members(argument.value)
        for argument in node.arguments or ()
        if argument.name.value == "where"
    )


def _members(value: ValueNode) -> int:
    match value:
        case ObjectValueNode():
            return sum(1 + _members(field.value) for field in value.fields)
        case ListValueNode():
            return sum(map(_members, value.values))
        case _:
            return 0
