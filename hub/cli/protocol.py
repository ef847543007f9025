"""HTTP as uvicorn reads it, with bounds on the head of a request and on the taking of an answer.

Refusals have a code here, too.
"""

from __future__ import annotations

from contextvars import copy_context
from http import HTTPStatus
from secrets import token_hex
from typing import TYPE_CHECKING, ClassVar, Final

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from hub.telemetry import REQUEST_ID
from hub.web.negotiation import choose_language
from hub.web.refusals import HeadTooLargeError, RequestUnreadableError, refuse

if TYPE_CHECKING:
    from asyncio import TimerHandle

    from hub.errors import HubError, Language


_TAKEN: Final = 64 * 1024


class BoundedProtocol(HttpToolsProtocol):
    """Takes so many bytes of a request's line and header fields.

    A longer head is answered with 431 and the connection closed; no more of it is kept than that
    and what came with its last packet.

    Of what is said, 64 KiB must be taken every *patience* seconds, or all that is left; else
    the connection is cut off. Nobody keeps an answer in this process by not reading it.

    Attributes:
        most: how many.
        patience: in seconds.
    """

    most: ClassVar[int]
    patience: ClassVar[float]
    _head: int | None = None
    _left: int = 0
    _watching: TimerHandle | None = None

    @override
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head = 0

    @override
    def on_headers_complete(self) -> None:
        self._head = None
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > self.most:
            self._refuse()
        else:
            super().on_headers_complete()

    @override
    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        before = self._head
        super().data_received(data)
        if before is not None and self._head is not None:
            self._head = before + len(data)
            if self._head > self.most:
                self._refuse()

    @override
    def on_body(self, body: bytes) -> None:
        if not self.transport.is_closing():
            super().on_body(body)

    @override
    def on_message_complete(self) -> None:
        if not self.transport.is_closing():
            super().on_message_complete()

    @override
    def send_400_response(self, msg: str) -> None:
        self._answer(RequestUnreadableError())

    @override
    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch()

    @override
    def resume_writing(self) -> None:
        super().resume_writing()
        if not self.transport.is_closing():
            self._unwatch()

    @override
    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.is_closing():
            self._watch()

    @override
    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._watch()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._unwatch()
        super().connection_lost(exc)

    def _unwatch(self) -> None:
        if self._watching is not None:
            self._watching.cancel()
            self._watching = None

    def _watch(self) -> None:
        """Begin to look whether what was written is taken."""
        if self._watching is None and self in self.connections:
            self._left = self.transport.get_write_buffer_size()
            self._watching = self.loop.call_later(self.patience, self._look)

    def _look(self) -> None:
        self._watching = None
        left = self.transport.get_write_buffer_size()
        if not left:
            return
        if left > self._left - _TAKEN:
            self.transport.abort()
        else:
            self._watch()

    def _refuse(self) -> None:
        self._answer(HeadTooLargeError(limit=self.most))

    def _answer(self, error: HubError) -> None:
        """Say *error* in the reader's language, as far as it was read, and close."""
        if self.transport.is_closing():
            return
        headers = self.headers or ()
        said = b",".join(value for name, value in headers if name == b"accept-language")
        language = choose_language(said.decode("latin-1"))
        self.transport.write(copy_context().run(_written, error, language))
        self.transport.close()
        self._watch()


def _written(error: HubError, language: Language) -> bytes:
    """Return *error* as an answer's bytes, with a number of its own."""
    number = token_hex(16)
    REQUEST_ID.set(number)
    answer = refuse(error, language)
    answer.headers.update({"x-request-id": number, "connection": "close"})
    status = HTTPStatus(answer.status_code)
    lines = [b"HTTP/1.1 %d %b" % (status, status.phrase.encode())]
    lines += [b"%b: %b" % each for each in answer.raw_headers]
    return b"\r\n".join([*lines, b"", bytes(answer.body)])


def bounded_protocol(most: int, patience: float) -> type[BoundedProtocol]:
    """Return the protocol that takes heads of *most* bytes, and waits for takers so long."""
    return type("Protocol", (BoundedProtocol,), {"most": most, "patience": patience})
