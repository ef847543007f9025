"""Rights that are given, moved and ended: each holds as a whole, and for its time."""

from __future__ import annotations

import base64
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import asyncpg
import pytest

from hub.access.readers import Reader
from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.engine import Database
from hub.database.transaction import Mode, begin
from hub.loaders.gate import find_principal
from hub.web.development import ISSUER
from tests.access.proving import DA5, DA6, may
from tests.access.test_matrix import NOBODY
from tests.access.world import OTHER_WARD, WARD, Truth, as_owner, fingerprint, indicator_of
from tests.callers import Caller, Callers

if TYPE_CHECKING:
    from hub.database.address import Address
    from tests.access.conftest import Clone

TEAM: Final = NOBODY
"""An agency that nothing but what a test gives it gives any right."""

ADD: Final = "mutation($i: AddAccountInput!) { addAccount(input: $i) { subject } }"
GIVE: Final = "mutation($i: GiveGrantInput!) { giveGrant(input: $i) { code } }"
BREAK: Final = "mutation($i: BreakGlassInput!) { breakGlass(input: $i) { code } }"
ALL: Final = "{ observations(first: 100) { totalCount nodes { id } } }"

_GIVEN: Final = """
INSERT INTO access_grant (code, origin, holder_id, jurisdiction_id, project_id, data_classes,
                          capabilities, area_scope, area_id, why, valid_until)
SELECT 'thu.' || gen_random_uuid(), 'explicit', h.id, j.id, p.id, $5::text::varchar[],
       $4::text::varchar[], CASE WHEN a.id IS NULL THEN 'all' ELSE 'own' END, a.id,
       'Để thử quyền', now() + interval '1 hour'
FROM agency h JOIN jurisdiction j ON j.code = 'hn' JOIN project p ON p.code = $2
LEFT JOIN area a ON a.code = $3 AND a.valid_to IS NULL
WHERE h.code = $1
"""


async def test_rights_are_not_combined_axis_by_axis(clone: Clone, truth: Truth) -> None:
    """To write Dự án 6 in one ward and read Dự án 5 in another is neither of the two others."""
    address = await clone()
    await _give(address, DA6, WARD, "{write}")
    await _give(address, DA5, OTHER_WARD, "{read}")
    async with Database(address) as database:
        caller = await Callers(database, Executor(database, system_clock))(TEAM)
        found = await _cells(caller, DA5, DA6)
        assert await may(caller, DA5, "OBSERVATION") == {"READ"}
        # To write is not to read, so the project of that right stays unnamed.
        assert await may(caller, None, "OBSERVATION") == {"WRITE"}
    assert found == {(DA5, OTHER_WARD)}
    stored = {(each.project, each.place.ward) for each in truth.of(DA5) + truth.of(DA6)}
    assert stored > {(DA5, WARD), (DA6, WARD), (DA6, OTHER_WARD)}


async def test_whoever_reads_here_and_writes_there_gives_neither_of_the_two_others(
    clone: Clone,
) -> None:
    """An administrator gives what one right of its agency holds as a whole."""
    address = await clone()
    await _give(address, DA6, WARD, "{write}")
    await _give(address, DA5, OTHER_WARD, "{read}")
    await _give(address, DA5, None, "{administer}", classes="{account}")
    async with Database(address) as database:
        caller = await Callers(database, Executor(database, system_clock))(TEAM)
        allowed = {}
        for project in (DA5, DA6):
            for area in (WARD, OTHER_WARD):
                for capability in ("READ", "WRITE"):
                    order = _order(project=project, area=area, capabilities=[capability])
                    reply = await caller.send(GIVE, i=order)
                    allowed[project, area, capability] = reply.codes
    assert {key for key, codes in allowed.items() if codes == []} == {
        (DA6, WARD, "WRITE"),
        (DA5, OTHER_WARD, "READ"),
    }
    assert {tuple(codes) for codes in allowed.values()} == {(), ("FORBIDDEN",)}


async def test_an_inspection_reads_chosen_wards_and_lapses_by_itself(clone: Clone) -> None:
    """Nobody ends it; and while it lasts it lets nothing be written but what it says."""
    address = await clone()
    for area in (WARD, OTHER_WARD):
        await _give(address, DA5, area, "{read}", classes="{observation,finding}")
    await _give(address, DA5, None, "{write}", classes="{finding}")
    async with Database(address) as database:
        caller = await Callers(database, Executor(database, system_clock))(TEAM)
        assert await _cells(caller, DA5, DA6) == {(DA5, WARD), (DA5, OTHER_WARD)}
        assert await may(caller, DA5, "OBSERVATION") == {"READ"}
        assert await may(caller, DA5, "FINDING") == {"READ", "WRITE"}
        await _let_lapse(address)
        assert await _cells(caller, DA5, DA6) == set()
        assert await may(caller, DA5, "FINDING") == set()


async def test_an_officer_who_changes_agency_has_the_new_ones_rights_alone(
    clone: Clone, truth: Truth
) -> None:
    """Old ids open nothing, though they were just read; what was written stays its unit's."""
    address = await clone()
    old, new = "hn.so-y-te", "hn.mttq"
    async with Database(address) as database:
        caller = await Callers(database, Executor(database, system_clock))(old)
        listed = (await caller.ask(ALL))["observations"]["nodes"]
        written = await _authors(address)
        async with as_owner(address) as owner:
            await owner.execute(
                "UPDATE account SET agency_id = (SELECT id FROM agency WHERE code = $1) "
                "WHERE subject = $2",
                new,
                old,
            )
        asked = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
        now = {str(each.id) for each in truth.reading.sees(new, truth.figures)}
        again = (await caller.ask(asked, ids=[node["id"] for node in listed]))["nodes"]
        assert {read_id(node["id"]) for node in again if node is not None} <= now
        assert None in again
        principal = await find_principal(database, ISSUER, old)
        assert principal is not None
        assert principal.agency == new
        found = (await caller.ask("{ observations(allRevisions: true) { totalCount } }"))[
            "observations"
        ]
        assert found["totalCount"] == len(now)
        assert await _authors(address) == written


async def test_administering_gives_no_data(clone: Clone) -> None:
    """Whoever manages accounts within its subtree reads by that office nothing at all."""
    address = await clone()
    await _give(address, DA5, None, "{administer}", classes="{account}")
    async with Database(address) as database:
        caller = await Callers(database, Executor(database, system_clock))(TEAM)
        before = await fingerprint(address)
        for data_class in ("OBSERVATION", "BUDGET", "TASK"):
            order = _order(dataClasses=[data_class])
            assert (await caller.send(GIVE, i=order)).codes == ["FORBIDDEN"]
        foreign = {"issuer": ISSUER, "subject": "moi", "agency": "hn.so-y-te"}
        assert (await caller.send(ADD, i=foreign)).codes == ["FORBIDDEN"]
        assert await fingerprint(address) == before
        own = {**foreign, "agency": TEAM}
        assert await caller.ask(ADD, i=own) == {"addAccount": {"subject": "moi"}}
        assert await _cells(caller, DA5, DA6) == set()
        data = await caller.ask(
            "{ projects(where: { isNational: { eq: false } }) { totalCount } "
            "tasks { totalCount } budgetLines { totalCount } facilities { totalCount } }"
        )
        assert {found["totalCount"] for found in data.values()} == {0}


async def test_a_broken_glass_closes_by_itself(clone: Clone, truth: Truth) -> None:
    """Its reason and its owners' notices stay."""
    address = await clone()
    why = "Đối chiếu khẩn theo yêu cầu của lãnh đạo"
    drafts = f"""{{ observations(where: {{
      status: {{ eq: DRAFT }}, project: {{ is: {{ code: {{ eq: "{DA5}" }} }} }}
      agency: {{ is: {{ code: {{ ne: "hn.cong-an" }} }} }}
    }}) {{ totalCount }} }}"""
    stored = [
        each for each in truth.of(DA5) if each.status == "draft" and each.agency != "hn.cong-an"
    ]
    async with Database(address) as database:
        police = await Callers(database, Executor(database, system_clock))("hn.cong-an")
        assert (await police.ask(drafts))["observations"]["totalCount"] == 0
        order = {"jurisdiction": "hn", "project": DA5, "why": why, "validUntil": _in(hours=1)}
        for short in ("", "vì thế"):
            assert (await police.send(BREAK, i={**order, "why": short})).codes == ["REASON_MISSING"]
        await police.ask(BREAK, i=order)
        assert (await police.ask(drafts))["observations"]["totalCount"] >= len(stored) > 0
        await _let_lapse(address)
        assert (await police.ask(drafts))["observations"]["totalCount"] == 0
    async with as_owner(address) as owner:
        told = await owner.fetch(
            "SELECT a.code FROM notice n JOIN agency a ON a.id = n.agency_id WHERE n.reason = $1",
            why,
        )
    assert {code for (code,) in told} >= {each.agency for each in stored}


def read_id(text: str) -> str:
    """Return the key that a global id names."""
    return base64.b64decode(text).decode().partition(":")[2]


async def _give(
    address: Address,
    project: str,
    area: str | None,
    capabilities: str,
    *,
    classes: str = "{observation}",
) -> None:
    async with as_owner(address) as owner:
        await owner.execute(_GIVEN, TEAM, project, area, capabilities, classes)


async def _let_lapse(address: Address) -> None:
    """Let the time of every right that was given for a time be over."""
    async with as_owner(address) as owner:
        await owner.execute(
            "UPDATE access_grant SET valid_until = now() - interval '1 second' "
            "WHERE origin = 'explicit'"
        )


async def _cells(caller: Caller, *projects: str) -> set[tuple[str, str]]:
    """Return of which projects and areas *caller* reads a figure of this world's indicators."""
    data = await caller.ask(
        """query($of: [String!]!) {
          observations(where: { indicator: { is: { code: { in: $of } } } }) {
            groups(by: [PROJECT, AREA]) { project { code } area { code } }
          }
        }""",
        of=[indicator_of(code) for code in projects],
    )
    groups = data["observations"]["groups"]
    return {(group["project"]["code"], group["area"]["code"]) for group in groups}


async def _authors(address: Address) -> object:
    async with as_owner(address) as owner:
        return await owner.fetch(
            "SELECT agency_id, count(*) FROM observation GROUP BY 1 ORDER BY 1"
        )


def _in(**time: float) -> str:
    return (system_clock() + timedelta(**time)).isoformat()


def _order(**changes: object) -> dict[str, object]:
    return {
        "holder": TEAM,
        "jurisdiction": "hn",
        "project": DA5,
        "dataClasses": ["OBSERVATION"],
        "capabilities": ["READ"],
        "validUntil": _in(minutes=5),
        "why": "Kiểm tra liên ngành theo kế hoạch",
        **changes,
    }


_BROKEN: Final = """
INSERT INTO access_grant (code, origin, holder_id, jurisdiction_id, project_id, data_classes,
                          capabilities, states, area_scope, is_break_glass, given_by_id, why,
                          valid_until)
SELECT 'thu.' || gen_random_uuid(), 'explicit', hub_agency_id(), j.id, p.id, $2::text::varchar[],
       $3::text::varchar[], $4::text::varchar[], 'all', true, hub_account_id(), 'Để thử quyền',
       now() + interval '1 hour'
FROM jurisdiction j JOIN project p ON p.code = $1 WHERE j.code = 'hn'
"""


@pytest.mark.parametrize(
    ("project", "classes", "capabilities", "states", "is_done"),
    [
        (DA5, "{observation}", "{read}", "{draft}", True),
        ("ct.ctmtqg-2030.da5", "{observation}", "{read}", "{draft}", False),
        ("ctmtqg-2030.da5", "{observation}", "{read}", "{draft}", False),
        (DA5, "{observation,budget}", "{read}", "{draft}", False),
        (DA5, "{observation}", "{read,approve}", "{draft}", False),
        (DA5, "{observation}", "{read}", "{}", False),
    ],
)
async def test_the_database_lets_glass_be_broken_over_the_drafts_of_one_own_project_alone(  # noqa: PLR0913
    clone: Clone, project: str, classes: str, capabilities: str, states: str, *, is_done: bool
) -> None:
    """Whatever code asks it to."""
    address = await clone()
    async with Database(address) as database:
        police = await find_principal(database, ISSUER, "hn.cong-an")
        assert police is not None
        acting = replace(police, reader=Reader.REGISTRAR)
        refused = nullcontext() if is_done else pytest.raises(asyncpg.InsufficientPrivilegeError)
        with refused:
            async with begin(database, acting, Mode.WRITE) as transaction:
                connection = transaction._connection  # noqa: SLF001  (as the role itself)
                await connection.execute(_BROKEN, project, classes, capabilities, states)
    async with as_owner(address) as owner:
        given = await owner.fetchval("SELECT count(*) FROM access_grant WHERE is_break_glass")
    assert given == int(is_done)
