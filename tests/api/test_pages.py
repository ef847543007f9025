"""Pages are turned by cursors: of use in the list, and to the reader, that they were made for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.callers import Caller, Callers

CITY = "hn.cong-an"

AREAS = """
query (
  $first: Int $after: String $last: Int $before: String
  $where: AreaFilter $orderBy: [AreaOrder!]
) {
  areas(
    first: $first after: $after last: $last before: $before where: $where orderBy: $orderBy
  ) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { code validFrom } }
    nodes { code validFrom }
  }
}
"""
WARDS = {"level": {"eq": "WARD"}, "validTo": {"isNull": True}}


async def page(caller: Caller, **variables: object) -> dict[str, Any]:
    """Return one page of areas, having looked whether it agrees with itself."""
    found: dict[str, Any] = (await caller.ask(AREAS, **variables))["areas"]
    cursors = [edge["cursor"] for edge in found["edges"]]
    assert [edge["node"] for edge in found["edges"]] == found["nodes"]
    assert found["pageInfo"]["startCursor"] == (cursors[0] if cursors else None)
    assert found["pageInfo"]["endCursor"] == (cursors[-1] if cursors else None)
    return found


@pytest.mark.parametrize("size", [7, 53, 100])
async def test_the_wards_of_today_are_their_pages(public: Caller, size: int) -> None:
    """From the beginning and from the end; 126 of them, each once."""
    forward: list[object] = []
    backward: list[object] = []
    cursor = None
    while True:
        found = await page(public, first=size, after=cursor, where=WARDS)
        assert found["totalCount"] == 126
        assert found["pageInfo"]["hasPreviousPage"] == bool(forward)
        forward += found["nodes"]
        cursor = found["pageInfo"]["endCursor"]
        if not found["pageInfo"]["hasNextPage"]:
            break
    cursor = None
    while True:
        found = await page(public, last=size, before=cursor, where=WARDS)
        assert found["pageInfo"]["hasNextPage"] == bool(backward)
        backward = found["nodes"] + backward
        cursor = found["pageInfo"]["startCursor"]
        if not found["pageInfo"]["hasPreviousPage"]:
            break
    assert forward == backward
    assert len(forward) == 126


async def test_a_page_of_nothing_tells_how_much_there_is(public: Caller) -> None:
    found = await page(public, first=0, where=WARDS)
    assert (found["nodes"], found["totalCount"]) == ([], 126)
    assert found["pageInfo"]["hasNextPage"]


async def test_a_page_has_a_hundred_rows_unless_asked_otherwise(public: Caller) -> None:
    assert len((await page(public, where=WARDS))["nodes"]) == 100


async def test_between_two_cursors_lies_what_is_between(public: Caller) -> None:
    """Their own rows are left out, from either end, whatever the size asked for."""
    edges = (await page(public, where=WARDS))["edges"]
    after, before = edges[10]["cursor"], edges[20]["cursor"]
    expected = [edge["node"] for edge in edges[11:20]]
    for size in ({"first": 100}, {"last": 100}, {"first": 9}, {"last": 9}, {}):
        found = await page(public, after=after, before=before, where=WARDS, **size)
        assert found["nodes"] == expected
    assert (await page(public, after=after, before=before, where=WARDS, first=2))[
        "nodes"
    ] == expected[:2]
    assert (await page(public, after=after, before=before, where=WARDS, last=2))[
        "nodes"
    ] == expected[-2:]
    assert (await page(public, after=before, before=after, where=WARDS))["nodes"] == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("first: -1", "PAGE_SIZE"),
        ("first: 101", "PAGE_SIZE"),
        ("last: -1", "PAGE_SIZE"),
        ("last: 101", "PAGE_SIZE"),
        ("first: 2147483647", "PAGE_SIZE"),
        ("first: 1, last: 1", "PAGE_DIRECTION"),
        ("first: 0, last: 0", "PAGE_DIRECTION"),
        ('after: ""', "CURSOR_INVALID"),
        ('after: "bm90IGEgY3Vyc29y"', "CURSOR_INVALID"),
        ('before: "1"', "CURSOR_INVALID"),
    ],
)
async def test_a_page_that_cannot_be_is_refused_with_everything_else(
    public: Caller, arguments: str, code: str
) -> None:
    """At the root and deep inside, an answer is never half there."""
    nested = f"targets({arguments}) {{ totalCount nodes {{ year }} }}"
    for document in (
        f"{{ areas({arguments}) {{ totalCount nodes {{ code }} }} }}",
        f"{{ viewer {{ reader }} indicators(first: 3) {{ nodes {{ code {nested} }} }} }}",
    ):
        reply = await public.send(document)
        assert (reply.codes, reply.is_request_error, reply.data) == ([code], True, None)


async def test_null_asks_for_nothing_in_particular(public: Caller) -> None:
    document = """{ areas(first: null, after: null, last: 3, before: null, where: null,
      orderBy: null) { nodes { code } } }"""
    assert len((await public.ask(document))["areas"]["nodes"]) == 3


async def cursor_of(caller: Caller, list_: str) -> str:
    """Return the cursor of the first row of *list_*, which names its arguments."""
    data = await caller.ask(f"{{ {list_} {{ edges {{ cursor }} }} }}")
    (found,) = data.values()
    cursor: str = found["edges"][0]["cursor"]
    return cursor


LIST = "observations(first: 1)"


@pytest.mark.parametrize(
    "other",
    [
        "observations(first: 1, orderBy: [AREA_CODE_ASC])",
        "observations(first: 1, orderBy: [PERIOD_START_ASC])",
        "observations(first: 1, orderBy: [PERIOD_START_DESC])",
        "observations(first: 1, where: { status: { ne: DRAFT } })",
        'observations(first: 1, where: { area: { is: { code: { eq: "00004" } } } })',
        'observations(first: 1, asOf: "2100-01-01T00:00:00Z")',
        "observations(first: 1, allRevisions: true)",
        "indicators(first: 1)",
    ],
)
async def test_a_cursor_is_of_no_use_in_another_list(callers: Callers, other: str) -> None:
    """Another entity, order, filter, moment, or set of revisions makes another list."""
    caller = await callers(CITY)
    cursor = await cursor_of(caller, other)
    for list_, foreign in ((LIST, cursor), (other, await cursor_of(caller, LIST))):
        followed = list_.replace("first: 1", f'first: 1, after: "{foreign}"')
        reply = await caller.send(f"{{ {followed} {{ nodes {{ id }} }} }}")
        assert reply.codes == ["CURSOR_INVALID"]


async def test_a_filter_may_be_written_in_another_way(callers: Callers) -> None:
    """In a variable or in the document, and at any size of page, it is the same list."""
    caller = await callers(CITY)
    cursor = await cursor_of(caller, "areas(first: 1, where: { level: { eq: WARD } })")
    where = {"level": {"eq": "WARD"}}
    assert len((await page(caller, first=5, after=cursor, where=where))["nodes"]) == 5


async def test_a_cursor_is_of_no_use_to_another_reader(callers: Callers) -> None:
    """Not even to one who sees the same rows."""
    readers = (None, CITY, "hn.so-y-te", "hn.ubnd-cap-xa.00004", "hn.cong-an-cap-xa.00004")
    cursors = {
        reader: await cursor_of(await callers(reader), "areas(first: 1)") for reader in readers
    }
    assert len(set(cursors.values())) == len(readers)
    for reader in readers:
        caller = await callers(reader)
        for owner, cursor in cursors.items():
            codes = (await caller.send(AREAS, first=1, after=cursor)).codes
            assert codes == ([] if owner == reader else ["CURSOR_INVALID"])


async def test_a_cursor_of_one_field_is_of_no_use_in_another(public: Caller) -> None:
    """Though both lists are of the same type and in the same order."""
    document = """query ($code: String!, $after: String) {
      indicator(code: $code) { targets(first: 1, after: $after) { edges { cursor } } }
    }"""
    code = "hn.da5.ho-tro-phong-tai-nghien"
    [edge] = (await public.ask(document, code=code))["indicator"]["targets"]["edges"]
    assert (await public.send(document, code=code, after=edge["cursor"])).codes == []
    refused = await public.send(
        "query ($after: String) { targets(first: 1, after: $after) { totalCount nodes { id } } }",
        after=edge["cursor"],
    )
    assert refused.codes == ["CURSOR_INVALID"]
