"""What the hub counts about itself, as Prometheus reads it at ``/metrics``.

Names of operations are labels of trusted ones only: whatever else a client calls its operation
would be a label of its own making. Nothing that is counted says who asked.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections import defaultdict
from contextlib import suppress
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString
from starlette.responses import Response
from starlette.routing import Route
from typing_extensions import override

from hub.errors import HubError
from hub.telemetry import PlanFound, StatementRan

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from prometheus_client.core import Metric
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from hub.audit.access import Access
    from hub.telemetry import Fact

_PATIENCE_SECONDS: Final = 1.0
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counts of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._asked: list[Callable[[], Awaitable[None]]] = []
        ProcessCollector(registry=self._registry)
        self._requests = self._counts(
            "hub_requests", "Requests, by way in and by how they ended.", ("channel", "outcome")
        )
        self._errors = self._counts("hub_errors", "Requests with an error, by code.", ("code",))
        self._seconds = self._times(
            "hub_request_seconds", "How long requests took, by way in.", ("channel",)
        )
        self._operations = self._times(
            "hub_operation_seconds", "How long trusted operations took, by name.", ("operation",)
        )
        self._rows = self._counts("hub_rows", "Rows given, by type.", ("type",))
        self._plans = self._counts(
            "hub_plans",
            "Operations, by whether a plan was kept, was made, or is left to the resolvers.",
            ("found",),
        )
        self._statements = self._times(
            "hub_statement_seconds", "How long statements took in the database.", ()
        )

    def hear(self, fact: Fact) -> None:
        """Count *fact*."""
        match fact:
            case StatementRan(seconds=seconds):
                self._statements.observe((), seconds)
            case PlanFound(found=found):
                self._plans.found[found,] += 1

    def count(self, access: Access) -> None:
        """Count a request that is over."""
        channel = access.origin.channel
        self._requests.found[channel, access.outcome] += 1
        for code in access.codes:
            self._errors.found[code,] += 1
        if access.seconds is not None:
            self._seconds.observe((channel,), access.seconds)
            if access.trusted is not None and access.operation is not None:
                self._operations.observe((access.operation,), access.seconds)
        for name, count in zip(access.types, access.counts, strict=True):
            if count:
                self._rows.found[name,] += count

    def read(
        self,
        name: str,
        help_: str,
        labels: tuple[str, ...],
        reading: Callable[[], Mapping[tuple[str, ...], float]],
    ) -> None:
        """Have *reading* asked whenever somebody looks; it gives a value for each set of labels."""
        self._registry.register(_Gauge(name, help_, labels, reading))

    def ask(self, asking: Callable[[], Awaitable[None]]) -> None:
        """Have *asking* done, if it can be in good time, before anybody who looks is answered."""
        self._asked.append(asking)

    def routes(self) -> list[BaseRoute]:
        """Return the route that they are read at."""
        return [Route("/metrics", self._answer)]

    def _counts(self, name: str, help_: str, labels: tuple[str, ...]) -> _Counts:
        made = _Counts(name, help_, labels)
        self._registry.register(made)
        return made

    def _times(self, name: str, help_: str, labels: tuple[str, ...]) -> _Times:
        made = _Times(name, help_, labels)
        self._registry.register(made)
        return made

    async def _answer(self, _: Request) -> Response:
        for asking in self._asked:
            with suppress(HubError, TimeoutError):
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    await asking()
        headers = {"cache-control": "no-store"}
        return Response(
            generate_latest(self._registry), headers=headers, media_type=CONTENT_TYPE_LATEST
        )


class _Counts(Collector):
    """Counts by labels. Every request counts several times over: an addition each is all it takes.

    Only the event loop's thread counts.
    """

    def __init__(self, name: str, help_: str, labels: tuple[str, ...]) -> None:
        self._name, self._help, self._labels = name, help_, labels
        self.found: defaultdict[tuple[str, ...], int] = defaultdict(int)

    @override
    def collect(self) -> Iterable[Metric]:
        family = CounterMetricFamily(self._name, self._help, labels=self._labels)
        for labels, count in self.found.items():
            family.add_metric(labels, count)
        yield family


class _Times(Collector):
    """How many took how long, by labels; counted as ``_Counts`` counts."""

    def __init__(self, name: str, help_: str, labels: tuple[str, ...]) -> None:
        self._name, self._help, self._labels = name, help_, labels
        self._found: dict[tuple[str, ...], list[int]] = {}
        self._sums: defaultdict[tuple[str, ...], float] = defaultdict(float)

    def observe(self, labels: tuple[str, ...], seconds: float) -> None:
        """Count something that took so long."""
        found = self._found.get(labels)
        if found is None:
            found = self._found[labels] = [0] * (len(_SECONDS) + 1)
        found[bisect_left(_SECONDS, seconds)] += 1
        self._sums[labels] += seconds

    @override
    def collect(self) -> Iterable[Metric]:
        family = HistogramMetricFamily(self._name, self._help, labels=self._labels)
        bounds = [*map(floatToGoString, _SECONDS), "+Inf"]
        for labels, found in self._found.items():
            buckets = list(zip(bounds, accumulate(found), strict=True))
            family.add_metric(labels, buckets, self._sums[labels])
        yield family


class _Gauge(Collector):
    def __init__(
        self,
        name: str,
        help_: str,
        labels: tuple[str, ...],
        reading: Callable[[], Mapping[tuple[str, ...], float]],
    ) -> None:
        self._name, self._help, self._labels, self._reading = name, help_, labels, reading

    @override
    def collect(self) -> Iterable[Metric]:
        family = GaugeMetricFamily(self._name, self._help, labels=self._labels)
        for labels, value in self._reading().items():
            family.add_metric(labels, value)
        yield family
