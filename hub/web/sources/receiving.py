"""A delivery on its way to disk: bounded in size and in silence, digested as it comes."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING, Final

from hub.web.sources.errors import (
    DeliveryEmptyError,
    DeliverySlowError,
    DeliveryTooLargeError,
    DigestMismatchError,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from hub.ingest.batch.deliveries import Arriving, Delivery

SILENCE_SECONDS: Final = 30.0


async def take_in(
    stream: AsyncIterator[bytes],
    arriving: Arriving,
    *,
    limit: int,
    declared: Mapping[str, bytes],
    silence: float = SILENCE_SECONDS,
) -> Delivery:
    """Write *stream* down as *arriving*, and return it once it is on disk.

    Raises ``DeliveryTooLargeError`` above *limit* bytes, ``DeliverySlowError`` when nothing comes
    for *silence* seconds, ``DigestMismatchError`` unless it is what was *declared*.
    """
    digests = {name: hashlib.new(name.replace("-", "")) for name in declared}
    async for chunk in _awaited(stream, silence):
        if arriving.size + len(chunk) > limit:
            raise DeliveryTooLargeError(limit=limit)
        arriving.write(chunk)
        for digest in digests.values():
            digest.update(chunk)
    if not arriving.size:
        raise DeliveryEmptyError
    if any(digests[name].digest() != value for name, value in declared.items()):
        raise DigestMismatchError
    return await asyncio.to_thread(arriving.end)


async def _awaited(stream: AsyncIterator[bytes], silence: float) -> AsyncIterator[bytes]:
    """Yield what *stream* gives, as long as it gives something in time."""
    parts = aiter(stream)
    while True:
        try:
            async with asyncio.timeout(silence):
                chunk = await anext(parts)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise DeliverySlowError(seconds=round(silence)) from error
        if chunk:
            yield chunk
