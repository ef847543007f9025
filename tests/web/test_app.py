"""What holds for every address: headers, other origins, unknown paths, start and stop."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from hub.errors import HubError
from hub.web.app import WebOptions, WebParts, create_app
from tests.web.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response


class UnknownTokenError(HubError):
    """What a route may raise."""

    code = "UNAUTHENTICATED"
    vi = "Mã truy cập không dùng được."
    en = "The token cannot be used."


ORIGIN = "https://app.example"


@asynccontextmanager
async def serving_with(parts: WebParts, options: WebOptions) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(parts, options)
    async with serving(app) as url, httpx.AsyncClient(base_url=url) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/graphql", "/health/live", "/health/ready", "/nowhere"])
@pytest.mark.asyncio(loop_scope="module")
async def test_every_answer_has_its_own_number_and_the_headers_of_the_house(
    client: httpx.AsyncClient, path: str
) -> None:
    answers = [await client.get(path) for _ in range(2)]
    first, second = (answer.headers["x-request-id"] for answer in answers)
    assert first != second
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "x-hub-mode" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers


async def test_in_development_every_answer_says_so(parts: WebParts) -> None:
    async with serving_with(parts, WebOptions(development=True)) as client:
        for path in ("/", "/graphql", "/health/live", "/nowhere"):
            assert (await client.get(path)).headers["x-hub-mode"] == "development"


async def test_only_a_listed_origin_may_read_the_answer(parts: WebParts) -> None:
    async with serving_with(parts, WebOptions(cors_origins=(ORIGIN,))) as client:
        preflight = {
            "access-control-request-method": "POST",
            "access-control-request-headers": "authorization, content-type",
        }
        allowed = await client.options("/graphql", headers=preflight | {"origin": ORIGIN})
        assert allowed.status_code == 200
        assert allowed.headers["access-control-allow-origin"] == ORIGIN
        refused = await client.options("/graphql", headers=preflight | {"origin": "https://x.y"})
        assert refused.status_code == 400
        assert "access-control-allow-origin" not in refused.headers

        body = {"query": "{ __typename }"}
        answer = await client.post("/graphql", json=body, headers={"origin": ORIGIN})
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert "access-control-allow-credentials" not in answer.headers
        answer = await client.post("/graphql", json=body, headers={"origin": "https://x.y"})
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/graphql", "/exports/observations", "/health/live", "/nowhere"])
async def test_a_page_of_another_origin_is_refused(parts: WebParts, path: str) -> None:
    """In production; what is listed, what is the hub's own and what is no page may go on."""
    options = WebOptions(cors_origins=(ORIGIN,), origin="https://Hub.Example:443")
    async with serving_with(parts, options) as client:
        own = "https://hub.example"
        for origin in (None, ORIGIN, own):
            headers = {} if origin is None else {"origin": origin}
            assert (await client.post(path, headers=headers)).status_code != 403
        by_another_name = str(client.base_url).rstrip("/")
        others = ("https://evil.example", "null", f"{ORIGIN}.evil.example", f"{own}0", "")
        for origin in (*others, by_another_name):
            answer = await client.post(path, headers={"origin": origin, "accept-language": "en"})
            assert answer.status_code == 403
            (error,) = answer.json()["errors"]
            assert error["extensions"]["code"] == "ORIGIN_REFUSED"
        twice = [("origin", ORIGIN), ("origin", "https://evil.example")]
        assert (await client.post(path, headers=twice)).status_code == 403
    async with serving_with(parts, WebOptions(development=True)) as client:
        answer = await client.post(path, headers={"origin": "https://evil.example"})
        assert answer.status_code != 403


@pytest.mark.parametrize("path", ["/nowhere", "/graphql/", "/health", "/console/../static"])
@pytest.mark.asyncio(loop_scope="module")
async def test_an_unknown_address_is_answered_in_the_readers_language(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path, headers={"accept-language": "en"})
    assert answer.status_code == 404
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == "NOT_FOUND"
    assert error["message"].startswith("There is nothing at this address.")


@pytest.mark.asyncio(loop_scope="module")
async def test_an_address_asked_by_another_method_names_its_own(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post("/health/live")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"


async def test_routes_of_other_packages_are_served_beside_graphql(parts: WebParts) -> None:
    async def export(_: Request) -> Response:
        return PlainTextResponse("mã,giá trị\n")

    with_export = replace(parts, routes=[Route("/exports/observations", export)])
    async with serving_with(with_export, WebOptions()) as client:
        answer = await client.get("/exports/observations")
    assert answer.text == "mã,giá trị\n"
    assert answer.headers["x-request-id"]


async def test_what_such_a_route_refuses_is_answered_like_everything_else(
    parts: WebParts,
) -> None:
    async def export(_: Request) -> Response:
        raise UnknownTokenError

    with_export = replace(parts, routes=[Route("/exports/observations", export)])
    async with serving_with(with_export, WebOptions()) as client:
        answer = await client.get("/exports/observations")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    number = answer.headers["x-request-id"]
    assert answer.json() == {
        "errors": [
            {
                "message": "Mã truy cập không dùng được.",
                "extensions": {"code": "UNAUTHENTICATED", "requestId": number},
            }
        ]
    }


async def test_resources_are_opened_in_order_and_closed_in_reverse(parts: WebParts) -> None:
    events: list[str] = []

    @asynccontextmanager
    async def resource(name: str) -> AsyncIterator[None]:
        events.append(f"open {name}")
        yield
        events.append(f"close {name}")

    both = replace(parts, resources=[resource("engine"), resource("listener")])
    async with serving_with(both, WebOptions()) as client:
        assert (await client.get("/health/live")).status_code == 200
        assert events == ["open engine", "open listener"]
    assert events == ["open engine", "open listener", "close listener", "close engine"]
