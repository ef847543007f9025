"""Plans, kept: the same question by the same kind of reader is planned once.

A plan holds for all values of the variables that leave its text as it is. Those that do not (sizes,
orders, languages, what is skipped, which operands are empty) are part of what it is kept by.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    parse,
    validate,
    visit,
)
from graphql.language import Visitor

from hub.model.limits import PAGE_LIMIT
from hub.planner.compile.roots import is_planned, statement_of
from hub.planner.compile.writing import Writer
from hub.planner.errors import NotPlannedError
from hub.planner.selection import TYPE_NAME, Asked, Document, collect
from hub.planner.values import plain

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from graphql import ArgumentNode, GraphQLSchema

    from hub.access.readers import Reader
    from hub.planner.parameters import Asking, Parameter, ReadId

_PLANS = 512
"""Documents kept, and plans of each: the least used go first."""

_OPERANDS = frozenset({"where", "code", "on", "after", "before", "asOf", "area", "period"})
_IDS = frozenset({"id", "ids"})


@dataclass(frozen=True, slots=True)
class Plan:
    """A statement that answers an operation, or the part of it that a statement can answer.

    Attributes:
        sql: one statement, with ``$1`` placeholders; its row has the bytes of a JSON object,
            how many rows of each of *counted* were read, and the epoch of grants.
        keys: the response keys of all root fields, in order; those of *rest* are not in it.
        rest: the root fields that are left to the resolvers.
        checks: what no placeholder stands for, and is refused if it is wrong.
    """

    sql: str
    parameters: tuple[Parameter, ...]
    counted: tuple[str, ...]
    keys: tuple[str, ...]
    rest: tuple[Asked, ...]
    checks: tuple[Parameter, ...] = ()

    def arguments(self, asking: Asking) -> list[object]:
        """Return what the placeholders stand for in one request."""
        for check in self.checks:
            check.read(asking)
        return [parameter.read(asking) for parameter in self.parameters]


@dataclass(slots=True)
class Prepared:
    """A document's operation, parsed and valid.

    Attributes:
        usages: variable → how it is used.
        plans: what was planned for it so far.
    """

    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    usages: Mapping[str, str]
    plans: OrderedDict[Hashable, Plan | None] = field(default_factory=OrderedDict)


class Planner:
    """Plans reads of one schema for one kind of reader."""

    def __init__(self, schema: GraphQLSchema, reader: Reader, read_id: ReadId) -> None:
        self._schema = schema
        self._reader = reader
        self._read_id = read_id
        self._prepared: OrderedDict[tuple[str, str | None], Prepared | None] = OrderedDict()

    def prepare(self, document: str, operation_name: str | None) -> Prepared | None:
        """Return the query that is meant; None where it is none, or the document is invalid."""
        key = (document, operation_name)
        if key in self._prepared:
            self._prepared.move_to_end(key)
            return self._prepared[key]
        prepared = self._prepared[key] = self._prepare(document, operation_name)
        if len(self._prepared) > _PLANS:
            self._prepared.popitem(last=False)
        return prepared

    def plan(self, prepared: Prepared, variables: Mapping[str, Any]) -> Plan | None:
        """Return the plan for *variables*, already coerced; None where there can be none."""
        key = self._key(prepared, variables)
        plans = prepared.plans
        if key in plans:
            plans.move_to_end(key)
            return plans[key]
        try:
            plan = self._plan(prepared, variables)
        except NotPlannedError:
            plan = None
        plans[key] = plan
        if len(plans) > _PLANS:
            plans.popitem(last=False)
        return plan

    def _prepare(self, text: str, operation_name: str | None) -> Prepared | None:
        try:
            document = parse(text)
        except GraphQLError:
            return None
        operations = [
            node for node in document.definitions if isinstance(node, OperationDefinitionNode)
        ]
        meant = [
            node
            for node in operations
            if operation_name is None or (node.name and node.name.value == operation_name)
        ]
        if len(meant) != 1 or meant[0].operation is not OperationType.QUERY:
            return None
        if validate(self._schema, document):
            return None
        fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        usages = _Usages()
        visit(document, usages)
        return Prepared(meant[0], fragments, usages.found)

    def _plan(self, prepared: Prepared, variables: Mapping[str, Any]) -> Plan:
        document = Document(self._schema, prepared.fragments, variables)
        query = self._schema.query_type
        assert query is not None  # noqa: S101  (the schema is ours)
        asked = collect(document, [prepared.operation.selection_set], query)
        planned = [each for each in asked if is_planned(each.name)]
        if all(each.name == TYPE_NAME for each in planned):
            # Nothing of it is in the database.
            raise NotPlannedError
        writer = Writer(self._reader)
        sql, counted = statement_of(writer, planned, self._read_id)
        rest = tuple(each for each in asked if each not in planned)
        keys = tuple(each.key for each in asked)
        checks = tuple(writer.checks)
        return Plan(sql, tuple(writer.parameters), counted, keys, rest, checks)

    def _key(self, prepared: Prepared, variables: Mapping[str, Any]) -> Hashable:
        return tuple(
            (name, self._part(prepared.usages.get(name, "baked"), variables[name]))
            for name in variables
            if not name.startswith("@")
        )

    def _part(self, usage: str, value: object) -> Hashable:
        match usage:
            case "operand":
                return _skeleton(value)
            case "id":
                texts = value if isinstance(value, list) else [value]
                found = (self._read_id(text) for text in texts if isinstance(text, str))
                names = {each[0].name for each in found if each is not None}
                return (len(texts) > PAGE_LIMIT, *sorted(names))
            case _:
                return _frozen(value)


def _skeleton(value: object) -> Hashable:
    """Return the shape of an operand: what it holds is left to the placeholders."""
    match plain(value):
        case None:
            return None
        case bool() as known:
            return known
        case dict() as fields:
            return tuple((name, _skeleton(part)) for name, part in sorted(fields.items()))
        case list() as items if any(isinstance(item, dict) for item in items):
            return ("list", *(_skeleton(item) for item in items))
        case list() as items:
            return ("values", None in items)
        case _:
            return ...


def _frozen(value: object) -> Hashable:
    match plain(value):
        case dict() as fields:
            return tuple((name, _frozen(part)) for name, part in sorted(fields.items()))
        case list() as items:
            return tuple(_frozen(item) for item in items)
        case known:
            return (type(known).__name__, str(known))


class _Usages(Visitor):
    """Finds out how a document uses its variables; one used in two ways is used as the stricter."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:  # noqa: ANN401
        name = node.name.value
        usage = "operand" if name in _OPERANDS else "id" if name in _IDS else "baked"
        for variable in _variables(node):
            known = self.found.setdefault(variable, usage)
            if known != usage:
                self.found[variable] = "baked"


def _variables(node: ArgumentNode) -> list[str]:
    found: list[str] = []

    class Names(Visitor):
        def enter_variable(self, node: VariableNode, *_: Any) -> None:  # noqa: ANN401
            found.append(node.name.value)

    visit(node, Names())
    return found
