"""What was accepted for checking stays kept, whatever becomes of what was sent like it."""

from __future__ import annotations

import asyncio
import json
import os
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from hub.database.transaction import Mode, begin
from hub.ingest.batch.processing import process_batch
from hub.ingest.batch.records import Sending, record_delivery
from hub.ingest.batch_work import forget_deliveries
from hub.model.intake import batch
from tests.ingest.batch.ground import NOW, Sender, count
from tests.ingest.rows import fetch

if TYPE_CHECKING:
    from uuid import UUID

    from hub.database.transaction import Transaction

PERSONS = count(1, ghi_chu="Nguyễn Văn An, CCCD 001099012345")


async def test_what_is_sent_again_while_it_is_refused_stays_kept(ward: Sender) -> None:
    """The second record is not committed yet when the first has been refused."""
    first = await ward.record(PERSONS)
    refusing: list[asyncio.Task[Any]] = []

    async def meanwhile(_: Transaction, __: UUID) -> None:
        refusing.append(asyncio.create_task(process_batch(ward.shop, first)))
        while not (await _somebody_waits(ward) or refusing[0].done()):
            await asyncio.wait(refusing, timeout=0.01)

    with ward.shop.deliveries.receive() as arriving:
        arriving.write(json.dumps(PERSONS).encode() + b"\n")
        delivery = arriving.end()
        second = await record_delivery(
            ward.database,
            ward.shop.deliveries,
            source=ward.source,
            delivery=delivery,
            sending=Sending("push", "ndjson"),
            then=meanwhile,
        )
    assert (await refusing[0]).status == "refused"
    kept = ward.shop.deliveries.path(ward.source.code, delivery.digest)
    assert kept.exists()
    report = await process_batch(ward.shop, second.id)
    assert (report.status, report.refusal) == ("refused", "PERSONS_REFUSED")
    assert not kept.exists()


async def test_what_is_left_of_a_refused_batch_goes_at_night_and_nothing_else(
    ward: Sender,
) -> None:
    """As after a worker that died between refusing and deleting, or a restored database."""
    await ward.send(count(12))
    await ward.send(PERSONS)
    [refused] = await fetch(
        ward.database, select(batch.c.digest).where(batch.c.status == "refused")
    )
    folder = ward.home / "deliveries" / "kept" / ward.source.code
    [taken] = folder.iterdir()
    left, unknown, old = (folder / name for name in (refused[0], "0" * 64, "1" * 64))
    for path in (left, unknown, old):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    os.utime(unknown, (NOW.timestamp(), NOW.timestamp()))
    assert await forget_deliveries(ward.shop, older_than=timedelta(days=730)) == 2
    assert [path.exists() for path in (taken, left, unknown, old)] == [True, False, True, False]


async def _somebody_waits(ward: Sender) -> bool:
    """Tell whether somebody waits for a turn of another."""
    async with begin(ward.database, ward.source.principal, Mode.READ) as transaction:
        found = await transaction.query(
            "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = "
            "(SELECT oid FROM pg_database WHERE datname = current_database())"
        )
    return bool(found)
