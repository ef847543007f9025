"""In production the public and machines ask trusted operations only; nobody is told the schema."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from hub.access.principal import LOADER, PUBLIC
from hub.api import trust
from hub.api.errors import PersistedQueryNotFoundError
from hub.api.operations import (
    OperationUnusableError,
    examine_operation,
    read_operation,
    read_operations,
)
from hub.clock import system_clock
from hub.commands import trust_operation as acts
from hub.database.transaction import Mode, begin
from hub.model.limits import Limits
from hub.web.app import WebOptions
from tests.web.closed import ClosedHub, closed_hub
from tests.web.locks import locked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from hub.api.operations import Operation
    from hub.database.engine import Database

BUILT = {each.name: each for each in read_operations()}
TREE = BUILT["ProgrammeTree"]
NEW = "# Mới.\nquery WardCount {\n  areas(where: { level: { eq: WARD } }) { totalCount }\n}\n"
OTHER = "{ agencies { totalCount } }"
MACHINE = "hn.so-tu-phap"


@pytest.fixture
async def hub(scratch: Database, tmp_path: Path) -> AsyncIterator[ClosedHub]:
    """A closed hub on a database of its own, where one agency's account is a machine's."""
    connection = await asyncpg.connect(scratch.address.url)
    await connection.execute("UPDATE account SET kind = 'machine' WHERE subject = $1", MACHINE)
    await connection.close()
    async with closed_hub(scratch, tmp_path) as opened:
        yield opened


def persisted(digest: str, version: int = 1) -> dict[str, Any]:
    return {"persistedQuery": {"version": version, "sha256Hash": digest}}


def operation(folder: Path, text: str) -> Operation:
    file = folder / "operation.graphql"
    file.write_text(text, encoding="utf-8")
    return read_operation(file)


async def register(
    database: Database, asked: Operation, audience: str, *, hours: float = 1
) -> None:
    async with begin(database, LOADER, Mode.WRITE) as transaction:
        await acts.register_operation(
            transaction,
            name=asked.name,
            text=asked.text,
            sha256=asked.sha256,
            audience=audience,
            owner="hn.so-y-te",
            expires_at=datetime.now(UTC) + timedelta(hours=hours),
            added_by="a test",
        )


async def test_a_trusted_operation_is_asked_by_its_hash(hub: ClosedHub) -> None:
    """In either form, with variables, by everybody; what is answered is what its text asks."""
    plain = (await hub.post("hn.cong-an", query=TREE.text)).json()
    assert plain["data"]["programme"]["projects"]["totalCount"] > 0
    for named in (
        {"extensions": persisted(TREE.sha256)},
        {"documentId": f"sha256:{TREE.sha256}"},
        {"documentId": TREE.sha256},
        {"query": TREE.text, "extensions": persisted(TREE.sha256)},
    ):
        assert (await hub.post("hn.cong-an", **named)).json() == plain
        public = await hub.post(None, **named, variables={"programme": "ctmtqg-2030"})
        assert public.json()["data"]["programme"]["code"] == "ctmtqg-2030"
    # Apollo's clients hash the text as they send it.
    exact = hashlib.sha256(TREE.text.encode()).hexdigest()
    assert await hub.code(None, query=TREE.text, extensions=persisted(exact)) is None


@pytest.mark.parametrize("agency", [None, MACHINE])
async def test_the_public_and_machines_ask_nothing_else(hub: ClosedHub, agency: str | None) -> None:
    """The text will do if it is a trusted one's, however it is laid out."""
    assert await hub.code(agency, query=TREE.text) is None
    assert await hub.code(agency, query=" ".join(TREE.text.split("\n")[1:])) is None
    assert await hub.code(agency, query=OTHER) == "OPERATION_NOT_TRUSTED"
    assert await hub.code(agency, query=f"{TREE.text} {OTHER}") == "OPERATION_NOT_TRUSTED"
    assert await hub.code(agency, query="{ nonsense") == "OPERATION_NOT_TRUSTED"
    assert await hub.code(agency, query="{ a " * 9_000) == "DOCUMENT_TOO_LONG"
    assert await hub.code("hn.so-y-te", query=OTHER) is None, "a person asks freely"


async def test_a_hash_registers_nothing(hub: ClosedHub) -> None:
    """A hash of nothing trusted, one that is another's, and one that comes with its own text."""
    digest = hashlib.sha256(OTHER.encode()).hexdigest()
    for agency in (None, MACHINE, "hn.so-y-te"):
        unknown = await hub.post(agency, extensions=persisted(digest))
        assert unknown.status_code == 200
        assert [e["extensions"]["code"] for e in unknown.json()["errors"]] == [
            "PERSISTED_QUERY_NOT_FOUND"
        ]
        wrong = await hub.code(agency, query=OTHER, extensions=persisted(TREE.sha256))
        assert wrong == "PERSISTED_QUERY_MISMATCH"
    own = {"query": OTHER, "extensions": persisted(digest)}
    assert await hub.code(None, **own) == "OPERATION_NOT_TRUSTED"
    assert await hub.code("hn.so-y-te", **own) is None
    assert await hub.code("hn.so-y-te", extensions=persisted(digest)) == "PERSISTED_QUERY_NOT_FOUND"
    for malformed in (
        {"extensions": persisted(TREE.sha256, version=2)},
        {"extensions": {"persistedQuery": TREE.sha256}},
        {"extensions": persisted("x")},
        {"documentId": "md5:0"},
    ):
        assert await hub.code(None, **malformed) == "DOCUMENT_ID_MALFORMED"


async def test_what_is_registered_is_asked_at_once_and_what_ended_no_more(
    hub: ClosedHub, scratch: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By those whom it is for; without another start of the hub."""
    monkeypatch.setattr(trust, "_PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(trust, "_REFRESH_SECONDS", 0.0)
    asked = operation(tmp_path, NEW)
    by_hash = {"extensions": persisted(asked.sha256)}
    assert await hub.code(MACHINE, **by_hash) == "PERSISTED_QUERY_NOT_FOUND"
    await register(scratch, asked, "machine")
    answer = (await hub.post(MACHINE, **by_hash)).json()
    assert answer["data"]["areas"]["totalCount"] > 126
    assert await hub.code(MACHINE, query=NEW) is None
    assert await hub.code(None, **by_hash) == "PERSISTED_QUERY_NOT_FOUND"
    assert await hub.code(None, query=NEW) == "OPERATION_NOT_TRUSTED"

    await register(scratch, asked, "public")
    assert await hub.code(None, **by_hash) is None
    async with begin(scratch, LOADER, Mode.WRITE) as transaction:
        listed = await acts.list_operations(transaction)
        assert [(each.name, each.audience, each.owner) for each in listed] == [
            ("WardCount", "machine", "hn.so-y-te"),
            ("WardCount", "public", "hn.so-y-te"),
        ]
        assert await acts.end_operation(transaction, named="WardCount") == 2
    for agency in (None, MACHINE):
        assert await hub.code(agency, **by_hash) == "PERSISTED_QUERY_NOT_FOUND"


async def test_an_end_is_heeded_in_time_though_nobody_asked_meanwhile(
    hub: ClosedHub, scratch: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trust, "_REFRESH_SECONDS", 0.3)
    asked = operation(tmp_path, NEW)
    await register(scratch, asked, "public")
    by_hash = {"extensions": persisted(asked.sha256)}
    assert await hub.code(None, **by_hash) is None
    async with begin(scratch, LOADER, Mode.WRITE) as transaction:
        await acts.end_operation(transaction, named="WardCount")
    await asyncio.sleep(0.4)
    assert await hub.code(None, **by_hash) == "PERSISTED_QUERY_NOT_FOUND"


async def test_all_who_ask_first_are_answered(scratch: Database, tmp_path: Path) -> None:
    """They wait for the same look into the table; one that leaves keeps it from nobody."""
    asked = operation(tmp_path, NEW)
    await register(scratch, asked, "public")
    known = trust.Trust(scratch, system_clock, required=True)
    async with locked(scratch, "trusted_operation"):
        first = [asyncio.create_task(known.document(PUBLIC, "", asked.sha256)) for _ in range(5)]
        await asyncio.sleep(0.2)
        first[0].cancel()
    assert [found.text for found in await asyncio.gather(*first[1:])] == [NEW] * 4


async def test_what_has_run_out_is_refused_to_the_second(scratch: Database, tmp_path: Path) -> None:
    asked = operation(tmp_path, NEW)
    await register(scratch, asked, "public", hours=1)
    now = datetime.now(UTC)
    moment = [now]
    known = trust.Trust(scratch, lambda: moment[0], required=True)
    for minutes in (0, 59):
        moment[0] = now + timedelta(minutes=minutes)
        assert (await known.document(PUBLIC, "", asked.sha256)).text == NEW
    moment[0] = now + timedelta(minutes=61)
    with pytest.raises(PersistedQueryNotFoundError):
        await known.document(PUBLIC, "", asked.sha256)
    with pytest.raises(acts.OperationEndsTooSoonError):
        await register(scratch, asked, "public", hours=-1)


UNUSABLE = [
    ("{ areas { totalCount } }", "machine", "with a name"),
    ("query A { __typename } query B { __typename }", "machine", "with a name"),
    ("query A { observations { totalCount } }", "public", "observations"),
    ("query A { __schema { description } }", "machine", "a query of data"),
    ('mutation A { endGrant(code: "x") { code } }', "machine", ""),
    ("query A { " + "areas { totalCount } " * 21 + " }", "feed", "root fields"),
    (
        (
            "query A { observations { nodes { indicator { observations { nodes { indicator { "
            "observations { nodes { id } } } } } } } } }"
        ),
        "standing",
        "nodes",
    ),
]


@pytest.mark.parametrize(("text", "audience", "reason"), UNUSABLE)
def test_what_its_audience_could_not_ask_is_not_registered(
    tmp_path: Path, text: str, audience: str, reason: str
) -> None:
    with pytest.raises(OperationUnusableError) as refused:
        examine_operation(operation(tmp_path, text), audience, Limits())
    assert reason in str(refused.value)


@pytest.mark.parametrize("agency", [None, "hn.so-y-te"])
async def test_nobody_is_told_the_schema(hub: ClosedHub, agency: str | None) -> None:
    """But for the names of types in an answer; nor by GET, nor by a page."""
    expected = "OPERATION_NOT_TRUSTED" if agency is None else "INTROSPECTION_CLOSED"
    for query in (
        "{ __schema { types { name } } }",
        '{ __type(name: "Query") { name } }',
        "{ ...A } fragment A on Query { ... on Query { __schema { description } } }",
    ):
        assert await hub.code(agency, query=query) == expected
    assert await hub.code("hn.so-y-te", query="{ __typename agencies { __typename } }") is None
    got = await hub.client.get("/graphql", params={"query": TREE.text}, headers=hub.bearer(agency))
    assert got.status_code == 405
    assert WebOptions().allow_get is False
    page = await hub.client.get("/", headers={"accept": "text/html"})
    assert "graphiql" not in page.text.lower()
