"""GraphQL over HTTP, by the clauses of its specification."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import orjson
import pytest

from hub.errors import HubError
from hub.web.app import WebOptions, WebParts, create_app
from hub.web.parameters import BodyLimits
from tests.web.serving import serving

if TYPE_CHECKING:
    from starlette.types import Scope

    from hub.access.principal import Principal

pytestmark = pytest.mark.asyncio(loop_scope="module")

LIMIT = WebOptions().body.size
JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
AT_ONCE_SECONDS = 1.0

ASK_TYPE = "query Ask($name: String!) { __type(name: $name) { name } }"


def code_of(answer: httpx.Response) -> str:
    """Return the code of the only error in *answer*."""
    body = answer.json()
    assert set(body) == {"errors"}
    [error] = body["errors"]
    assert error["message"]
    code: str = error["extensions"]["code"]
    return code


async def post(client: httpx.AsyncClient, body: bytes, **headers: str) -> httpx.Response:
    fields = {"content-type": JSON} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return await client.post("/graphql", content=body, headers=fields)


async def ask(client: httpx.AsyncClient, query: object, **headers: str) -> httpx.Response:
    return await post(client, orjson.dumps({"query": query}), **headers)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (GRAPHQL, GRAPHQL),
        (JSON, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (f"{GRAPHQL}; charset=utf-8, {JSON}; charset=utf-8", GRAPHQL),
        (f"{JSON};q=0.9, {GRAPHQL}", GRAPHQL),
        (f"{GRAPHQL};q=0, */*", JSON),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", JSON),
    ],
)
async def test_the_answer_comes_in_the_form_the_client_prefers(
    client: httpx.AsyncClient, accept: str, form: str
) -> None:
    answer = await ask(client, "{ __typename }", accept=accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{form}; charset=utf-8"
    assert answer.json()["data"] == {"__typename": "Query"}


async def test_without_accept_the_answer_is_json(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "{ __typename }")
    assert answer.headers["content-type"] == f"{JSON}; charset=utf-8"


@pytest.mark.parametrize("accept", ["text/html", f"{JSON};q=0", f"{GRAPHQL}; charset=utf-16"])
async def test_a_form_that_is_not_served_is_not_acceptable(
    client: httpx.AsyncClient, accept: str
) -> None:
    answer = await ask(client, "{ __typename }", accept=accept)
    assert answer.status_code == 406
    assert code_of(answer) == "NOT_ACCEPTABLE"


@pytest.mark.parametrize(
    "query", ["", "{", "{ noSuchField }", "query A { __typename } query B { __typename }"]
)
async def test_only_the_graphql_form_tells_by_status_that_nothing_was_executed(
    client: httpx.AsyncClient, query: str
) -> None:
    for form, status in ((GRAPHQL, 400), (JSON, 200)):
        answer = await ask(client, query, accept=form)
        assert answer.status_code == status
        assert "data" not in answer.json()
        assert answer.json()["errors"]


async def test_a_variable_of_the_wrong_type_is_a_request_error(client: httpx.AsyncClient) -> None:
    body = orjson.dumps({"query": ASK_TYPE, "variables": {"name": None}})
    answer = await post(client, body, accept=GRAPHQL)
    assert answer.status_code == 400
    assert "data" not in answer.json()


@pytest.mark.parametrize(
    "content_type",
    [JSON, f"{JSON}; charset=utf-8", f'{JSON};charset="UTF-8"', f"{JSON}; charset=utf8; v=1"],
)
async def test_json_in_utf8_is_read(client: httpx.AsyncClient, content_type: str) -> None:
    answer = await ask(client, '{ __type(name: "Sở Y tế") { name } }', content_type=content_type)
    assert answer.json()["data"] == {"__type": None}


@pytest.mark.parametrize(
    "fields",
    [
        {"content_type": "text/plain"},
        {"content_type": "application/x-www-form-urlencoded"},
        {"content_type": "multipart/form-data; boundary=x"},
        {"content_type": "application/graphql"},
        {"content_type": f"{JSON}; charset=windows-1258"},
        {"content_type": ""},
        {"content_encoding": "gzip"},
    ],
    ids=str,
)
async def test_a_body_of_another_type_is_not_read(
    client: httpx.AsyncClient, fields: dict[str, str]
) -> None:
    answer = await ask(client, "{ __typename }", **fields)
    assert answer.status_code == 415
    assert code_of(answer) == "UNSUPPORTED_MEDIA_TYPE"


@pytest.mark.parametrize("encodings", [("identity", "gzip"), ("gzip", "identity")])
async def test_of_a_field_sent_twice_both_count(
    client: httpx.AsyncClient, encodings: tuple[str, str]
) -> None:
    headers = [("content-type", JSON), *(("content-encoding", each) for each in encodings)]
    answer = await client.post("/graphql", content=b'{"query":"{ __typename }"}', headers=headers)
    assert answer.status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
async def test_other_methods_are_told_which_are_allowed(
    client: httpx.AsyncClient, method: str
) -> None:
    answer = await client.request(method, "/graphql")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, POST"
    assert code_of(answer) == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "BODY_NOT_JSON"),
        (b"NONSENSE", "BODY_NOT_JSON"),
        (b'{ "not a JSON', "BODY_NOT_JSON"),
        (b'{"query": "{ __typename }\xff"}', "BODY_NOT_JSON"),
        (b'{"query": "{ __typename } \\ud800"}', "BODY_NOT_JSON"),
        (b"[" * 100_000, "BODY_NOT_JSON"),
        (b"[" * 100_000 + b"]" * 100_000, "BODY_NOT_JSON"),
        (b'{"variables":' * 50_000, "BODY_NOT_JSON"),
        (b'{"query":"{ __typename }","variables":{"a":1e999}}', "BODY_NOT_JSON"),
        (b"null", "BODY_NOT_AN_OBJECT"),
        (b"[]", "BODY_NOT_AN_OBJECT"),
        (b'[{"query":"{ __typename }"}]', "BODY_NOT_AN_OBJECT"),
        (b"1", "BODY_NOT_AN_OBJECT"),
        (b'"{ __typename }"', "BODY_NOT_AN_OBJECT"),
        (b"{}", "QUERY_MISSING"),
        (b'{"qeury":"{ __typename }"}', "QUERY_MISSING"),
        (b'{"query":null}', "QUERY_MISSING"),
        (b'{"query":7}', "PARAMETER_TYPE"),
        (b'{"query":["{ __typename }"]}', "PARAMETER_TYPE"),
        (b'{"query":"{ __typename }","operationName":["A"]}', "PARAMETER_TYPE"),
        (b'{"query":"{ __typename }","operationName":false}', "PARAMETER_TYPE"),
        (b'{"query":"{ __typename }","variables":[7]}', "PARAMETER_TYPE"),
        (b'{"query":"{ __typename }","variables":"{}"}', "PARAMETER_TYPE"),
        (b'{"query":"{ __typename }","extensions":0}', "PARAMETER_TYPE"),
        (b'{"documentId":7}', "PARAMETER_TYPE"),
        (b'{"query":"{ __typename } #\\u0000"}', "NUL_CHARACTER"),
        (b'{"query":"{ __typename }","variables":{"a":[{"b":"x\\u0000y"}]}}', "NUL_CHARACTER"),
        (b'{"query":"{ __typename }","variables":{"\\u0000":1}}', "NUL_CHARACTER"),
        (b'{"query":"{ __typename }","operationName":"\\u0000"}', "NUL_CHARACTER"),
        (
            b'{"query":"{ __typename }","variables":{"a":' + b"[" * 900 + b"]" * 900 + b"}}",
            "NESTED_TOO_DEEPLY",
        ),
    ],
    ids=lambda value: f"{value[:50]!r} {len(value)}" if isinstance(value, bytes) else value,
)
async def test_what_is_not_a_request_is_refused_at_once(
    client: httpx.AsyncClient, body: bytes, code: str
) -> None:
    started = time.perf_counter()
    for form in (JSON, GRAPHQL):
        answer = await post(client, body, accept=form)
        assert answer.status_code == 400
        assert answer.headers["content-type"] == f"{form}; charset=utf-8"
        assert code_of(answer) == code
    assert time.perf_counter() - started < AT_ONCE_SECONDS


async def test_an_escaped_backslash_before_u0000_is_no_nul(client: httpx.AsyncClient) -> None:
    body = orjson.dumps({"query": ASK_TYPE, "variables": {"name": r"\u0000"}})
    assert b"\\u0000" in body
    assert (await post(client, body)).json()["data"] == {"__type": None}


@pytest.mark.parametrize("name", ["variables", "operationName", "extensions"])
async def test_a_parameter_may_be_null(client: httpx.AsyncClient, name: str) -> None:
    answer = await post(client, orjson.dumps({"query": "{ __typename }", name: None}))
    assert answer.json()["data"] == {"__typename": "Query"}


async def test_the_named_operation_is_executed(client: httpx.AsyncClient) -> None:
    query = "query A { a: __typename } query B { b: __typename }"
    answer = await post(client, orjson.dumps({"query": query, "operationName": "B"}))
    assert answer.json()["data"] == {"b": "Query"}


async def test_the_answer_is_utf8_and_not_escaped(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "{ __schema { types { description } } }")
    assert "ự án" in answer.content.decode("utf-8")
    assert b"\\u" not in answer.content


async def test_the_answer_is_kept_by_no_cache(client: httpx.AsyncClient) -> None:
    assert (await ask(client, "{ __typename }")).headers["cache-control"] == "no-store"


# GET


async def get(client: httpx.AsyncClient, query_string: str, accept: str = JSON) -> httpx.Response:
    return await client.get(f"/graphql?{query_string}", headers={"accept": accept})


async def test_a_query_by_get_takes_its_parameters_from_the_address(
    client: httpx.AsyncClient,
) -> None:
    variables = quote('{"name": "Query"}')
    answer = await get(client, f"query={quote(ASK_TYPE)}&variables={variables}&operationName=Ask")
    assert answer.json()["data"] == {"__type": {"name": "Query"}}


async def test_by_get_an_empty_parameter_is_an_omitted_one(client: httpx.AsyncClient) -> None:
    query = quote("query A { __typename }")
    answer = await get(client, f"query={query}&operationName=&variables=&extensions=")
    assert answer.json()["data"] == {"__typename": "Query"}


@pytest.mark.parametrize("form", [JSON, GRAPHQL])
async def test_a_mutation_by_get_is_not_allowed(client: httpx.AsyncClient, form: str) -> None:
    answer = await get(client, f"query={quote('mutation { __typename }')}", form)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert "data" not in answer.json()


@pytest.mark.parametrize(
    ("query_string", "code"),
    [
        ("", "QUERY_MISSING"),
        ("variables={}", "QUERY_MISSING"),
        ("query=%7B__typename%7D&query=%7B__typename%7D", "QUERY_STRING_MALFORMED"),
        ("query=%7B__typename%7D%ED%A0%80", "QUERY_STRING_MALFORMED"),
        ("query=%7B__typename%7D" + "&a=1" * 40, "QUERY_STRING_MALFORMED"),
        ("query=%7B__typename%7D&variables=%7B", "PARAMETER_TYPE"),
        ("query=%7B__typename%7D&variables=" + "%5B" * 10_000, "PARAMETER_TYPE"),
        ("query=%7B__typename%7D&variables=7", "PARAMETER_TYPE"),
        ("query=%7B__typename%7D&extensions=[]", "PARAMETER_TYPE"),
        ("query=%7B__typename%7D%00", "NUL_CHARACTER"),
        ("query=%7B__typename%7D&variables=%7B%22a%22%3A%22%5Cu0000%22%7D", "NUL_CHARACTER"),
    ],
    ids=lambda value: value[:60],
)
async def test_an_address_that_is_not_a_request_is_refused(
    client: httpx.AsyncClient, query_string: str, code: str
) -> None:
    answer = await get(client, query_string)
    assert answer.status_code == 400
    assert code_of(answer) == code


async def test_get_is_refused_where_it_is_switched_off(parts: WebParts) -> None:
    async with (
        serving(create_app(parts, WebOptions(allow_get=False))) as url,
        httpx.AsyncClient(base_url=url) as client,
    ):
        answer = await client.get("/graphql", params={"query": "{ __typename }"})
        assert answer.status_code == 405
        assert answer.headers["allow"] == "POST"
        assert (await ask(client, "{ __typename }")).status_code == 200


# Size


async def raw_answer(url: str, request: bytes) -> bytes:
    """Send *request* and nothing more; return what comes back until the hub hangs up."""
    address = httpx.URL(url)
    reader, writer = await asyncio.open_connection(address.host, address.port)
    writer.write(request)
    try:
        async with asyncio.timeout(2 * AT_ONCE_SECONDS):
            return await reader.read()
    finally:
        writer.close()


async def test_a_body_of_exactly_the_limit_is_read(client: httpx.AsyncClient) -> None:
    body = b'{"query":"{ __typename }"}'.ljust(LIMIT)
    assert (await post(client, body)).json()["data"] == {"__typename": "Query"}
    answer = await post(client, body + b" ")
    assert answer.status_code == 413
    assert code_of(answer) == "BODY_TOO_LARGE"


@pytest.mark.parametrize("method", ["POST", "GET", "PUT"])
async def test_a_declared_200_mb_is_refused_before_a_byte_of_it(url: str, method: str) -> None:
    head = f"{method} /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: {JSON}\r\n"
    answer = await raw_answer(url, f"{head}Content-Length: 200000000\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in answer.lower()


async def test_a_client_that_waits_for_leave_gets_none_for_200_mb(url: str) -> None:
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: {JSON}\r\nExpect: 100-continue\r\n"
    )
    answer = await raw_answer(url, f"{head}Content-Length: 200000000\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"100 Continue" not in answer


async def test_200_mb_of_undeclared_length_are_counted_and_refused(url: str) -> None:
    """A client that listens while it sends hears so at once, and is hung up on."""
    address = httpx.URL(url)
    reader, writer = await asyncio.open_connection(address.host, address.port)
    head = f"POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: {JSON}\r\n"
    writer.write(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
    started = time.perf_counter()

    async def send() -> None:
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        with suppress(ConnectionError):
            for _ in range(200_000_000 // 0x10000):
                writer.write(chunk)
                await writer.drain()

    sending = asyncio.create_task(send())
    async with asyncio.timeout(5 * AT_ONCE_SECONDS):
        answer = await reader.readuntil(b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert time.perf_counter() - started < 5 * AT_ONCE_SECONDS
    await sending
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


async def test_an_address_longer_than_the_limit_is_refused(parts: WebParts) -> None:
    async with (
        serving(create_app(parts, WebOptions(allow_get=True, body=BodyLimits(size=1000)))) as url,
        httpx.AsyncClient(base_url=url) as client,
    ):
        answer = await get(client, f"query={'+' * 1000}")
        assert answer.status_code == 413
        assert code_of(answer) == "BODY_TOO_LARGE"


async def test_a_client_that_leaves_in_mid_body_harms_nobody(
    url: str, client: httpx.AsyncClient
) -> None:
    address = httpx.URL(url)
    _, writer = await asyncio.open_connection(address.host, address.port)
    head = f"POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: {JSON}\r\n"
    writer.write(f'{head}Content-Length: 100\r\n\r\n{{"query":'.encode())
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert (await ask(client, "{ __typename }")).status_code == 200


async def test_after_a_refusal_the_connection_goes_on(url: str) -> None:
    body = b'{"query":"{ __typename }"}'
    head = b"POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Length: %d\r\n" % len(body)
    refused = head + b"Content-Type: text/plain\r\n\r\n" + body
    served = head + b"Content-Type: application/json\r\nConnection: close\r\n\r\n" + body
    answers = await raw_answer(url, refused + served)
    assert answers.count(b"HTTP/1.1 ") == 2
    assert b"HTTP/1.1 415 " in answers
    assert b'\r\n\r\n{"data":{"__typename":"Query"},' in answers


# Who asks, and in which language


class UnknownTokenError(HubError):
    """What an authenticator raises."""

    code = "UNAUTHENTICATED"
    vi = "Mã truy cập không dùng được."
    en = "The token cannot be used."


async def test_a_token_that_cannot_be_used_is_401_and_nothing_is_executed(
    parts: WebParts,
) -> None:
    async def refuse_all(_: Scope, *, fresh: bool = False) -> Principal:  # noqa: ARG001
        raise UnknownTokenError

    app = create_app(replace(parts, authenticate=refuse_all), WebOptions())
    async with serving(app) as url, httpx.AsyncClient(base_url=url) as client:
        answer = await ask(client, "{ __typename }", authorization="Bearer x")
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert code_of(answer) == "UNAUTHENTICATED"


class ElsewhereError(HubError):
    """What is wrong with the house, said to its operator."""

    code = "DATABASE_UNREACHABLE"
    vi = "Không kết nối được 10.0.0.7."
    en = "10.0.0.7 cannot be reached."


async def test_what_is_wrong_with_the_house_is_503_without_its_particulars(
    parts: WebParts, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_: Scope, *, fresh: bool = False) -> Principal:  # noqa: ARG001
        raise ElsewhereError

    app = create_app(replace(parts, authenticate=fail), WebOptions())
    async with serving(app) as url, httpx.AsyncClient(base_url=url) as client:
        answer = await ask(client, "{ __typename }")
    assert answer.status_code == 503
    assert code_of(answer) == "NOT_READY"
    assert answer.headers["retry-after"]
    assert "10.0.0.7" not in answer.text
    assert "10.0.0.7" in caplog.text


async def test_a_failure_nobody_foresaw_tells_its_number_and_no_cause(
    parts: WebParts, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_: Scope, *, fresh: bool = False) -> Principal:  # noqa: ARG001
        message = "the password is 1234"
        raise LookupError(message)

    app = create_app(replace(parts, authenticate=fail), WebOptions())
    async with serving(app) as url, httpx.AsyncClient(base_url=url) as client:
        answer = await ask(client, "{ __typename }", accept_language="en")
    assert answer.status_code == 500
    assert code_of(answer) == "INTERNAL"
    number = answer.headers["x-request-id"]
    assert number in answer.text
    assert "1234" not in answer.text
    assert "LookupError" not in answer.text
    assert number in caplog.text


@pytest.mark.parametrize(
    ("accept_language", "sentence"),
    [
        ("vi", "Thiếu tham số"),
        ("en", "The parameter"),
        ("en-GB,en;q=0.9,vi;q=0.8", "The parameter"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "Thiếu tham số"),
        ("fr", "Thiếu tham số"),
        ("*", "Thiếu tham số"),
    ],
)
async def test_a_refusal_speaks_the_readers_language(
    client: httpx.AsyncClient, accept_language: str, sentence: str
) -> None:
    answer = await post(client, b"{}", accept_language=accept_language)
    assert answer.json()["errors"][0]["message"].startswith(sentence)
