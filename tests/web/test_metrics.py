"""What a hub counts about itself, and what the dashboard shows of it."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import delete

from hub.access.principal import WORKER
from hub.api.execution import Executor
from hub.api.operations import read_operations
from hub.audit.spool import Spool
from hub.audit.trail import KeptTrail, variables_key
from hub.cli.instruments import Instruments
from hub.clock import system_clock
from hub.database.engine import Database
from hub.database.transaction import Mode, begin
from hub.jobs.queueing import enqueue
from hub.model.jobs import job
from hub.settings import Settings
from hub.web.app import WebOptions, WebParts, create_app
from tests.web.serving import as_the_public, ready, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hub.database.address import Address

DASHBOARD: Final = Path(__file__).parents[2] / "deploy" / "grafana" / "hub.json"
ASKED: Final = "query Mine { programmes { nodes { code } } }"


@pytest.fixture
async def client(demo: Address, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Ask a hub with its instruments."""
    instruments = Instruments.of(Settings(home=tmp_path))
    async with Database(demo, observer=instruments.hear) as database:
        spool = Spool(tmp_path, system_clock, variables_key(database))
        instruments.watch(database, spool)
        parts = WebParts(
            Executor(database, system_clock),
            as_the_public,
            ready,
            routes=instruments.routes,
            resources=[spool],
            trail=instruments.along(KeptTrail(database, spool)),
        )
        async with (
            serving(create_app(parts, WebOptions())) as url,
            httpx.AsyncClient(base_url=url) as opened,
        ):
            yield opened


async def _read(client: httpx.AsyncClient) -> dict[tuple[str, ...], float]:
    text = (await client.get("/metrics")).text
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_requests_errors_plans_statements_and_rows_are_counted(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post("/graphql", json={"query": ASKED})
    for _ in range(2):
        await client.post("/graphql", json={"query": ASKED})
    programmes = len(answer.json()["data"]["programmes"]["nodes"])
    await client.post("/graphql", json={"query": "{ nothing }"})
    found = await _read(client)
    assert found["hub_requests_total", "http", "answered"] == 3
    assert found["hub_requests_total", "http", "refused"] == 1
    assert found["hub_errors_total", "GRAPHQL_VALIDATION_FAILED"] == 1
    assert (found["hub_plans_total", "made"], found["hub_plans_total", "kept"]) == (1, 2)
    # One more: whoever looks has the queue looked at.
    assert found["hub_statement_seconds_count",] == 3 + 1
    assert found["hub_rows_total", "Programme"] == 3 * programmes
    assert found["hub_request_seconds_count", "http"] == 4


async def test_only_trusted_operations_are_told_apart_by_name(client: httpx.AsyncClient) -> None:
    """Whatever else a client calls its operation would be a label of its own making."""
    (trusted,) = [each for each in read_operations() if each.name == "ProgrammeTree"]
    by_hash = {"persistedQuery": {"version": 1, "sha256Hash": trusted.sha256}}
    answer = await client.post("/graphql", json={"extensions": by_hash})
    assert "errors" not in answer.json(), answer.text
    await client.post("/graphql", json={"query": ASKED})
    found = await _read(client)
    named = {key[1] for key in found if key[0] == "hub_operation_seconds_count"}
    assert named == {"ProgrammeTree"}


async def test_pools_and_the_audit_trail_are_looked_at(client: httpx.AsyncClient) -> None:
    await client.post("/graphql", json={"query": ASKED})
    found = await _read(client)
    assert found["hub_pool_connections", "hub_public", "idle"] == 1
    assert found["hub_pool_connections", "hub_public", "busy"] == 0
    assert 0 <= found["hub_audit_lag_seconds",] < 5
    assert found["hub_audit_pending",] >= 0


async def test_what_no_worker_merges_is_seen_to_wait(
    client: httpx.AsyncClient, tmp_path: Path
) -> None:
    assert (await _read(client))["hub_audit_backlog_oldest_seconds",] == 0
    left = tmp_path / "spool" / "left" / "000000001.jsonl"
    left.parent.mkdir()
    left.write_bytes(b"x" * 1000)
    long_ago = time.time() - 100
    os.utime(left, (long_ago, long_ago))
    found = await _read(client)
    assert found["hub_audit_backlog_bytes",] >= 1000
    assert 100 <= found["hub_audit_backlog_oldest_seconds",] < 120
    left.unlink()
    assert (await _read(client))["hub_audit_backlog_oldest_seconds",] < 50


async def test_the_dashboard_shows_only_what_is_counted(client: httpx.AsyncClient) -> None:
    (trusted,) = [each for each in read_operations() if each.name == "ProgrammeTree"]
    by_hash = {"persistedQuery": {"version": 1, "sha256Hash": trusted.sha256}}
    await client.post("/graphql", json={"extensions": by_hash})
    await client.post("/graphql", json={"query": "{ nothing }"})
    counted = {key[0] for key in await _read(client)}
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    shown = {
        name
        for panel in panels
        for target in panel["targets"]
        for name in re.findall(r"\b(?:hub|process)_\w+", target["expr"])
    }
    assert len(shown) >= 10
    assert shown <= counted


async def test_the_queue_of_work_is_looked_at(client: httpx.AsyncClient, demo: Address) -> None:
    found = await _read(client)
    assert found["hub_jobs", "batch", "queued"] == 0
    async with Database(demo) as database, begin(database, WORKER, Mode.WRITE) as transaction:
        await enqueue(transaction, "tests", "metrics")
    try:
        found = await _read(client)
        assert found["hub_jobs", "tests", "queued"] == 1
        assert 0 <= found["hub_job_oldest_seconds", "tests", "queued"] < 60
    finally:
        async with Database(demo) as database, begin(database, WORKER, Mode.WRITE) as transaction:
            await transaction.execute(delete(job).where(job.c.entrypoint == "tests"))
    assert ("hub_jobs", "tests", "queued") not in await _read(client)
