"""What is forbidden and what is not there look the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.engine import Database
from hub.loaders.gate import find_principal
from hub.telemetry import StatementRan
from hub.web.development import ISSUER
from tests.access.paths import PAGE, global_id, sight
from tests.access.proving import COMMITTEE, DA5, DA8, DA9
from tests.access.world import Truth, indicator_of
from tests.callers import Caller, Callers

if TYPE_CHECKING:
    from hub.database.address import Address
    from hub.telemetry import Fact


@pytest.mark.parametrize("agency", [None, "hn.so-cong-thuong", "hn.so-tu-phap", COMMITTEE])
async def test_a_forbidden_project_and_none_look_the_same(
    people: Callers, agency: str | None
) -> None:
    """The whole answer over every path is equal, letter by letter."""
    caller = await people(agency)
    document, forbidden = sight(DA9)
    _, missing = sight("hn.ctmtqg-2030.da99")
    assert await caller.send(document, **forbidden) == await caller.send(document, **missing)


@pytest.mark.parametrize("planned", [True, False])
async def test_a_forbidden_row_and_none_are_asked_for_alike(
    world: Address, truth: Truth, *, planned: bool
) -> None:
    """By the same statements with as many rows, so that time tells nothing either."""
    ran: list[tuple[str, int]] = []

    def note(fact: Fact) -> None:
        if isinstance(fact, StatementRan):
            ran.append((fact.sql, fact.rows))

    figure = next(each for each in truth.of(DA8) if each.status == "accepted")
    asked = """query($code: String!, $figure: ID!, $indicator: String!) {
      project(code: $code) { code observations { totalCount } children { nodes { code } } }
      node(id: $figure) { id ... on Observation { value area { code } } }
      indicator(code: $indicator) { observations { totalCount nodes { value } } }
      explainAccess(type: Project, code: $code) { maySee sentences }
    }"""
    runs = []
    async with Database(world, observer=note) as database:
        principal = await find_principal(database, ISSUER, "hn.mttq")
        assert principal is not None
        caller = Caller(principal, Executor(database, system_clock, planned=planned))
        for code, key in ((DA8, figure.id), ("hn.khong-co", figure.origin)):
            ran.clear()
            reply = await caller.ask(
                asked,
                code=code,
                figure=global_id("Observation", key),
                indicator=indicator_of(DA8),
            )
            runs.append((reply, list(ran)))
    assert runs[0] == runs[1]
    assert len(runs[0][1]) == (2 if planned else 6)


@pytest.mark.parametrize("agency", ["hn.mttq", COMMITTEE, "vn.bo-cong-an"])
async def test_a_cursor_of_somebody_else_opens_nothing(people: Callers, agency: str) -> None:
    """It is refused as any made-up one is, whatever it marks."""
    of = [indicator_of(DA5)]
    police = await people("hn.cong-an")
    page = (await police.ask(PAGE, of=of, first=3))["observations"]
    caller = await people(agency)
    for edge in page["edges"]:
        for size, position in (("first", "after"), ("last", "before")):
            stolen = {size: 1, position: edge["cursor"]}
            reply = await caller.send(PAGE, of=of, **stolen)
            forged = await caller.send(PAGE, of=of, **{size: 1, position: "bm8"})
            assert reply.data is None
            assert reply.codes == ["CURSOR_INVALID"]
            assert reply.errors == forged.errors


async def test_what_a_forbidden_parent_is_asked_for_is_not_judged(people: Callers) -> None:
    """Arguments below it are wrong or right as below a project that is not there."""
    caller = await people("hn.mttq")
    for below in ('observations(after: "x")', 'children(last: 1, before: "x")'):
        document = (
            f"query($code: String!) {{ project(code: $code) {{ {below} {{ totalCount }} }} }}"
        )
        forbidden = await caller.send(document, code=DA8)
        assert forbidden == await caller.send(document, code="hn.khong-co")
        assert forbidden.data == {"project": None}
