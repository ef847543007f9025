"""What scanners look for is not here: each probe, by the public and by a department."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest_asyncio

from hub.database.engine import Database
from tests.web.closed import ClosedHub, closed_hub
from tests.web.probes import ASKERS, probes, put

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from hub.database.address import Address


@pytest_asyncio.fixture
async def hub(demo: Address, tmp_path: Path) -> AsyncIterator[ClosedHub]:
    """A hub as production composes it."""
    async with Database(demo) as database, closed_hub(database, tmp_path) as opened:
        yield opened


async def test_no_probe_gets_through(hub: ClosedHub) -> None:
    found = []
    for probe in probes():
        for agency in ASKERS:
            answer = await put(hub, agency, probe)
            if not probe.holds(answer):
                found.append((probe.name, agency, answer.status_code, answer.text[:200]))
    assert found == []
