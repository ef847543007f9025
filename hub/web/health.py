"""Whether the process is alive, and whether requests may be sent to it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import orjson
from starlette.responses import Response
from starlette.routing import Route

from hub.errors import HubError
from hub.web.negotiation import choose_language

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

LOGGER = logging.getLogger(__name__)

CheckReady = Callable[[], Awaitable[None]]
"""Returns when requests can be answered; raises the error that says why they cannot."""

PATIENCE_SECONDS = 2.0


class NotReadyError(HubError):
    """What the hub stands on did not answer, or not in time."""

    code = "NOT_READY"
    vi = "Hệ thống chưa sẵn sàng. Hãy thử lại sau ít phút."
    en = "The hub is not ready. Try again in a few minutes."


def health_routes(check_ready: CheckReady) -> list[BaseRoute]:
    """Return the routes by which a supervisor and a balancer ask."""

    async def live(_: Request) -> Response:
        return _answer(200, {"status": "live"})

    async def ready(request: Request) -> Response:
        reason = await _reason_not_ready(check_ready)
        if reason is None:
            return _answer(200, {"status": "ready"})
        language = choose_language(request.headers.get("accept-language", ""))
        body = {"status": "not_ready", "code": reason.code, "message": reason.sentence(language)}
        return _answer(503, body)

    return [Route("/health/live", live), Route("/health/ready", ready)]


async def _reason_not_ready(check_ready: CheckReady) -> HubError | None:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await check_ready()
    except HubError as error:
        return error
    except Exception:  # Whatever it is, the answer is "no"; the log says what it is.
        LOGGER.exception("The hub is not ready")
        return NotReadyError()
    return None


def _answer(status: int, body: dict[str, str]) -> Response:
    headers = {"cache-control": "no-store"}
    return Response(orjson.dumps(body), status, headers, media_type="application/json")
