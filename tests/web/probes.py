"""What scanners of GraphQL servers look for, and find here: ``python -m tests.web.probes``.

The probes are those of graphql-cop, and some of what DVGA and OWASP list besides. They are put to a
hub as production composes it, as the public and as a department.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hub.database.address import Address
from hub.database.embedded import embedded_server
from hub.database.engine import Database
from hub.database.migrate import migrate
from hub.ingest.accounts import load_development_accounts
from hub.ingest.reference import load_reference
from tests.web.closed import ClosedHub, closed_hub

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

ASKERS: Final = (None, "hn.so-y-te")
_JSON: Final = {"content-type": "application/json"}
GIVEN_AWAY: Final = re.compile(
    r"SELECT |INSERT |pg_|hub_(public|scoped|standing|feed|gate)|asyncpg|sqlalchemy|starlette"
    r"|graphql-core|strawberry|Traceback|File \"|/hub/|\.py\b|Did you mean|relation \"|column \"",
)
"""What no answer may say: SQL, tables and roles, libraries, paths, classes, other names."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One request, and what it must not get.

    Attributes:
        holds: tells of the answer whether the hub holds.
    """

    name: str
    holds: Callable[[httpx.Response], bool]
    body: bytes = b""
    method: str = "POST"
    path: str = "/graphql"
    headers: Mapping[str, str] = field(default_factory=lambda: dict(_JSON))


def refused(answer: httpx.Response) -> bool:
    """Return whether nothing was executed."""
    return "data" not in _told(answer)


def quiet(answer: httpx.Response) -> bool:
    """Return whether nothing was executed, and nothing told of what the hub is made of."""
    return refused(answer) and not GIVEN_AWAY.search(answer.text)


def probes() -> list[Probe]:
    """Return them all."""

    def asked(query: str, **more: object) -> bytes:
        return json.dumps({"query": query, **more}).encode()

    typename = asked("{ __typename }")
    upgrade = {
        "connection": "Upgrade",
        "upgrade": "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": base64.b64encode(os.urandom(16)).decode(),
    }
    nested = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"
    aliases = " ".join(f"a{number}: __typename" for number in range(101))
    return [
        Probe("alias overloading ×101", refused, asked(f"{{ {aliases} }}")),
        Probe("array batching ×10", refused, b"[" + b",".join([typename] * 10) + b"]"),
        Probe("circular introspection", quiet, asked(nested)),
        Probe("circular fragments", quiet, asked("{ ...A } fragment A on Query { ...A }")),
        Probe("directive overloading ×500", quiet, asked("{ __typename " + "@aa " * 500 + "}")),
        Probe("field duplication ×500", quiet, asked("{ " + "__typename " * 500 + "}")),
        Probe("field suggestions", quiet, asked("{ agencie { code } }")),
        Probe("argument suggestions", quiet, asked("{ agencies(frist: 1) { totalCount } }")),
        Probe("type suggestions", quiet, asked("{ ... on Querry { __typename } }")),
        Probe("GET query", refused, method="GET", path="/graphql?query={__typename}"),
        Probe("GET mutation", refused, method="GET", path="/graphql?query=mutation{__typename}"),
        Probe("POST, urlencoded", refused, b"query=%7B__typename%7D", headers={
            "content-type": "application/x-www-form-urlencoded"}),
        Probe("POST, text/plain", refused, typename, headers={"content-type": "text/plain"}),
        Probe("POST, no type", refused, typename, headers={}),
        Probe("POST, multipart", refused, b"--x\r\ncontent-disposition: form-data; name=operations"
              b"\r\n\r\n" + typename + b"\r\n--x--\r\n", headers={
                  "content-type": "multipart/form-data; boundary=x"}),
        Probe("introspection of the schema", quiet, asked("{ __schema { queryType { name } } }")),
        Probe("introspection of a type", quiet, asked('{ __type(name: "Agency") { name } }')),
        Probe("federation's SDL", quiet, asked("{ _service { sdl } }")),
        Probe("GraphiQL", _no_console, method="GET", path="/", headers={"accept": "text/html"}),
        Probe("GraphiQL at /graphql", refused, method="GET", headers={"accept": "text/html"}),
        Probe("GraphiQL at /graphiql", refused, method="GET", path="/graphiql"),
        Probe("trace mode", _no_tracing, typename, headers={
            **_JSON, "x-hub-explain": "1", "x-apollo-tracing": "1"}),
        Probe("TRACE", refused, method="TRACE"),
        Probe("a foreign origin", refused, typename, headers={
            **_JSON, "origin": "https://evil.example"}),
        Probe("an origin of null", refused, typename, headers={**_JSON, "origin": "null"}),
        Probe("websocket, graphql-ws (legacy)", _no_socket, method="GET", headers={
            **upgrade, "sec-websocket-protocol": "graphql-ws"}),
        Probe("websocket, graphql-transport-ws", _no_socket, method="GET", headers={
            **upgrade, "sec-websocket-protocol": "graphql-transport-ws"}),
        Probe("an unhandled error: types", quiet, asked("{ __typename }", variables=[])),
        Probe("an unhandled error: a cursor", quiet,
              asked('{ agencies(after: "%00\' OR 1=1--") { nodes { code } } }')),
        Probe("SQL in a filter", _nothing_more, asked(
            "query ($c: String) { agencies(where: { code: { eq: $c } }) { totalCount } }",
            variables={"c": "' OR '1'='1"})),
        Probe("a host of somebody's", _no_redirect, typename, path="/graphql/", headers={
            **_JSON, "host": "evil.example"}),
        Probe("registering a persisted query", refused, asked(
            "", extensions={"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}})),
        Probe("a path out", refused, method="GET", path="/console/..%2f..%2fsettings.py"),
    ]  # fmt: skip


def _told(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = json.loads(answer.content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {"data": found}


def _no_console(answer: httpx.Response) -> bool:
    return "graphiql" not in answer.text.lower()


def _no_tracing(answer: httpx.Response) -> bool:
    return set(_told(answer).get("extensions", {})) <= {"cost"}


def _no_socket(answer: httpx.Response) -> bool:
    return answer.status_code >= 400


def _nothing_more(answer: httpx.Response) -> bool:
    told = _told(answer)
    count = told["data"]["agencies"]["totalCount"] if "data" in told else 0
    return count == 0 and not GIVEN_AWAY.search(answer.text)


def _no_redirect(answer: httpx.Response) -> bool:
    return "location" not in answer.headers and "evil.example" not in answer.text


async def put(hub: ClosedHub, agency: str | None, probe: Probe) -> httpx.Response:
    """Return the answer to *probe*, put as *agency* or the public."""
    headers = {**hub.bearer(agency), **probe.headers}
    request = hub.client.build_request(
        probe.method, probe.path, content=probe.body or None, headers=headers
    )
    return await hub.client.send(request)


async def _probe(address: Address, home: Path) -> int:
    broken = 0
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database(address))
        await load_reference(database)
        await load_development_accounts(database)
        hub = await stack.enter_async_context(closed_hub(database, home))
        for probe in probes():
            told = []
            for agency in ASKERS:
                answer = await put(hub, agency, probe)
                codes = [e["extensions"]["code"] for e in _told(answer).get("errors", [])]
                told.append(f"{answer.status_code} {codes[0] if codes else '-'}")
                broken += not (holds := probe.holds(answer))
                told[-1] += "" if holds else " OPEN"
            print(f"{probe.name:34} {' | '.join(f'{each:32}' for each in told)}")
    print(f"{len(probes())} probes by the public and a department: {broken} open")
    return broken


def main() -> int:
    """Print what each probe got, by the public and by a department; return how many got through."""
    with tempfile.TemporaryDirectory() as home, embedded_server(Path(home) / "hub") as server:
        address = Address.parse(server.url("postgres"))
        asyncio.run(migrate(address))
        return asyncio.run(_probe(address, Path(home)))


if __name__ == "__main__":
    sys.exit(main())
