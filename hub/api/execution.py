"""A GraphQL document in, the bytes of its answer out."""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from traceback import walk_tb
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import asyncpg
import orjson
from graphql import GraphQLError, GraphQLSyntaxError, OperationDefinitionNode, parse
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from hub.access.readers import OUTSIDE
from hub.api.context import Context
from hub.api.errors import (
    DocumentInvalidError,
    DocumentUnreadableError,
    InternalError,
    MutationByGetError,
    OperationUnknownError,
    SubscriptionUnsupportedError,
    VariablesInvalidError,
)
from hub.api.planning import Planned, Planning
from hub.api.rest import execute_rest, merged
from hub.api.schema import build_schema
from hub.api.visibility import visible_schema
from hub.audit.access import Origin
from hub.database.errors import DatabaseError
from hub.database.transaction import Mode, begin
from hub.errors import HubError, Language
from hub.loaders.bundle import Bundle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hub.access.principal import Principal
    from hub.clock import Clock
    from hub.database.engine import Database

_LOG = logging.getLogger(__name__)
_UNKNOWN: Final = Origin("job")
_SUGGESTION: Final = re.compile(r" ?Did you mean [^?]*\?")
_VARIABLE: Final = re.compile(r"Variable values |Variable '\$\w+' has invalid")


_INTERRUPTED: Final = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
)
"""What ends a statement from outside: asked again, it would be no better."""


@dataclass(frozen=True, slots=True)
class Request:
    """A document to execute, and for whom.

    Attributes:
        read_only: whether mutations are refused.
        explained: whether the answer says which statement gave it, and how it ran.
        origin: where it came from, for the audit trail.
    """

    document: str
    operation_name: str | None
    variables: dict[str, object] | None
    extensions: dict[str, object] | None
    principal: Principal
    language: Language
    read_only: bool = False
    explained: bool = False
    origin: Origin = _UNKNOWN


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole response as JSON, and what the audit trail says of it.

    Attributes:
        is_request_error: whether nothing was executed.
        operation: the name of the operation, if it has one.
        types: types of rows that were read; *counts* how many of each.
        codes: what went wrong, each code once.
    """

    body: bytes
    is_request_error: bool
    operation: str | None = None
    types: tuple[str, ...] = ()
    counts: Sequence[int] = ()
    codes: tuple[str, ...] = ()


class Executor:
    """Executes documents over one database: planned where it can be, else by resolvers.

    Both give the same answers; *planned* False leaves everything to the resolvers.
    """

    def __init__(self, database: Database, clock: Clock, *, planned: bool = True) -> None:
        self._database = database
        self._clock = clock
        self._cursor_key = bytes.fromhex(database.address.derive("cursors"))
        whole = build_schema()
        self._schemas = {reader: visible_schema(whole, reader) for reader in OUTSIDE}
        cores = {reader: schema.core for reader, schema in self._schemas.items()}
        self._planning = Planning(cores, clock, self._cursor_key) if planned else None

    async def execute(self, request: Request) -> Answer:
        """Return the answer to *request*; what is wrong with the request is in it.

        Raises ``DatabaseError`` where the hub itself cannot answer now.
        """
        planned = self._planned(request)
        if planned is None:
            return await self._resolve(request)
        try:
            async with Bundle(self._database, request.principal, Mode.READ_PLANNED) as bundle:
                row = await bundle.read(planned.plan.sql, planned.arguments)
                if not planned.plan.rest:
                    ending = await _explained(bundle, planned) if request.explained else b"}"
                    return Answer(
                        b'{"data":' + row["data"] + ending,
                        is_request_error=False,
                        operation=planned.name,
                        types=planned.plan.counted,
                        counts=row["counts"],
                    )
                rest = await execute_rest(
                    self._schemas[request.principal.reader].core,
                    planned,
                    request.variables,
                    self._context(request, bundle),
                )
        except _INTERRUPTED:
            raise
        except (asyncpg.PostgresError, asyncpg.DataError) as error:
            # A statement cannot say which field failed; the resolvers can, and answer the others.
            answer = await self._resolve(request)
            if b'"errors":[' not in answer.body:
                _LOG.warning("a plan failed where the resolvers did not", exc_info=error)
            return answer
        rows = Counter(bundle.rows)
        rows.update(dict(zip(planned.plan.counted, row["counts"], strict=True)))
        result = merged(planned.plan.keys, row["data"], rest)
        return _answer(result, request.language, planned.name, rows)

    async def statement(self, request: Request) -> tuple[str, list[object]] | None:
        """Return the statement that answers *request* alone, and its arguments, if one does."""
        planned = self._planned(request)
        if planned is None or planned.plan.rest:
            return None
        return planned.plan.sql, planned.arguments

    def _planned(self, request: Request) -> Planned | None:
        if self._planning is None:
            return None
        return self._planning.find(
            request.principal, request.document, request.operation_name, request.variables
        )

    def _context(self, request: Request, bundle: Bundle) -> Context:
        return Context(
            bundle=bundle,
            database=self._database,
            principal=request.principal,
            language=request.language,
            clock=self._clock,
            origin=request.origin,
            cursor_key=self._cursor_key,
        )

    async def _known(self, principal: Principal) -> Principal:
        """Return *principal* as known now, or raise ``StalePrincipalError``.

        Before anything is changed: each act is a transaction, and the first may end the epoch.
        """
        async with begin(self._database, principal, Mode.READ):
            return replace(principal, epoch=None)

    async def _resolve(self, request: Request) -> Answer:
        language = request.language
        try:
            name, operation = _operation(request)
        except HubError as error:
            return _refusal(error, language)
        except GraphQLSyntaxError as error:
            return _answer(ExecutionResult(data=None, errors=[error]), language)
        if operation is OperationType.MUTATION:
            if request.read_only:
                return _refusal(MutationByGetError(), language, name)
            request = replace(request, principal=await self._known(request.principal))
        async with Bundle(self._database, request.principal) as bundle:
            result = await self._schemas[request.principal.reader].execute(
                request.document,
                variable_values=request.variables,
                operation_name=request.operation_name,
                context_value=self._context(request, bundle),
            )
        return _answer(result, language, name, bundle.rows)


async def _explained(bundle: Bundle, planned: Planned) -> bytes:
    """Return the end of a body that says which statement gave it, and how it ran."""
    sql = planned.plan.sql
    lines = await bundle.explain(sql, planned.arguments)
    return b',"extensions":' + orjson.dumps({"statement": sql, "plan": lines}) + b"}"


@lru_cache(maxsize=256)
def _operations(document: str) -> dict[str | None, OperationType]:
    """Return the document's operations by name, or raise ``GraphQLSyntaxError``."""
    return {
        node.name.value if node.name else None: OperationType(node.operation.value)
        for node in parse(document).definitions
        if isinstance(node, OperationDefinitionNode)
    }


def _operation(request: Request) -> tuple[str | None, OperationType]:
    """Return name and kind of the operation that is meant, or raise what is wrong with that."""
    operations = _operations(request.document)
    if request.operation_name is None and len(operations) == 1:
        ((name, kind),) = operations.items()
    elif request.operation_name in operations and request.operation_name is not None:
        name, kind = request.operation_name, operations[request.operation_name]
    else:
        raise OperationUnknownError
    if kind is OperationType.SUBSCRIPTION:
        raise SubscriptionUnsupportedError
    return name, kind


def _answer(
    result: ExecutionResult,
    language: Language,
    name: str | None = None,
    rows: Mapping[str, int] = MappingProxyType({}),
) -> Answer:
    errors = result.errors or []
    for error in errors:
        original = error.original_error
        if isinstance(original, DatabaseError):
            raise original
        if isinstance(original, HubError) and original.refuses_request:
            return _refusal(original, language, name)
    reasons = [_reason(error) for error in errors]
    _log_failures(
        error
        for error, reason in zip(errors, reasons, strict=True)
        if isinstance(reason, InternalError)
    )
    written = [
        _written(error, reason, language) for error, reason in zip(errors, reasons, strict=True)
    ]
    if errors and result.data is None and all(error.path is None for error in errors):
        return Answer(
            orjson.dumps({"errors": written}),
            is_request_error=True,
            operation=name,
            codes=_codes(reasons),
        )
    body: dict[str, Any] = {"data": result.data}
    if written:
        body["errors"] = written
    return Answer(
        orjson.dumps(body),
        is_request_error=False,
        operation=name,
        types=tuple(rows),
        counts=tuple(rows.values()),
        codes=_codes(reasons),
    )


def _codes(reasons: Iterable[HubError]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason.code for reason in reasons))


def _refusal(error: HubError, language: Language, name: str | None = None) -> Answer:
    written = {"message": _sentence(error, language), "extensions": {"code": error.code}}
    body = orjson.dumps({"errors": [written]})
    return Answer(body, is_request_error=True, operation=name, codes=(error.code,))


def _written(error: GraphQLError, reason: HubError, language: Language) -> dict[str, Any]:
    written: dict[str, Any] = {"message": _sentence(reason, language)}
    if error.locations:
        written["locations"] = [
            {"line": location.line, "column": location.column} for location in error.locations
        ]
    if error.path is not None:
        written["path"] = list(error.path)
    written["extensions"] = {"code": reason.code}
    return written


def _sentence(error: HubError, language: Language) -> str:
    """Return the error's sentence; half a surrogate pair that it quotes cannot be sent."""
    return error.sentence(language).encode(errors="replace").decode()


def _reason(error: GraphQLError) -> HubError:
    """Return what went wrong in a form that may leave the hub."""
    original = error.original_error
    if isinstance(original, HubError):
        return original
    detail = _SUGGESTION.sub("", error.message)
    if isinstance(error, GraphQLSyntaxError):
        return DocumentUnreadableError(detail=detail)
    is_of_graphql = original is None or isinstance(original, GraphQLError)
    if is_of_graphql and (error.path is None or detail.startswith("Argument ")):
        # Without a place in the answer it arose before, in the document or in its variables; a
        # variable may also turn out not to fit where it is used.
        is_value = error.path is not None or _VARIABLE.match(detail)
        return (VariablesInvalidError if is_value else DocumentInvalidError)(detail=detail)
    return InternalError()


def _log_failures(errors: Iterable[GraphQLError]) -> None:
    """Log what nobody foresaw: once for each kind and place, however many fields it failed."""
    alike: dict[object, list[GraphQLError]] = {}
    for error in errors:
        alike.setdefault(_origin(_cause(error)), []).append(error)
    for first, *others in alike.values():
        _LOG.error(
            "unexpected error at %s and in %d more fields",
            first.path,
            len(others),
            exc_info=_cause(first),
        )


def _cause(error: GraphQLError) -> Exception:
    return error.original_error or error


def _origin(cause: Exception) -> tuple[object, ...]:
    """Return of what kind *cause* is and where in the code it was raised."""
    places = [(frame.f_code, line) for frame, line in walk_tb(cause.__traceback__)]
    return type(cause), *places[-1:]
