"""What was sent is kept as long as a batch needs it: keeping it and letting it go take turns.

Whoever lets go looks for other batches of the same content in the turn in which it deletes, so a
delivery that comes again meanwhile is either seen, and its content stays, or is kept anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, exists, func, or_, select

from hub.model.intake import batch, data_source

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from hub.database.transaction import Transaction
    from hub.ingest.batch.deliveries import Deliveries

IS_WAITING: Final = or_(batch.c.status == "queued", batch.c.status == "running")
"""That a batch has not ended."""


async def hold_content(transaction: Transaction, source: str, digest: str) -> None:
    """Wait until nobody else keeps or lets go of it; nobody will until *transaction* ends."""
    key = func.hashtextextended(f"{source}/{digest}", 0)
    await transaction.fetch(select(func.pg_advisory_xact_lock(key)))


async def let_go(
    transaction: Transaction,
    deliveries: Deliveries,
    source: str,
    digest: str,
    *,
    before: datetime | None = None,
) -> bool:
    """Keep it no longer, unless a batch needs it; tell whether it went.

    One needs it that is not refused and, where *before* is given, waits or came no earlier.
    """
    await hold_content(transaction, source, digest)
    own = [data_source.c.code == source, batch.c.digest == digest]
    [[is_needed]] = await transaction.fetch(select(exists(_batches().where(_needs(before), *own))))
    if not is_needed:
        deliveries.forget(source, digest)
    return not is_needed


async def list_unneeded(
    transaction: Transaction, kept: Iterable[tuple[str, str, datetime]], before: datetime
) -> list[tuple[str, str]]:
    """Return which contents of *kept*, by source and digest, no batch needs any longer.

    One that no batch is of, as after the database was restored, counts as needed until *before* is
    later than the moment it was kept.
    """
    c = (data_source.c.code, batch.c.digest)
    known = await transaction.fetch(
        _batches().with_only_columns(*c, func.bool_or(_needs(before))).group_by(*c)
    )
    needed = {(source, digest): is_needed for source, digest, is_needed in known}
    return [
        (source, digest)
        for source, digest, moment in kept
        if not needed.get((source, digest), moment >= before)
    ]


def _batches() -> Select[tuple[object]]:
    return select(batch.c.id).join_from(batch, data_source, data_source.c.id == batch.c.source_id)


def _needs(before: datetime | None) -> ColumnElement[bool]:
    is_taken = batch.c.status != "refused"
    if before is None:
        return is_taken
    return and_(is_taken, or_(batch.c.received_at >= before, IS_WAITING))
