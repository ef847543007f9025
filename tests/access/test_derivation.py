"""From assignments and decisions to grants: who gets which right, and what gives none."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pytest

from hub.access.derivation import Assigned, Holder, Right, derive, spread
from hub.model.vocabulary import ROLE
from tests.access.reading import read_file
from tests.access.world import as_owner

if TYPE_CHECKING:
    from hub.access.derivation import Grant
    from hub.database.address import Address

DA5: Final = "hn.ctmtqg-2030.da5"

PROJECT_DATA: Final = {"observation", "submission", "task", "facility", "training", "finding"}

READS: Final = {
    "standing": {*PROJECT_DATA, "eligibility", "batch", "budget", "audit"},
    "lead": {*PROJECT_DATA, "eligibility", "batch", "budget"},
    "guiding": {*PROJECT_DATA, "eligibility", "batch", "budget"},
    "executing": {*PROJECT_DATA, "batch", "budget"},
    "coordinating": {*PROJECT_DATA, "eligibility"},
    "oversight": {*PROJECT_DATA, "eligibility"},
    "directing": PROJECT_DATA,
    "advising": set(),
    "approving": set(),
    "accountable": set(),
}
"""What each role reads of the whole that it covers, beside what is everybody's."""

DOES: Final = {
    "standing": {"read", "accept", "return", "administer"},
    "lead": {"read", "write", "review"},
    "guiding": {"read", "comment", "return", "approve"},
    "executing": {"read", "write"},
    "coordinating": {"read"},
    "oversight": {"read"},
    "directing": {"read"},
    "advising": set(),
    "approving": set(),
    "accountable": set(),
}


def assigned(role: str = "guiding", agency: str = "so") -> Assigned:
    """An assignment of the whole of Dự án 5."""
    return Assigned("phan-cong", "hn", "hn.ctmtqg-2030", DA5, agency, role, "whole", "hn.kh-da5")


def right(role: str = "guiding", area_scope: str = "all", **changes: bool) -> Right:
    """A row of the role table that opens figures."""
    return Right(
        role, ("observation",), ("read",), area_scope, (), changes.get("only_if_unled", False), ""
    )


def holders(*extra: Holder) -> dict[str, Holder]:
    """A department, a group with two members in two wards, and *extra*."""
    known = (
        Holder("so", "city", is_group=False),
        Holder("nhom", "ward", is_group=True),
        Holder("nhom.1", "ward", is_group=False, group="nhom", area=("1", "2025-07-01")),
        Holder("nhom.2", "ward", is_group=False, group="nhom", area=("2", "2025-07-01")),
        *extra,
    )
    return {holder.code: holder for holder in known}


def derived(assignment: Assigned, *rights: Right, led: frozenset[str] = frozenset()) -> list[Grant]:
    """The grants that follow from one assignment."""
    return derive([assignment], rights, holders(), led)


@pytest.mark.parametrize("role", ROLE.values)
def test_a_part_gives_nothing(role: str) -> None:
    """Whatever the role: who has a named duty has its own tasks and no more."""
    assert derived(replace(assigned(role), covers="part"), right(role)) == []
    assert derived(assigned(role), right(role)) != []


def test_a_right_is_what_the_role_table_says_of_the_assignment() -> None:
    (grant,) = derived(assigned(), right())
    assert (grant.holder, grant.role, grant.origin) == ("so", "guiding", "derived")
    assert (grant.jurisdiction, grant.programme, grant.project) == ("hn", "hn.ctmtqg-2030", DA5)
    assert (grant.data_classes, grant.capabilities) == (("observation",), ("read",))
    assert (grant.area_scope, grant.area) == ("all", None)
    assert grant.basis == "hn.kh-da5"


def test_a_role_that_opens_no_data_gives_no_right() -> None:
    assert derived(assigned("advising"), replace(right("advising"), data_classes=())) == []


def test_a_role_that_the_table_does_not_know_is_an_error() -> None:
    """Rather than a right or its absence."""
    with pytest.raises(KeyError):
        derived(assigned("lead"), right("guiding"))


def test_a_groups_role_reaches_each_member_for_its_own_area_alone() -> None:
    grants = derived(assigned("executing", "nhom"), right("executing", "own"))
    assert {(grant.holder, grant.area_scope, grant.area) for grant in grants} == {
        ("nhom.1", "own", ("1", "2025-07-01")),
        ("nhom.2", "own", ("2", "2025-07-01")),
    }
    assert len({grant.code for grant in grants}) == 2


def test_a_group_never_holds_and_a_member_never_gets_everywhere() -> None:
    """Not even by a role that, of a single body, holds in all areas."""
    grants = derived(assigned("guiding", "nhom"), right("guiding", "all"))
    assert {grant.holder for grant in grants} == {"nhom.1", "nhom.2"}
    assert {grant.area_scope for grant in grants} == {"own"}


def test_a_group_without_members_gives_nobody_anything() -> None:
    empty = Holder("doan-the", "city", is_group=True)
    assert derive([assigned(agency="doan-the")], [right()], holders(empty), frozenset()) == []


def test_a_member_without_an_area_gets_nothing_of_its_groups() -> None:
    placeless = Holder("nhom.3", "ward", is_group=False, group="nhom")
    grants = derive([assigned(agency="nhom")], [right()], holders(placeless), frozenset())
    assert {grant.holder for grant in grants} == {"nhom.1", "nhom.2"}


def test_what_a_member_is_given_itself_is_its_own_areas() -> None:
    (grant,) = derived(assigned("executing", "nhom.1"), right("executing", "own"))
    assert (grant.holder, grant.area) == ("nhom.1", ("1", "2025-07-01"))


@pytest.mark.parametrize(
    ("level", "scope"),
    [
        ("city", "all"),
        ("province", "all"),
        ("district", "own"),
        ("ward", "own"),
        ("national", "own"),
    ],
)
def test_a_body_carries_out_where_it_works(level: str, scope: str) -> None:
    """A city's body in the city; another without an area of its own nowhere: own, and no area."""
    body = Holder("co-quan", level, is_group=False)
    (grant,) = derive(
        [assigned("executing", "co-quan")],
        [right("executing", "own")],
        holders(body),
        frozenset(),
    )
    assert (grant.area_scope, grant.area) == (scope, None)


def test_a_guide_reads_the_money_only_where_nobody_leads() -> None:
    unled = right(only_if_unled=True)
    assert derived(assigned(), unled) != []
    assert derived(assigned(), unled, led=frozenset({DA5})) == []
    assert derived(assigned(), unled, led=frozenset({"hn.ctmtqg-2030.da6"})) != []


def test_the_same_right_twice_is_one() -> None:
    """Two sentences of a plan that say the same do not make two rights."""
    twice = [replace(assigned(), code="mot"), replace(assigned(), code="hai", basis="hn.tin-da9")]
    (grant,) = derive(twice, [right()], holders(), frozenset())
    assert grant.code == "mot.1"


def test_what_is_everybodys_is_spread_to_nobody() -> None:
    (grant,) = derived(assigned(), right())
    public = replace(grant, holder=None)
    assert list(spread(public, holders())) == [public]


def test_the_role_table_covers_every_role() -> None:
    assert {row["role"] for row in read_file("roles")} == set(ROLE.values)


@pytest.mark.parametrize("role", ROLE.values)
def test_the_role_table_says_what_the_rules_say(role: str) -> None:
    rows = [row for row in read_file("roles") if row["role"] == role]
    reads, does = set[str](), set[str]()
    for row in rows:
        capabilities = set(filter(None, row["capabilities"].split("|")))
        does |= capabilities
        if "read" in capabilities:
            reads |= set(row["data_classes"].split("|"))
    assert reads - {"definition", "area", "document", "target"} == READS[role]
    assert does == DOES[role]
    assert {row["area_scope"] for row in rows} == {"own" if role == "executing" else "all"}
    states = "accepted|published" if role == "directing" else ""
    assert {row["states"] for row in rows} == {states}
    unled = [row for row in rows if row["only_if_unled"] == "true"]
    assert [(row["role"], row["data_classes"]) for row in unled] == (
        [("guiding", "budget")] if role == "guiding" else []
    )


@dataclass(frozen=True, slots=True)
class Held:
    """A grant as it is stored, in codes."""

    code: str
    origin: str
    holder: str | None
    role: str | None
    about: str | None
    capabilities: frozenset[str]
    data_classes: frozenset[str]
    area: str | None
    area_since: str | None


@pytest.fixture(scope="session")
def held(reference: Address) -> list[Held]:
    """Every grant that the reference data gives."""

    async def read() -> list[Held]:
        async with as_owner(reference) as connection:
            rows = await connection.fetch(
                """
                SELECT g.code, g.origin, h.code AS holder, g.role,
                       coalesce(p.code, r.code) AS about, g.capabilities, g.data_classes,
                       a.code AS area, a.valid_from::text AS area_since
                FROM access_grant g
                LEFT JOIN agency h ON h.id = g.holder_id
                LEFT JOIN project p ON p.id = g.project_id
                LEFT JOIN programme r ON r.id = g.programme_id
                LEFT JOIN area a ON a.id = g.area_id
                """
            )
            return [
                Held(
                    code=row["code"],
                    origin=row["origin"],
                    holder=row["holder"],
                    role=row["role"],
                    about=row["about"],
                    capabilities=frozenset(row["capabilities"]),
                    data_classes=frozenset(row["data_classes"]),
                    area=row["area"],
                    area_since=row["area_since"],
                )
                for row in rows
            ]

    return asyncio.run(read())


WARDS: Final = sorted(row["code"] for row in read_file("wards"))
COMMITTEES: Final = {f"hn.ubnd-cap-xa.{ward}" for ward in WARDS}
POLICE: Final = {f"hn.cong-an-cap-xa.{ward}" for ward in WARDS}

DERIVED: Final = {
    ("standing", "hn.ctmtqg-2030"): {"hn.cong-an"},
    ("lead", DA5): {"hn.cong-an"},
    ("lead", "hn.ctmtqg-2030.da9"): {"hn.cong-an"},
    ("guiding", DA5): {"hn.cong-an"},
    ("guiding", "hn.ctmtqg-2030.da6"): {"hn.so-y-te"},
    ("guiding", "hn.ctmtqg-2030.da7.tda1"): {"hn.so-van-hoa-the-thao"},
    ("guiding", "hn.ctmtqg-2030.da7.tda3"): {"hn.so-giao-duc-dao-tao"},
    ("guiding", "hn.ctmtqg-2030.da7.tda4"): {"hn.mttq"},
    ("guiding", "hn.ctmtqg-2030.da8"): {"hn.so-tu-phap"},
    ("executing", DA5): {"hn.cong-an", *COMMITTEES},
    ("executing", "hn.ctmtqg-2030.da6"): COMMITTEES,
    ("executing", "hn.ctmtqg-2030.da7.tda4"): COMMITTEES,
    ("coordinating", DA5): {
        "hn.so-y-te",
        "hn.so-van-hoa-the-thao",
        "hn.so-du-lich",
        "hn.toa-an",
    },
    ("oversight", DA5): {"hn.cong-an"},
    ("directing", DA5): {"hn.ubnd", "hn.ban-chi-dao-pcmt", "vn.bo-cong-an"},
    ("directing", "hn.ctmtqg-2030.da9"): {"hn.ubnd", "vn.bo-cong-an"},
    ("standing", "ct.ctmtqg-2030"): {"ct.cong-an"},
    ("guiding", "ct.ctmtqg-2030"): {"ct.cong-an"},
    ("oversight", "ct.ctmtqg-2030"): {"ct.cong-an"},
    ("directing", "ct.ctmtqg-2030"): {"ct.ubnd", "ct.ban-chi-dao", "ct.ban-chi-dao-ctmtqg"},
    ("standing", "na.ctpcmt-2020"): {"na.cong-an"},
    ("guiding", "na.ctpcmt-2020"): {"na.cong-an"},
    ("oversight", "na.ctpcmt-2020"): {"na.cong-an"},
    ("directing", "na.ctpcmt-2020"): {"na.ubnd"},
    ("directing", "qb.ctpcmt-2021-2025.cac-du-an"): {"qb.bcd-138"},
}
"""Role × what it is about → who holds it, as one reads it in the plans."""

DECIDED: Final = {
    "public.definitions": {None},
    "hn.so-tai-chinh.budget": {"hn.so-tai-chinh"},
    "hn.so-tai-chinh.targets": {"hn.so-tai-chinh"},
    "hn.so-y-te.eligibility": {"hn.so-y-te"},
    "hn.ubnd.accepted": {"hn.ubnd"},
    "hn.so-noi-vu.results": {"hn.so-noi-vu"},
    "hn.cong-an-cap-xa.da5": POLICE,
    "hn.ubnd-cap-xa.own-facilities": COMMITTEES,
    "vn.bo-cong-an.feed": {"vn.bo-cong-an"},
    "operator.own-facility": {None},
}


def test_every_derived_right_has_the_holders_that_the_plans_name(held: list[Held]) -> None:
    """All of them, and nobody else; 126 ward committees in Dự án 5, 6 and 7.4."""
    found = defaultdict(set)
    for grant in held:
        if grant.origin == "derived":
            found[grant.role, grant.about].add(grant.holder)
    assert len(COMMITTEES) == 126
    assert dict(found) == DERIVED


def test_every_decided_right_has_the_holders_that_were_decided(held: list[Held]) -> None:
    found = defaultdict(set)
    for grant in held:
        if grant.origin == "decided":
            ward = f".{grant.area}"
            found[grant.code.removesuffix(ward) if grant.area else grant.code].add(grant.holder)
    assert dict(found) == DECIDED


def test_every_ward_body_holds_its_rights_in_its_own_ward_of_today(held: list[Held]) -> None:
    """The unit in force since 2025-07-01, not the closed one that bore the code before."""
    of_wards = [grant for grant in held if grant.holder in COMMITTEES | POLICE]
    assert of_wards
    for grant in of_wards:
        assert grant.holder is not None
        assert grant.holder.endswith(f".{grant.area}")
        assert grant.area_since == "2025-07-01"
    assert {grant.area for grant in held if grant.holder not in COMMITTEES | POLICE} == {None}


def test_nobody_gives_more_than_the_rules_foresee(held: list[Held]) -> None:
    """There is no third origin in the reference data, and no right to write by coordinating."""
    assert {grant.origin for grant in held} == {"derived", "decided"}
    writers = {
        (grant.role, grant.about)
        for grant in held
        if "write" in grant.capabilities and "observation" in grant.data_classes
        if grant.holder is not None
    }
    assert writers == {
        ("lead", DA5),
        ("lead", "hn.ctmtqg-2030.da9"),
        ("executing", DA5),
        ("executing", "hn.ctmtqg-2030.da6"),
        ("executing", "hn.ctmtqg-2030.da7.tda4"),
    }


def test_money_is_read_by_the_lead_and_by_the_guide_where_nobody_leads(held: list[Held]) -> None:
    readers = {
        (grant.role, grant.about)
        for grant in held
        if grant.role in ("lead", "guiding") and "budget" in grant.data_classes
    }
    assert readers == {
        ("lead", DA5),
        ("lead", "hn.ctmtqg-2030.da9"),
        ("guiding", "hn.ctmtqg-2030.da6"),
        ("guiding", "hn.ctmtqg-2030.da7.tda1"),
        ("guiding", "hn.ctmtqg-2030.da7.tda3"),
        ("guiding", "hn.ctmtqg-2030.da7.tda4"),
        ("guiding", "hn.ctmtqg-2030.da8"),
        ("guiding", "ct.ctmtqg-2030"),
        ("guiding", "na.ctpcmt-2020"),
    }


async def test_a_lead_is_never_inferred(reference: Address) -> None:
    """Where the sources name none there is none, though somebody guides."""
    async with as_owner(reference) as connection:
        leads = await connection.fetch(
            "SELECT p.code, a.code FROM project p LEFT JOIN agency a ON a.id = p.lead_agency_id"
        )
    assert {code: lead for code, lead in leads if lead is not None} == {
        DA5: "hn.cong-an",
        "hn.ctmtqg-2030.da9": "hn.cong-an",
    }
