"""What workers do about batches: take them through, give them up, find those nobody works on."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import any_, delete, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import String

from hub.access.principal import GATE, LOADER, WORKER
from hub.database.transaction import Mode, begin
from hub.errors import HubError
from hub.ingest.batch.keeping import IS_WAITING, let_go, list_unneeded
from hub.ingest.batch.processing import process_batch
from hub.ingest.batch.records import mark_refused
from hub.ingest.sending import BATCH_JOB
from hub.jobs.kinds import Chore, Kind
from hub.jobs.queueing import dedupe_key, enqueue
from hub.model.intake import batch, data_source
from hub.model.jobs import job, job_log, job_statistic

if TYPE_CHECKING:
    from hub.database.engine import Database
    from hub.ingest.batch.processing import Workshop
    from hub.jobs.kinds import End

_LOG: Final = logging.getLogger(__name__)
_EACH_MINUTE: Final = "* * * * *"
_EACH_NIGHT: Final = "17 19 * * *"
"""At 2:17 in Việt Nam."""

_KEPT: Final = timedelta(days=30)
_LONGEST_ARRIVAL: Final = timedelta(days=1)


class BatchGivenUpError(HubError):
    """A batch could not be taken through, for no fault of what was sent."""

    code = "BATCH_GIVEN_UP"
    vi = "Hệ thống không xử lý được lô này sau nhiều lần thử: hãy gửi lại, hoặc báo người quản trị."
    en = "The hub could not take this batch through: send it again, or tell the administrator."


def batch_kind(shop: Workshop) -> Kind:
    """Return the kind of job that takes a batch through."""

    async def do(key: str) -> None:
        report = await process_batch(shop, UUID(key))
        _LOG.info("Batch %s is %s", key, report.status)

    async def give_up(key: str, _: End) -> None:
        await give_up_batch(shop, UUID(key))

    return Kind(BATCH_JOB, do, give_up)


async def give_up_batch(shop: Workshop, number: UUID) -> None:
    """Refuse the batch *number*, unless it has ended; what was sent of it is not kept."""
    # Not as the source: it may have been suspended since.
    async with begin(shop.database, LOADER, Mode.WRITE) as transaction:
        found = await transaction.fetch(
            select(batch.c.digest, data_source.c.code)
            .join_from(batch, data_source, data_source.c.id == batch.c.source_id)
            .where(batch.c.id == number, IS_WAITING)
            .with_for_update(of=batch)
        )
        if not found:
            return
        [[digest, source]] = found
        await mark_refused(transaction, number, BatchGivenUpError())
    async with begin(shop.database, LOADER, Mode.WRITE) as transaction:
        await let_go(transaction, shop.deliveries, source, digest)


def chores(shop: Workshop, *, kept_days: int) -> list[Chore]:
    """Return what is to be done about batches by the clock; what was sent is kept for a time."""
    database = shop.database

    async def find() -> None:
        found = await requeue_forgotten(database)
        if found:
            _LOG.warning("%s batches that nobody worked on are queued again", found)

    async def tidy() -> None:
        await forget_ended(database)
        gone = await forget_deliveries(shop, older_than=timedelta(days=kept_days))
        if gone:
            _LOG.info("%s deliveries are kept no longer", gone)

    return [Chore("find forgotten batches", _EACH_MINUTE, find), Chore("tidy", _EACH_NIGHT, tidy)]


async def requeue_forgotten(database: Database) -> int:
    """Queue again the batches that wait and that no job is for; return how many there were.

    A batch and its job are made in one transaction, so there are none unless a queue was lost: a
    job was deleted by hand, or a worker could not write down how one ended.
    """
    async with begin(database, GATE, Mode.READ) as transaction:
        waiting = await transaction.fetch(select(batch.c.id).where(IS_WAITING))
    if not waiting:
        return 0
    by_key = {dedupe_key(BATCH_JOB, str(number)): str(number) for (number,) in waiting}
    keys = literal(list(by_key), ARRAY(String))
    async with begin(database, WORKER, Mode.WRITE) as transaction:
        # One that was given up is for a person to look at.
        known = await transaction.fetch(
            select(job.c.dedupe_key).where(job.c.dedupe_key == any_(keys))
        )
        forgotten = [by_key[key] for key in by_key.keys() - {row[0] for row in known}]
        for number in sorted(forgotten):
            await enqueue(transaction, BATCH_JOB, number)
    return len(forgotten)


async def forget_ended(database: Database) -> None:
    """Delete what the queue has kept of jobs that ended long ago."""
    async with begin(database, WORKER, Mode.WRITE) as transaction:
        for table in (job_log, job_statistic):
            await transaction.execute(delete(table).where(table.c.created < func.now() - _KEPT))


async def forget_deliveries(shop: Workshop, *, older_than: timedelta) -> int:
    """Keep what was sent longer ago than *older_than* no longer; return how many files went.

    What was sent again since, or waits, stays; what was left half sent by a hub that died goes, and
    so does what is left of a refused batch.
    """
    before = shop.clock() - older_than
    shop.deliveries.forget_arriving(shop.clock() - _LONGEST_ARRIVAL)
    async with begin(shop.database, LOADER, Mode.READ) as transaction:
        unneeded = await list_unneeded(transaction, shop.deliveries.kept(), before)
    gone = 0
    for source, digest in unneeded:
        async with begin(shop.database, LOADER, Mode.WRITE) as transaction:
            gone += await let_go(transaction, shop.deliveries, source, digest, before=before)
    return gone
