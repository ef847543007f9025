"""Every root field answers everybody who has it, whatever is asked of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from graphql import is_required_argument

from hub.access.readers import Reader
from hub.api.execution import Executor
from hub.clock import system_clock
from hub.model.catalogue import CATALOGUE
from tests.api.documents import Documents
from tests.callers import AMPLE

if TYPE_CHECKING:
    from tests.callers import Callers

AGENCIES = pytest.mark.parametrize("agency", [None, "hn.cong-an", "hn.ubnd-cap-xa.00004"])
LISTS = [entity.plural for entity in CATALOGUE if entity.plural]
BY_CODE = [entity for entity in CATALOGUE if entity.lookup is not None and entity.name != "Area"]


@AGENCIES
async def test_a_list_answers_with_all_that_its_rows_hold(
    callers: Callers, agency: str | None
) -> None:
    """Its totals, sums, edges and rows, each row's fields, and the fields of what it leads to."""
    caller = await callers(agency)
    documents = Documents(caller.principal.reader)
    for name in (name for name in LISTS if name in documents.roots):
        reply = await caller.send(f"{{ {name}(first: 2) {documents.everything(name, 2)} }}")
        assert reply.errors == [], name
        assert reply.data[name]["totalCount"] >= len(reply.data[name]["nodes"])


@AGENCIES
async def test_a_row_is_found_by_its_code_where_it_is_listed(
    callers: Callers, agency: str | None
) -> None:
    caller = await callers(agency)
    documents = Documents(caller.principal.reader)
    for entity in (entity for entity in BY_CODE if entity.singular in documents.roots):
        listed = await caller.ask(f"{{ {entity.plural}(first: 1) {{ nodes {{ code }} }} }}")
        codes = [row["code"] for row in listed[entity.plural]["nodes"]]
        name = entity.singular
        fields = documents.everything(name, 1)
        for code in [*codes, "không có mã này"]:
            document = f"query ($code: String!) {{ {name}(code: $code) {fields} }}"
            found = (await caller.ask(document, code=code))[name]
            assert (found and found["code"]) == (code if code in codes else None)


@AGENCIES
async def test_whoever_asks_is_told_who_that_is(callers: Callers, agency: str | None) -> None:
    caller = await callers(agency)
    ample = Executor(callers.database, system_clock, limits=AMPLE)
    caller = replace(caller, executor=ample)
    fields = Documents(caller.principal.reader).everything("viewer", 3)
    viewer = (await caller.ask(f"{{ viewer {fields} }}"))["viewer"]
    assert (viewer["agency"] and viewer["agency"]["code"]) == agency
    assert all(grant["sentence"] for grant in viewer["grants"])


def test_no_root_field_is_left_out_here() -> None:
    others = {"viewer", "node", "nodes", "area", "explainAccess"}
    roots = Documents(Reader.STANDING).roots
    assert set(roots) == {*LISTS, *(entity.singular for entity in BY_CODE), *others}
    for name in LISTS:
        assert not any(is_required_argument(argument) for argument in roots[name].args.values())
