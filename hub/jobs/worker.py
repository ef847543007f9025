"""The worker: takes jobs as they come, several at once, and does what the clock asks for."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import AsyncpgPoolDriver
from pgqueuer.core.applications import PgQueuer
from pgqueuer.domain.errors import PgqException

from hub.database.queue import queue_connections
from hub.errors import HubError
from hub.jobs.kinds import Patience
from hub.jobs.names import CHANNEL, queries_of
from hub.jobs.trying import Trying, noted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pgqueuer.core.executors import EntrypointExecutorParameters
    from pgqueuer.domain.models import Job, Schedule

    from hub.database.engine import Database
    from hub.jobs.kinds import Chore, Kind

_LOG: Final = logging.getLogger(__name__)
_LOOK_EVERY: Final = timedelta(seconds=2)
_PAUSE_SECONDS: Final = 2.0
_STOP_SECONDS: Final = 5.0
_BROKEN: Final = (
    HubError,
    PgqException,
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    # What is begun on a connection in the moment that it is cut.
    asyncpg.InternalClientError,
)


@dataclass(frozen=True)
class Worker:
    """Does the jobs of *kinds* and the *chores*; any number of workers share them.

    A job of a worker that gives no sign of life is taken over by another. One that fails is tried
    again later; one that was tried too often, or took too many workers with it, is given up.

    Attributes:
        at_once: how many jobs this worker has under way.
    """

    database: Database
    kinds: Sequence[Kind]
    chores: Sequence[Chore] = ()
    patience: Patience = field(default_factory=Patience)
    at_once: int = 2

    async def run(self) -> None:
        """Work until cancelled; then end what is under way, or leave it to another."""
        while True:
            try:
                await self._work()
            except _BROKEN as error:
                _LOG.warning("the queue waits: %s: %s", type(error).__name__, error)
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _work(self) -> None:
        async with queue_connections(self.database) as pool:
            driver = AsyncpgPoolDriver(pool)
            queuer = PgQueuer(driver, channel=CHANNEL, queries=queries_of(driver))
            under_way: set[asyncio.Task[None]] = set()
            for kind in self.kinds:
                self._take(queuer, kind, under_way)
            for chore in self.chores:
                queuer.schedule(chore.name, chore.when)(partial(_do, chore, under_way))
            running = asyncio.create_task(
                queuer.run(
                    # Nobody tells of a worker that died, or of a job that is to be tried again.
                    dequeue_timeout=min(self.patience.silence / 3, _LOOK_EVERY),
                    batch_size=1,
                    max_concurrent_tasks=max(2, self.at_once),
                    heartbeat_timeout=self.patience.silence,
                    shutdown_on_listener_failure=True,
                )
            )
            try:
                await asyncio.shield(running)
            except asyncio.CancelledError:
                queuer.shutdown.set()
                await asyncio.wait([running], timeout=self.patience.grace.total_seconds())
                for task in under_way:
                    task.cancel()
                await asyncio.wait([running], timeout=_STOP_SECONDS)
                raise

    def _take(self, queuer: PgQueuer, kind: Kind, under_way: set[asyncio.Task[None]]) -> None:
        def trying(parameters: EntrypointExecutorParameters) -> Trying:
            return Trying(parameters, kind, self.patience, self.database, under_way)

        async def do(job: Job) -> None:
            """Stand for the kind; ``Trying`` does the job."""

        queuer.entrypoint(
            kind.name,
            concurrency_limit=kind.at_once,
            on_failure="hold",
            executor_factory=trying,
        )(do)


async def _do(chore: Chore, under_way: set[asyncio.Task[None]], _: Schedule) -> None:
    with noted(under_way):
        await chore.do()
