"""Sending: what an account of a source's owner delivers is recorded, and its checking queued."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from sqlalchemy import func, select

from hub.audit.access import Access
from hub.audit.entry import entry_of
from hub.audit.keeping import keep
from hub.audit.trail import variables_key
from hub.database.transaction import Mode, begin
from hub.ingest.batch.records import Recorded, Sending, record_delivery
from hub.ingest.batch.sources import Source, UnknownSourceError, get_source
from hub.ingest.formats import Format
from hub.jobs.queueing import enqueue
from hub.model.intake import data_source

if TYPE_CHECKING:
    from uuid import UUID

    from hub.access.principal import Principal
    from hub.audit.access import Origin
    from hub.clock import Clock
    from hub.database.engine import Database
    from hub.database.transaction import Transaction
    from hub.ingest.batch.deliveries import Deliveries, Delivery

BATCH_JOB: Final = "batch"
"""The kind of job that checks and merges a batch; its key is the batch's number."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How a delivery came: in which form, under which key, whence and when."""

    format: Format
    key: str | None
    origin: Origin
    clock: Clock


async def get_own_source(database: Database, principal: Principal, code: str) -> Source:
    """Return the source *code* if it belongs to the agency of *principal* and may write.

    Raises ``UnknownSourceError`` for any other, as for one that does not exist.
    """
    if principal.account is None:
        raise UnknownSourceError(source=code)
    own = select(data_source.c.id).where(
        data_source.c.code == code, data_source.c.owner_id == func.hub_agency_id()
    )
    async with begin(database, principal, Mode.READ) as transaction:
        found = await transaction.fetch(own)
    if not found:
        raise UnknownSourceError(source=code)
    return await get_source(database, code)


async def send(  # noqa: PLR0913  (who sends what, as what)
    database: Database,
    deliveries: Deliveries,
    principal: Principal,
    *,
    source: Source,
    delivery: Delivery,
    sent: Sent,
) -> Recorded:
    """Record *delivery* as a waiting batch of *source*, in the source's name, and have it checked.

    What was sent before under the same key is the batch that it was then; with other content
    ``IdempotencyKeyReusedError`` is raised. A person's workbook begins as drafts.
    """
    is_workbook = sent.format is Format.XLSX

    async def then(transaction: Transaction, number: UUID) -> None:
        await enqueue(transaction, BATCH_JOB, str(number))
        access = Access(
            sent.clock(),
            "act",
            "answered",
            sent.origin,
            account=source.account,
            agency=source.owner,
            operation="sendBatch",
            target=f"{source.code}/{number}",
        )
        await keep(transaction, [entry_of(access, uuid4(), variables_key(database))])

    return await record_delivery(
        database,
        deliveries,
        source=source,
        delivery=delivery,
        sending=Sending(
            channel="upload" if is_workbook and principal.kind == "person" else "push",
            format=sent.format.value,
            key=sent.key,
            sent_by=principal.account,
        ),
        then=then,
    )
