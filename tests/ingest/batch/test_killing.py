"""Whoever imports may be killed at any moment; ``make prove`` tries a hundred."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database

POINTS: Final = 20


async def test_a_killed_import_done_again_is_as_if_it_had_never_been_killed(
    undemonstrated: Database, tmp_path: Path
) -> None:
    """Deliveries overlap, come twice and in any order, and two are under way at a time."""
    address = undemonstrated.address
    given = {"url": address.url, "secret": address.secret, "home": str(tmp_path), "points": POINTS}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.ingest.batch.killing", json.dumps(given)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    assert f"{POINTS} of {POINTS} points alike" in said.decode()
