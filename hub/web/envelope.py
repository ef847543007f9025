"""What every answer carries, and what a failure nobody foresaw looks like from outside."""

from __future__ import annotations

import logging
from random import Random
from secrets import token_bytes
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers

from hub.telemetry import REQUEST_ID
from hub.web.negotiation import choose_language
from hub.web.refusals import InternalError, refuse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGGER = logging.getLogger(__name__)


_ALWAYS = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
]
_NUMBERS: Final = Random(token_bytes(32))  # noqa: S311  (numbers are unlike each other, no secrets)
_DEVELOPMENT = [(b"x-hub-mode", b"development")]


class Envelope:
    """Gives every HTTP answer its number and the headers of the house.

    A failure is logged under that number and answered without a word about its cause.
    """

    def __init__(self, app: ASGIApp, *, development: bool) -> None:
        self._app = app
        self._headers = [*_ALWAYS, *(_DEVELOPMENT if development else [])]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = f"{_NUMBERS.getrandbits(128):032x}"
        REQUEST_ID.set(request_id)
        is_started = False

        async def send_enveloped(message: Message) -> None:
            nonlocal is_started
            if message["type"] == "http.response.start":
                is_started = True
                message["headers"] = [
                    *message.get("headers", []),
                    *self._headers,
                    (b"x-request-id", request_id.encode()),
                ]
            await send(message)

        try:
            await self._app(scope, receive, send_enveloped)
        except Exception:
            LOGGER.exception("Request %s failed", request_id)
            if is_started:
                # Half an answer is cut off: closed properly, it would pass for a whole one.
                raise
            language = choose_language(Headers(scope=scope).get("accept-language", ""))
            response = refuse(InternalError(request_id=request_id), language)
            await response(scope, receive, send_enveloped)
