"""Every way by which GraphQL and the exports lead to a project, and to figures: one answer each.

A path is named by what it goes through. Whoever sees something sees it on every path, and whoever
does not finds no path, so tests compare all of them with one expectation.
"""

from __future__ import annotations

import base64
import csv
import io
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from hub.loaders.datasets import OBSERVATIONS
from hub.web.exports import Export
from tests.access.world import indicator_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hub.database.engine import Database
    from tests.access.reading import Figure
    from tests.callers import Caller

    Rows = Counter[tuple[str, ...]]

_SHAPES: Final = """
fragment Seen on Project { code }
fragment Listed on ProjectConnection { nodes { ...Seen } edges { node { seen: code } } }
"""

_AT_LARGE: Final = """
  listed: projects { nodes { ...Seen } }
  ofNodes: projects(where: { isNational: { eq: true } }) { nodes {
    instances { nodes { ...Seen } }
    assignments { project { ...Seen } }
  } }
  ofProgrammes: programmes { nodes { projects { edges { node { ...Seen } } } } }
  ofAgencies: agencies(where: { assignments: { some: {} } }) {
    nodes { assignments { project { ...Seen } } }
  }
  ofDocuments: documents { nodes { project { ...Seen } } }
  ofIndicators: indicators(orderBy: [PROJECT_CODE_DESC]) {
    edges { node { project { code } component { code } } }
  }
"""

_BY_NAME: Final = """
  byCode%(n)s: project(code: %(code)s) { ...Seen programme { code } }
  byId%(n)s: node(id: %(id)s) { ... on Project { ...Seen } }
  byIds%(n)s: nodes(ids: [%(id)s, "", %(id)s]) { ... on Project { code } }
  explained%(n)s: explainAccess(type: Project, code: %(code)s) { maySee }
  explainedById%(n)s: explainAccess(type: Project, id: %(id)s) { maySee }
  found%(n)s: projects(where: { code: { eq: %(code)s } }) { ...Listed }
  counted%(n)s: projects(where: { code: { in: [%(code)s, "khong-co"] } }) {
    totalCount aggregate { count } groups(by: [JURISDICTION]) { aggregate { count } }
  }
  paged%(n)s: projects(where: { or: [{ code: { eq: %(code)s } }] }, last: 1) {
    pageInfo { startCursor hasPreviousPage hasNextPage }
  }
  byIndicators%(n)s: indicators(
    where: { project: { isNull: false, is: { code: { eq: %(code)s } } } }
  ) { totalCount }
  byAssignments%(n)s: assignments(where: { project: { is: { code: { eq: %(code)s } } } }) {
    totalCount
  }
  byProgrammes%(n)s: programmes(where: { projects: { some: { code: { eq: %(code)s } } } }) {
    totalCount
  }
  byNodes%(n)s: projects(where: { instances: { some: { code: { eq: %(code)s } } } }) { totalCount }
  byAgencies%(n)s: agencies(
    where: { assignments: { some: { project: { is: { code: { eq: %(code)s } } } } } }
  ) { totalCount }
"""

FIGURES: Final = """
fragment Ids on ObservationConnection { totalCount aggregate { count } nodes { id } }
query Figures($of: [String!]!, $projects: [String!]!, $first: Int, $asOf: DateTime!) {
  listed: observations(
    where: { indicator: { is: { code: { in: $of } } } }, first: $first
  ) { ...Ids pageInfo { hasNextPage endCursor } }
  ordered: observations(
    where: { indicator: { is: { code: { in: $of } } } }
    orderBy: [PROJECT_CODE_DESC, AGENCY_NAME_ASC, VALUE_DESC]
  ) { ...Ids }
  asKnown: observations(where: { indicator: { is: { code: { in: $of } } } }, asOf: $asOf) { ...Ids }
  ofIndicators: indicators(where: { code: { in: $of } }) {
    nodes { observations { ...Ids } latest { id } }
  }
  ofNodes: projects(where: { isNational: { eq: true } }) {
    nodes { indicators(where: { code: { in: $of } }) { nodes { observations { ...Ids } } } }
  }
  ofProjects: projects(where: { code: { in: $projects } }) {
    nodes { observations(where: { indicator: { is: { code: { in: $of } } } }) { ...Ids } }
  }
  ofAreas: areas(where: { observations: { some: { indicator: { is: { code: { in: $of } } } } } }) {
    nodes { observations(where: { indicator: { is: { code: { in: $of } } } }) { nodes { id } } }
  }
  ofAgencies: agencies(
    where: { observations: { some: { indicator: { is: { code: { in: $of } } } } } }
  ) {
    nodes { observations(where: { indicator: { is: { code: { in: $of } } } }) { nodes { id } } }
  }
  some: indicators(where: { code: { in: $of }, observations: { some: {} } }) { totalCount }
  none: indicators(where: { code: { in: $of }, observations: { none: {} } }) { totalCount }
}
"""

REVISIONS: Final = """
query Revisions($of: [String!]!, $ids: [ID!]!) {
  revisions: observations(
    where: { indicator: { is: { code: { in: $of } } } }, allRevisions: true
  ) { nodes { id } }
  byIds: nodes(ids: $ids) { id }
}
"""

PAGE: Final = """
query Page($of: [String!]!, $first: Int, $after: String, $last: Int, $before: String) {
  observations(
    where: { indicator: { is: { code: { in: $of } } } }
    first: $first, after: $after, last: $last, before: $before
  ) {
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""

_AT_ONCE: Final = 1
"""So many projects are asked about in one document: more would be beyond its limits."""
_SIZE: Final = 40
_MOST_IDS: Final = 100


def global_id(kind: str, key: object) -> str:
    """Return the id that ``node`` knows a row by, as anybody could write it."""
    return base64.b64encode(f"{kind}:{key}".encode()).decode()


def sight(*codes: str) -> tuple[str, dict[str, str]]:
    """Return the question for local projects on every path, and its variables."""
    named = "".join(
        _BY_NAME % {"n": f"_{n}", "code": f"$code_{n}", "id": f"$id_{n}"} for n in range(len(codes))
    )
    declared = " ".join(f"$code_{n}: String! $id_{n}: ID!" for n in range(len(codes)))
    variables = {f"code_{n}": code for n, code in enumerate(codes)}
    variables |= {f"id_{n}": global_id("Project", code) for n, code in enumerate(codes)}
    return f"{_SHAPES} query Sight({declared}) {{ {_AT_LARGE} {named} }}", variables


async def sightings(caller: Caller, *codes: str) -> dict[str, set[str]]:
    """Return, by code, the paths on which *caller* sees a local project, or a trace of it."""
    seen: dict[str, set[str]] = {code: set() for code in codes}
    for first in range(0, len(codes), _AT_ONCE):
        asked = codes[first : first + _AT_ONCE]
        document, variables = sight(*asked)
        _note(await caller.ask(document, **variables), asked, seen)
    return seen


def _note(data: dict[str, Any], codes: Sequence[str], seen: dict[str, set[str]]) -> None:
    for path, answer in data.items():
        name, _, number = path.partition("_")
        for code in codes if not number else [codes[int(number)]]:
            if _tells(answer, code, counts=bool(number)):
                seen[code].add(name)


def _tells(answer: Any, code: str, *, counts: bool) -> bool:  # noqa: ANN401  (JSON)
    match answer:
        case {"startCursor": cursor, **pages}:
            return cursor is not None or any(pages.values())
        case {"maySee": seen}:
            return bool(seen)
        case dict():
            return any(_tells(value, code, counts=counts) for value in answer.values())
        case list():
            return any(_tells(value, code, counts=counts) for value in answer)
        case int():
            return counts and answer > 0
        case _:
            return bool(answer == code)


async def figures(
    caller: Caller, stored: Iterable[Figure], *projects: str
) -> dict[str, frozenset[str]]:
    """Return, by path, which figures of the world's indicators of *projects* the caller finds.

    *stored* are the figures there are; no more than a page of them may be visible.
    """
    of = [indicator_of(project) for project in projects]
    asked = {"of": of, "projects": projects, "asOf": "2026-12-31T00:00:00Z"}
    data = await caller.ask(FIGURES, **asked)
    ids = [global_id("Observation", figure.id) for figure in stored]
    assert not data["listed"]["pageInfo"]["hasNextPage"]
    some, none = (data.pop(path)["totalCount"] for path in ("some", "none"))
    for path in ("listed", "ordered", "asKnown"):
        count = len(data[path]["nodes"])
        assert data[path]["totalCount"] == data[path]["aggregate"]["count"] == count
    latest = [node.pop("latest") for node in data["ofIndicators"]["nodes"]]
    assert some == sum(each is not None for each in latest)
    assert some + none == len(of)
    for at in range(0, len(ids), _MOST_IDS):
        revisions = await caller.ask(REVISIONS, of=of, ids=ids[at : at + _MOST_IDS])
        data["revisions"] = revisions["revisions"]
        data.setdefault("byIds", []).append(revisions["byIds"])
    found = {path: frozenset(_ids(answer)) for path, answer in data.items()}
    if found["listed"]:
        found["forward"] = frozenset(await _pages(caller, of, "first", "after", "endCursor"))
        found["backward"] = frozenset(await _pages(caller, of, "last", "before", "startCursor"))
    return found


async def exported(database: Database, caller: Caller, *projects: str) -> Counter[tuple[str, ...]]:
    """Return the figures of the world's indicators of *projects* in the export of *caller*."""
    of = {indicator_of(project) for project in projects}
    parts = [part async for part in Export(database, caller.principal, OBSERVATIONS).parts()]
    rows = csv.DictReader(io.StringIO(b"".join(parts).decode()))
    return Counter(
        tuple(row[name] for name in ("area", "agency", "period", "status", "revision"))
        for row in rows
        if row["indicator"] in of
    )


def as_exported(stored: Iterable[Figure]) -> Counter[tuple[str, ...]]:
    """Return what an export says of *stored*."""
    return Counter(
        (each.area, each.agency, each.period, each.status, str(each.revision)) for each in stored
    )


async def _pages(caller: Caller, of: list[str], size: str, edge: str, cursor: str) -> list[str]:
    ids: list[str] = []
    position = None
    while True:
        data = await caller.ask(PAGE, of=of, **{size: _SIZE, edge: position})
        page = data["observations"]
        ids.extend(node["node"]["id"] for node in page["edges"])
        position = page["pageInfo"][cursor]
        if not page["pageInfo"]["hasNextPage" if size == "first" else "hasPreviousPage"]:
            break
    assert len(ids) == len(set(ids))
    return [_uuid(text) for text in ids]


def _ids(answer: Any) -> Iterable[str]:  # noqa: ANN401  (JSON)
    match answer:
        case dict():
            for name, value in answer.items():
                if name == "id":
                    yield _uuid(value)
                else:
                    yield from _ids(value)
        case list():
            for value in answer:
                yield from _ids(value)
        case _:
            pass


def _uuid(text: str) -> str:
    return base64.b64decode(text).decode().partition(":")[2]
