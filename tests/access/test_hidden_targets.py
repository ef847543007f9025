"""An administrator's refusals do not tell what it may not see from what is not there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.engine import Database
from hub.web.development import ISSUER
from tests.access.world import as_owner, fingerprint
from tests.callers import Caller, Callers, Reply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from hub.database.address import Address
    from tests.access.conftest import Clone

TEAM: Final = "hn.cong-an-cap-xa.00004"
"""An administrator of itself, which sees little."""

ADD: Final = "mutation($i: AddAccountInput!) { addAccount(input: $i) { subject isSuspended } }"
SUSPEND: Final = "mutation($i: AccountInput!) { suspendAccount(input: $i) { isSuspended } }"
RESTORE: Final = "mutation($i: AccountInput!) { restoreAccount(input: $i) { isSuspended } }"
GIVE: Final = "mutation($i: GiveGrantInput!) { giveGrant(input: $i) { code } }"
END: Final = "mutation($i: EndGrantInput!) { endGrant(input: $i) { code } }"
BREAK: Final = "mutation($i: BreakGlassInput!) { breakGlass(input: $i) { code } }"

FOREIGN_PROJECT: Final = "na.ctpcmt-2020.trang-bi-csdt"
"""A project of another place, which nobody of Hà Nội sees."""


_FOREIGN_AREA: Final = "thu.na"
_ADMINISTERING: Final = """
INSERT INTO access_grant (code, origin, holder_id, jurisdiction_id, data_classes, capabilities,
                          area_scope, why, valid_until)
SELECT $2, 'explicit', a.id, j.id, '{account}', '{administer}', 'all', 'Để thử quyền',
       now() + interval '1 day'
FROM agency a, jurisdiction j WHERE a.code = $1 AND j.code = 'hn'
"""


@dataclass(frozen=True, slots=True)
class House:
    """A copy of the world, and who administers in it."""

    address: Address
    administrators: Mapping[str, Caller]


@pytest.fixture
async def office(clone: Clone) -> AsyncIterator[House]:
    """The standing agency, and a ward's police that administers itself."""
    address = await clone()
    async with as_owner(address) as owner:
        await owner.execute(_ADMINISTERING, TEAM, "thu.quan-tri")
    async with Database(address) as database:
        callers = Callers(database, Executor(database, system_clock))
        yield House(address, {agency: await callers(agency) for agency in ("hn.cong-an", TEAM)})


async def _alike(
    address: Address, caller: Caller, document: str, *inputs: Mapping[str, object]
) -> Reply:
    """Assert that *inputs* are refused by equal answers and change nothing; return the answer."""
    before = await fingerprint(address)
    replies = [await caller.send(document, i=each) for each in inputs]
    assert all(reply == replies[0] for reply in replies)
    assert replies[0].codes == ["FORBIDDEN"]
    assert await fingerprint(address) == before
    return replies[0]


async def test_a_name_that_is_taken_is_refused_like_an_agency_beyond_the_subtree(
    office: House,
) -> None:
    """Whoever's it is: one's own, a foreign agency's, a suspended account's."""
    async with as_owner(office.address) as owner:
        await owner.execute(
            "UPDATE account SET suspended_at = now() WHERE subject = 'hn.so-tai-chinh'"
        )
    taken = [
        {"issuer": ISSUER, "subject": subject, "agency": TEAM}
        for subject in (TEAM, "hn.so-y-te", "ct.cong-an", "hn.so-tai-chinh")
    ]
    beyond = [
        {"issuer": ISSUER, "subject": subject, "agency": foreign}
        for subject in ("hn.so-y-te", "khong-ai-ca")
        for foreign in ("hn.so-y-te", "ct.cong-an")
    ]
    for caller in office.administrators.values():
        reply = await _alike(office.address, caller, ADD, *taken, *beyond)
        shown = json.dumps(reply.errors)
        assert not [word for word in ("so-y-te", "cong-an", "taken", "account") if word in shown]


async def test_a_foreign_account_and_none_are_refused_alike(
    office: House,
) -> None:
    names = ("hn.so-y-te", "ct.cong-an", "hn.khong", "")
    inputs = [{"issuer": ISSUER, "subject": name} for name in names]
    inputs.append({"issuer": "https://khong.example", "subject": "hn.so-y-te"})
    for caller in office.administrators.values():
        for document in (SUSPEND, RESTORE):
            await _alike(office.address, caller, document, *inputs)


async def test_a_foreign_right_and_none_are_refused_alike(office: House) -> None:
    """Nor is a right ended that follows from the plans, whosever it is."""
    async with as_owner(office.address) as owner:
        await owner.execute(_ADMINISTERING, "ct.cong-an", "thu.can-tho")
        codes = await owner.fetch(
            "SELECT min(g.code) FROM access_grant g LEFT JOIN agency a ON a.id = g.holder_id "
            "WHERE g.code <> 'thu.quan-tri' GROUP BY g.origin, a.code IN ($1, 'hn.cong-an')",
            TEAM,
        )
    inputs = [{"code": code} for code in (*(code for (code,) in codes), "explicit.khong", "")]
    assert len(inputs) > 4
    for caller in office.administrators.values():
        await _alike(office.address, caller, END, *inputs)


async def test_a_project_that_one_may_not_see_and_none_are_refused_alike(office: House) -> None:
    """When a right is given, and when the glass is broken; of another place and of one's own."""
    hidden = {
        "hn.cong-an": (FOREIGN_PROJECT,),
        TEAM: (FOREIGN_PROJECT, "hn.ctmtqg-2030.da8", "hn.ctmtqg-2030.da6"),
    }
    for agency, caller in office.administrators.items():
        named = (*hidden[agency], "na.ctpcmt-2020.khong-co-du-an", "hn.ctmtqg-2030.da99")
        sees = "query($code: String!) { project(code: $code) { code } }"
        assert [await caller.ask(sees, code=code) for code in named] == [{"project": None}] * len(
            named
        )
        await _alike(office.address, caller, GIVE, *(_grant(project=code) for code in named))
        await _alike(office.address, caller, BREAK, *(_glass(code) for code in named))


async def test_an_area_of_another_place_and_none_are_refused_alike(office: House) -> None:
    """So is a place, and a closed ward; though all of these are open to everyone."""
    orders = [_grant(area=code) for code in (_FOREIGN_AREA, "99999", "00099x")]
    orders += [_grant(jurisdiction=code) for code in ("ct", "la.kham-muon", "khong")]
    for caller in office.administrators.values():
        await _alike(office.address, caller, GIVE, *orders)


async def test_an_agency_is_a_definition_so_its_absence_is_said(office: House) -> None:
    """Every agency is everybody's to see: that there is none of a code is no secret."""
    for caller in office.administrators.values():
        reply = await caller.send(GIVE, i=_grant(holder="hn.khong-co"))
        assert reply.codes == ["AGENCY_UNKNOWN"]
        sees = "query($code: String!) { agency(code: $code) { code } }"
        for code in ("hn.so-y-te", "ct.cong-an"):
            assert await caller.ask(sees, code=code) == {"agency": {"code": code}}
        await _alike(
            office.address,
            caller,
            GIVE,
            *(_grant(holder=code) for code in ("hn.so-y-te", "ct.cong-an")),
        )


async def test_glass_is_broken_over_ones_own_place_alone(office: House) -> None:
    """The owner of another place's drafts is told of nothing, for nothing happened."""
    police = office.administrators["hn.cong-an"]
    await police.ask(BREAK, i=_glass("hn.ctmtqg-2030.da6"))
    await police.send(BREAK, i=_glass(FOREIGN_PROJECT))
    async with as_owner(office.address) as owner:
        told = await owner.fetchval(
            "SELECT count(*) FROM notice n JOIN agency a ON a.id = n.agency_id "
            "WHERE n.grant_id IS NOT NULL AND a.code ~ '^(ct|na|qb)[.]'"
        )
    assert told == 0


def _grant(**changes: object) -> dict[str, object]:
    return {
        "holder": TEAM,
        "jurisdiction": "hn",
        "project": "hn.ctmtqg-2030.da5",
        "dataClasses": ["OBSERVATION"],
        "capabilities": ["READ"],
        "validUntil": _soon(),
        "why": "Kiểm tra liên ngành theo kế hoạch",
        **changes,
    }


def _glass(project: str) -> dict[str, object]:
    return {
        "jurisdiction": "hn",
        "project": project,
        "why": "Đối chiếu khẩn theo yêu cầu của lãnh đạo",
        "validUntil": _soon(),
    }


def _soon() -> str:
    return (system_clock() + timedelta(hours=2)).isoformat()
