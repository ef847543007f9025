"""The progress of a batch as server-sent events: an event for each change, until it has ended.

Each time it is read anew as whoever asks, by the rights of that moment: who has lost them, or was
suspended, hears no more.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Final

import orjson

from hub.errors import HubError
from hub.web.sources.record import told

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from hub.loaders.batches import BatchRecord

EVENT_STREAM: Final = "text/event-stream"
PAUSE_SECONDS: Final = 0.4
_LONGEST_PAUSE: Final = 3.0
_SILENCE_SECONDS: Final = 15.0
_LONGEST_SECONDS: Final = 3600.0


async def follow(
    first: BatchRecord, look: Callable[[], Awaitable[BatchRecord]]
) -> AsyncIterator[bytes]:
    """Yield an event for *first* and for each change that *look* finds, the last one ``end``.

    Without ``end``, the batch had not ended: whoever still waits asks again.
    """
    began = spoke = monotonic()
    record, pause = first, PAUSE_SECONDS
    yield _event(record)
    while not record.is_ended and monotonic() - began < _LONGEST_SECONDS:
        await asyncio.sleep(pause)
        try:
            now = await look()
        except HubError:
            return
        if (now.facts, now.counts) != (record.facts, record.counts):
            record, pause, spoke = now, PAUSE_SECONDS, monotonic()
            yield _event(record)
        else:
            # Long work is not asked for as often as short.
            pause = min(pause * 1.2, _LONGEST_PAUSE)
            if monotonic() - spoke > _SILENCE_SECONDS:
                spoke = monotonic()
                yield b":\n\n"


def _event(record: BatchRecord) -> bytes:
    name = b"end" if record.is_ended else b"progress"
    return b"event: %s\ndata: %s\n\n" % (name, orjson.dumps(told(record)))
