"""Over HTTP: each access leaves its entry, acts and exports none without, and each its own reader.

The trail is read where anybody would read it: in GraphQL, by right.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import httpx
import pytest

from hub.api.execution import Executor
from hub.audit.errors import TrailBehindError
from hub.audit.merging import merge
from hub.audit.spool import Spool
from hub.audit.trail import KeptTrail, variables_key
from hub.audit.verification import verify
from hub.clock import system_clock
from hub.ingest.batch.deliveries import Deliveries
from hub.web.app import WebOptions, WebParts, create_app
from hub.web.authenticate import Authenticator
from hub.web.clients import Allowance, Clients
from hub.web.development import DevelopmentIssuer
from hub.web.exports import export_routes
from hub.web.forms.templates import Forms
from hub.web.sources.endpoint import Door
from tests.access.world import as_owner
from tests.audit.tampering import Silent
from tests.commands.test_administration import ADD, BREAK, DRAFTS, WARD, WARD_POLICE
from tests.web.serving import ready, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from hub.database.engine import Database

HEALTH: Final = "hn.so-y-te"
POLICE: Final = "hn.cong-an"
PROJECTS: Final = "query Few($n: Int) { projects(first: $n) { nodes { code lead { code } } } }"
TRAIL: Final = """query Trail($where: AuditEntryFilter) {
  auditEntries(where: $where, orderBy: [SEQUENCE_ASC]) { totalCount nodes {
    event channel outcome operation document variables target codes reason source requestId
    rowTypes rowCounts durationMicroseconds account accountKind agency { code }
  } }
}"""


@dataclass(frozen=True, slots=True)
class House:
    """A hub over HTTP that keeps its trail."""

    database: Database
    client: httpx.AsyncClient
    issuer: DevelopmentIssuer
    home: Path
    spool: Spool

    async def send(self, agency: str | None, document: str, **variables: object) -> httpx.Response:
        """Return the answer to *agency*."""
        body = {"query": document, "variables": variables}
        return await self.client.post("/graphql", json=body, headers=self.headers(agency))

    def headers(self, agency: str | None) -> dict[str, str]:
        """Return what *agency* sends to be known."""
        if agency is None:
            return {}
        return {"authorization": f"Bearer {self.issuer.token(agency)}"}

    async def merged(self) -> None:
        """Have all that was told in the database."""
        # Another thread writes, in its own time.
        while self.spool.pending or list((self.home / "spool").glob("*/*.open")):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        await merge(self.database, self.home, system_clock)

    async def trail(self, agency: str, **where: object) -> list[dict[str, Any]]:
        """Return the entries that *agency* is shown."""
        await self.merged()
        answer = await self.send(agency, TRAIL, where=where)
        entries: list[dict[str, Any]] = answer.json()["data"]["auditEntries"]["nodes"]
        return entries


@pytest.fixture
async def house(scratch: Database, tmp_path: Path) -> AsyncIterator[House]:
    issuer = DevelopmentIssuer.of(tmp_path, system_clock)
    authenticate = Authenticator(scratch, system_clock, issuer)
    spool = Spool(tmp_path, system_clock, variables_key(scratch))
    trail = KeptTrail(scratch, spool)
    clients, deliveries = Clients(Allowance()), Deliveries.of(tmp_path)
    parts = WebParts(
        Executor(scratch, system_clock),
        authenticate,
        ready,
        clients=clients,
        routes=[
            *export_routes(scratch, authenticate, clients, trail),
            *Door(scratch, authenticate, clients, deliveries, 10**6, trail).routes(),
            *Forms(scratch, authenticate, clients, deliveries, trail).routes(),
        ],
        resources=[spool],
        trail=trail,
    )
    async with (
        serving(create_app(parts, WebOptions())) as url,
        httpx.AsyncClient(base_url=url) as client,
    ):
        yield House(scratch, client, issuer, tmp_path, spool)


async def test_every_access_leaves_an_entry_for_its_unit_and_the_standing_agency(
    house: House,
) -> None:
    """Reads, refusals, exports and acts; the public's and refused tokens the latter's alone."""
    answer = await house.send(HEALTH, PROJECTS, n=2)
    await house.send(None, PROJECTS, n=1)
    await house.send(HEALTH, "{ nothing }")
    await house.client.post(
        "/graphql", json={"query": PROJECTS}, headers={"authorization": "Bearer eyJ.bad.token"}
    )
    await house.client.get("/exports/observations", headers=house.headers(HEALTH))
    new = {"issuer": "https://id.example.vn", "subject": "s3cret", "agency": WARD_POLICE}
    await house.send(POLICE, ADD, i=new)
    await house.send(HEALTH, ADD, i=new)

    own = await house.trail(HEALTH)
    assert {entry["agency"]["code"] for entry in own} == {HEALTH}
    told = [(each["event"], each["outcome"], each["operation"], each["codes"]) for each in own]
    assert told == [
        ("EXPORT", "BEGUN", "observations", []),
        ("OPERATION", "ANSWERED", "Few", []),
        ("REFUSAL", "REFUSED", None, ["GRAPHQL_VALIDATION_FAILED"]),
        ("EXPORT", "ANSWERED", "observations", []),
        ("OPERATION", "PARTIAL", None, ["FORBIDDEN"]),
    ]
    read = own[1]
    assert read["document"] == sha256(PROJECTS.encode()).hexdigest()
    assert dict(zip(read["rowTypes"], read["rowCounts"], strict=True))["Project"] == 2
    assert read["requestId"] == answer.headers["x-request-id"]
    assert read["source"] == "127.0.0.1"
    assert read["accountKind"] == "PERSON"
    assert 0 < read["durationMicroseconds"] < 60_000_000
    assert own[3]["rowTypes"] == ["Observation"]
    assert own[3]["rowCounts"][0] > 100

    ward = await house.trail(WARD)
    assert ward == []
    everybody = await house.trail(POLICE)
    assert [each for each in everybody if each["agency"] and each["agency"]["code"] == HEALTH][
        : len(own)
    ] == own
    nobodys = [each for each in everybody if each["agency"] is None]
    assert [(each["event"], each["codes"]) for each in nobodys] == [
        ("OPERATION", []),
        ("REFUSAL", ["UNAUTHENTICATED"]),
    ]
    assert nobodys[1]["reason"] is not None
    [act] = [each for each in everybody if each["event"] == "ACT"]
    assert act["operation"] == "addAccount"
    around = [each["event"] for each in everybody if each["requestId"] == act["requestId"]]
    assert sorted(around) == ["ACT", "OPERATION"]

    asked = [each["operation"] for each in await house.trail(HEALTH)]
    assert "Trail" in asked
    public = (await house.send(None, TRAIL)).json()
    assert public["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    async with as_owner(house.database.address) as owner:
        stored = await owner.fetchval("SELECT string_agg(t::text, '|') FROM audit_entry t")
    for secret in ("s3cret", "id.example.vn", "eyJ"):
        assert secret not in stored
    assert (await verify(house.database, set(), [], Silent())).entries == len(stored.split("|"))


async def test_what_is_refused_beside_graphql_is_an_entry_of_whoever_asked(house: House) -> None:
    """Where that was found out; what nobody proved is nobody's."""
    batch = f"/sources/nothing/batches/{UUID(int=1)}"
    asked = [
        ("GET", "/exports/nothing"),
        ("GET", batch),
        ("POST", "/sources/nothing/batches"),
        ("POST", f"{batch}/rows/{UUID(int=2)}"),
        ("GET", "/forms/nothing/template?period=2026-09"),
        ("POST", "/forms/marked"),
    ]
    for method, address in asked:
        await house.client.request(method, address, headers=house.headers(HEALTH))
        await house.client.request(method, address, headers={"authorization": "Bearer eyJ.x.y"})
    entries = await house.trail(HEALTH)
    assert [(entry["event"], *entry["codes"]) for entry in entries] == [
        ("REFUSAL", "DATASET_UNKNOWN"),
        ("REFUSAL", "BATCH_UNKNOWN"),
        ("REFUSAL", "SOURCE_UNKNOWN"),
        ("REFUSAL", "SOURCE_UNKNOWN"),
        ("REFUSAL", "FORM_UNKNOWN"),
        ("REFUSAL", "BATCH_UNKNOWN"),
    ]
    assert all(entry["account"] for entry in entries)
    nobodys = [entry for entry in await house.trail(POLICE) if entry["agency"] is None]
    assert [entry["codes"] for entry in nobodys] == [["UNAUTHENTICATED"]] * len(asked)


async def test_without_its_entry_nothing_is_done_exported_or_shown_through_broken_glass(
    house: House,
) -> None:
    """The entry is a part of the act; drafts of others are shown once the reading is recorded."""
    until = (system_clock() + timedelta(hours=1)).isoformat()
    project = {"jurisdiction": "hn", "project": "hn.ctmtqg-2030.da5", "validUntil": until}
    broken = await house.send(POLICE, BREAK, i={**project, "why": "Xác minh vụ việc khẩn"})
    code = broken.json()["data"]["breakGlass"]["code"]
    drafts = (await house.send(POLICE, DRAFTS)).json()["data"]["observations"]["totalCount"]
    assert drafts > 0
    async with as_owner(house.database.address) as owner:
        # Before anything was merged: in transactions of their own.
        kept = await owner.fetch(
            "SELECT event, operation, target, agency FROM audit_entry ORDER BY sequence"
        )
        assert [tuple(each) for each in kept] == [
            ("act", "breakGlass", code, POLICE),
            ("operation", None, None, POLICE),
        ]
        for role in ("hub_clerk", "hub_registrar"):
            await owner.execute(f"REVOKE INSERT ON audit_entry FROM {role}")
        shown = await house.send(POLICE, DRAFTS)
        assert (shown.status_code, "data" in shown.json()) == (500, False)
        taken = await house.client.get("/exports/observations", headers=house.headers(HEALTH))
        assert (taken.status_code, "observations" in taken.text) == (500, False)
        before = await owner.fetchval("SELECT count(*) FROM account")
        new = {"issuer": "https://id.example.vn", "subject": "b1", "agency": WARD_POLICE}
        assert "data" not in (await house.send(POLICE, ADD, i=new)).json()
        assert await owner.fetchval("SELECT count(*) FROM account") == before


async def test_while_nothing_can_be_recorded_nothing_is_answered(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await house.send(None, PROJECTS, n=1)).status_code == 200

    def shut() -> None:
        raise TrailBehindError(folder="spool", reason="No space left on device")

    monkeypatch.setattr(house.spool, "check", shut)
    for answer in (
        await house.send(None, PROJECTS, n=1),
        await house.client.get("/exports/observations", headers=house.headers(HEALTH)),
    ):
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
        assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_READY"
        assert "spool" not in answer.text
