"""Bodies, read no further than the limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from hub.web.refusals import BodyTooLargeError

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.types import Receive


def refuse_declared_excess(headers: Headers, limit: int) -> None:
    """Refuse a body whose declared length is above *limit*, before any of it is read."""
    declared = headers.get("content-length")
    if declared is not None and int(declared) > limit:
        raise BodyTooLargeError(limit=limit)


async def read_body(receive: Receive, limit: int) -> bytes:
    """Return the whole body; refuse it as soon as more than *limit* bytes have come."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise BodyTooLargeError(limit=limit)
        if not message.get("more_body", False):
            # Nearly every body comes in one piece and is handed on as it is.
            return b"".join([*chunks, chunk]) if chunks else chunk
        chunks.append(chunk)
