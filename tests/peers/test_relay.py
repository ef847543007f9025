"""Relay's compiler on the published schema, and the hub on what it compiled."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.peers.programs import run

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.peers.conftest import ServedHub

pytestmark = pytest.mark.peers

HERE = Path(__file__).parent / "relay"
GENERATED = HERE / "generated"
COMPILER = HERE.parent / "node_modules" / "relay-compiler" / "cli.js"

PAGE = 50


@pytest.fixture
async def compiled() -> dict[str, str]:
    """The operations as Relay will send them, by name."""
    shutil.rmtree(GENERATED, ignore_errors=True)
    GENERATED.mkdir()
    persisted = GENERATED / "queries.json"
    persisted.write_text("{}")
    said = await run("node", COMPILER, "relay.config.json", cwd=HERE)
    assert "8 reader, 5 normalization, 10 operation text" in said
    texts = json.loads(persisted.read_text(encoding="utf-8")).values()
    return {re.findall(r"\A\w+ (\w+)", text)[0]: text for text in texts}


async def test_its_lists_refetch_through_connections_and_ids(
    compiled: dict[str, str], hub: ServedHub
) -> None:
    assert sorted(compiled) == [
        "AnyNodeQuery",
        "ObservationListPaginationQuery",
        "ObservationListQuery",
        "ProjectIndicatorsPaginationQuery",
        "ProjectIndicatorsQuery",
    ]
    ask = asking(hub, compiled)

    where = {"indicator": {"is": {"code": {"eq": "hn.da5.tu-van-cai-nghien"}}}}
    screen = await ask("ObservationListQuery", where=where)
    assert screen["viewer"]["agency"]["code"] == "hn.cong-an"
    first = screen["observations"]
    after = first["pageInfo"]["endCursor"]
    second = await ask("ObservationListPaginationQuery", where=where, after=after, first=PAGE)
    ids = [edge["node"]["id"] for edge in (first["edges"] + second["observations"]["edges"])]
    assert len(set(ids)) == 2 * PAGE
    assert second["observations"]["totalCount"] == first["totalCount"] > 2 * PAGE

    screen = await ask("ProjectIndicatorsQuery", project="hn.ctmtqg-2030.da5")
    project = screen["project"]
    end = project["indicators"]
    before = end["pageInfo"]["startCursor"]
    rest = await ask("ProjectIndicatorsPaginationQuery", id=project["id"], before=before, last=100)
    assert rest["node"]["id"] == project["id"]
    edges = rest["node"]["indicators"]["edges"] + end["edges"]
    assert len({edge["node"]["code"] for edge in edges}) == len(edges) == end["totalCount"]
    assert end["pageInfo"]["hasPreviousPage"]
    assert not rest["node"]["indicators"]["pageInfo"]["hasPreviousPage"]

    node = (await ask("AnyNodeQuery", id=project["id"]))["node"]
    assert (node["__typename"], node["code"]) == ("Project", "hn.ctmtqg-2030.da5")
    assert node["__isProvenanced"] == "Project"
    assert node["synthetic"] is False


def asking(hub: ServedHub, compiled: dict[str, str]) -> Callable[..., Awaitable[Any]]:
    """Return what sends a compiled operation as the standing agency and gives its data."""
    variables = hub.variables("hn.cong-an")
    headers = {"authorization": f"Bearer {variables['HUB_TOKEN']}"}

    async def ask(name: str, **values: object) -> Any:  # noqa: ANN401  (JSON)
        async with httpx.AsyncClient(headers=headers, timeout=30) as client:
            body = {"query": compiled[name], "variables": values}
            answer = (await client.post(variables["HUB_URL"], json=body)).json()
        assert "errors" not in answer, answer
        return answer["data"]

    return ask
