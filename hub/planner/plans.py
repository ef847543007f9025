"""Plans, kept: the same question by the same kind of reader is planned once.

A plan holds for all values of the variables that leave its text as it is. Those that do not (sizes,
orders, languages, what is skipped, which operands are empty or null) are part of what it is kept
by.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    FragmentDefinitionNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    visit,
)
from graphql.language import Visitor

from hub.errors import HubError
from hub.model.limits import PAGE_LIMIT, Limits
from hub.planner.compile.roots import is_planned, statement_of
from hub.planner.compile.writing import Writer
from hub.planner.documents import (
    choose_operation,
    fragments_of,
    measure,
    read_document,
    refuse_excess,
    refuse_faults,
)
from hub.planner.errors import (
    InvalidDocumentError,
    NotPlannedError,
    TooCostlyError,
    TooManyNodesError,
)
from hub.planner.prices import Cost, Price, price_of
from hub.planner.selection import TYPE_NAME, Asked, Document, collect
from hub.planner.shelf import Shelf
from hub.planner.values import plain
from hub.planner.variables import Variables

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from graphql import (
        ArgumentNode,
        DirectiveNode,
        DocumentNode,
        FragmentSpreadNode,
        GraphQLSchema,
    )

    from hub.access.readers import Reader
    from hub.planner.parameters import Asking, Parameter, ReadId

_DOCUMENTS: Final = 512
_DOCUMENT_CHARACTERS: Final = 512 * 1024
"""How many documents are kept, and of how much text in all: parsed, each takes a hundredfold."""

_PLANS: Final = 2048
_STATEMENT_CHARACTERS: Final = 16 * 1024 * 1024
"""How many plans are kept of all documents, and of how much SQL in all."""

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


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A document's operation: parsed, within limits, and valid.

    Attributes:
        name: the operation's, if it has one.
        is_query: whether it only reads.
        variables: reads the values that a request gives them.
        usages: variable → how it is used.
        deciding: the variables that say what is skipped, and may be given as null.
        introspects: whether it asks about the schema.
        number: tells it from every other.
    """

    document: DocumentNode
    operation: OperationDefinitionNode
    name: str | None
    is_query: bool
    fragments: Mapping[str, FragmentDefinitionNode]
    price: Price | Cost
    variables: Variables
    usages: Mapping[str, str]
    deciding: tuple[str, ...]
    introspects: bool
    number: int = field(default_factory=count().__next__)


class Planner:
    """Plans reads of one schema for one kind of reader, within *limits*.

    Attributes:
        made: how many plans were made; all others were kept.
    """

    def __init__(
        self, schema: GraphQLSchema, reader: Reader, read_id: ReadId, limits: Limits
    ) -> None:
        self._schema = schema
        self._reader = reader
        self._read_id = read_id
        self._limits = limits
        self._documents: Shelf[tuple[str, str | None], Prepared | Exception] = Shelf(
            most=_DOCUMENTS, weight=_DOCUMENT_CHARACTERS
        )
        self._plans: Shelf[Hashable, tuple[Plan | None]] = Shelf(
            most=_PLANS, weight=_STATEMENT_CHARACTERS
        )
        self.made = 0

    def prepare(self, document: str, operation_name: str | None) -> Prepared:
        """Return the operation that is meant.

        Raises ``LimitError`` where it is too much, ``OperationUnknownError`` where there is none,
        ``InvalidDocumentError`` where the document is wrong.
        """
        key = (document, operation_name)
        found = self._documents.find(key)
        if found is None:
            try:
                found = self._prepare(document, operation_name)
            except (HubError, InvalidDocumentError) as error:
                found = error
            self._documents.keep(key, found, len(document) + len(operation_name or ""))
        if isinstance(found, Exception):
            raise found.with_traceback(None)
        return found

    def cost(self, prepared: Prepared, variables: Mapping[str, Any]) -> Cost:
        """Return what the operation may cost with *variables*, or raise ``LimitError``."""
        price = prepared.price
        cost = price if isinstance(price, Cost) else price.of(variables)
        if cost.nodes > self._limits.nodes:
            raise TooManyNodesError(given=cost.nodes, limit=self._limits.nodes)
        if cost.cost > self._limits.cost:
            raise TooCostlyError(given=cost.cost, limit=self._limits.cost)
        return cost

    def plan(self, prepared: Prepared, variables: Mapping[str, Any]) -> Plan | None:
        """Return the plan for *variables*, already coerced; None where there can be none."""
        key = (prepared.number, self._key(prepared, variables))
        found = self._plans.find(key)
        if found is not None:
            return found[0]
        self.made += 1
        try:
            plan = self._plan(prepared, variables)
        except NotPlannedError:
            plan = None
        self._plans.keep(key, (plan,), len(plan.sql) if plan else 0)
        return plan

    def _prepare(self, text: str, operation_name: str | None) -> Prepared:
        document = read_document(text, self._limits)
        operation = choose_operation(document, operation_name)
        fragments = fragments_of(document)
        shape = measure(operation, fragments)
        refuse_excess(shape, self._limits)
        refuse_faults(self._schema, document)
        usages = _Usages(operation)
        usages.look_into(operation, fragments)
        return Prepared(
            document,
            operation,
            None if operation.name is None else operation.name.value,
            operation.operation is OperationType.QUERY,
            fragments,
            price_of(self._schema, operation, fragments),
            Variables(self._schema, operation.variable_definitions or ()),
            usages.found,
            tuple(sorted(usages.deciding)),
            shape.introspects,
        )

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
        usages = prepared.usages
        # Nearly every variable is a text that is compared with something.
        return tuple(
            [
                (name, ...)
                if type(value) is str and usages.get(name) == "operand"
                else (name, self._part(usages.get(name, "baked"), value))
                for name, value in variables.items()
                if name[0] != "@"
            ]
        )

    def _part(self, usage: str, value: object) -> Hashable:
        match usage:
            case "operand":
                return _skeleton(value)
            case "id":
                texts = value if isinstance(value, list) else [value]
                found = (self._read_id(text) for text in texts if isinstance(text, str))
                names = {each[0].name for each in found if each is not None}
                return (len(texts) > PAGE_LIMIT, None in texts, *sorted(names))
            case _:
                return _frozen(value)


def _skeleton(value: object) -> Hashable:
    """Return the shape of an operand: what it holds is left to the placeholders."""
    if type(value) is str:
        # Nearly every one, within an object, too.
        return ...
    match plain(value):
        case None | bool() as known:
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
    """Finds out how an operation uses its variables; one used in two ways is used as the stricter.

    Others of the same document have variables of their own, perhaps of the same names.
    """

    def __init__(self, operation: OperationDefinitionNode) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.deciding: set[str] = set()
        self._spread: set[str] = set()
        self._nullable = {
            each.variable.name.value
            for each in operation.variable_definitions or ()
            if not isinstance(each.type, NonNullTypeNode)
        }

    def look_into(
        self, operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
    ) -> None:
        """Look into *operation*, and into those of *fragments* that it comes to."""
        visit(operation, self)
        seen: set[str] = set()
        while unseen := self._spread - seen:
            seen |= unseen
            for name in sorted(unseen):
                visit(fragments[name], self)

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> None:  # noqa: ANN401
        self._spread.add(node.name.value)

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:  # noqa: ANN401
        name = node.name.value
        usage = "operand" if name in _OPERANDS else "id" if name in _IDS else "baked"
        for variable in _variables(node):
            known = self.found.setdefault(variable, usage)
            if known != usage:
                self.found[variable] = "baked"

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:  # noqa: ANN401
        self.deciding |= self._nullable.intersection(_variables(node))


def _variables(node: ArgumentNode | DirectiveNode) -> list[str]:
    found: list[str] = []

    class Names(Visitor):
        def enter_variable(self, node: VariableNode, *_: Any) -> None:  # noqa: ANN401
            found.append(node.name.value)

    visit(node, Names())
    return found
