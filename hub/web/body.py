"""Bodies, read no further than the limit."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from hub.web.refusals import BodyTooLargeError

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import Message, Receive, Scope, Send

LINGER_SECONDS = 0.5


def refuse_declared_excess(content_length: str, limit: int) -> None:
    """Refuse a body that is declared to be above *limit*, before any of it is read."""
    if int(content_length or 0) > limit:
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


async def answer_before_the_end(
    response: Response, scope: Scope, receive: Receive, send: Send
) -> None:
    """Send *response* at once to a client that is still sending its body, then hang up.

    What still arrives is thrown away for a moment: a connection closed upon unread bytes is reset,
    and many a client then loses the answer that told it why.
    """

    async def send_and_hold(message: Message) -> None:
        is_last = message["type"] == "http.response.body"
        await send({**message, "more_body": True} if is_last else message)

    await response(scope, receive, send_and_hold)
    # Who waits for leave to send (Expect) has sent nothing, and receiving would give that leave.
    if not any(name == b"expect" for name, _ in scope["headers"]):
        with suppress(TimeoutError):
            async with asyncio.timeout(LINGER_SECONDS):
                while (await receive()).get("more_body", False):
                    pass
    await send({"type": "http.response.body", "body": b""})
