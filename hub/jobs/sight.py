"""What the queue looks like: how many jobs of each kind wait, are under way, were given up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from hub.access.principal import WORKER
from hub.database.transaction import Mode, begin
from hub.model.jobs import job

if TYPE_CHECKING:
    from datetime import datetime

    from hub.database.engine import Database


@dataclass(frozen=True, slots=True)
class Standing:
    """How many jobs of one *kind* are in one *state*, and since when the oldest of them is there.

    Attributes:
        state: ``queued``, ``picked`` or ``failed``.
    """

    kind: str
    state: str
    count: int
    since: datetime


IN_SIGHT: Final = (
    select(
        job.c.entrypoint.label("kind"),
        job.c.status.label("state"),
        func.count().label("count"),
        func.min(job.c.created).label("since"),
    )
    .group_by(job.c.entrypoint, job.c.status)
    .order_by(job.c.entrypoint, job.c.status)
)
"""The queue by kind and state, as far as whoever asks may see it: each row is a ``Standing``."""


async def see_queue(database: Database) -> list[Standing]:
    """Return what is in the whole queue."""
    async with begin(database, WORKER, Mode.READ) as transaction:
        return [Standing(*row) for row in await transaction.fetch(IN_SIGHT)]
