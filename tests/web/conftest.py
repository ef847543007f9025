"""The hub as anybody from outside meets it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import asyncpg
import httpx
import pytest
import pytest_asyncio

from hub.web.app import WebOptions, WebParts, create_app
from tests.web.attacked import Attacked, attacked
from tests.web.serving import parts_without_rows, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from hub.database.address import Address
    from hub.database.embedded import Server


@pytest.fixture(scope="session")
def parts() -> WebParts:
    return parts_without_rows()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def url(parts: WebParts) -> AsyncIterator[str]:
    """Where the hub is served, GET allowed."""
    async with serving(create_app(parts, WebOptions(allow_get=True))) as address:
        yield address


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(url: str) -> AsyncIterator[httpx.AsyncClient]:
    """Ask the hub, sending no header but what the test says."""
    async with httpx.AsyncClient(base_url=url) as opened:
        del opened.headers["accept"]
        yield opened


@pytest.fixture(scope="session")
def attacked_hub(
    server: Server, reference: Address, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Attacked]:
    """A development hub on a database of its own, whose statements may take a second."""

    async def copy() -> None:
        connection = await asyncpg.connect(server.url("postgres"))
        await connection.execute(
            f"CREATE DATABASE hub_attacked TEMPLATE {reference.database} STRATEGY FILE_COPY"
        )
        await connection.close()

    asyncio.run(copy())
    home = tmp_path_factory.mktemp("attacked")
    url = server.url("hub_attacked")
    with attacked(home, "--no-demo", HUB_DATABASE_URL=url, HUB_STATEMENT_SECONDS="1") as opened:
        yield opened
