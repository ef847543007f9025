"""What is hidden and what is not there, over HTTP: the same bytes, the same headers, as quickly."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Final
from uuid import UUID

import httpx
import pytest
from starlette.datastructures import Headers

from hub.access.principal import PUBLIC, Principal
from hub.api.execution import Executor
from hub.audit.trail import NO_TRAIL
from hub.clock import system_clock
from hub.loaders.gate import find_principal
from hub.web.app import WebOptions, WebParts, create_app
from hub.web.clients import Allowance, Clients
from hub.web.development import ISSUER
from hub.web.exports import export_routes
from tests.access.paths import global_id
from tests.access.proving import COMMITTEE, DA5, DA9
from tests.access.test_matrix import NOBODY
from tests.web.serving import ready, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from starlette.types import Scope

    from hub.database.engine import Database
    from tests.access.world import Truth

ROUNDS: Final = 21
"""How often each of two questions is asked in turn, to be timed."""
NOTICEABLE_SECONDS: Final = 0.001
NOTICEABLE_RATIO: Final = 0.2
OWN: Final = frozenset({"x-request-id", "date"})
"""Headers of an answer that are of no other."""

READERS: Final = (None, "hn.mttq", COMMITTEE)


@dataclass(frozen=True, slots=True)
class Pair:
    """A question about something hidden, and about nothing, in as many letters."""

    document: str
    hidden: Mapping[str, object]
    absent: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Door:
    """The hub over HTTP."""

    client: httpx.AsyncClient

    async def send(
        self, agency: str | None, document: str, variables: Mapping[str, object]
    ) -> httpx.Response:
        """Return the answer as it came."""
        headers = {} if agency is None else {"authorization": agency}
        body = {"query": document, "variables": variables}
        return await self.client.post("/graphql", json=body, headers=headers)


@pytest.fixture
async def door(house: Database) -> AsyncIterator[Door]:
    """The hub, served; whoever names an agency is taken for it."""

    async def authenticate(scope: Scope, *, fresh: bool = False) -> Principal:  # noqa: ARG001
        agency = Headers(scope=scope).get("authorization")
        if agency is None:
            return PUBLIC
        principal = await find_principal(house, ISSUER, agency)
        assert principal is not None
        return principal

    parts = WebParts(
        Executor(house, system_clock),
        authenticate,
        ready,
        routes=export_routes(house, authenticate, Clients(Allowance()), trail=NO_TRAIL),
        trail=NO_TRAIL,
    )
    async with (
        serving(create_app(parts, WebOptions())) as url,
        httpx.AsyncClient(base_url=url, timeout=30) as client,
    ):
        yield Door(client)


def _made_up(code: str) -> str:
    """Return a code of as many letters that nothing has."""
    return code[:-3] + "zzz"


_FIGURES: Final = "observations { totalCount nodes { value } }"
_PROJECT: Final = f"""query($code: String!) {{ project(code: $code) {{
  code name lead {{ name }} children {{ totalCount }} {_FIGURES}
}} }}"""
_NODE: Final = "query($id: ID!) { node(id: $id) { id __typename ... on Project { code } } }"
_NODES: Final = "query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }"
_FACILITY: Final = """query($code: String!) { facility(code: $code) {
  code name managedBy { code } observations { totalCount }
} }"""
_EXPLAINED: Final = """query($code: String!, $id: ID!) {
  byCode: explainAccess(type: Project, code: $code) { maySee sentences }
  byId: explainAccess(type: Project, id: $id) { maySee sentences }
}"""
_LISTED: Final = """query($code: String!) {
  projects(where: { code: { eq: $code } }) {
    totalCount aggregate { count } nodes { code } pageInfo { endCursor hasNextPage }
  }
  indicators(where: { project: { is: { code: { eq: $code } } } }, orderBy: [PROJECT_CODE_DESC]) {
    totalCount nodes { code }
  }
}"""


def _pairs(truth: Truth, *, is_public: bool = False) -> dict[str, Pair]:
    """Return the questions, about what no reader of ``READERS`` sees, as its schema allows them."""
    project, facility = DA9, f"thu.{DA9}.tram-khac"
    figure = next(each for each in truth.of(DA9) if each.status == "accepted")
    asked = _PROJECT.replace(_FIGURES, "") if is_public else _PROJECT
    pairs = {
        "project": Pair(asked, {"code": project}, {"code": _made_up(project)}),
        "listed": Pair(_LISTED, {"code": project}, {"code": _made_up(project)}),
    }
    if not is_public:
        there, not_there = {"code": facility}, {"code": _made_up(facility)}
        pairs["facility"] = Pair(_FACILITY, there, not_there)
    hidden = [
        global_id("Project", project),
        global_id("Observation", figure.id),
        global_id("Facility", facility),
    ]
    absent = [
        global_id("Project", _made_up(project)),
        global_id("Observation", UUID(int=figure.id.int ^ 1)),
        global_id("Facility", _made_up(facility)),
    ]
    for kind, one, other in zip(("project", "figure", "facility"), hidden, absent, strict=True):
        pairs[f"node of {kind}"] = Pair(_NODE, {"id": one}, {"id": other})
    pairs["nodes"] = Pair(_NODES, {"ids": hidden}, {"ids": absent})
    pairs["explained"] = Pair(
        _EXPLAINED,
        {"code": project, "id": hidden[0]},
        {"code": _made_up(project), "id": absent[0]},
    )
    return pairs


@pytest.mark.parametrize("agency", READERS)
async def test_hidden_and_absent_are_answered_by_the_same_bytes(
    door: Door, truth: Truth, agency: str | None
) -> None:
    """Status, headers and body; what is asked for stands in no answer."""
    for name, pair in _pairs(truth, is_public=agency is None).items():
        answers = [
            await door.send(agency, pair.document, each) for each in (pair.hidden, pair.absent)
        ]
        hidden, absent = answers
        assert hidden.content == absent.content, name
        assert hidden.status_code == absent.status_code
        assert _headers(hidden) == _headers(absent), name
        assert "data" in hidden.json(), name
        assert DA9 not in hidden.text


async def test_what_is_seen_is_answered_otherwise(door: Door, truth: Truth) -> None:
    """The questions do tell what is seen from what is not: the standing agency's answers differ."""
    for name, pair in _pairs(truth).items():
        hidden = await door.send("hn.cong-an", pair.document, pair.hidden)
        absent = await door.send("hn.cong-an", pair.document, pair.absent)
        assert hidden.content != absent.content, name


@pytest.mark.parametrize("agency", ["hn.mttq", COMMITTEE])
async def test_anothers_cursor_and_none_are_refused_by_the_same_bytes(
    door: Door, agency: str
) -> None:
    """Whatever list it is of: one that its reader may follow, or one that it may not."""
    asked = """query($code: String!, $after: String) {
      observations(where: { project: { is: { code: { eq: $code } } } }, first: 1, after: $after) {
        pageInfo { endCursor }
      }
    }"""
    for project in (DA9, DA5):
        page = (await door.send("hn.cong-an", asked, {"code": project})).json()["data"]
        stolen = page["observations"]["pageInfo"]["endCursor"]
        made_up = stolen[:-4] + ("AAAA" if stolen[-4:] != "AAAA" else "BBBB")
        first, second = [
            await door.send(agency, asked, {"code": project, "after": cursor})
            for cursor in (stolen, made_up)
        ]
        assert _body(first) == _body(second)
        assert _headers(first) == _headers(second)
        assert first.status_code == second.status_code
        assert first.json()["errors"][0]["extensions"]["code"] == "CURSOR_INVALID"


async def test_an_export_of_nothing_seen_is_as_one_of_nothing(door: Door) -> None:
    """Its header alone, with the headers that every export has."""
    answers = [
        await door.client.get("/exports/observations", headers={"authorization": agency})
        for agency in (NOBODY, "hn.so-cong-thuong")
    ]
    assert answers[0].content == answers[1].content
    assert _headers(answers[0]) == _headers(answers[1])
    assert answers[0].text.count("\r\n") == 1


async def test_hidden_takes_no_longer_than_absent(door: Door, truth: Truth) -> None:
    """Asked in turn, so that what slows one slows the other; judged by medians, in three tries."""
    pairs = _pairs(truth)
    slow: dict[str, tuple[float, float]] = {}
    for name in ("project", "listed", "node of figure", "explained"):
        for _ in range(3):
            hidden, absent = await _timed(door, "hn.mttq", pairs[name])
            difference = abs(hidden - absent)
            if difference < max(NOTICEABLE_SECONDS, NOTICEABLE_RATIO * min(hidden, absent)):
                slow.pop(name, None)
                break
            slow[name] = hidden, absent
    assert slow == {}


async def _timed(door: Door, agency: str, pair: Pair) -> tuple[float, float]:
    """Return the median time of each question of *pair*, in seconds."""
    spent: tuple[list[float], list[float]] = ([], [])
    for turn in range(ROUNDS):
        both = list(zip((pair.hidden, pair.absent), spent, strict=True))
        # Whoever is asked second may find more in caches.
        for variables, times in both if turn % 2 else reversed(both):
            started = perf_counter()
            await door.send(agency, pair.document, variables)
            times.append(perf_counter() - started)
    return median(spent[0]), median(spent[1])


def _body(answer: httpx.Response) -> bytes:
    """Return what the answer says, but for its request's own number."""
    return answer.content.replace(answer.headers["x-request-id"].encode(), b"")


def _headers(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(name, value) for name, value in answer.headers.items() if name not in OWN]
