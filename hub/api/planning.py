"""Requests to plans: which statement answers a document, and with which arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from graphql import GraphQLError

from hub.access.readers import OUTSIDE
from hub.api.errors import VariablesInvalidError
from hub.api.identity import read_global_id
from hub.clock import VIETNAM
from hub.errors import HubError
from hub.model.limits import Limits
from hub.planner.errors import NotPlannedError
from hub.planner.parameters import Asking
from hub.planner.plans import Plan, Planner, Prepared
from hub.planner.prices import Cost

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLSchema

    from hub.access.principal import Principal
    from hub.access.readers import Reader
    from hub.clock import Clock


class Question(NamedTuple):
    """An operation with its variables, and what it may cost.

    Attributes:
        values: the variables, coerced; None where something is wrong with them.
    """

    prepared: Prepared
    values: dict[str, Any] | None
    cost: Cost


class Planned(NamedTuple):
    """What answers one request: a statement, its arguments, and what is left to the resolvers.

    Attributes:
        is_new: whether the plan was made for it.
    """

    plan: Plan
    prepared: Prepared
    arguments: list[object]
    is_new: bool


class Planning:
    """Reads and plans for every kind of reader."""

    def __init__(
        self,
        schemas: Mapping[Reader, GraphQLSchema],
        clock: Clock,
        cursor_key: bytes,
        limits: Limits | None = None,
    ) -> None:
        self._planners = {
            reader: Planner(schemas[reader], reader, read_global_id, limits or Limits())
            for reader in OUTSIDE
        }
        self._clock = clock
        self._cursor_key = cursor_key

    def read(
        self,
        reader: Reader,
        document: str,
        operation_name: str | None,
        variables: dict[str, object] | None,
    ) -> Question:
        """Return what is asked; raise what ``Planner.prepare`` and ``Planner.cost`` do.

        Also ``VariablesInvalidError`` where a variable leaves open what is to be skipped.
        """
        planner = self._planners[reader]
        prepared = planner.prepare(document, operation_name)
        values = prepared.variables.read(variables or {})
        if values is None:
            return Question(prepared, None, Cost(0, 0))
        for name in prepared.deciding:
            if values.get(name) is None:
                detail = f"Variable '${name}' decides what is skipped and must not be null."
                raise VariablesInvalidError(detail=detail)
        return Question(prepared, values, planner.cost(prepared, values))

    def find(self, principal: Principal, question: Question) -> Planned | None:
        """Return what answers *question*, or None where the resolvers must: also to refuse it."""
        prepared, values = question.prepared, question.values
        if values is None or not prepared.is_query:
            return None
        reader = principal.reader
        values["@today"] = self._clock().astimezone(VIETNAM).date()
        try:
            planner = self._planners[reader]
            made = planner.made
            plan = planner.plan(prepared, values)
            if plan is None:
                return None
            asking = Asking(values, (reader, principal.account), self._cursor_key, read_global_id)
            return Planned(plan, prepared, plan.arguments(asking), planner.made > made)
        except (NotPlannedError, HubError, GraphQLError):
            # Something is wrong with what was given: the resolvers say what, and where.
            return None
