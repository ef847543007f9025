"""What a serving hub is watched by: counts always, traces where a collector is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from hub.access.readers import Reader
from hub.audit.trail import Trail
from hub.web.metrics import Metrics

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractAsyncContextManager

    from starlette.routing import BaseRoute

    from hub.audit.access import Access
    from hub.audit.spool import Spool
    from hub.database.engine import Database
    from hub.settings import Settings
    from hub.telemetry import Fact
    from hub.web.tracing import Tracing


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

    def hear(self, fact: Fact) -> None:
        """Tell all of *fact*."""
        self.metrics.hear(fact)
        if self.tracing is not None:
            self.tracing.hear(fact)

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
        idle = pool.get_idle_size()
        found[reader.value, "idle"] = idle
        found[reader.value, "busy"] = pool.get_size() - idle
    return found
