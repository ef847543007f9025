"""What is told of the queue: by right in GraphQL, as a whole to whoever watches the hub."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import asyncpg
import pytest

from hub.access.principal import WORKER
from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.transaction import Mode, begin
from hub.ingest.batch.records import Sending, record_delivery
from hub.ingest.sending import BATCH_JOB
from hub.jobs.queueing import enqueue
from tests.access.world import as_owner
from tests.callers import Callers
from tests.ingest.batch.ground import Sender, rate, register

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from hub.access.principal import Principal
    from hub.database.engine import Database
    from hub.database.transaction import Transaction

ASK = "{ viewer { queue { kind state count since } } }"
WARDS = ("00004", "00008")


async def _queue(transaction: Transaction, number: UUID) -> None:
    await enqueue(transaction, BATCH_JOB, str(number))


async def _send(database: Database, home: Path, ward: str, times: int) -> Sender:
    owner = f"hn.ubnd-cap-xa.{ward}"
    source = await register(database, f"push.{owner}", owner=owner, areas=[ward])
    sender = Sender(database, source, home)
    for number in range(times):
        with sender.shop.deliveries.receive() as arriving:
            arriving.write(json.dumps(rate(number, 10, area=ward)).encode())
            await record_delivery(
                database,
                sender.shop.deliveries,
                source=source,
                delivery=arriving.end(),
                sending=Sending("push", "ndjson"),
                then=_queue,
            )
    return sender


async def _change(sender: Sender, *, fails: bool = False) -> None:
    async with begin(sender.database, sender.source.principal, Mode.WRITE) as transaction:
        await transaction.query("UPDATE batch SET rows_received = rows_received + 1")
        if fails:
            raise ZeroDivisionError


async def test_each_sees_of_the_queue_what_is_of_batches_that_it_sees(
    undemonstrated: Database, tmp_path: Path
) -> None:
    began = datetime.now(UTC)
    for ward, times in zip(WARDS, (1, 2), strict=True):
        await _send(undemonstrated, tmp_path, ward, times)
    callers = Callers(undemonstrated, Executor(undemonstrated, system_clock))
    seen = {}
    for agency in (*(f"hn.ubnd-cap-xa.{ward}" for ward in WARDS), "hn.cong-an", "hn.so-y-te", None):
        queue = (await (await callers(agency)).ask(ASK))["viewer"]["queue"]
        seen[agency] = [(each["kind"], each["state"], each["count"]) for each in queue]
        assert all(datetime.fromisoformat(each["since"]) >= began for each in queue)
    assert list(seen.values()) == [
        [("batch", "QUEUED", 1)],
        [("batch", "QUEUED", 2)],
        [("batch", "QUEUED", 3)],
        [],
        [],
    ]


async def test_a_batch_that_changes_is_told_by_its_key_once_that_is_committed(
    undemonstrated: Database, tmp_path: Path
) -> None:
    told: asyncio.Queue[dict[str, str]] = asyncio.Queue()

    def hear(_: object, __: int, ___: str, payload: object) -> None:
        told.put_nowait(json.loads(str(payload)))

    sender = await _send(undemonstrated, tmp_path, WARDS[0], 0)
    async with as_owner(undemonstrated.address) as listener:
        await listener.add_listener("hub_changes", hear)
        number = await sender.record(rate(1, 10))
        key = {"type": "Batch", "id": str(number)}
        assert await asyncio.wait_for(told.get(), 10) == key
        with pytest.raises(ZeroDivisionError):
            await _change(sender, fails=True)
        await _change(sender)
        assert await asyncio.wait_for(told.get(), 10) == key
        assert told.empty()


@pytest.mark.parametrize("table", ["batch", "batch_row", "observation", "data_source", "agency"])
async def test_whoever_keeps_the_queue_sees_nothing_else(bare: Database, table: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _run(bare, WORKER, f"SELECT * FROM {table}")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT payload FROM jobs.pgqueuer",
        "UPDATE jobs.pgqueuer SET priority = 9",
        "DELETE FROM jobs.pgqueuer",
        "INSERT INTO jobs.pgqueuer (priority, status, entrypoint) VALUES (0, 'picked', 'batch')",
        (
            "INSERT INTO jobs.pgqueuer (priority, status, entrypoint, attempts) "
            "VALUES (0, 'queued', 'batch', -9)"
        ),
        "SELECT * FROM jobs.pgqueuer_log",
    ],
)
async def test_a_source_queues_its_work_and_touches_nothing_of_the_queue(
    undemonstrated: Database, tmp_path: Path, statement: str
) -> None:
    sender = await _send(undemonstrated, tmp_path, WARDS[0], 1)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await _run(undemonstrated, sender.source.principal, statement)


async def _run(database: Database, principal: Principal, statement: str) -> None:
    async with begin(database, principal, Mode.WRITE) as transaction:
        await transaction.query(statement)
