"""Every root field answers everybody, whatever is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from graphql import GraphQLObjectType, get_named_type

from hub.model.catalogue import CATALOGUE
from tests.api.documents import object_type, required, selection

if TYPE_CHECKING:
    from tests.callers import Callers

QUERY = object_type("Query")
AGENCIES = pytest.mark.parametrize("agency", [None, "hn.cong-an", "hn.ubnd-cap-xa.00004"])
LISTS = [entity.plural for entity in CATALOGUE if entity.plural]
BY_CODE = [entity for entity in CATALOGUE if entity.lookup is not None and entity.name != "Area"]


def everything(name: str, depth: int) -> str:
    """Return a selection of everything that the root field *name* leads to."""
    target = get_named_type(QUERY.fields[name].type)
    assert isinstance(target, GraphQLObjectType)
    return selection(target, depth)


@AGENCIES
async def test_a_list_answers_with_all_that_its_rows_hold(
    callers: Callers, agency: str | None
) -> None:
    """Its totals, sums, edges and rows, each row's fields, and the fields of what it leads to."""
    caller = await callers(agency)
    depth = 3 if agency == "hn.cong-an" else 2
    for name in LISTS:
        reply = await caller.send(f"{{ {name}(first: 2) {everything(name, depth)} }}")
        assert reply.errors == [], name
        assert reply.data[name]["totalCount"] >= len(reply.data[name]["nodes"])


@AGENCIES
async def test_a_row_is_found_by_its_code_where_it_is_listed(
    callers: Callers, agency: str | None
) -> None:
    caller = await callers(agency)
    for entity in BY_CODE:
        listed = await caller.ask(f"{{ {entity.plural}(first: 1) {{ nodes {{ code }} }} }}")
        codes = [row["code"] for row in listed[entity.plural]["nodes"]]
        for code in [*codes, "không có mã này"]:
            name = entity.singular
            document = f"query ($code: String!) {{ {name}(code: $code) {everything(name, 1)} }}"
            found = (await caller.ask(document, code=code))[name]
            assert (found and found["code"]) == (code if code in codes else None)


@AGENCIES
async def test_whoever_asks_is_told_who_that_is(callers: Callers, agency: str | None) -> None:
    caller = await callers(agency)
    viewer = (await caller.ask(f"{{ viewer {everything('viewer', 3)} }}"))["viewer"]
    assert (viewer["agency"] and viewer["agency"]["code"]) == agency
    assert all(grant["sentence"] for grant in viewer["grants"])


def test_no_root_field_is_left_out_here() -> None:
    others = {"viewer", "node", "nodes", "area"}
    assert set(QUERY.fields) == {*LISTS, *(entity.singular for entity in BY_CODE), *others}
    assert all(required(QUERY.fields[name]) == [] for name in LISTS)
