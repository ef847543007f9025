"""Who administers, administers its own subtree, and gives only what it holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from hub.api.execution import Executor
from hub.clock import system_clock
from hub.loaders.gate import find_principal
from hub.web.development import ISSUER
from tests.callers import Callers

if TYPE_CHECKING:
    from hub.database.engine import Database

WARD_POLICE = "hn.cong-an-cap-xa.00004"
WARD = "hn.ubnd-cap-xa.00004"

ADD = "mutation($i: AddAccountInput!) { addAccount(input: $i) { subject agency { code } } }"
SUSPEND = "mutation($i: AccountInput!) { suspendAccount(input: $i) { isSuspended } }"
RESTORE = "mutation($i: AccountInput!) { restoreAccount(input: $i) { isSuspended } }"
GIVE = "mutation($i: GiveGrantInput!) { giveGrant(input: $i) { code holder { code } } }"
END = "mutation($i: EndGrantInput!) { endGrant(input: $i) { code } }"
BREAK = "mutation($i: BreakGlassInput!) { breakGlass(input: $i) { code } }"
COUNT = "{ observations { totalCount } }"
DRAFTS = """{ observations(where: {
  status: { eq: DRAFT }, agency: { is: { code: { startsWith: "hn.ubnd-cap-xa." } } }
}) { totalCount } }"""


@pytest.fixture
async def ask(scratch: Database) -> Callers:
    return Callers(scratch, Executor(scratch, system_clock))


def _grant(**changes: object) -> dict[str, object]:
    return {
        "holder": WARD_POLICE,
        "jurisdiction": "hn",
        "project": "hn.ctmtqg-2030.da6",
        "dataClasses": ["OBSERVATION"],
        "capabilities": ["READ"],
        "validUntil": (system_clock() + timedelta(days=3)).isoformat(),
        "why": "Kiểm tra liên ngành theo kế hoạch",
        **changes,
    }


async def test_an_account_is_added_within_the_own_subtree_only(
    ask: Callers, scratch: Database
) -> None:
    police, health = await ask("hn.cong-an"), await ask("hn.so-y-te")
    new = {"issuer": "https://id.example.vn", "subject": "a1", "agency": WARD_POLICE}
    added = await police.ask(ADD, i=new)
    assert added == {"addAccount": {"subject": "a1", "agency": {"code": WARD_POLICE}}}
    for caller, agency in ((police, "hn.so-y-te"), (health, "hn.so-y-te"), (health, WARD)):
        reply = await caller.send(ADD, i={**new, "subject": "a2", "agency": agency})
        assert reply.codes == ["FORBIDDEN"]
    assert await find_principal(scratch, "https://id.example.vn", "a1") is not None
    assert await find_principal(scratch, "https://id.example.vn", "a2") is None


async def test_a_taken_name_and_a_foreign_one_look_the_same(ask: Callers) -> None:
    police = await ask("hn.cong-an")
    taken = {"issuer": ISSUER, "subject": "hn.so-y-te", "agency": WARD_POLICE}
    foreign = {"issuer": ISSUER, "subject": "new", "agency": "hn.so-y-te"}
    replies = [await police.send(ADD, i=each) for each in (taken, foreign)]
    assert [reply.codes for reply in replies] == [["FORBIDDEN"]] * 2
    assert replies[0].errors[0]["message"] == replies[1].errors[0]["message"]


async def test_a_suspended_account_sees_nothing_from_the_next_operation_on(ask: Callers) -> None:
    police, ward = await ask("hn.cong-an"), await ask(WARD_POLICE)
    who = {"issuer": ISSUER, "subject": WARD_POLICE}
    before = (await ward.ask(COUNT))["observations"]["totalCount"]
    assert before > 0
    assert await police.ask(SUSPEND, i=who) == {"suspendAccount": {"isSuspended": True}}
    assert (await ward.ask(COUNT))["observations"]["totalCount"] == 0
    await police.ask(RESTORE, i=who)
    assert (await ward.ask(COUNT))["observations"]["totalCount"] == before


async def test_nobody_suspends_beyond_its_subtree(ask: Callers) -> None:
    police, health, public = await ask("hn.cong-an"), await ask("hn.so-y-te"), await ask(None)
    who = {"issuer": ISSUER, "subject": "hn.so-y-te"}
    for caller in (police, health, public):
        assert (await caller.send(SUSPEND, i=who)).codes == ["FORBIDDEN"]
    assert (await health.ask(COUNT))["observations"]["totalCount"] > 0


async def test_the_standing_agency_reads_but_does_not_hold_so_it_gives_reading_only(
    ask: Callers,
) -> None:
    police, ward = await ask("hn.cong-an"), await ask(WARD_POLICE)
    before = (await ward.ask(COUNT))["observations"]["totalCount"]
    given = await police.ask(GIVE, i=_grant())
    after = (await ward.ask(COUNT))["observations"]["totalCount"]
    assert after > before
    writing = await police.send(GIVE, i=_grant(capabilities=["READ", "WRITE"]))
    assert writing.codes == ["FORBIDDEN"]
    await police.ask(END, i={"code": given["giveGrant"]["code"]})
    assert (await ward.ask(COUNT))["observations"]["totalCount"] == before


async def test_an_inspection_of_one_ward_and_project_opens_that_and_no_more(ask: Callers) -> None:
    police, ward = await ask("hn.cong-an"), await ask(WARD_POLICE)
    by = "{ observations { groups(by: [AREA, PROJECT]) { area { code } project { code } } } }"
    before = {str(group) for group in (await ward.ask(by))["observations"]["groups"]}
    await police.ask(GIVE, i=_grant(area="00008"))
    after = {str(group) for group in (await ward.ask(by))["observations"]["groups"]}
    assert after - before == {
        str({"area": {"code": "00008"}, "project": {"code": "hn.ctmtqg-2030.da6"}})
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"holder": "hn.so-y-te"},
        {"jurisdiction": "ct"},
        {"project": "hn.nowhere"},
        {"project": "ctmtqg-2030.da6"},
        {"states": ["DRAFT"]},
        {"dataClasses": ["OBSERVATION", "ACCOUNT"]},
    ],
)
async def test_what_is_not_held_or_not_there_is_forbidden_alike(
    ask: Callers, changes: dict[str, object]
) -> None:
    police = await ask("hn.cong-an")
    assert (await police.send(GIVE, i=_grant(**changes))).codes == ["FORBIDDEN"]


async def test_a_right_needs_a_reason_and_an_end(ask: Callers) -> None:
    police = await ask("hn.cong-an")
    assert (await police.send(GIVE, i=_grant(why="ngắn"))).codes == ["REASON_MISSING"]
    late = (system_clock() + timedelta(days=4000)).isoformat()
    past = (system_clock() - timedelta(days=1)).isoformat()
    for until in (late, past):
        assert (await police.send(GIVE, i=_grant(validUntil=until))).codes == ["VALIDITY_INVALID"]


async def test_breaking_the_glass_opens_drafts_for_a_time_and_tells_their_owners(
    ask: Callers,
) -> None:
    police, ward = await ask("hn.cong-an"), await ask(WARD)
    everyone = await ask("hn.so-y-te")
    assert (await police.ask(DRAFTS))["observations"]["totalCount"] == 0
    order = {
        "jurisdiction": "hn",
        "project": "hn.ctmtqg-2030.da5",
        "why": "Đối chiếu khẩn theo yêu cầu của lãnh đạo",
        "validUntil": (system_clock() + timedelta(hours=2)).isoformat(),
    }
    for caller in (ward, everyone):
        assert (await caller.send(BREAK, i=order)).codes == ["FORBIDDEN"]
    given = await police.ask(BREAK, i=order)
    opened = (await police.ask(DRAFTS))["observations"]["totalCount"]
    assert opened > 0
    own_drafts = (await ward.ask(DRAFTS))["observations"]["totalCount"]
    told = (await ward.ask("{ viewer { notices { kind reason } } }"))["viewer"]["notices"]
    assert told == ([{"kind": "BREAK_GLASS", "reason": order["why"]}] if own_drafts else [])
    await police.ask(END, i={"code": given["breakGlass"]["code"]})
    assert (await police.ask(DRAFTS))["observations"]["totalCount"] == 0
    long = {**order, "validUntil": (system_clock() + timedelta(hours=30)).isoformat()}
    assert (await police.send(BREAK, i=long)).codes == ["VALIDITY_INVALID"]
