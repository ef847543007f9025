"""What the hub counts about itself, as Prometheus reads it at ``/metrics``.

Names of operations are labels of trusted ones only: whatever else a client calls its operation
would be a label of its own making. Nothing that is counted says who asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.responses import Response
from starlette.routing import Route
from typing_extensions import override

from hub.telemetry import PlanFound, StatementRan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from prometheus_client.core import Metric
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from hub.audit.access import Access
    from hub.telemetry import Fact

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counts of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "hub_requests",
            "Requests, by way in and by how they ended.",
            ("channel", "outcome"),
            registry=self._registry,
        )
        self._errors = Counter(
            "hub_errors", "Requests with an error, by code.", ("code",), registry=self._registry
        )
        self._seconds = Histogram(
            "hub_request_seconds",
            "How long requests took, by way in.",
            ("channel",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._operations = Histogram(
            "hub_operation_seconds",
            "How long trusted operations took, by name.",
            ("operation",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._rows = Counter("hub_rows", "Rows given, by type.", ("type",), registry=self._registry)
        self._plans = Counter(
            "hub_plans",
            "Operations, by whether a plan was kept, was made, or is left to the resolvers.",
            ("found",),
            registry=self._registry,
        )
        self._statements = Histogram(
            "hub_statement_seconds",
            "How long statements took in the database.",
            buckets=_SECONDS,
            registry=self._registry,
        )

    def hear(self, fact: Fact) -> None:
        """Count *fact*."""
        match fact:
            case StatementRan(seconds=seconds):
                self._statements.observe(seconds)
            case PlanFound(found=found):
                self._plans.labels(found).inc()

    def count(self, access: Access) -> None:
        """Count a request that is over."""
        channel = access.origin.channel
        self._requests.labels(channel, access.outcome).inc()
        for code in access.codes:
            self._errors.labels(code).inc()
        if access.seconds is not None:
            self._seconds.labels(channel).observe(access.seconds)
            if access.trusted is not None and access.operation is not None:
                self._operations.labels(access.operation).observe(access.seconds)
        for name, count in zip(access.types, access.counts, strict=True):
            if count:
                self._rows.labels(name).inc(count)

    def read(
        self,
        name: str,
        help_: str,
        labels: tuple[str, ...],
        reading: Callable[[], Mapping[tuple[str, ...], float]],
    ) -> None:
        """Have *reading* asked whenever somebody looks; it gives a value for each set of labels."""
        self._registry.register(_Gauge(name, help_, labels, reading))

    def routes(self) -> list[BaseRoute]:
        """Return the route that they are read at."""
        return [Route("/metrics", self._answer)]

    async def _answer(self, _: Request) -> Response:
        headers = {"cache-control": "no-store"}
        return Response(
            generate_latest(self._registry), headers=headers, media_type=CONTENT_TYPE_LATEST
        )


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
