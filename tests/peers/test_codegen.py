"""GraphQL Code Generator's client preset: typed TypeScript from ``schema/`` that fetches."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from hub.api.operations import read_operations
from tests.peers.programs import end, run

if TYPE_CHECKING:
    from tests.callers import Callers
    from tests.peers.conftest import ServedHub

pytestmark = pytest.mark.peers

HERE = Path(__file__).parent / "typescript"
GENERATED = HERE / "generated"
PROGRAMS = HERE.parent / "node_modules"
CODEGEN = PROGRAMS / "@graphql-codegen" / "cli" / "cjs" / "bin.js"
TSC = PROGRAMS / "typescript" / "bin" / "tsc"

AGENCY = "hn.cong-an"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def program() -> Path:
    """The client, generated and compiled: strictly, or the test ends here."""
    shutil.rmtree(GENERATED, ignore_errors=True)
    await run("node", CODEGEN, "--config", "codegen.mjs", cwd=HERE)
    await run("node", TSC, "--project", ".", cwd=HERE)
    return GENERATED / "built" / "fetch.js"


async def test_a_strict_client_gets_every_published_answer(
    program: Path, hub: ServedHub, callers: Callers
) -> None:
    said = json.loads(await run("node", program, cwd=HERE, **hub.variables(AGENCY)))

    assert said["values"] == [80, 70, 80, 90, 90]
    assert said["anomalies"]
    assert len(said["wards"]) == 5
    caller = await callers(AGENCY)
    operations = {operation.name: operation.text for operation in read_operations()}
    assert said["answers"].keys() == operations.keys()
    for name, text in operations.items():
        assert said["answers"][name] == await caller.ask(text)


async def test_a_stranger_gets_an_error_and_no_answer(program: Path, hub: ServedHub) -> None:
    variables = hub.variables(AGENCY) | {"HUB_TOKEN": "nobody"}
    code, said = await end("node", program, cwd=HERE, **variables)
    assert code == 1
    assert "UNAUTHENTICATED" in said
