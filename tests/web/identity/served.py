"""A hub over HTTP that takes the tokens of the tests' provider."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import httpx

from hub.access.principal import LOADER
from hub.api.execution import Executor
from hub.audit.trail import NO_TRAIL
from hub.commands.add_account import add_account
from hub.database.transaction import Mode, begin
from hub.web.app import WebOptions, WebParts, create_app
from hub.web.authenticate import Authenticator
from hub.web.clients import Allowance, Clients
from hub.web.exports import export_routes
from hub.web.identity.proofs import Proofs
from tests.web.serving import ready, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from hub.clock import Clock
    from hub.database.engine import Database
    from hub.web.identity.issuers import Issuer

ORIGIN: Final = "https://hub.example"
AGENCY: Final = "hn.so-y-te"
FEED: Final = "vn.bo-cong-an"


async def give_account(
    database: Database, issuer: str, subject: str, agency: str = AGENCY, kind: str = "person"
) -> None:
    """Let *subject* of *issuer* act as *agency*."""
    async with begin(database, LOADER, Mode.WRITE) as transaction:
        await add_account(
            transaction, agency_code=agency, issuer=issuer, subject=subject, kind=kind
        )


@asynccontextmanager
async def serving_hub(
    database: Database, clock: Clock, *issuers: Issuer
) -> AsyncIterator[httpx.AsyncClient]:
    """Serve a hub that takes the tokens of *issuers*, as production does; give a client of it."""
    authenticate = Authenticator(database, clock, *issuers, proofs=Proofs(ORIGIN, clock))
    clients = Clients(Allowance())
    parts = WebParts(
        Executor(database, clock),
        authenticate,
        ready,
        clients=clients,
        routes=export_routes(database, authenticate, clients, trail=NO_TRAIL),
        trail=NO_TRAIL,
    )
    async with (
        serving(create_app(parts, WebOptions())) as url,
        httpx.AsyncClient(base_url=url, timeout=30) as client,
    ):
        yield client


async def ask(
    client: httpx.AsyncClient, token: str | None, headers: Mapping[str, str] | None = None
) -> httpx.Response:
    """Ask who one is, with *token* as it would be sent, or with other *headers*."""
    own = {} if token is None else {"authorization": f"Bearer {token}"}
    query = {"query": "{ viewer { agency { code } } }"}
    return await client.post("/graphql", json=query, headers={**own, **(headers or {})})


def agency_of(answer: httpx.Response) -> str | None:
    """Return the agency that an *answer* is told to, None for the public."""
    assert answer.status_code == httpx.codes.OK, answer.text
    agency = answer.json()["data"]["viewer"]["agency"]
    return None if agency is None else str(agency["code"])
