"""Ariadne Code Generator: a typed Python client from ``schema/`` that fetches.

It holds back graphql-core, so it has an environment of its own beside the hub's.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.peers.programs import run

if TYPE_CHECKING:
    from tests.callers import Callers
    from tests.peers.conftest import ServedHub

pytestmark = pytest.mark.peers

HERE = Path(__file__).parent / "ariadne"
GENERATED = HERE / "generated"
PROGRAMS = HERE / ".venv" / "bin"

WARD = """
query Ward($ward: String!) {
  observations(where: { area: { is: { code: { eq: $ward } } } }) { totalCount }
}
"""


async def test_its_client_passes_mypy_strict_and_fetches(hub: ServedHub, callers: Callers) -> None:
    shutil.rmtree(GENERATED, ignore_errors=True)
    GENERATED.mkdir()
    await run(PROGRAMS / "ariadne-codegen", "--config", "ariadne.toml", cwd=HERE)
    checked = await run(PROGRAMS / "mypy", "--cache-dir", os.devnull, "fetch.py", cwd=HERE)
    assert "no issues found in 1 source file" in checked

    variables = hub.variables("hn.cong-an") | {"PYTHONPATH": str(GENERATED)}
    said = json.loads(await run(PROGRAMS / "python", "fetch.py", cwd=HERE, **variables))
    assert said["values"] == [80, 70, 80, 90, 90]
    assert said["anomalies"]
    assert said["closed_in"] == 2025
    answer = await (await callers("hn.cong-an")).ask(WARD, ward="00004")
    total = answer["observations"]["totalCount"]
    assert len(said["statuses"]) == total > 100
    assert set(said["statuses"].values()) >= {"ACCEPTED"}
