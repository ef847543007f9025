"""Callers of the hub, by agency: they ask in GraphQL and get the answer as data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hub.access.principal import PUBLIC, Principal
from hub.api.execution import Executor, Request
from hub.errors import Language
from hub.loaders.gate import find_principal
from hub.model.limits import Limits
from hub.web.development import ISSUER

if TYPE_CHECKING:
    from hub.api.answers import Answer
    from hub.database.engine import Database


AMPLE: Final = Limits(
    length=10**6,
    tokens=10**5,
    depth=100,
    fields=10**4,
    aliases=10**4,
    root_fields=10**3,
    nodes=10**12,
    cost=10**12,
)
"""For documents that ask for everything at once, as nobody would."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its data, its errors, and the codes of the errors."""

    data: Any
    errors: list[dict[str, Any]]
    is_request_error: bool

    @property
    def codes(self) -> list[str]:
        """Return the code of every error."""
        return [error["extensions"]["code"] for error in self.errors]


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who asks."""

    principal: Principal
    executor: Executor
    language: Language = Language.EN

    async def answer(self, document: str, **variables: object) -> Answer:
        """Return the answer to *document* as it leaves the hub."""
        request = Request(document, None, variables, None, self.principal, self.language)
        return await self.executor.execute(request)

    async def send(self, document: str, **variables: object) -> Reply:
        """Return the reply to *document*."""
        answer = await self.answer(document, **variables)
        body = json.loads(answer.body)
        return Reply(body.get("data"), body.get("errors", []), answer.is_request_error)

    async def ask(self, document: str, **variables: object) -> Any:  # noqa: ANN401  (JSON)
        """Return the data of an answer that has no errors."""
        reply = await self.send(document, **variables)
        assert reply.errors == []
        return reply.data


@dataclass(frozen=True, slots=True)
class Callers:
    """Makes callers of agencies."""

    database: Database
    executor: Executor

    async def __call__(self, agency: str | None) -> Caller:
        """Return a caller of *agency*; None is the public."""
        if agency is None:
            return Caller(PUBLIC, self.executor)
        principal = await find_principal(self.database, ISSUER, agency)
        assert principal is not None, f"{agency} has no account"
        return Caller(principal, self.executor)
