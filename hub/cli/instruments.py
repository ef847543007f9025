"""What a serving hub is watched by: counts always, traces where a collector is named."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from hub.access.readers import Reader
from hub.audit.folders import Backlog, backlog
from hub.audit.trail import Trail
from hub.clock import system_clock
from hub.ingest.sending import BATCH_JOB
from hub.jobs.sight import see_queue
from hub.web.metrics import Metrics

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from starlette.routing import BaseRoute

    from hub.audit.access import Access
    from hub.audit.spool import Spool
    from hub.database.engine import Database
    from hub.settings import Settings
    from hub.telemetry import Fact, Observer
    from hub.web.tracing import Tracing

_NOTHING: Final[Mapping[tuple[str, ...], float]] = {
    (BATCH_JOB, state): 0.0 for state in ("queued", "picked", "failed")
}


@dataclass(frozen=True, slots=True)
class Instruments:
    """Who hears of what a hub does."""

    metrics: Metrics
    tracing: Tracing | None

    @classmethod
    def of(cls, settings: Settings) -> Instruments:
        """Return the instruments that *settings* ask for."""
        if not settings.traces:
            return cls(Metrics(), None)
        # Heavy, and most hubs are never traced.
        from hub.web.tracing import Tracing

        return cls(Metrics(), Tracing(settings.traces))

    @property
    def hear(self) -> Observer:
        """Return what tells all of a fact."""
        metrics, tracing = self.metrics, self.tracing
        if tracing is None:
            return metrics.hear

        def tell(fact: Fact) -> None:
            metrics.hear(fact)
            tracing.hear(fact)

        return tell

    def watch(self, database: Database, spool: Spool) -> None:
        """Have the pools and the audit trail's spool looked at whenever somebody asks."""
        self.metrics.read(
            "hub_pool_connections",
            "Connections, by kind of reader and whether they are in use.",
            ("reader", "state"),
            lambda: _connections(database),
        )
        self.metrics.read(
            "hub_audit_lag_seconds",
            "How long ago all that was told to the audit trail had been written down.",
            (),
            lambda: {(): spool.lag_seconds},
        )
        self.metrics.read(
            "hub_audit_pending",
            "Accesses that wait to be written down.",
            (),
            lambda: {(): spool.pending},
        )

        unmerged = _Unmerged(spool.root)
        self.metrics.ask(unmerged.look)
        self.metrics.read(
            "hub_audit_backlog_bytes",
            "What is spooled on this machine and not in the database yet.",
            (),
            lambda: {(): unmerged.found.size},
        )
        self.metrics.read(
            "hub_audit_backlog_oldest_seconds",
            "How long the oldest of it waits for the worker.",
            (),
            lambda: {(): unmerged.found.oldest_seconds},
        )

        queue = _Queue(database)
        self.metrics.ask(queue.look)
        self.metrics.read(
            "hub_jobs",
            "Jobs in the queue of work, by kind and whether they wait, are under way or failed.",
            ("kind", "state"),
            lambda: queue.counts,
        )
        self.metrics.read(
            "hub_job_oldest_seconds",
            "How long ago the oldest of them was queued.",
            ("kind", "state"),
            lambda: queue.ages,
        )

    def along(self, trail: Trail) -> Trail:
        """Return *trail*, of which the instruments hear, too."""
        hearers: list[Callable[[Access], None]] = [self.metrics.count]
        if self.tracing is not None:
            hearers.append(self.tracing.end)
        return _HeardTrail(trail, hearers)

    @property
    def routes(self) -> list[BaseRoute]:
        """Return the routes that they are read at."""
        return self.metrics.routes()

    @property
    def resources(self) -> list[AbstractAsyncContextManager[object]]:
        """Return what is open as long as the hub serves."""
        return [] if self.tracing is None else [self.tracing]


class _HeardTrail(Trail):
    def __init__(self, trail: Trail, hearers: list[Callable[[Access], None]]) -> None:
        self._trail = trail
        self._hearers = hearers

    @override
    def check(self) -> None:
        self._trail.check()

    @override
    def tell(self, access: Access) -> None:
        self._trail.tell(access)
        for hear in self._hearers:
            hear(access)

    @override
    async def keep(self, access: Access) -> None:
        await self._trail.keep(access)
        for hear in self._hearers:
            hear(access)


def _connections(database: Database) -> Mapping[tuple[str, ...], float]:
    found: dict[tuple[str, ...], float] = {}
    for reader in Reader:
        pool = database.pool(reader)
        found[reader.value, "idle"] = pool.idle
        found[reader.value, "busy"] = pool.busy
    return found


class _Unmerged:
    """What waits to be merged, as it was last looked at."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.found = Backlog(0, 0, 0.0)

    async def look(self) -> None:
        """Look at it; what the worker removes just then is left to the next look."""
        with suppress(FileNotFoundError):
            self.found = await asyncio.to_thread(backlog, self._root)


class _Queue:
    """The queue as it was last looked at; nothing where it could not be."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.counts: Mapping[tuple[str, ...], float] = {}
        self.ages: Mapping[tuple[str, ...], float] = {}

    async def look(self) -> None:
        """Look at it."""
        self.counts, self.ages = {}, {}
        standing = await see_queue(self._database)
        now = system_clock()
        self.counts = {**_NOTHING, **{(each.kind, each.state): each.count for each in standing}}
        self.ages = {
            **_NOTHING,
            **{(each.kind, each.state): (now - each.since).total_seconds() for each in standing},
        }
