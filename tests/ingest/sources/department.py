"""A department's system over real HTTP, with everything that may go wrong there."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from typing_extensions import override

from hub.ingest.sources import ApiConnection

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT = ("hub", "a secret of the hub's")


class Department:
    """Serves its items in pages of two; faults are taken first, one for each question.

    Attributes:
        faults: (status, headers, body) to answer with; None closes the connection at once, and a
            number is how many seconds nothing is said.
        fails_after: the number of good answers after which there are none.
        asked: the questions that came, tokens aside.
    """

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []
        self.faults: list[tuple[int, dict[str, str], bytes] | float | None] = []
        self.asked: list[dict[str, str]] = []
        self.tokens = 0
        self.is_stuck = False
        self.fails_after: int | None = None
        self.address = ""

    @property
    def connection(self) -> ApiConnection:
        """How the department is asked."""
        return ApiConnection(
            url=f"{self.address}/cases",
            token_url=f"{self.address}/token",
            client_id=CLIENT[0],
            client_secret=CLIENT[1],
            page_size=2,
        )

    def page(self, question: dict[str, str]) -> dict[str, Any]:
        """Return the answer to *question*."""
        begin = int(question.get("cursor", "0"))
        fresh = [item for item in self.items if item["updated"] >= question.get("since", "")]
        page = fresh[begin : begin + int(question["limit"])]
        ends = begin + len(page) >= len(fresh)
        cursor = question.get("cursor") if self.is_stuck else str(begin + len(page))
        answer = {"items": page, "asOf": max((item["updated"] for item in fresh), default=None)}
        return answer if ends else {**answer, "nextCursor": cursor}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: ClassVar[Department]

    @override
    def log_message(self, format: str, *args: object) -> None: ...

    def do_POST(self) -> None:
        """Give a token."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.state.tokens += 1
        answer = {"access_token": f"token-{self.state.tokens}", "expires_in": 600}
        self.answer(200, {}, json.dumps(answer).encode())

    def do_GET(self) -> None:
        """Give a page, or what goes wrong instead."""
        state = self.state
        question = {key: value[0] for key, value in parse_qs(urlsplit(self.path).query).items()}
        state.asked.append(question)
        if state.faults:
            fault = state.faults.pop(0)
            if fault is None or isinstance(fault, float):
                time.sleep(fault or 0)
                self.close_connection = True
            else:
                self.answer(*fault)
        elif state.fails_after is not None and len(state.asked) > state.fails_after:
            self.answer(503, {}, b"")
        elif self.headers["Authorization"] != f"Bearer token-{state.tokens}":
            self.answer(401, {}, b"")
        else:
            self.answer(200, {}, json.dumps(state.page(question)).encode())

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        """Send an answer; one that lies about its length is the last of its connection."""
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        if "Content-Length" in headers:
            self.close_connection = True


@contextmanager
def department() -> Iterator[Department]:
    """Serve a department on a free port."""
    state = Department()

    class Handler(_Handler):
        pass

    Handler.state = state
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
