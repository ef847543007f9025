"""The page at ``/``: everything from this process in development, next to nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest
import pytest_asyncio

from hub.web.app import WebOptions, WebParts, create_app
from hub.web.console import Console, Persona
from tests.web.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.asyncio(loop_scope="module")

WHOLE_PROJECT = """\
# Một dự án trọn vẹn:
# chỉ tiêu và giao việc.
query WholeProject($code: String! = "hn.ctmtqg-2030.da5") {
  project(code: $code) { code } # không phải lời giới thiệu
}
"""
CONSOLE = Console(
    operations={"WholeProject": WHOLE_PROJECT, "Areas": "{ __typename }"},
    personas=lambda: [Persona("Công an TP Hà Nội", "token-1")],
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def development(parts: WebParts) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(replace(parts, console=CONSOLE), WebOptions(development=True))
    async with serving(app) as url, httpx.AsyncClient(base_url=url) as client:
        yield client


async def test_the_page_and_its_files_come_from_the_hub_alone(
    development: httpx.AsyncClient,
) -> None:
    page = await development.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert not re.search(r"unsafe|https?:|\*", policy)
    sources = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    files = [source for source in sources if source != "data:,"]
    assert len(files) == 8
    for source in files:
        assert source.startswith("/console/")
        file = await development.get(source)
        assert file.status_code == 200
        assert file.headers["content-type"].startswith(("text/css", "text/javascript"))


async def test_a_file_the_browser_has_is_not_sent_again(development: httpx.AsyncClient) -> None:
    path = "/console/graphiql.min.js"
    first = await development.get(path)
    assert "max-age" in first.headers["cache-control"]
    again = await development.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = await development.get(path, headers={"if-none-match": '"other"'})
    assert other.content == first.content


async def test_the_menu_has_every_operation_with_its_words(
    development: httpx.AsyncClient,
) -> None:
    config = (await development.get("/console/config.json")).json()
    assert [operation["name"] for operation in config["operations"]] == ["WholeProject", "Areas"]
    assert config["operations"][0] == {
        "name": "WholeProject",
        "description": "Một dự án trọn vẹn:\nchỉ tiêu và giao việc.",
        "text": WHOLE_PROJECT,
    }


async def test_one_may_ask_as_the_public_first_and_as_those_given(
    development: httpx.AsyncClient,
) -> None:
    answer = await development.get("/console/config.json")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["personas"] == [
        {"label": "Công chúng (không token)", "token": None},
        {"label": "Công an TP Hà Nội", "token": "token-1"},
    ]


@pytest.mark.parametrize("host", ["attacker.example", "127.0.0.1.attacker.example", "[::1]x", ""])
async def test_a_page_under_a_foreign_name_gets_no_token(
    development: httpx.AsyncClient, host: str
) -> None:
    answer = await development.get("/console/config.json", headers={"host": host})
    assert [persona["token"] for persona in answer.json()["personas"]] == [None]
    assert "token-1" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
async def test_every_name_of_this_machine_gets_the_tokens(
    development: httpx.AsyncClient, host: str
) -> None:
    answer = await development.get("/console/config.json", headers={"host": host})
    assert "token-1" in answer.text


async def test_outside_development_there_is_a_plain_page_and_no_console(parts: WebParts) -> None:
    app = create_app(replace(parts, console=CONSOLE), WebOptions())
    async with serving(app) as url, httpx.AsyncClient(base_url=url) as client:
        page = await client.get("/")
        assert page.status_code == 200
        assert "/graphql" in page.text
        assert "<script" not in page.text
        [style] = re.findall(r'rel="stylesheet" href="([^"]+)"', page.text)
        assert (await client.get(style)).status_code == 200
        for path in ("config.json", "console.js", "graphiql.min.js"):
            assert (await client.get(f"/console/{path}")).status_code == 404
