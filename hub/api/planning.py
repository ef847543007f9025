"""Requests to plans: which statement answers a document, and with which arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import GraphQLError
from graphql.execution.values import get_variable_values

from hub.access.readers import OUTSIDE
from hub.api.identity import read_global_id
from hub.clock import VIETNAM
from hub.errors import HubError
from hub.planner.errors import NotPlannedError
from hub.planner.parameters import Asking
from hub.planner.plans import Plan, Planner, Prepared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLSchema

    from hub.access.principal import Principal
    from hub.access.readers import Reader
    from hub.clock import Clock


@dataclass(frozen=True, slots=True)
class Planned:
    """What answers one request: a statement, its arguments, and what is left to the resolvers."""

    plan: Plan
    prepared: Prepared
    arguments: list[object]

    @property
    def name(self) -> str | None:
        """Return the operation's name, if it has one."""
        name = self.prepared.operation.name
        return None if name is None else name.value


class Planning:
    """Plans for every kind of reader."""

    def __init__(
        self, schemas: Mapping[Reader, GraphQLSchema], clock: Clock, cursor_key: bytes
    ) -> None:
        self._schemas = schemas
        self._planners = {
            reader: Planner(schemas[reader], reader, read_global_id) for reader in OUTSIDE
        }
        self._clock = clock
        self._cursor_key = cursor_key

    def find(
        self,
        principal: Principal,
        document: str,
        operation_name: str | None,
        variables: dict[str, object] | None,
    ) -> Planned | None:
        """Return what answers the document, or None where the resolvers must: also to refuse it."""
        reader = principal.reader
        planner = self._planners[reader]
        prepared = planner.prepare(document, operation_name)
        if prepared is None:
            return None
        definitions = prepared.operation.variable_definitions or ()
        values: dict[str, object] = {}
        if definitions:
            found = get_variable_values(self._schemas[reader], definitions, variables or {})
            if isinstance(found, list):
                return None
            values = found.coerced
        values["@today"] = self._clock().astimezone(VIETNAM).date()
        try:
            plan = planner.plan(prepared, values)
            if plan is None:
                return None
            asking = Asking(
                values, (reader.value, principal.account), self._cursor_key, read_global_id
            )
            return Planned(plan, prepared, plan.arguments(asking))
        except (NotPlannedError, HubError, GraphQLError):
            # Something is wrong with what was given: the resolvers say what, and where.
            return None
