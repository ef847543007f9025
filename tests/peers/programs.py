"""Programs that are not ours, run to their end."""

from __future__ import annotations

import asyncio
import os
from asyncio.subprocess import PIPE, STDOUT
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS: Final = 120


async def run(*words: str | Path, cwd: Path, **variables: str) -> str:
    """Return what a program said that ended well."""
    code, said = await end(*words, cwd=cwd, **variables)
    assert code == 0, said
    return said


async def end(*words: str | Path, cwd: Path, **variables: str) -> tuple[int | None, str]:
    """Run a program and return its exit code and all it said.

    The event loop goes on meanwhile: the hub that the program asks may be served by it.
    """
    environment = {**os.environ, "NO_COLOR": "1", **variables}
    program = await asyncio.create_subprocess_exec(
        *words, cwd=cwd, env=environment, stdout=PIPE, stderr=STDOUT
    )
    try:
        said, _ = await asyncio.wait_for(program.communicate(), _SECONDS)
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()
    return program.returncode, said.decode()
