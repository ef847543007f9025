"""OpenTelemetry traces: a span for each request, its plan and its statements; off by default.

Spans are made when a request is over, from what was told meanwhile: where nobody traces, nothing is
done. A span says what was asked by digest and name, never by text, and no value.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from hub.telemetry import REQUEST_ID, PlanFound, StatementRan

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from opentelemetry.util.types import AttributeValue

    from hub.audit.access import Access
    from hub.telemetry import Fact

_MOST_OPEN: Final = 1000
_PARENT: Final = TraceContextTextMapPropagator()


class Tracing:
    """Sends traces to the OTLP collector at *endpoint*, over HTTP, as long as it is open."""

    def __init__(self, endpoint: str) -> None:
        self._provider = TracerProvider(resource=Resource.create({"service.name": "hub"}))
        exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("hub")
        self._open: OrderedDict[str, list[tuple[Fact, int]]] = OrderedDict()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Send what is left."""
        self._provider.shutdown()

    def hear(self, fact: Fact) -> None:
        """Remember *fact* for the trace of its request."""
        request_id = REQUEST_ID.get()
        if request_id:
            self._open.setdefault(request_id, []).append((fact, time.time_ns()))
            while len(self._open) > _MOST_OPEN:
                self._open.popitem(last=False)

    def end(self, access: Access) -> None:
        """Make the spans of a request that is over."""
        facts = self._open.pop(access.origin.request_id or "", [])
        now = time.time_ns()
        began = now - _nanoseconds(access.seconds or 0.0)
        root = self._tracer.start_span(
            access.operation or access.event,
            context=_PARENT.extract({"traceparent": access.origin.traceparent or ""}),
            kind=SpanKind.SERVER,
            start_time=began,
            attributes=_attributes(access),
        )
        if access.codes:
            root.set_status(Status(StatusCode.ERROR, access.codes[0]))
        context = set_span_in_context(root)
        for fact, ended in facts:
            name, attributes = _told(fact)
            span = self._tracer.start_span(
                name,
                context=context,
                start_time=max(began, ended - _nanoseconds(fact.seconds)),
                attributes=attributes,
            )
            span.end(ended)
        root.end(now)


def _attributes(access: Access) -> dict[str, AttributeValue]:
    attributes: dict[str, AttributeValue] = {
        "hub.outcome": access.outcome,
        "hub.channel": access.origin.channel,
        "hub.request_id": access.origin.request_id or "",
        "hub.codes": list(access.codes),
        "hub.rows": sum(access.counts),
    }
    if access.document:
        attributes["graphql.document.sha256"] = sha256(access.document.encode()).hexdigest()
    if access.operation:
        attributes["graphql.operation.name"] = access.operation
    return attributes


def _told(fact: Fact) -> tuple[str, dict[str, AttributeValue]]:
    match fact:
        case StatementRan(sql=sql, rows=rows):
            digest = sha256(sql.encode()).hexdigest()
            return "statement", {
                "db.system.name": "postgresql",
                "db.statement.sha256": digest,
                "db.response.returned_rows": rows,
            }
        case PlanFound(found=found):
            return "plan", {"hub.plan": found}


def _nanoseconds(seconds: float) -> int:
    return round(seconds * 1_000_000_000)
