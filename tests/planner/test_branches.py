"""A long list is the same however many projects its reader has, and so however it is looked up."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

import pytest

from hub.api.execution import Executor
from hub.clock import system_clock
from hub.planner.compile import branches
from tests.callers import Callers

if TYPE_CHECKING:
    from hub.database.engine import Database

_ORDERS: Final = ("PERIOD_START_DESC", "PERIOD_START_ASC")
_WAYS: Final = (("first", "after", "endCursor"), ("last", "before", "startCursor"))
_PAGES: Final = 5
_INSIDE: Final = "nodes { id period { label } } pageInfo { hasNextPage endCursor startCursor }"


@pytest.mark.parametrize(
    ("few", "many"),
    [(10_000, 10_000), (0, 10_000), (0, 0)],
    ids=["few projects", "many projects", "too many projects"],
)
@pytest.mark.parametrize("agency", ["hn.cong-an", "hn.ubnd", "hn.ubnd-cap-xa.00004"])
async def test_pages_are_those_of_the_resolvers(
    database: Database, monkeypatch: pytest.MonkeyPatch, agency: str, few: int, many: int
) -> None:
    """From the front and from the back, in the list's own order and the other way round."""
    monkeypatch.setattr(branches, "FEW", few)
    monkeypatch.setattr(branches, "MANY", many)
    callers = [
        await Callers(database, Executor(database, system_clock, planned=planned))(agency)
        for planned in (True, False)
    ]
    for order, (size, edge, cursor) in product(_ORDERS, _WAYS):
        document = (
            f"query ($place: String) {{ observations({size}: 7, {edge}: $place, "
            f"orderBy: [{order}]) {{ {_INSIDE} }} }}"
        )
        place = None
        for _ in range(_PAGES):
            page, same = [
                (await each.ask(document, place=place))["observations"] for each in callers
            ]
            assert page == same
            assert len(page["nodes"]) == 7
            place = page["pageInfo"][cursor]
