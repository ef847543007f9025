"""HTTP as uvicorn reads it, with a bound on the head of a request."""

from __future__ import annotations

from typing import ClassVar, Final

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_TOO_LARGE: Final = b"The head of the request is too large.\n"
_ANSWER: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\n"
    b"content-length: %d\r\n"
    b"connection: close\r\n\r\n%b" % (len(_TOO_LARGE), _TOO_LARGE)
)


class BoundedProtocol(HttpToolsProtocol):
    """Takes so many bytes of a request's line and header fields.

    A longer head is answered with 431 and the connection closed; no more of it is kept than that
    and what came with its last packet.

    Attributes:
        most: how many.
    """

    most: ClassVar[int] = 32 * 1024
    _head: int | None = None

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

    def _refuse(self) -> None:
        self.transport.write(_ANSWER)
        self.transport.close()


def bounded_protocol(most: int) -> type[BoundedProtocol]:
    """Return the protocol that takes heads of *most* bytes."""
    return type("Protocol", (BoundedProtocol,), {"most": most})
