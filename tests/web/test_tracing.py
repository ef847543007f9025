"""Traces, sent to a collector that is one: spans over OTLP, and nothing of what was asked."""

from __future__ import annotations

import threading
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar, Final

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from typing_extensions import override

from hub.api.execution import Executor
from hub.audit.trail import NO_TRAIL
from hub.cli.instruments import Instruments
from hub.clock import system_clock
from hub.database.engine import Database
from hub.settings import Settings
from hub.web.app import WebOptions, WebParts, create_app
from tests.web.serving import as_the_public, ready, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.database.address import Address


TRACE: Final = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT: Final = "00f067aa0ba902b7"


class _Collector(BaseHTTPRequestHandler):
    received: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        """Take what is sent."""
        self.received.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(200)
        self.end_headers()

    @override
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def collector() -> Iterator[str]:
    _Collector.received.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Collector) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


async def test_a_request_its_plan_and_its_statement_are_spans_of_the_client_s_trace(
    demo: Address, collector: str
) -> None:
    document = 'query Secret { programme(code: "ctmtqg-2030") { code } }'
    instruments = Instruments.of(Settings(traces=collector))
    async with Database(demo, observer=instruments.hear) as database:
        parts = WebParts(
            Executor(database, system_clock),
            as_the_public,
            ready,
            routes=instruments.routes,
            resources=instruments.resources,
            trail=instruments.along(NO_TRAIL),
        )
        async with (
            serving(create_app(parts, WebOptions())) as url,
            httpx.AsyncClient(base_url=url) as client,
        ):
            headers = {"traceparent": f"00-{TRACE}-{PARENT}-01"}
            answer = await client.post("/graphql", json={"query": document}, headers=headers)
            counted = (await client.get("/metrics")).text.splitlines()
    assert {'hub_plans_total{found="made"} 1.0', "hub_statement_seconds_count 1.0"} <= set(counted)
    sent = [ExportTraceServiceRequest.FromString(body) for body in _Collector.received]
    spans = {
        span.name: span
        for request in sent
        for resource in request.resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    }
    assert set(spans) == {"Secret", "plan", "statement"}
    root = spans["Secret"]
    assert (root.trace_id.hex(), root.parent_span_id.hex()) == (TRACE, PARENT)
    told = {each.key: each.value.string_value for each in root.attributes}
    assert told["hub.request_id"] == answer.headers["x-request-id"]
    assert told["graphql.document.sha256"] == sha256(document.encode()).hexdigest()
    for name in ("plan", "statement"):
        assert spans[name].trace_id == root.trace_id
        assert spans[name].parent_span_id == root.span_id
        assert spans[name].start_time_unix_nano >= root.start_time_unix_nano
        assert spans[name].end_time_unix_nano <= root.end_time_unix_nano
    assert not any(word in b"".join(_Collector.received) for word in (b"ctmtqg-2030", b"SELECT"))


def test_where_no_collector_is_named_nothing_is_traced() -> None:
    assert Instruments.of(Settings()).tracing is None
