"""In development whoever asks is told which statement gave the answer; elsewhere nobody is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from hub.api.execution import Executor
from hub.audit.trail import NO_TRAIL
from hub.clock import system_clock
from hub.database.engine import Database
from hub.web.app import WebOptions, WebParts, create_app
from tests.web.serving import as_the_public, ready, serving

if TYPE_CHECKING:
    from hub.database.address import Address

ASKED = {"query": "{ programmes { totalCount nodes { code } } }"}


@pytest.mark.parametrize("development", [True, False])
async def test_a_header_shows_statement_and_plan_in_development_alone(
    demo: Address, *, development: bool
) -> None:
    async with Database(demo) as database:
        parts = WebParts(Executor(database, system_clock), as_the_public, ready, trail=NO_TRAIL)
        app = create_app(parts, WebOptions(development=development))
        async with serving(app) as url, httpx.AsyncClient(base_url=url) as client:
            plain = (await client.post("/graphql", json=ASKED)).json()
            headers = {"x-hub-explain": "1"}
            told = (await client.post("/graphql", json=ASKED, headers=headers)).json()
    assert told["data"] == plain["data"]
    assert set(plain["extensions"]) == {"cost"}
    if not development:
        assert told == plain
        return
    assert told["extensions"]["cost"] == plain["extensions"]["cost"]
    assert told["extensions"]["statement"].startswith("SELECT convert_to(")
    assert "FROM programme" in told["extensions"]["statement"]
    assert any("Execution Time" in line for line in told["extensions"]["plan"])
