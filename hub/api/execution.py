"""A GraphQL document in, the bytes of its answer out."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace
from inspect import isawaitable
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import asyncpg
from graphql import ExecutionResult, execute

from hub.access.readers import OUTSIDE
from hub.api.answers import (
    Answer,
    Given,
    answer_of,
    invalid_answer,
    planned_answer,
    refusal_of,
)
from hub.api.context import Context
from hub.api.errors import IntrospectionClosedError, MutationByGetError
from hub.api.planning import Planned, Planning, Question
from hub.api.rest import execute_rest, merged
from hub.api.schema import build_schema
from hub.api.trust import Trust
from hub.api.visibility import visible_schema
from hub.audit.access import Origin
from hub.database.errors import ConnectionLostError, DatabaseError
from hub.database.transaction import Mode, begin
from hub.errors import HubError
from hub.loaders.bundle import Bundle
from hub.planner.errors import InvalidDocumentError
from hub.telemetry import PlanFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.access.principal import Principal
    from hub.clock import Clock
    from hub.database.engine import Database
    from hub.database.transaction import Transaction
    from hub.errors import Language
    from hub.model.limits import Limits

_LOG = logging.getLogger(__name__)
_UNKNOWN: Final = Origin("job")

_INTERRUPTED: Final = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
)
"""What ends a statement from outside: the resolvers would fare no better."""

_TIMES_AGAIN: Final = 2
"""How often what only reads is asked again where its connection was lost."""

_UNCHARGED_SECONDS: Final = 0.001
"""As long as it takes to find a plan that is kept; longer is a document read for the first time."""


class Request(NamedTuple):
    """A document to execute, and for whom.

    Attributes:
        document: empty where *digest* stands for it.
        digest: the SHA-256 of a trusted operation.
        read_only: whether mutations are refused.
        explained: whether the answer says which statement gave it, and how it ran.
        origin: where it came from, for the audit trail.
    """

    document: str
    operation_name: str | None
    variables: dict[str, object] | None
    digest: str | None
    principal: Principal
    language: Language
    read_only: bool = False
    explained: bool = False
    origin: Origin = _UNKNOWN


class Executor:
    """Executes documents over one database: planned where it can be, else by resolvers.

    Both give the same answers; *planned* False leaves everything to the resolvers. Above *limits*
    nothing is executed. *closed* is how production is: nobody is told the schema, and the public
    and machines ask trusted operations only.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        planned: bool = True,
        limits: Limits | None = None,
        closed: bool = False,
    ) -> None:
        self._database = database
        self._clock = clock
        self._cursor_key = bytes.fromhex(database.address.derive("cursors"))
        whole = build_schema()
        self._schemas = {reader: visible_schema(whole, reader).core for reader in OUTSIDE}
        self._planning = Planning(self._schemas, clock, self._cursor_key, limits)
        self._is_planned = planned
        self._is_closed = closed
        self._trust = Trust(database, clock, required=closed, limits=limits)

    async def execute(self, request: Request) -> Answer:
        """Return the answer to *request*; what is wrong with the request is in it.

        Raises ``DatabaseError`` where the hub itself cannot answer now.
        """
        began = perf_counter()
        try:
            if request.digest is None and self._trust.is_free(request.principal):
                return await self._execute(request)
            trusted = await self._trust.document(
                request.principal, request.document, request.digest
            )
            answer = await self._execute(request._replace(document=trusted.text))
            return answer._replace(trusted=trusted)
        except InvalidDocumentError as error:
            return _charged(invalid_answer(error.errors, request.language), perf_counter() - began)
        except DatabaseError:
            raise
        except HubError as error:
            return _charged(refusal_of(error, request.language), perf_counter() - began)

    async def _execute(self, request: Request) -> Answer:
        began = perf_counter()
        question = self._question(request)
        planned = self._planned(request, question)
        planning = perf_counter() - began
        self._database.observer(PlanFound(_found(planned), planning))
        left = _TIMES_AGAIN if question.prepared.is_query else 0
        while True:
            try:
                answer = await self._answer(request, question, planned)
            except ConnectionLostError:
                if not left:
                    raise
                left -= 1
            else:
                return answer if planning < _UNCHARGED_SECONDS else _charged(answer, planning)

    async def _answer(
        self, request: Request, question: Question, planned: Planned | None
    ) -> Answer:
        if planned is None:
            return await self._resolve(request, question)
        read = self._complete if planned.plan.rest else self._read
        try:
            return await read(request, question, planned)
        except _INTERRUPTED:
            raise
        except (asyncpg.PostgresError, asyncpg.DataError) as error:
            # A statement cannot say which field failed; the resolvers can, and answer the others.
            answer = await self._resolve(request, question)
            if b'"errors":[' not in answer.body:
                _LOG.warning("a plan failed where the resolvers did not", exc_info=error)
            return answer

    async def _read(self, request: Request, question: Question, planned: Planned) -> Answer:
        """Return the answer that the plan's statement gives as a whole."""
        plan = planned.plan
        async with begin(self._database, request.principal, Mode.READ_PLANNED) as transaction:
            (row,) = await transaction.query(plan.sql, *planned.arguments)
            told = await _explained(transaction, planned) if request.explained else None
        given = Given(question.prepared.name, plan.counted, row["counts"])
        return planned_answer(row["data"], question.cost, told, given)

    async def _complete(self, request: Request, question: Question, planned: Planned) -> Answer:
        """Return the answer of the plan's statement and, in its snapshot, of the resolvers."""
        plan = planned.plan
        async with Bundle(self._database, request.principal, Mode.READ_PLANNED) as bundle:
            row = await bundle.read(plan.sql, planned.arguments)
            rest = await execute_rest(
                self._schemas[request.principal.reader],
                planned,
                request.variables,
                self._context(request, bundle),
            )
        rows = Counter(bundle.rows)
        rows.update(dict(zip(plan.counted, row["counts"], strict=True)))
        whole = merged(plan.keys, row["data"], rest)
        return answer_of(whole, request.language, question.cost, _given(question, rows))

    async def statement(self, request: Request) -> tuple[str, list[object]] | None:
        """Return the statement that answers *request* alone, and its arguments, if one does."""
        planned = self._planned(request, self._question(request))
        if planned is None or planned.plan.rest:
            return None
        return planned.plan.sql, planned.arguments

    def _question(self, request: Request) -> Question:
        """Return what is asked, or raise why it is not answered."""
        question = self._planning.read(
            request.principal.reader, request.document, request.operation_name, request.variables
        )
        prepared = question.prepared
        if prepared.introspects and self._is_closed:
            raise IntrospectionClosedError
        if request.read_only and not prepared.is_query:
            raise MutationByGetError
        return question

    def _planned(self, request: Request, question: Question) -> Planned | None:
        return self._planning.find(request.principal, question) if self._is_planned else None

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

    async def _resolve(self, request: Request, question: Question) -> Answer:
        if not question.prepared.is_query:
            request = request._replace(principal=await self._known(request.principal))
        async with Bundle(self._database, request.principal) as bundle:
            found: Any = execute(
                self._schemas[request.principal.reader],
                question.prepared.document,
                variable_values=request.variables,
                operation_name=request.operation_name,
                context_value=self._context(request, bundle),
                hide_suggestions=True,
            )
            result: ExecutionResult = await found if isawaitable(found) else found
            given = _given(question, bundle.rows)
        return answer_of(result, request.language, question.cost, given)


def _found(planned: Planned | None) -> str:
    if planned is None:
        return "none"
    return "made" if planned.is_new else "kept"


def _given(question: Question, rows: Mapping[str, int]) -> Given:
    return Given(question.prepared.name, tuple(rows), tuple(rows.values()))


def _charged(answer: Answer, seconds: float) -> Answer:
    """Return *answer* charged for the time that it took too: a unit a microsecond."""
    return answer._replace(charge=answer.charge + round(seconds * 1_000_000))


async def _explained(transaction: Transaction, planned: Planned) -> dict[str, Any]:
    """Return which statement gave an answer, and how it ran."""
    sql = planned.plan.sql
    lines = await transaction.explain(sql, planned.arguments)
    return {"statement": sql, "plan": lines}
