"""A hub that takes deliveries, on a database of the room's own: each test sends as it pleases."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import asyncpg
import httpx
import pytest_asyncio

from hub.api.execution import Executor
from hub.audit.trail import NO_TRAIL
from hub.clock import system_clock
from hub.database.address import Address
from hub.database.engine import Database
from hub.ingest.batch.deliveries import Deliveries
from hub.ingest.batch.processing import Workshop
from hub.ingest.batch_work import batch_kind
from hub.ingest.development_sources import load_development_sources
from hub.jobs.worker import Worker
from hub.web.app import WebOptions, WebParts, create_app
from hub.web.authenticate import Authenticator
from hub.web.clients import Allowance, Clients
from hub.web.development import DevelopmentIssuer
from hub.web.sources.endpoint import Door
from tests.jobs.working import working
from tests.web.serving import ready, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    import pytest

    from hub.database.embedded import Server

LARGEST = 200_000


@dataclass
class Sending:
    """A hub, and whoever sends to it."""

    client: httpx.AsyncClient
    database: Database
    issuer: DevelopmentIssuer
    home: Path
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def deliveries(self) -> Deliveries:
        """Return what was sent and kept."""
        return Deliveries.of(self.home)

    @property
    def arriving(self) -> list[Path]:
        """Return what is on its way in, or was left there."""
        return list((self.home / "deliveries" / "arriving").glob("*"))

    def token(self, agency: str) -> dict[str, str]:
        """Return the header that *agency* is known by."""
        token = self.tokens.setdefault(agency, self.issuer.token(agency))
        return {"authorization": f"Bearer {token}"}

    async def push(
        self,
        content: bytes,
        *,
        agency: str | None = "hn.ubnd-cap-xa.00004",
        source: str = "push.hn.ubnd-cap-xa.00004",
        kind: str = "application/x-ndjson",
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send *content* as *agency* for *source*."""
        own = {} if agency is None else self.token(agency)
        return await self.client.post(
            f"/sources/{source}/batches",
            content=content,
            headers={"content-type": kind, **own, **(headers or {})},
        )

    async def show(
        self, address: str, *, agency: str | None = "hn.ubnd-cap-xa.00004"
    ) -> httpx.Response:
        """Ask about a batch as *agency*."""
        own = {} if agency is None else self.token(agency)
        return await self.client.get(address, headers=own)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Have a worker beside the block."""
        shop = Workshop(self.database, self.deliveries, system_clock)
        async with working(Worker(self.database, [batch_kind(shop)])):
            yield

    async def ended(self, address: str) -> Any:  # noqa: ANN401  (JSON)
        """Return what is told of a batch once it has ended."""
        headers = {**self.token("hn.ubnd-cap-xa.00004"), "accept": "text/event-stream"}
        async with self.client.stream("GET", address, headers=headers) as events:
            async for line in events.aiter_lines():
                if line == "event: end":
                    break
        return (await self.show(address)).json()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sending(
    server: Server, reference: Address, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Sending]:
    home: Path = tmp_path_factory.mktemp("sending")
    name = f"hub_{home.name.replace('-', '_')}"
    owner = await asyncpg.connect(server.url("postgres"))
    await owner.execute(f"CREATE DATABASE {name} TEMPLATE {reference.database} STRATEGY FILE_COPY")
    async with Database(Address.parse(server.url(name))) as database:
        await load_development_sources(database)
        issuer = DevelopmentIssuer.of(home, system_clock)
        authenticate = Authenticator(database, system_clock, issuer)
        clients = Clients(Allowance())
        parts = WebParts(
            Executor(database, system_clock),
            authenticate,
            ready,
            clients=clients,
            routes=Door(
                database, authenticate, clients, Deliveries.of(home), LARGEST, trail=NO_TRAIL
            ).routes(),
            trail=NO_TRAIL,
        )
        async with (
            serving(create_app(parts, WebOptions())) as url,
            httpx.AsyncClient(base_url=url, timeout=30) as client,
        ):
            yield Sending(client, database, issuer, home)
    await owner.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await owner.close()
