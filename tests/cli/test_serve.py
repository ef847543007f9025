"""``hub migrate`` and ``hub serve``: a database of one's own, and nothing of development."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import httpx
import pytest

from hub.api.operations import SCHEMA_FOLDER
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
        tree = (SCHEMA_FOLDER / "operations" / "ProgrammeTree.graphql").read_text(encoding="utf-8")
        query = {"query": tree, "variables": {"programme": "ctmtqg-2030"}}
        answer = httpx.post(f"{started.url}/graphql", json=query)
        assert answer.json()["data"]["programme"]["code"] == "ctmtqg-2030"
        free = httpx.post(f"{started.url}/graphql", json={"query": "{ __typename }"})
        assert free.json()["errors"][0]["extensions"]["code"] == "OPERATION_NOT_TRUSTED"
        token = {"Authorization": f"Bearer {served.tokens['hn.cong-an']}"}
        assert httpx.post(f"{started.url}/graphql", json=query, headers=token).status_code == 401
        assert httpx.get(f"{started.url}/exports/observations", headers=token).status_code == 401
        assert httpx.get(f"{started.url}/console/config.json").status_code == 404
        assert started.end() == 0
    assert not (home / "issuer.json").exists()
    refused = call("token", "hn.cong-an", home=home, HUB_DATABASE_URL=url)
    assert refused.err.startswith("Lỗi NOT_DEVELOPMENT: ")


def test_an_operation_is_registered_listed_and_ended(served: RunningHub, tmp_path: Path) -> None:
    """While a hub serves the same database; what cannot be asked is not registered."""
    file = tmp_path / "WardCount.graphql"
    file.write_text("query WardCount { areas(where: {level: {eq: WARD}}) { totalCount } }")
    given = ("--for", "public", "--owner", "hn.so-y-te")
    added = call("operation", "add", str(file), *given, "--until", "2999-01-01", home=served.home)
    assert added.code == 0
    digest = added.out.split()[-1]
    by_hash = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}}
    answer = httpx.post(f"{served.url}/graphql", json=by_hash)
    assert answer.json()["data"]["areas"]["totalCount"] > 100
    listed = call("operation", "list", home=served.home)
    assert listed.code == 0
    (line,) = listed.out.splitlines()
    for word in (digest, "WardCount", "public", "hn.so-y-te", "01/01/2999"):
        assert word in line
    assert call("operation", "end", "WardCount", home=served.home).code == 0
    assert call("operation", "list", home=served.home).out == ""

    file.write_text("query Figures { observations { totalCount } }")
    for words, code in (
        (("add", str(file), *given, "--until", "2999-01-01"), "OPERATION_UNUSABLE"),
        (("end", "WardCount"), "OPERATION_NOT_REGISTERED"),
    ):
        refused = call("operation", *words, home=served.home)
        assert refused.is_one_refusal
        assert refused.err.startswith(f"Lỗi {code}: ")
