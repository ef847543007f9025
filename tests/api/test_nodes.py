"""An id finds its row again, and whatever is no such id finds nothing, in the same words."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from hub.model.catalogue import CATALOGUE
from tests.api.documents import Documents, leaves

if TYPE_CHECKING:
    from tests.callers import Callers

NODES = [entity for entity in CATALOGUE if entity.is_node]
ASK = "query ($id: ID!) { node(id: $id) { __typename id } }"


def sealed(text: str) -> str:
    """Return the id that stands for *text*."""
    return base64.b64encode(text.encode()).decode()


async def test_every_row_that_has_an_id_is_found_by_it(callers: Callers) -> None:
    """With the same values in every field, alone and among others."""
    caller = await callers("hn.cong-an")
    documents = Documents(caller.principal.reader)
    tried = 0
    for entity in NODES:
        fields = " ".join(leaves(documents.type(entity.name)))
        if entity.plural:
            lists = f"{entity.plural}(first: 3) {{ nodes {{ {fields} }} }}"
            rows = (await caller.ask(f"{{ {lists} }}"))[entity.plural]["nodes"]
        elif entity.name == "Grant":
            grants = f"{{ viewer {{ grants {{ grant {{ {fields} }} }} }} }}"
            rows = [held["grant"] for held in (await caller.ask(grants))["viewer"]["grants"]]
        else:
            rows = []
        document = f"... on {entity.name} {{ {fields} }}"
        for row in rows:
            tried += 1
            found = await caller.ask(
                f"query ($id: ID!) {{ node(id: $id) {{ __typename {document} }} }}", id=row["id"]
            )
            assert found["node"] == {"__typename": entity.name, **row}
        together = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ {document} }} }}"
        ids = [row["id"] for row in rows]
        assert (await caller.ask(together, ids=ids))["nodes"] == rows
    assert tried > len(NODES)


async def test_no_two_rows_share_an_id(callers: Callers) -> None:
    """Not the wards that bore one code at different times, nor periods of one label."""
    caller = await callers(None)
    document = """{
      areas(where: { code: { eq: "00004" } }) { nodes { id } }
      periods(where: { label: { eq: "2026" } }) { nodes { id } }
    }"""
    lists = (await caller.ask(document)).values()
    ids = [row["id"] for found in lists for row in found["nodes"]]
    assert len(set(ids)) == len(ids) == 4


@pytest.mark.parametrize("agency", [None, "hn.so-tu-phap"])
async def test_what_finds_nothing_is_answered_alike_to_the_byte(
    callers: Callers, agency: str | None
) -> None:
    """Hidden, absent, of another type, of no type, half an id or none: no answer tells which."""
    caller = await callers(agency)
    whole = sealed("Programme:hn.ctmtqg-2030")
    hidden = sealed("Project:hn.ctmtqg-2030.da5")
    assert (await (await callers("hn.cong-an")).ask(ASK, id=hidden))["node"] is not None
    nothing = [
        hidden,
        sealed("Project:hn.ctmtqg-2030.da55"),
        sealed("Programme:hn.ctmtqg-2030.da5"),
        sealed("Observation:00000000-0000-0000-0000-000000000000"),
        sealed("Observation:not-a-uuid"),
        sealed("Observation:"),
        sealed("Area:00004|2025-99-99"),
        sealed("Area:00004|1 July 2025"),
        sealed("Area:00004|20250701"),
        sealed("Area:00004|now"),
        sealed("Area:00004"),
        sealed("Area:00004|2025-07-01|"),
        sealed("Period:calendar"),
        sealed("DocumentLink:1"),
        sealed("AreaLineage:1|2"),
        sealed("Viewer:1"),
        sealed("Query:"),
        sealed("programme:hn.ctmtqg-2030"),
        sealed("Programme:hn.ctmtqg-2030\0"),
        sealed("Programme:"),
        sealed("Programme"),
        sealed(""),
        "",
        whole + "=",
        whole[:-1],
        f" {whole}",
        f"{whole}\n",
        whole.replace("U", "u", 1),
        "\ud800",
        "\0",
        "é",
        "%%%%",
        "A" * 10_000,
        base64.b64encode(b"Programme:\xff\xfe").decode(),
    ]
    assert (await caller.ask(ASK, id=whole))["node"]["__typename"] == "Programme"
    (body,) = {(await caller.answer(ASK, id=text)).body for text in nothing}
    assert body.startswith(b'{"data":{"node":null},"extensions":{"cost":')
    found = await caller.ask("query ($i: [ID!]!) { nodes(ids: $i) { id } }", i=[*nothing, whole])
    assert found["nodes"] == [*([None] * len(nothing)), {"id": whole}]


async def test_more_ids_than_a_page_holds_are_refused(callers: Callers) -> None:
    """None is left out in silence."""
    caller = await callers(None)
    document = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    whole = sealed("Programme:hn.ctmtqg-2030")
    assert len((await caller.ask(document, ids=[whole] * 100))["nodes"]) == 100
    refused = await caller.send(document, ids=[whole] * 101)
    assert (refused.codes, refused.is_request_error) == (["IDS_TOO_MANY"], True)
    assert refused.data is None
