"""What the queue looks like: how many jobs of each kind wait, are under way, were given up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Interval, cast, func, select

from hub.access.principal import WORKER
from hub.database.transaction import Mode, begin
from hub.model.jobs import job

if TYPE_CHECKING:
    from datetime import timedelta

    from hub.database.engine import Database


@dataclass(frozen=True, slots=True)
class Standing:
    """How many jobs of one *kind* are in one *state*, and how long the oldest of them is there.

    Attributes:
        state: ``queued``, ``picked`` or ``failed``.
    """

    kind: str
    state: str
    count: int
    oldest: timedelta


async def see_queue(database: Database) -> list[Standing]:
    """Return what is in the queue, by kind and state."""
    async with begin(database, WORKER, Mode.READ) as transaction:
        rows = await transaction.fetch(
            select(
                job.c.entrypoint,
                job.c.status,
                func.count(),
                cast(func.clock_timestamp() - func.min(job.c.created), Interval),
            )
            .group_by(job.c.entrypoint, job.c.status)
            .order_by(job.c.entrypoint, job.c.status)
        )
    return [Standing(*row) for row in rows]
