"""A batch that was taken in is kept for its time, told of as it proceeds, and never forgotten."""

from __future__ import annotations

import asyncio
import json
import os
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from hub.access.principal import GATE
from hub.clock import system_clock
from hub.database.transaction import Mode, begin
from hub.ingest.batch.processing import Workshop
from hub.ingest.batch_work import (
    BatchGivenUpError,
    forget_deliveries,
    give_up_batch,
    requeue_forgotten,
)
from hub.jobs.sight import see_queue
from tests.access.world import as_owner
from tests.web.sources.sending import OWN, rows

if TYPE_CHECKING:
    from tests.web.sources.conftest import Sending

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_was_sent_is_kept_for_its_time(sending: Sending) -> None:
    """What has not been taken yet, or was sent again since, is kept longer."""
    async with sending.working():
        told = [
            await sending.ended((await sending.push(rows({"period": month}))).headers["location"])
            for month in ("2025-01", "2025-02")
        ]
    old, again = (
        sending.deliveries.path(OWN, each["digest"].removeprefix("sha-256:")) for each in told
    )
    waiting = await sending.push(rows({"period": "2025-03"}))
    left = sending.deliveries.path(OWN, waiting.json()["digest"].removeprefix("sha-256:"))
    half = sending.home / "deliveries" / "arriving" / "half"
    half.write_bytes(b"x")
    os.utime(half, (0, 0))
    async with as_owner(sending.database.address) as owner:
        await owner.execute(
            "UPDATE batch SET received_at = received_at - interval '3 years' "
            "WHERE digest = ANY ($1)",
            [path.name for path in (old, again, left)],
        )
    await sending.push(rows({"period": "2025-02"}))
    shop = Workshop(sending.database, sending.deliveries, system_clock)
    assert await forget_deliveries(shop, older_than=timedelta(days=730)) == 1
    assert [path.exists() for path in (old, again, left, half)] == [False, True, True, False]


async def test_progress_is_told_as_it_happens_until_the_end(sending: Sending) -> None:
    answer = await sending.push(rows({"period": "2026-05"}))
    address = answer.headers["location"]
    headers = {**sending.token("hn.cong-an"), "accept": "text/event-stream"}
    events: list[tuple[str, Any]] = []
    async with sending.working(), sending.client.stream("GET", address, headers=headers) as told:
        assert told.headers["content-type"].startswith("text/event-stream")
        name = ""
        async for line in told.aiter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                events.append((name, json.loads(line.removeprefix("data: "))))
    assert [name for name, _ in events[:-1]] == ["progress"] * (len(events) - 1)
    assert events[0][1]["status"] == "queued"
    assert (events[-1][0], events[-1][1]["status"]) == ("end", "done")
    assert events[-1][1]["counts"]["received"] == 1


async def test_whoever_is_suspended_hears_no_more(sending: Sending) -> None:
    agency = "hn.ubnd-cap-xa.00025"
    answer = await sending.push(rows({}), agency=agency, source=f"push.{agency}")
    headers = {**sending.token(agency), "accept": "text/event-stream"}
    async with (
        as_owner(sending.database.address) as owner,
        sending.client.stream("GET", answer.headers["location"], headers=headers) as told,
    ):
        lines = told.aiter_lines()
        assert await anext(lines) == "event: progress"
        suspend = "UPDATE account SET suspended_at = {} WHERE subject = $1"
        await owner.execute(suspend.format("now()"), agency)
        rest = [line async for line in lines]
        refused = await sending.push(rows({}), agency=agency, source=f"push.{agency}")
        await owner.execute(suspend.format("NULL"), agency)
    assert not any("event:" in line for line in rest)
    assert refused.status_code == 401


async def test_a_batch_without_a_job_is_found_and_queued_again(sending: Sending) -> None:
    async with sending.working():
        await _until_empty(sending)
    answer = await sending.push(rows({"period": "2026-04"}))
    assert await requeue_forgotten(sending.database) == 0
    async with as_owner(sending.database.address) as owner:
        await owner.execute("DELETE FROM jobs.pgqueuer")
    assert await requeue_forgotten(sending.database) == 1
    async with sending.working():
        told = await sending.ended(answer.headers["location"])
    assert told["status"] == "done"


async def test_a_batch_that_is_given_up_is_refused_and_what_was_sent_is_not_kept(
    sending: Sending,
) -> None:
    answer = await sending.push(rows({"period": "2026-03"}, {"period": "2026-02"}))
    number, digest = answer.json()["id"], answer.json()["digest"].removeprefix("sha-256:")
    shop = Workshop(sending.database, sending.deliveries, system_clock)
    assert sending.deliveries.path(OWN, digest).exists()
    suspend = "UPDATE account SET suspended_at = {} WHERE subject = $1"
    async with as_owner(sending.database.address) as owner:
        await owner.execute(suspend.format("now()"), OWN)
    await give_up_batch(shop, UUID(number))
    async with as_owner(sending.database.address) as owner:
        await owner.execute(suspend.format("NULL"), OWN)
    told = (await sending.show(answer.headers["location"])).json()
    assert (told["status"], told["refusal"]["code"]) == ("refused", "BATCH_GIVEN_UP")
    assert told["refusal"]["sentence"] == BatchGivenUpError.vi
    assert not sending.deliveries.path(OWN, digest).exists()
    async with sending.working():
        await _until_empty(sending)
    assert (await sending.show(answer.headers["location"])).json() == told


async def test_the_gate_knows_of_a_batch_only_whose_it_is(sending: Sending) -> None:
    await sending.push(rows({}))
    async with begin(sending.database, GATE, Mode.READ) as transaction:
        found = await transaction.query("SELECT id, source_id, status FROM batch LIMIT 1")
    assert len(found) == 1


async def _until_empty(sending: Sending) -> None:
    for _ in range(600):
        if not await see_queue(sending.database):
            return
        await asyncio.sleep(0.05)
    pytest.fail("the queue did not become empty")
