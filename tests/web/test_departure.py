"""A statement ends when its time is over or its client has left, and leaves nothing behind."""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import TYPE_CHECKING

import httpx
import pytest

from hub.access.readers import Reader
from hub.database.engine import Database
from tests.web.closed import closed_hub
from tests.web.locks import locked, until, waiting

if TYPE_CHECKING:
    from pathlib import Path

ASKED = "{ targets(first: 3) { totalCount nodes { year indicator { code } } } }"


@pytest.mark.parametrize("planned", [True, False])
async def test_when_the_client_leaves_the_server_stops(
    scratch: Database, tmp_path: Path, planned: bool
) -> None:
    """Within a second; the connections serve others at once, and carry nobody's claims."""
    async with closed_hub(scratch, tmp_path, planned=planned) as hub:
        before = (await hub.post("hn.so-y-te", query=ASKED)).json()
        async with locked(scratch, "indicator") as watcher:
            for count in (1, 3):
                async with httpx.AsyncClient(base_url=hub.url) as leaving:
                    asked = [
                        asyncio.create_task(
                            leaving.post(
                                "/graphql", json={"query": ASKED}, headers=hub.bearer("hn.so-y-te")
                            )
                        )
                        for _ in range(count)
                    ]
                    await until(watcher, count)
                    for each in asked:
                        each.cancel()
                    await asyncio.gather(*asked, return_exceptions=True)
                assert await until(watcher, 0) < 1
        pool = scratch.pool(Reader.SCOPED)
        # Each has yet to be told that its statement ended, and to roll back.
        async with asyncio.timeout(5):
            while pool.busy:  # noqa: ASYNC110  (nothing tells)
                await asyncio.sleep(0.005)
        async with pool.lend() as connection:
            assert not connection.is_in_transaction()
            claim = await connection.fetchval("SELECT current_setting('hub.account', true)")
            assert not claim
        assert (await hub.post("hn.so-y-te", query=ASKED)).json() == before


@pytest.mark.parametrize("planned", [True, False])
async def test_a_statement_that_takes_too_long_is_ended_by_the_server(
    scratch: Database, tmp_path: Path, planned: bool
) -> None:
    """The whole request is refused, with what to do; the connection goes on."""
    async with (
        Database(scratch.address, statement_seconds=0.3) as hasty,
        closed_hub(hasty, tmp_path, planned=planned) as hub,
    ):
        async with locked(scratch, "indicator") as watcher:
            began = perf_counter()
            answer = await hub.post("hn.so-y-te", query=ASKED)
            assert 0.3 <= perf_counter() - began < 2
            assert await waiting(watcher) == 0
        told = answer.json()
        assert "data" not in told
        assert [error["extensions"]["code"] for error in told["errors"]] == ["STATEMENT_TIMEOUT"]
        assert answer.status_code == 200
        assert await hub.code("hn.so-y-te", query=ASKED) is None


async def test_what_loads_data_has_time(scratch: Database) -> None:
    """Every other role is bounded, also in how long a transaction waits for its reader."""
    for reader in Reader:
        async with scratch.pool(reader).lend() as connection:
            seconds = await connection.fetchval("SHOW statement_timeout")
            idle = await connection.fetchval("SHOW idle_in_transaction_session_timeout")
        is_loading = reader in {Reader.LOADER, Reader.SOURCE}
        assert (seconds, idle) == (("0", "0") if is_loading else ("10s", "1min"))
