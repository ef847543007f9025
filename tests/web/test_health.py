"""What a supervisor and a balancer are told."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest

from hub.errors import HubError
from hub.web.app import WebOptions, WebParts, create_app
from tests.web.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hub.web.health import CheckReady


class StillMigratingError(HubError):
    """What a part of the hub says of itself."""

    code = "STILL_MIGRATING"
    vi = "Đang nâng cấp cơ sở dữ liệu."
    en = "The database is being migrated."


async def still_migrating() -> None:
    raise StillMigratingError


async def broken() -> None:
    message = "connection to 10.0.0.7 refused"
    raise OSError(message)


async def hanging() -> None:
    await asyncio.sleep(3600)


@asynccontextmanager
async def asking(parts: WebParts, check_ready: CheckReady) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(replace(parts, check_ready=check_ready), WebOptions())
    async with serving(app) as url, httpx.AsyncClient(base_url=url) as client:
        yield client


@pytest.mark.asyncio(loop_scope="module")
async def test_a_hub_that_can_answer_is_live_and_ready(client: httpx.AsyncClient) -> None:
    live, ready = await client.get("/health/live"), await client.get("/health/ready")
    assert (live.status_code, live.json()) == (200, {"status": "live"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})
    assert ready.headers["cache-control"] == "no-store"


async def test_a_hub_that_cannot_answer_says_why_and_lives_on(parts: WebParts) -> None:
    async with asking(parts, still_migrating) as client:
        ready = await client.get("/health/ready")
        assert ready.status_code == 503
        assert ready.json() == {"status": "not_ready", "code": "STILL_MIGRATING"}
        assert (await client.get("/health/live")).status_code == 200


async def test_a_check_that_breaks_means_not_ready_and_tells_no_cause(parts: WebParts) -> None:
    async with asking(parts, broken) as client:
        ready = await client.get("/health/ready")
    assert (ready.status_code, ready.json()["code"]) == (503, "NOT_READY")
    assert "10.0.0.7" not in ready.text


async def test_a_check_that_hangs_means_not_ready_in_time(
    parts: WebParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.web.health.PATIENCE_SECONDS", 0.05)
    async with asking(parts, hanging) as client:
        ready = await client.get("/health/ready")
    assert (ready.status_code, ready.json()["code"]) == (503, "NOT_READY")
