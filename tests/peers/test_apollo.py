"""Apollo Client: its normalised cache over a connection of the hub."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.peers.programs import run

if TYPE_CHECKING:
    from tests.callers import Callers
    from tests.peers.conftest import ServedHub

pytestmark = pytest.mark.peers

HERE = Path(__file__).parent / "apollo"

INDICATOR = "hn.da5.tu-van-cai-nghien"
PAGE = 90

COUNT = """
query Count($indicator: String!) {
  indicator(code: $indicator) { observations { totalCount } }
}
"""


async def test_its_pages_join_to_the_whole_list_and_each_row_once(
    hub: ServedHub, callers: Callers
) -> None:
    answer = await (await callers("hn.cong-an")).ask(COUNT, indicator=INDICATOR)
    total = answer["indicator"]["observations"]["totalCount"]
    assert total > 3 * PAGE

    words = ("node", "paging.mjs", INDICATOR, str(PAGE))
    said = json.loads(await run(*words, cwd=HERE, **hub.variables("hn.cong-an")))
    assert said["total"] == len(said["ids"]) == len(set(said["ids"])) == total
    assert said["asked"] == -(-total // PAGE)
    assert said["again"] == 0
    assert said["kept"] == {"Observation": total, "Area": said["areas"], "Indicator": 1}
    assert 100 < said["areas"] < total
