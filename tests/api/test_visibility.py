"""What nobody of a kind may ever read does not exist for it, in introspection as in filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from graphql import print_schema, validate_schema

from hub.access.readers import Reader
from hub.api.schema import build_schema
from hub.api.visibility import hidden_entities, visible_schema

if TYPE_CHECKING:
    from tests.callers import Caller, Callers

INTROSPECT = "{ __schema { types { name fields { name } inputFields { name } } } }"


@pytest.mark.parametrize("reader", [Reader.PUBLIC, Reader.SCOPED, Reader.STANDING, Reader.FEED])
def test_every_readers_schema_is_valid(reader: Reader) -> None:
    seen = visible_schema(build_schema(), reader)
    assert validate_schema(seen.core) == []


def test_the_public_has_no_word_of_what_is_seen_by_right() -> None:
    seen = visible_schema(build_schema(), Reader.PUBLIC)
    hidden = hidden_entities(Reader.PUBLIC)
    assert {"Observation", "BudgetLine", "Task", "Facility", "FacilityCondition"} <= hidden
    assert not hidden & {"Project", "Indicator", "Target", "Area", "Agency", "Document"}
    names = set(seen.core.type_map)
    assert not names & hidden
    text = print_schema(seen.core)
    for word in ("observations(", "budgetLines(", "tasks(", "facilities(", "FACILITY_CODE_"):
        assert word not in text


def test_agencies_see_the_whole_schema() -> None:
    whole = build_schema()
    assert visible_schema(whole, Reader.SCOPED) is whole
    assert visible_schema(whole, Reader.STANDING) is whole


async def test_introspection_and_validation_agree(public: Caller, callers: Callers) -> None:
    shown = await public.ask(INTROSPECT)
    query = next(kind for kind in shown["__schema"]["types"] if kind["name"] == "Query")
    assert "observations" not in {field["name"] for field in query["fields"]}
    assert "projects" in {field["name"] for field in query["fields"]}
    for document in (
        "{ observations { totalCount } }",
        "{ indicators { nodes { observations { totalCount } } } }",
        '{ areas(where: { observations: { some: { status: { eq: "DRAFT" } } } }) { totalCount } }',
        "{ nodes(ids: []) { ... on Observation { value } } }",
    ):
        reply = await public.send(document)
        assert reply.codes == ["GRAPHQL_VALIDATION_FAILED"], document
    health = await callers("hn.so-y-te")
    assert (await health.ask("{ observations { totalCount } }"))["observations"]["totalCount"] > 0


async def test_links_to_projects_are_in_every_schema(public: Caller) -> None:
    asked = await public.ask(
        '{ indicator(code: "hn.da5.tu-van-cai-nghien") { project { code } '
        "nationalProject { code parent { code } children { totalCount } "
        "instances { totalCount } } } }"
    )
    assert asked["indicator"] == {
        "project": None,
        "nationalProject": {
            "code": "ctmtqg-2030.da5",
            "parent": None,
            "children": {"totalCount": 0},
            "instances": {"totalCount": 0},
        },
    }


async def test_enums_still_work_in_a_smaller_schema(public: Caller) -> None:
    asked = await public.ask(
        "query($order: [ProjectOrder!]) { projects(first: 1, orderBy: $order, "
        "where: { nodeType: { eq: PROJECT } }) { nodes { nodeType } } }",
        order=["CODE_DESC"],
    )
    assert asked == {"projects": {"nodes": [{"nodeType": "PROJECT"}]}}
