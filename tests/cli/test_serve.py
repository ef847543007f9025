"""``hub migrate`` and ``hub serve``: a database of one's own, and nothing of development."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import httpx
import pytest

from tests.cli.commands import RunningHub, call, hub, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from hub.database.embedded import Server


@pytest.fixture
async def url(server: Server) -> AsyncIterator[str]:
    """The address of a database without a table."""
    connection = await asyncpg.connect(server.url("postgres"))
    await connection.execute("CREATE DATABASE hub_served")
    yield server.url("hub_served")
    await connection.execute("DROP DATABASE hub_served WITH (FORCE)")
    await connection.close()


def test_a_migrated_and_loaded_database_is_served_to_the_public(
    served: RunningHub, home: Path, url: str
) -> None:
    assert hub("migrate", home=home, HUB_DATABASE_URL=url).code == 0
    unwell = call("doctor", home=home, HUB_DATABASE_URL=url)
    assert unwell.code == 1
    assert "hub ingest reference" in unwell.out.splitlines()[-1]
    assert call("ingest", "reference", home=home, HUB_DATABASE_URL=url).code == 0
    assert call("doctor", home=home, HUB_DATABASE_URL=url).code == 0
    with running("serve", home=home, HUB_DATABASE_URL=url) as started:
        query = {"query": '{ programme(code: "ctmtqg-2030") { code } }'}
        answer = httpx.post(f"{started.url}/graphql", json=query)
        assert answer.json()["data"]["programme"]["code"] == "ctmtqg-2030"
        token = {"Authorization": f"Bearer {served.tokens['hn.cong-an']}"}
        assert httpx.post(f"{started.url}/graphql", json=query, headers=token).status_code == 401
        assert httpx.get(f"{started.url}/exports/observations", headers=token).status_code == 401
        assert httpx.get(f"{started.url}/console/config.json").status_code == 404
        assert started.end() == 0
    assert not (home / "issuer.json").exists()
    refused = call("token", "hn.cong-an", home=home, HUB_DATABASE_URL=url)
    assert refused.err.startswith("Lỗi NOT_DEVELOPMENT: ")
