"""``hub migrate`` and ``hub serve``: a database of one's own, and nothing of development."""

from __future__ import annotations

import asyncio
import os
import pwd
import signal
from typing import TYPE_CHECKING

import asyncpg
import httpx
import pytest

from hub.api.operations import SCHEMA_FOLDER
from hub.clock import system_clock
from hub.web.development import DevelopmentIssuer
from tests.cli.commands import RunningHub, call, hub, running
from tests.web.identity.authority import make_authority
from tests.web.identity.minting import elliptic
from tests.web.identity.provider import Provider
from tests.web.locks import locked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from hub.database.embedded import Server
    from hub.database.engine import Database

TREE = (SCHEMA_FOLDER / "operations" / "ProgrammeTree.graphql").read_text(encoding="utf-8")
WAITING = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
VIEWER = {"query": "{ viewer { agency { code } } }"}


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
    unwell = call("doctor", home=home, HUB_DATABASE_URL=url, HUB_ISSUER="")
    assert unwell.code == 1
    assert "hub ingest reference" in unwell.out.splitlines()[-1]
    assert call("ingest", "reference", home=home, HUB_DATABASE_URL=url).code == 0
    assert call("doctor", home=home, HUB_DATABASE_URL=url, HUB_ISSUER="").code == 0
    with running("serve", home=home, HUB_DATABASE_URL=url) as started:
        query = {"query": TREE, "variables": {"programme": "ctmtqg-2030"}}
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


async def test_the_tokens_of_the_set_issuer_are_taken_and_those_of_the_data_folder_are_not(
    undemonstrated: Database, copied: Path, tmp_path: Path
) -> None:
    """Both are of accounts in force; the provider is met over TLS, as any is."""
    authority, url = make_authority(tmp_path), undemonstrated.address.url
    provider = Provider(authority, [elliptic("first")])
    local = DevelopmentIssuer.find(copied, system_clock)
    assert local is not None
    words = ("account", "add", "hn.mttq", "--issuer", provider.issuer, "--subject", "officer")
    assert hub(*words, home=copied, HUB_DATABASE_URL=url).code == 0
    with running(
        "serve",
        home=copied,
        HUB_DATABASE_URL=url,
        HUB_ISSUER=f"https://127.0.0.1:1/nobody, {provider.issuer}",
        SSL_CERT_FILE=str(authority.root),
    ) as started:
        async with provider.serving(), httpx.AsyncClient(base_url=started.url) as client:

            async def ask(token: str) -> httpx.Response:
                headers = {"Authorization": f"Bearer {token}"}
                return await client.post("/graphql", json=VIEWER, headers=headers)

            answer = await ask(provider.token("officer", system_clock()))
            assert answer.json()["data"]["viewer"]["agency"]["code"] == "hn.mttq"
            assert "x-hub-mode" not in answer.headers
            assert (await ask(local.token("hn.cong-an"))).status_code == 401
            assert (await client.post("/graphql", json=VIEWER)).status_code == 200


async def test_what_is_under_way_is_answered_whole_before_it_stops(
    undemonstrated: Database, tmp_path: Path
) -> None:
    """However long a statement may take by its settings; nothing new is taken meanwhile."""
    url = undemonstrated.address.url
    query = {"query": TREE, "variables": {"programme": "ctmtqg-2030"}}
    longer_than_the_least = 11
    with running(
        "serve", home=tmp_path / "hub", HUB_DATABASE_URL=url, HUB_STATEMENT_SECONDS="30"
    ) as started:
        async with httpx.AsyncClient(base_url=started.url, timeout=60) as client:
            async with locked(undemonstrated, "project") as watcher:
                asked = asyncio.create_task(client.post("/graphql", json=query))
                while not await watcher.fetchval(WAITING):  # noqa: ASYNC110  (nothing tells)
                    await asyncio.sleep(0.05)
                started.process.send_signal(signal.SIGTERM)
                await asyncio.sleep(longer_than_the_least)
                with pytest.raises(httpx.ConnectError):
                    httpx.get(f"{started.url}/health/live")
            answer = await asked
        assert answer.status_code == httpx.codes.OK
        assert "errors" not in answer.json()
        assert answer.json()["data"]["programme"]["projects"]["nodes"]
        assert await asyncio.to_thread(started.process.wait, 30) == 0


@pytest.mark.parametrize(
    ("variables", "code", "named"),
    [
        ({"HUB_ISSUER": ""}, "SETTING_MISSING", "HUB_ISSUER"),
        ({"HUB_ISSUER": " , "}, "SETTING_MISSING", "HUB_ISSUER"),
        ({"HUB_AUDIENCE": ""}, "SETTING_MISSING", "HUB_AUDIENCE"),
        ({"HUB_ORIGIN": "", "HUB_AUDIENCE": ""}, "SETTING_MISSING", "HUB_AUDIENCE, HUB_ORIGIN"),
        ({"HUB_ISSUER": "http://login.example"}, "SETTING_NOT_HTTPS", "HUB_ISSUER"),
        ({"HUB_ISSUER": "http://127.0.0.1:8080"}, "SETTING_NOT_HTTPS", "HUB_ISSUER"),
        ({"HUB_ISSUER": "https://a.example,http://b.example"}, "SETTING_NOT_HTTPS", "b.example"),
        ({"HUB_ISSUER": "hub:development"}, "SETTING_NOT_HTTPS", "hub:development"),
        ({"HUB_ISSUER": "https://"}, "SETTING_NOT_HTTPS", "HUB_ISSUER"),
        ({"HUB_ISSUER": "https://login.example?realm=hub"}, "SETTING_NOT_HTTPS", "HUB_ISSUER"),
        ({"HUB_ISSUER": "https://somebody@login.example"}, "SETTING_NOT_HTTPS", "HUB_ISSUER"),
        ({"HUB_ISSUER": "https://login.example:port"}, "SETTING_NOT_HTTPS", "HUB_ISSUER"),
        ({"HUB_ORIGIN": "http://hub.example"}, "SETTING_NOT_HTTPS", "HUB_ORIGIN"),
        ({"HUB_ORIGIN": "https://hub.example/graphql"}, "SETTING_NOT_HTTPS", "HUB_ORIGIN"),
        ({"HUB_ISUER": "https://login.example"}, "SETTING_UNKNOWN", "HUB_ISUER"),
        ({"HUB_DEVELOPMENT": "1", "hub_mode": "run"}, "SETTING_UNKNOWN", "HUB_DEVELOPMENT, hub_m"),
    ],
    ids=str,
)
def test_it_does_not_start_without_knowing_whose_tokens_it_takes(
    home: Path, variables: dict[str, str], code: str, named: str
) -> None:
    nowhere = "postgresql://nobody:nothing@127.0.0.1:1/nowhere"
    outcome = call("serve", home=home, **{"HUB_DATABASE_URL": nowhere, **variables})
    assert outcome.is_one_refusal, outcome
    assert outcome.err.startswith(f"Lỗi {code}: ")
    assert named in outcome.err
    assert not home.exists()


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


async def test_a_user_without_a_name_does_what_others_do(
    undemonstrated: Database, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container that runs under a number; it is known by that number."""

    def nobody(number: int) -> pwd.struct_passwd:
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    for name in ("HOME", "LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    url = undemonstrated.address.url
    file = tmp_path / "WardCount.graphql"
    file.write_text("query WardCount { areas(where: {level: {eq: WARD}}) { totalCount } }")
    given = ("--for", "public", "--owner", "hn.so-y-te", "--until", "2999-01-01")
    words = ("operation", "add", str(file), *given)
    added = await asyncio.to_thread(call, *words, home=home, HUB_DATABASE_URL=url)
    assert added.code == 0, added.err
    listed = await asyncio.to_thread(call, "operation", "list", home=home, HUB_DATABASE_URL=url)
    assert f"({os.getuid()}, " in listed.out
    unnamed = "postgresql://127.0.0.1:1/hub"
    refused = await asyncio.to_thread(call, "doctor", home=home, HUB_DATABASE_URL=unnamed)
    assert refused.code == 1
    assert "HUB_DATABASE_URL không đúng dạng" in refused.out + refused.err
