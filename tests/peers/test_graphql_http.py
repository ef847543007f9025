"""graphql-http's audit of servers, run by Node against the hub as it is served."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import orjson
import pytest

from hub.web.app import WebOptions, create_app
from tests.web.serving import parts_without_rows, serving

pytestmark = pytest.mark.peers

HERE = Path(__file__).parent


async def test_every_audit_of_graphql_over_http_is_passed() -> None:
    app = create_app(parts_without_rows(), WebOptions(allow_get=True))
    async with serving(app) as url:
        node = await asyncio.create_subprocess_exec(
            "node", "audit.mjs", f"{url}/graphql", cwd=HERE, stdout=asyncio.subprocess.PIPE
        )
        output, _ = await asyncio.wait_for(node.communicate(), timeout=60)
    assert node.returncode == 0
    results = orjson.loads(output)
    assert [result for result in results if result["status"] != "ok"] == []
    assert Counter(result["status"] for result in results) == {"ok": 61}
