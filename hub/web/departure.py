"""Work that nobody waits for is given up: a client that has left is answered no more."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import Receive

_UNWATCHED_SECONDS: Final = 0.05
"""Nearly every answer is there by then, and nothing was spent on watching."""


class Departure:
    """Cancels the task that it was made in once the client has left.

    The request's body must have been received as a whole.

    Attributes:
        has_happened: whether the client left, and the task was cancelled for it.
    """

    def __init__(self, receive: Receive) -> None:
        self.has_happened = False
        self._receive = receive
        self._task = asyncio.current_task()
        self._loop = asyncio.get_running_loop()
        self._watching: asyncio.Task[None] | None = None
        self._timer = self._loop.call_later(_UNWATCHED_SECONDS, self._begin)

    def end(self) -> None:
        """Watch no longer."""
        self._timer.cancel()
        if self._watching is not None:
            self._watching.cancel()

    def _begin(self) -> None:
        self._watching = self._loop.create_task(self._watch())

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.has_happened = True
        if self._task is not None:
            self._task.cancel()
