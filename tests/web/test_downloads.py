"""Whoever takes tables away, however slowly, leaves the others their connections."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import httpx
import pytest

from hub.access.readers import Reader
from hub.web import exports
from hub.web.clients import Allowance, Client
from hub.web.downloads import Downloads, ExportsBusyError, TooManyExportsError
from tests.web.closed import ClosedHub, closed_hub
from tests.web.locks import locked, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from hub.database.engine import Database

EXPORT = "/exports/observations"


@pytest.fixture
async def hub(scratch: Database, tmp_path: Path) -> AsyncIterator[ClosedHub]:
    async with closed_hub(scratch, tmp_path) as opened:
        yield opened


def code_of(answer: httpx.Response) -> str:
    code: str = answer.json()["errors"][0]["extensions"]["code"]
    return code


async def test_one_client_takes_two_at_once_and_all_take_half_the_connections(
    hub: ClosedHub, scratch: Database
) -> None:
    """Whoever comes then is told when to come again, and asks questions meanwhile."""
    ones, others = "hn.so-y-te", "hn.so-tu-phap"

    def take(agency: str) -> asyncio.Task[httpx.Response]:
        return asyncio.create_task(hub.client.get(EXPORT, headers=hub.bearer(agency)))

    async with locked(scratch, "observation") as watcher:
        under_way = [take(ones), take(ones)]
        await until(watcher, 2)
        refused = await take(ones)
        assert (refused.status_code, code_of(refused)) == (429, "EXPORTS_EXCEEDED")
        assert refused.headers["retry-after"] == "5"
        under_way += [take(others), take(others)]
        await until(watcher, scratch.connections // 2)
        refused = await take("hn.so-noi-vu")
        assert (refused.status_code, code_of(refused)) == (503, "EXPORTS_BUSY")
        assert refused.headers["retry-after"] == "5"
        asked = [hub.code(ones, query="{ agencies { totalCount } }") for _ in range(8)]
        assert await asyncio.gather(*asked) == [None] * 8
    answers = await asyncio.gather(*under_way)
    assert [answer.status_code for answer in answers] == [200] * 4
    assert (await take(ones)).status_code == 200


def test_where_all_may_take_two_one_client_takes_one() -> None:
    """Or one could keep all others from theirs."""
    downloads, allowance = Downloads(2), Allowance(at_once=9, cost_per_minute=9)
    first, second, third = (Client(allowance, lambda: 0.0) for _ in range(3))
    with downloads.one(Reader.SCOPED, first):
        with pytest.raises(TooManyExportsError), downloads.one(Reader.SCOPED, first):
            pytest.fail("it has one")
        with (
            downloads.one(Reader.SCOPED, second),
            pytest.raises(ExportsBusyError),
            downloads.one(Reader.SCOPED, third),
        ):
            pytest.fail("there is no room")
    with downloads.one(Reader.SCOPED, first), downloads.one(Reader.SCOPED, third):
        pass


async def test_who_takes_nothing_for_long_is_cut_off(
    hub: ClosedHub, scratch: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its connection is free then, and so is its place; it is told that not all has come."""
    monkeypatch.setattr(exports, "_SILENCE_SECONDS", 0.5)
    agency, pool = "hn.cong-an", scratch.pool(Reader.STANDING)
    # So little is on its way that the hub waits for the client.
    narrow = [(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)]
    transport = httpx.AsyncHTTPTransport(socket_options=narrow)
    async with (
        httpx.AsyncClient(base_url=hub.url, transport=transport, timeout=30) as client,
        AsyncExitStack() as stack,
    ):
        slow = [
            await stack.enter_async_context(
                client.stream("GET", EXPORT, headers=hub.bearer(agency))
            )
            for _ in range(2)
        ]
        for busy in (2, 0):
            async with asyncio.timeout(5):
                while pool.busy != busy:  # noqa: ASYNC110  (nothing tells)
                    await asyncio.sleep(0.01)
        whole = await hub.client.get(EXPORT, headers=hub.bearer(agency))
        assert whole.status_code == 200
        for answer in slow:
            with pytest.raises(httpx.RemoteProtocolError):
                await answer.aread()
