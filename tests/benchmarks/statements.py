"""What the planner makes of each question, for those who run it without the hub."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hub.api.execution import Request
from hub.errors import Language
from hub.loaders.gate import find_bearer
from hub.web.development import ISSUER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.access.principal import Principal
    from hub.api.execution import Executor
    from hub.database.engine import Database


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its arguments, and as whom it runs."""

    sql: str
    arguments: tuple[object, ...]
    principal: Principal

    @property
    def enter(self) -> str:
        """Return what the door says of who asks."""
        known = "NULL" if self.principal.epoch is None else self.principal.epoch
        return f"SELECT hub_enter('{self.principal.account}', {known})"


async def principal_of(database: Database, agency: str) -> Principal:
    """Return the principal of *agency*'s account."""
    bearer = await find_bearer(database, ISSUER, agency)
    assert bearer is not None, agency
    return bearer.principal


def ask(principal: Principal, document: str, variables: Mapping[str, object]) -> Request:
    """Return the request that asks *document* as *principal*."""
    return Request(document, None, dict(variables), None, principal, Language.VI)


async def find_statement(executor: Executor, request: Request) -> Statement | None:
    """Return the statement that answers *request*; None where there is none."""
    found = await executor.statement(request)
    if found is None:
        return None
    sql, arguments = found
    return Statement(sql, tuple(arguments), request.principal)
