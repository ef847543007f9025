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
from hub.web.refusals import NotReadyError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

LOGGER = logging.getLogger(__name__)

CheckReady = Callable[[], Awaitable[None]]
"""Returns when requests can be answered; raises the error that says why they cannot."""

PATIENCE_SECONDS = 2.0


def health_routes(check_ready: CheckReady) -> list[BaseRoute]:
    """Return the routes by which a supervisor and a balancer ask."""

    async def live(_: Request) -> Response:
        return _answer(200, {"status": "live"})

    async def ready(_: Request) -> Response:
        code = await _find_obstacle(check_ready)
        if code is None:
            return _answer(200, {"status": "ready"})
        return _answer(503, {"status": "not_ready", "code": code})

    return [Route("/health/live", live), Route("/health/ready", ready)]


async def _find_obstacle(check_ready: CheckReady) -> str | None:
    """Return the code of what is in the way; its sentence is for the log alone."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await check_ready()
    except HubError as error:
        LOGGER.warning("Not ready: %s: %s", error.code, error)
        return error.code
    except Exception:  # Whatever it is, the answer is "no"; the log says what it is.
        LOGGER.exception("Not ready")
        return NotReadyError.code
    return None


def _answer(status: int, body: dict[str, str]) -> Response:
    headers = {"cache-control": "no-store"}
    return Response(orjson.dumps(body), status, headers, media_type="application/json")
