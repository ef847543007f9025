"""The worker that a development hub has beside it: a process of its own, so that reads go on."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from typing import Final

_LOG: Final = logging.getLogger(__name__)
_COMMAND: Final = (sys.executable, "-m", "hub", "worker", "--beside")
_PAUSE_SECONDS: Final = 5.0
_STOP_SECONDS: Final = 20.0


async def accompany() -> None:
    """Have a worker until cancelled, another one whenever it ends; then let it finish.

    It holds on to this process by its standard input, and ends when that is gone, however this
    process ended.
    """
    while True:
        process = subprocess.Popen(  # noqa: S603, ASYNC220  (starting it waits for nothing)
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            # Ctrl-C is for this process: it stops the other when it has no more use for it.
            process_group=0,
        )
        try:
            code = await asyncio.to_thread(process.wait)
        except asyncio.CancelledError:
            await _stop(process)
            raise
        _LOG.warning("The worker has ended with %s and is started again", code)
        await asyncio.sleep(_PAUSE_SECONDS)


async def _stop(process: subprocess.Popen[bytes]) -> None:
    """Tell it to end by letting go of its input; end it if it does not."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        await asyncio.to_thread(process.wait, _STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        await asyncio.to_thread(process.wait)
