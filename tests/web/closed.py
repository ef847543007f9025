"""A hub as production composes it, over real HTTP, with tokens of its own."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from hub.api.execution import Executor
from hub.audit.trail import NO_TRAIL
from hub.clock import system_clock
from hub.web.app import WebOptions, WebParts, create_app
from hub.web.authenticate import Authenticator
from hub.web.clients import Allowance, Clients
from hub.web.development import DevelopmentIssuer
from hub.web.exports import export_routes
from tests.web.serving import ready, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from hub.database.engine import Database


@dataclass(frozen=True, slots=True)
class ClosedHub:
    """Where it is, how to ask it, and whose tokens it takes."""

    url: str
    client: httpx.AsyncClient
    issuer: DevelopmentIssuer
    executor: Executor

    def bearer(self, agency: str | None) -> dict[str, str]:
        """Return the headers of an agency's client; none for the public."""
        if agency is None:
            return {}
        return {"authorization": f"Bearer {self.issuer.token(agency)}"}

    async def post(self, agency: str | None, **body: Any) -> httpx.Response:  # noqa: ANN401  (JSON)
        """Return the answer to a request of *agency*."""
        return await self.client.post("/graphql", json=body, headers=self.bearer(agency))

    async def code(self, agency: str | None, **body: Any) -> str | None:  # noqa: ANN401  (JSON)
        """Return the code that such a request is refused by; None where it is answered."""
        told = (await self.post(agency, **body)).json()
        return told["errors"][0]["extensions"]["code"] if "errors" in told else None


@asynccontextmanager
async def closed_hub(
    database: Database, home: Path, allowance: Allowance | None = None, *, planned: bool = True
) -> AsyncIterator[ClosedHub]:
    """Serve *database* as ``hub serve`` does; only the issuer of tokens is the development one."""
    issuer = DevelopmentIssuer.of(home, system_clock)
    authenticate = Authenticator(database, system_clock, issuer)
    clients = Clients(allowance or Allowance())
    executor = Executor(database, system_clock, planned=planned, closed=True)
    parts = WebParts(
        executor=executor,
        authenticate=authenticate,
        check_ready=ready,
        clients=clients,
        routes=export_routes(database, authenticate, clients, trail=NO_TRAIL),
        trail=NO_TRAIL,
    )
    async with (
        serving(create_app(parts, WebOptions())) as url,
        httpx.AsyncClient(base_url=url, timeout=30) as client,
    ):
        yield ClosedHub(url, client, issuer, executor)
