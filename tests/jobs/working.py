"""A worker beside a block of a test."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hub.jobs.worker import Worker


@asynccontextmanager
async def working(worker: Worker) -> AsyncIterator[None]:
    """Have *worker* work until the end of the block, and then stop in order."""
    task = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
    assert task.cancelled()
