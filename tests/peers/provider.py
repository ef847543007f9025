"""The provider that is not ours: npm's ``oidc-provider``, over TLS."""

from __future__ import annotations

import asyncio
import os
from asyncio.subprocess import PIPE
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HERE: Final = Path(__file__).parent / "oidc"


@asynccontextmanager
async def providing(told: dict[str, str]) -> AsyncIterator[None]:
    """Run the provider beside the block, which begins once it answers."""
    program = await asyncio.create_subprocess_exec(
        "node", "provider.mjs", cwd=HERE, env={**os.environ, **told}, stdout=PIPE
    )
    try:
        assert program.stdout is not None
        while (await program.stdout.readline()).strip() != b"ready":
            assert program.returncode is None
        yield
    finally:
        program.kill()
        await program.wait()
