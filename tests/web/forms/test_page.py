"""The page on which reports are sent: the hub's own files, and who may be asked from it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import httpx
import pytest

from hub.web.app import WebOptions, create_app
from hub.web.console import Persona
from hub.web.forms.page import SignIn, UploadPage
from tests.web.serving import serving

if TYPE_CHECKING:
    from hub.web.app import WebParts

ISSUER: Final = "https://login.example/realms/hub"
SIGN_IN: Final = SignIn(ISSUER, "hub-web", "hub")
CHOSEN: Final = Persona("UBND phường Ba Đình", "token-1")


async def ask(
    parts: WebParts, page: UploadPage, *addresses: str, host: str | None = None
) -> list[httpx.Response]:
    """Return what a hub that has *page* answers at *addresses*."""
    app = create_app(replace(parts, routes=page.routes()), WebOptions(development=True))
    async with serving(app) as url, httpx.AsyncClient(base_url=url) as client:
        headers = {} if host is None else {"host": host}
        return [await client.get(address, headers=headers) for address in addresses]


async def test_the_page_and_its_files_come_from_the_hub_alone(parts: WebParts) -> None:
    """Of all others the issuer alone may be asked, and nothing is loaded from it."""
    files = ("/upload/upload.css", "/upload/upload.js", "/upload/signin.js")
    page, *rest = await ask(parts, UploadPage(SIGN_IN), "/upload", *files)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert set(re.findall(r'(?:src|href)="([^"]+)"', page.text)) == {"data:,", *files[:2]}
    assert 'import { begin, finish } from "/upload/signin.js"' in rest[1].text
    for answer in (page, *rest):
        assert answer.status_code == httpx.codes.OK
        policy = answer.headers["content-security-policy"]
        assert "connect-src 'self' https://login.example;" in policy
        assert policy.count("https:") == 1
        assert "unsafe" not in policy
    for answer in rest:
        assert answer.headers["content-type"].startswith(("text/css", "text/javascript"))


async def test_without_an_issuer_nobody_but_the_hub_may_be_asked(parts: WebParts) -> None:
    [page] = await ask(parts, UploadPage(), "/upload")
    assert "http" not in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("audience", "more"),
    [("hub", {}), ("https://hub.example", {"resource": "https://hub.example"})],
)
async def test_it_is_told_where_to_sign_in(
    parts: WebParts, audience: str, more: dict[str, str]
) -> None:
    """And what the token must be for, where that is an address."""
    page = UploadPage(replace(SIGN_IN, audience=audience))
    [answer] = await ask(parts, page, "/upload/config.json")
    issuer = {"issuer": ISSUER, "clientId": "hub-web", "scope": "openid", **more}
    assert answer.json() == {"issuer": issuer, "personas": []}
    assert answer.headers["cache-control"] == "no-store"


async def test_tokens_are_for_pages_of_this_machine_alone(parts: WebParts) -> None:
    """A foreign name that was made to resolve to it gets none."""
    page = UploadPage(personas=lambda: [CHOSEN])
    [here] = await ask(parts, page, "/upload/config.json")
    assert here.json()["personas"] == [{"label": CHOSEN.label, "token": CHOSEN.token}]
    [there] = await ask(parts, page, "/upload/config.json", host="evil.example")
    assert there.json()["personas"] == []


async def test_what_the_browser_keeps_is_no_token(parts: WebParts) -> None:
    """The verifier and the state alone outlive the way to the issuer and back, and once."""
    scripts = await ask(parts, UploadPage(), "/upload/upload.js", "/upload/signin.js")
    for script in scripts:
        assert "localStorage" not in script.text
        assert "document.cookie" not in script.text
    assert scripts[1].text.count("store.setItem") == 1
    assert "JSON.stringify({ verifier, state })" in scripts[1].text
