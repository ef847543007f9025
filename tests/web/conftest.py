"""The hub as anybody from outside meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
import pytest_asyncio

from hub.web.app import WebOptions, WebParts, create_app
from tests.web.serving import parts_without_rows, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


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
