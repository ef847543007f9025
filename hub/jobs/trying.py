"""How a job is tried: again after a failure, elsewhere after a stop, and not for ever."""

from __future__ import annotations

import asyncio
import logging
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Final

from pgqueuer.core.executors import AbstractEntrypointExecutor
from pgqueuer.domain.errors import RetryRequested
from sqlalchemy import func, select
from typing_extensions import override

from hub.access.principal import WORKER
from hub.database.transaction import Mode, begin
from hub.errors import HubError
from hub.jobs.kinds import End
from hub.model.jobs import job_log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from pgqueuer.domain.models import Context, Job

    from hub.database.engine import Database
    from hub.jobs.kinds import Kind, Patience

_LOG: Final = logging.getLogger(__name__)

# Workers that failed together shall not come back together; nothing is secret about when.
_CHANCE: Final = Random()  # noqa: S311


class JobGivenUpError(HubError):
    """A job was tried as often as it may be."""

    code = "JOB_GIVEN_UP"
    vi = "Việc “{kind}” không làm được sau nhiều lần thử ({end}); xem nhật ký của “hub worker”."
    en = "The job “{kind}” could not be done ({end}); see the log of “hub worker”."


@dataclass
class Trying(AbstractEntrypointExecutor):
    """Carries the jobs of one kind out, for one worker.

    What a job raises goes to the log; the queue is told no more than its class, for the text of an
    error may quote what it was about.
    """

    kind: Kind
    patience: Patience
    database: Database
    under_way: set[asyncio.Task[None]] = field(default_factory=set)

    @override
    async def execute(self, job: Job, context: Context) -> None:
        """Do *job*; raise ``RetryRequested`` to have it tried again, anything else to end it."""
        key = (job.payload or b"").decode()
        end = End.KILLED
        try:
            if await self._deaths(job) < self.patience.deaths:
                end = End.FAILED
                with noted(self.under_way):
                    await self.kind.do(key)
                return
        except asyncio.CancelledError:
            raise RetryRequested(reason="its worker stopped") from None
        except Exception as error:  # noqa: BLE001  (no job decides about its worker)
            await self._note(job, error)
            if end is End.KILLED or job.attempts + 1 < self.patience.attempts:
                raise self._again(job, error) from None
        try:
            _LOG.error("Job %s (%s) is given up: %s", job.id, self.kind.name, end)
            await self.kind.give_up(key, end)
        except Exception as error:  # noqa: BLE001  (it must be put down, sooner or later)
            await self._note(job, error)
            raise self._again(job, error) from None
        raise JobGivenUpError(kind=self.kind.name, end=end)

    async def _note(self, job: Job, error: Exception) -> None:
        """Log *error*, and wait until what becomes of the job can be written down."""
        _LOG.error("Job %s (%s) failed", job.id, self.kind.name, exc_info=error)
        await self._wait_for_the_database()

    def _again(self, job: Job, error: Exception) -> RetryRequested:
        return RetryRequested(pause_after(job.attempts, self.patience), type(error).__name__)

    async def _deaths(self, job: Job) -> int:
        """Return how often *job* was taken without an end: neither done nor failed."""
        taken = (
            select(func.count())
            .select_from(job_log)
            .where(job_log.c.job_id == job.id, job_log.c.status == "picked")
        )
        async with begin(self.database, WORKER, Mode.READ) as transaction:
            [[count]] = await transaction.fetch(taken)
        return int(count) - job.attempts - 1

    async def _wait_for_the_database(self) -> None:
        """Return once it answers, or a while later: what became of a job must be written down."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.patience.silence.total_seconds()):
                while True:
                    try:
                        async with begin(self.database, WORKER, Mode.READ):
                            return
                    except HubError:
                        await asyncio.sleep(0.5)


@contextmanager
def noted(under_way: set[asyncio.Task[None]]) -> Iterator[None]:
    """Have this task among those *under_way*, to be cancelled when the worker stops."""
    task = asyncio.current_task()
    if task is None:
        yield
        return
    under_way.add(task)
    try:
        yield
    finally:
        under_way.discard(task)


def pause_after(failures: int, patience: Patience) -> timedelta:
    """Return how long to wait after a job has failed once more than *failures* times."""
    pause: timedelta = min(patience.first * 2.0 ** min(failures, 30), patience.longest)
    return pause * _CHANCE.uniform(0.5, 1.5)
