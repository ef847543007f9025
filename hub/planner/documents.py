"""Documents, read once: parsed within limits, measured, and judged by the schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from graphql import (
    ASTValidationRule,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    OverlappingFieldsCanBeMergedRule,
    ScalarLeafsRule,
    ValidationContext,
    parse,
    specified_rules,
    validate,
)
from typing_extensions import override

from hub.planner.errors import (
    DocumentTooLongError,
    InvalidDocumentError,
    OperationUnknownError,
    SubscriptionUnsupportedError,
    TooDeepError,
    TooManyAliasesError,
    TooManyDirectivesError,
    TooManyFieldsError,
    TooManyRootFieldsError,
    TooManyTokensError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphql import DocumentNode, GraphQLSchema, SelectionSetNode

    from hub.model.limits import Limits

_COMPARISONS: Final = 5_000
"""How much comparing of fields under one name may take; a hundred times what real documents do."""

_MOST_FAULTS: Final = 20
_INTROSPECTION: Final = frozenset({"__schema", "__type"})


class Shape(NamedTuple):
    """How much a selection holds, with its fragments followed.

    Attributes:
        roots: the fields of its first level.
    """

    depth: int = 0
    fields: int = 0
    roots: int = 0
    aliases: int = 0
    directives: int = 0
    introspects: bool = False


def read_document(text: str, limits: Limits) -> DocumentNode:
    """Return *text* parsed; raise ``LimitError`` or ``InvalidDocumentError``."""
    if len(text) > limits.length:
        raise DocumentTooLongError(given=len(text), limit=limits.length)
    try:
        return parse(text, max_lexical_tokens=limits.tokens, max_comments=limits.tokens)
    except GraphQLError as error:
        if "contains more than" in error.message:
            raise TooManyTokensError(limit=limits.tokens) from None
        raise InvalidDocumentError([error]) from None


def choose_operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """Return the operation that is meant.

    Raises ``OperationUnknownError`` where there is none, ``SubscriptionUnsupportedError`` where it
    is nothing to be answered once.
    """
    operations = [
        node for node in document.definitions if isinstance(node, OperationDefinitionNode)
    ]
    meant = [node for node in operations if name is None or (node.name and node.name.value == name)]
    if len(meant) != 1:
        raise OperationUnknownError
    if meant[0].operation is OperationType.SUBSCRIPTION:
        raise SubscriptionUnsupportedError
    return meant[0]


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """Return the fragments of *document* by name."""
    return {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }


def measure(
    operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> Shape:
    """Return how much *operation* holds; nothing where its fragments go round in a circle."""
    try:
        shape = _Measuring(fragments).of(operation.selection_set)
    except _CircleError:
        return Shape()
    own = len(operation.directives or ()) + sum(
        len(variable.directives or ()) for variable in operation.variable_definitions or ()
    )
    return shape._replace(directives=shape.directives + own)


def refuse_excess(shape: Shape, limits: Limits) -> None:
    """Raise the ``LimitError`` that says what of *shape* is above *limits*."""
    for given, limit, error in (
        (shape.depth, limits.depth, TooDeepError),
        (shape.roots, limits.root_fields, TooManyRootFieldsError),
        (shape.aliases, limits.aliases, TooManyAliasesError),
        (shape.directives, limits.directives, TooManyDirectivesError),
        (shape.fields, limits.fields, TooManyFieldsError),
    ):
        if given > limit:
            raise error(given=given, limit=limit)


def refuse_faults(schema: GraphQLSchema, document: DocumentNode) -> None:
    """Raise ``InvalidDocumentError`` where *document* does not fit *schema*; it names no names."""
    faults = validate(schema, document, _RULES, max_errors=_MOST_FAULTS, hide_suggestions=True)
    if faults:
        raise InvalidDocumentError(faults)


class _CircleError(Exception):
    """A fragment holds itself; what is wrong with it is said by validation."""


@dataclass(slots=True)
class _Measuring:
    fragments: Mapping[str, FragmentDefinitionNode]
    known: dict[str, Shape | None]

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self.fragments = fragments
        self.known = {}

    def of(self, selection_set: SelectionSetNode | None) -> Shape:
        depth = fields = roots = aliases = directives = 0
        introspects = False
        for node in selection_set.selections if selection_set else ():
            directives += len(node.directives or ())
            if isinstance(node, FragmentSpreadNode):
                inner = self._fragment(node.name.value)
            else:
                inner = self.of(node.selection_set)  # type: ignore[attr-defined]  # both have one
            if isinstance(node, FieldNode):
                depth = max(depth, 1 + inner.depth)
                fields, roots = fields + 1, roots + 1
                aliases += node.alias is not None
                introspects |= node.name.value in _INTROSPECTION
            else:
                depth = max(depth, inner.depth)
                roots += inner.roots
            fields += inner.fields
            aliases += inner.aliases
            directives += inner.directives
            introspects |= inner.introspects
        return Shape(depth, fields, roots, aliases, directives, introspects)

    def _fragment(self, name: str) -> Shape:
        if name not in self.fragments:
            return Shape()
        if name not in self.known:
            self.known[name] = None
            self.known[name] = self.of(self.fragments[name].selection_set)
        found = self.known[name]
        if found is None:
            raise _CircleError
        return found


class _Overlapping(OverlappingFieldsCanBeMergedRule):
    """The rule with a budget of its own: the library's allows seconds."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.rule_context.remaining_complexity_budget = _COMPARISONS


class _Leaves(ScalarLeafsRule):
    """The rule without advice."""

    @override
    def report_error(self, error: GraphQLError) -> None:
        error.message = error.message.partition(" Did you mean ")[0]
        super().report_error(error)


_OWN: Final[dict[type[ASTValidationRule], type[ASTValidationRule]]] = {
    OverlappingFieldsCanBeMergedRule: _Overlapping,
    ScalarLeafsRule: _Leaves,
}
_RULES: Final[Sequence[type[ASTValidationRule]]] = [
    _OWN.get(rule, rule) for rule in specified_rules
]
