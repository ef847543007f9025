"""Adversarial rows: every trap the rules speak of, and a token in every text that tells its row.

A world is rows in the published shape, as the model reads them. ``tests.oracle.store`` writes it
into a database.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.oracle.contract import Contract, Shape
    from tests.oracle.rights import Row

NOW: Final = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
_MERGER: Final = date(2025, 7, 1)
_STEMS: Final = ("an", "ba", "cau", "an an")
_STATES: Final = ("DRAFT", "SUBMITTED", "RETURNED", "APPROVED", "ACCEPTED", "PUBLISHED")
OPEN_TRAPS: Final = {
    "unissued": "A finding not yet issued is shown to the inspected unit that reads its project "
    "(rule 29).",
    "subtree": "A grant for an area reaches no unit that lies in it.",
    "station": "A figure of the own ward in a project it carries out is hidden where the facility "
    "is of another project (rules 11, 15).",
    "elsewhere": "The standing agency of one place loses what it is given in another.",
}
"""Where the hub does not yet do what the rules say: trap and what it shows when it is laid."""
_NAMELESS: Final = frozenset({("Project", "name"), ("Assignment", "scope")})
"""Names that a source may leave out."""
_UNKEYED: Final = {
    "AreaLineage": ("predecessor", "successor"),
    "AssignmentPartner": ("assignment", "agency"),
    "TaskPartner": ("task", "agency"),
    "TaskIndicator": ("task", "indicator"),
    "TaskDocument": ("task", "document"),
    "ReportingDutyDocument": ("duty", "document"),
    "FundingSourceManager": ("fundingSource", "agency"),
    "FundingSourceDocument": ("fundingSource", "document"),
    "DocumentLink": ("#",),
    "AreaStatusEvidence": ("#",),
    "Area": ("code", "validFrom"),
    "Period": ("calendar", "label"),
    "Observation": ("_id",),
    "_Account": ("#",),
}


@dataclass
class World:
    """Rows by type and number; *traps* are those of ``OPEN_TRAPS`` that are laid."""

    contract: Contract
    random: Random
    traps: frozenset[str] = frozenset()
    tables: dict[str, dict[int, Row]] = field(default_factory=dict)

    def add(self, type_name: str, **given: Any) -> int:
        """Add a row; what is not given is drawn, with its token in every text."""
        rows = self.tables.setdefault(type_name, {})
        number = max(rows, default=0) + 1
        token = f"zq{''.join(c for c in type_name.lower() if c.isalpha())}{number}q"
        row: Row = {"#": number, "_token": token}
        for name, shape in self.contract.types.get(type_name, {}).items():
            kind = self.contract.kind(shape)
            if name == "id" or name in given or kind in {"list", "connection"}:
                continue
            row[name] = None if kind == "one" else self._cell(name, shape, token, type_name)
        row |= given
        row["@"] = tuple(row[part] for part in _UNKEYED.get(type_name, ("code",)))
        if "_revision" in row and type_name != "Observation":
            row["@"] += (row["_revision"],)
        parts = row["@"][:-1] if type_name in {"Assignment", "Target"} else row["@"]
        written = "|".join("" if part is None else str(part) for part in parts)
        if type_name == "Period":
            written = f"{row['calendar'].lower().replace('_', '-')}|{row['label']}"
        row["id"] = base64.b64encode(f"{type_name}:{written}".encode()).decode()
        rows[number] = row
        return number

    def number(self, type_name: str, code: str) -> int:
        """Return the number of the row with this code."""
        rows = self.tables[type_name]
        found: int = next(number for number in rows if rows[number]["code"] == code)
        return found

    def some(self, type_name: str, *, chance: float = 0.7) -> int | None:
        """Return any row's number, or none."""
        if self.random.random() > chance:
            return None
        return self.random.choice(list(self.tables[type_name]))

    def _cell(self, name: str, shape: Shape, token: str, owner: str) -> Any:
        draw = self.random
        if not shape.is_required and "lang" not in shape.arguments and draw.random() < 0.3:
            return None
        if shape.is_list:
            values = self.contract.enums.get(shape.of)
            many = draw.sample(values, 2) if values else [token, f"{token}.b"]
            return many[: draw.randrange(3)]
        if "lang" in shape.arguments:
            stem = draw.choice(_STEMS)
            is_glossed = shape.is_required or draw.random() < 0.7
            is_named = (owner, name) not in _NAMELESS or draw.random() < 0.7
            return {
                "VI": f"{stem} {token}" if is_named else None,
                "EN": f"{token} en" if is_glossed else None,
            }
        if shape.of in self.contract.enums:
            return draw.choice(self.contract.enums[shape.of])
        match shape.of:
            case "Boolean":
                return draw.random() < 0.5
            case "Int" | "BigInt":
                return draw.choice((0, 1, 2, 7, 7, 100))
            case "Float":
                return Decimal(draw.choice(("0", "1.5", "7", "7", "33.25")))
            case "Date":
                return date(2026, draw.randrange(1, 5), draw.randrange(1, 4))
            case "PartialDate":
                return draw.choice(("2026", "2026-09", "2026-09-30", "2027"))
            case "DateTime":
                return NOW - timedelta(days=draw.randrange(1, 9))
            case _:
                return draw.choice((token, f"{token}, {token}.", f"a {token}"))


def make_world(contract: Contract, seed: int, traps: frozenset[str] = frozenset()) -> World:
    """Return the world that grows from *seed*; all but the open *traps* are laid in every one."""
    world = World(contract, Random(seed), traps)  # noqa: S311  (nothing here is secret)
    _places(world)
    _agencies(world)
    _programme(world)
    _assignments(world)
    _grants(world)
    _measurement(world)
    _facilities(world)
    _duties(world)
    _resources(world)
    _observations(world)
    _situations(world)
    _sources(world)
    return world


def _places(world: World) -> None:
    kinds = {"level": "CITY", "role": "IMPLEMENTING"}
    world.add("Jurisdiction", code="vn", level="NATIONAL", role="NATIONAL")
    for code in ("hn", "ct", "HN"):
        world.add("Jurisdiction", code=code, parent=1, **kinds)
    hn, ct, upper = (world.number("Jurisdiction", code) for code in ("hn", "ct", "HN"))
    city = _area(world, "01", hn, None, "CITY", None)
    other = _area(world, "92", ct, None, "CITY", None)
    _area(world, "93", upper, None, "CITY", None)
    districts = [_area(world, f"00{n}", hn, None, "DISTRICT", city, closed=True) for n in (1, 2)]
    old = [
        _area(world, code, hn, None, "WARD", districts[at % 2], closed=True)
        for at, code in enumerate(("00001", "00004", "00006", "00007", "00008", "00013"))
    ]
    new = [
        _area(world, code, hn, _MERGER, "WARD", city)
        for code in ("00004", "00008", "00025", "0000a", "0000A")
    ]
    _area(world, "31117", ct, _MERGER, "WARD", other)
    _area(world, "00004", ct, date(2025, 7, 2), "WARD", other)
    for from_, to, share, main in (
        (0, 0, "WHOLE", False),
        (1, 0, "WHOLE", False),
        (2, 1, "WHOLE", False),
        (3, 1, "PART", True),
        (3, 2, "PART", False),
        (4, 0, "PART", False),
        (4, 1, "PART", True),
        (5, 3, "WHOLE", True),
    ):
        world.add(
            "AreaLineage",
            predecessor=old[from_],
            successor=new[to],
            share=share,
            isMainSuccessor=main,
        )


def _area(
    world: World,
    code: str,
    place: int,
    begins: date | None,
    level: str,
    parent: int | None,
    *,
    closed: bool = False,
) -> int:
    return world.add(
        "Area",
        code=code,
        validFrom=begins,
        validTo=_MERGER - timedelta(days=1) if closed else None,
        jurisdiction=place,
        level=level,
        parent=parent,
    )


def _agencies(world: World) -> None:
    places = {row["code"]: row["#"] for row in world.tables["Jurisdiction"].values()}

    def agency(code: str, place: str | None, level: str = "CITY", **more: Any) -> int:
        where = None if place is None else places[place]
        more = (
            {"isGroup": False, "parent": world.some("Agency", chance=0.4), **more}
            if ("Agency" in world.tables)
            else {"isGroup": False, **more}
        )
        return world.add("Agency", code=code, jurisdiction=where, level=level, **more)

    for code in (
        *("police", "health", "justice", "culture", "finance", "trade", "tourism", "ubnd", "none"),
        *("front", "court", "press", "youth", "school", "home", "inspector", "HEALTH", "centre"),
        *("centre2", "broke", "lapsed", "double"),
    ):
        agency(f"hn.{code}", "hn")
    for code in ("police", "health", "culture"):
        agency(f"ct.{code}", "ct")
    agency("vn.ministry", "vn", "NATIONAL")
    agency("vn.health", "vn", "NATIONAL")
    group = agency("hn.wards", "hn", "WARD", isGroup=True, kind="AGENCY_GROUP")
    patrol = agency("hn.ward-police", "hn", "WARD", isGroup=True, kind="AGENCY_GROUP")
    for row in list(world.tables["Area"].values()):
        if row["validFrom"] == _MERGER and row["jurisdiction"] == places["hn"]:
            agency(f"hn.wards.{row['code']}", "hn", "WARD", group=group, area=row["#"])
            agency(f"hn.ward-police.{row['code']}", "hn", "WARD", group=patrol, area=row["#"])
    ward = next(r for r in world.tables["Area"].values() if r["code"] == "00025")
    agency("hn.station.00025", "hn", "WARD", area=ward["#"])
    agency("hn.nowhere", "hn", "WARD")


def _programme(world: World) -> None:
    def programme(code: str, place: str, parent: int | None, scope: str, who: str | None) -> int:
        return world.add(
            "Programme",
            code=code,
            jurisdiction=world.number("Jurisdiction", place),
            parent=parent,
            scope=scope,
            standingAgency=None if who is None else world.number("Agency", who),
        )

    national = programme("p30", "vn", None, "NATIONAL", None)
    for code in ("da5", "da6", "da7", "da7.1", "da7.3", "da7.4", "da8", "da9", "da5.c"):
        _project(world, code, "vn", national, code.rpartition(".")[0] or None)
    for place, police in (("hn", "hn.police"), ("ct", "ct.police")):
        local = programme(f"{place}.p30", place, national, "LOCAL", police)
        for code, lead in (
            ("da5", "home"),
            ("da5.c", None),
            ("da5.c.d", None),
            ("da6", None),
            ("da7", None),
            ("da7.1", "culture"),
            ("da7.3", "school"),
            ("da7.4", "front"),
            ("da8", None),
            ("da9", "police"),
            ("DA5", "youth"),
        ):
            leader = f"{place}.{lead}"
            known = {row["code"] for row in world.tables["Agency"].values()}
            _project(
                world,
                f"{place}.{code}",
                place,
                local,
                f"{place}.{code.rpartition('.')[0]}" if "." in code else None,
                lead=world.number("Agency", leader) if leader in known else None,
            )


def _project(
    world: World, code: str, place: str, programme: int, parent: str | None, lead: int | None = None
) -> None:
    is_national = place == "vn"
    known = {row["code"]: row["#"] for row in world.tables.get("Project", {}).values()}
    world.add(
        "Project",
        code=code,
        isNational=is_national,
        programme=programme,
        jurisdiction=world.number("Jurisdiction", place),
        parent=known.get(parent) if parent else None,
        nationalProject=None if is_national else known.get(code.partition(".")[2].lower()),
        lead=lead,
    )


_PARTS: Final = (
    ("hn", None, "police", "STANDING", "WHOLE"),
    ("ct", None, "police", "STANDING", "WHOLE"),
    ("hn", "da9", "police", "LEAD", "WHOLE"),
    ("hn", "da5", "home", "LEAD", "WHOLE"),
    ("hn", "da6", "health", "GUIDING", "WHOLE"),
    ("hn", "da5", "health", "COORDINATING", "WHOLE"),
    ("hn", "da8", "justice", "GUIDING", "WHOLE"),
    ("hn", "da7", "court", "GUIDING", "WHOLE"),
    ("hn", "da7.1", "culture", "LEAD", "WHOLE"),
    ("hn", "da5", "culture", "COORDINATING", "WHOLE"),
    ("hn", "da7.3", "school", "LEAD", "WHOLE"),
    ("hn", "da7.4", "front", "LEAD", "WHOLE"),
    ("hn", "DA5", "youth", "LEAD", "WHOLE"),
    ("hn", "da5", "tourism", "COORDINATING", "WHOLE"),
    ("hn", "da5", "trade", "LEAD", "PART"),
    ("hn", "da5", "press", "ADVISING", "WHOLE"),
    ("hn", None, "ubnd", "DIRECTING", "WHOLE"),
    ("hn", "da7", "ubnd", "APPROVING", "WHOLE"),
    ("hn", "da5", "wards", "EXECUTING", "WHOLE"),
    ("hn", "da6", "wards", "EXECUTING", "WHOLE"),
    ("hn", "da7.4", "wards", "EXECUTING", "WHOLE"),
    ("hn", "da5", "station.00025", "EXECUTING", "WHOLE"),
    ("hn", "da6", "nowhere", "EXECUTING", "WHOLE"),
    ("hn", "da8", "double", "EXECUTING", "WHOLE"),
    ("hn", "da7.1", "double", "OVERSIGHT", "WHOLE"),
    ("hn", "da6", "broke", "LEAD", "WHOLE"),
    ("hn", None, "inspector", "ACCOUNTABLE", "WHOLE"),
    ("ct", "da6", "health", "GUIDING", "WHOLE"),
    ("ct", None, "culture", "OVERSIGHT", "WHOLE"),
    ("hn", "da5", "vn.health", "DIRECTING", "WHOLE"),
)


def _assignments(world: World) -> None:
    for at, (place, project, who, role, covers) in enumerate(_PARTS):
        agency = world.number("Agency", who if who.startswith("vn.") else f"{place}.{who}")
        local = None if project is None else world.number("Project", f"{place}.{project}")
        national = None if local is None else world.tables["Project"][local]["nationalProject"]
        code = f"{place}.part{at}"
        for revision in range(1, 1 + world.random.choice((1, 1, 2))):
            number = world.add(
                "Assignment",
                code=code,
                jurisdiction=world.number("Jurisdiction", place),
                programme=world.number("Programme", f"{place}.p30"),
                project=local,
                nationalProject=national,
                agency=agency,
                role=role,
                covers=covers,
                **_revised(code, revision),
            )
            for partner in world.random.sample(list(world.tables["Agency"]), 2):
                world.add("AssignmentPartner", assignment=number, agency=partner)
    gone = dict(world.tables["Assignment"][1])
    _withdraw(world, gone)


def _revised(origin: str, revision: int, *, withdrawn: bool = False) -> dict[str, Any]:
    return {
        "_origin": origin,
        "_revision": revision,
        "_recorded": NOW - timedelta(days=20 - 5 * revision),
        "_withdrawn": withdrawn,
    }


def _withdraw(world: World, like: Row) -> None:
    """Give the press a right that was taken back before anybody asked."""
    own = {k: v for k, v in like.items() if k not in {"#", "id", "@", "_token"}}
    own |= {"role": "LEAD", "agency": world.number("Agency", "hn.press"), "code": "hn.part-gone"}
    own |= {"project": world.number("Project", "hn.da5"), "covers": "WHOLE"}
    for revision, withdrawn in ((1, False), (2, True)):
        revised = _revised("hn.part-gone", revision, withdrawn=withdrawn)
        world.add("Assignment", **{**own, **revised})


def _grants(world: World) -> None:
    def grant(
        code: str,
        holder: str | None,
        place: str | None,
        project: str | None,
        classes: str,
        scope: str = "ALL",
        **more: Any,
    ) -> None:
        given: dict[str, Any] = {
            "origin": "DECIDED",
            "states": [],
            "capabilities": ["READ"],
            "role": None,
            "validFrom": None,
            "validUntil": None,
            **more,
        }
        world.add(
            "Grant",
            code=code,
            _holder=None if holder is None else world.number("Agency", holder),
            jurisdiction=None if place is None else world.number("Jurisdiction", place),
            programme=None,
            project=None if project is None else world.number("Project", project),
            dataClasses=classes.upper().split(),
            areaScope=scope,
            **given,
        )

    settled = ["ACCEPTED", "PUBLISHED"]
    figures = "observation submission task budget facility training finding"
    inspected = "observation task finding"
    if "station" not in world.traps:
        inspected += " facility"
    ward = world.tables["Agency"][world.number("Agency", "hn.wards.00008")]["area"]
    code = "001" if "subtree" in world.traps else "00007"
    district = next(r["#"] for r in world.tables["Area"].values() if r["code"] == code)
    day = timedelta(days=1)
    grant("finance.budget", "hn.finance", "hn", None, "budget", capabilities=["READ", "WRITE"])
    grant("finance.targets", "hn.finance", "hn", None, "target definition")
    grant("health.eligibility", "hn.health", "hn", None, "eligibility")
    grant("ubnd.accepted", "hn.ubnd", "hn", None, figures, states=settled)
    grant("home.results", "hn.tourism", "hn", "hn.da6", "observation", states=settled)
    grant("patrol.da5", "hn.ward-police", "hn", "hn.da5", "observation task facility", "OWN")
    grant("wards.own", "hn.wards", "hn", None, "facility eligibility", "OWN")
    grant("feed", "vn.ministry", None, None, "observation target budget task", states=settled)
    grant("operator", None, None, None, "facility observation", "OWN_FACILITY")
    grant("writer", "hn.school", "hn", "hn.da9", "observation", capabilities=["WRITE"])
    over: dict[str, Any] = {"origin": "EXPLICIT", "validFrom": NOW - day}
    grant(
        "now",
        "hn.inspector",
        "hn",
        "hn.da5",
        inspected,
        "OWN",
        area=ward,
        validUntil=NOW + 3650 * day,
        **over,
    )
    grant("two", "hn.double", "hn", "hn.da6", inspected, "OWN", area=ward, **over)
    grant("past", "hn.lapsed", "hn", "hn.da5", inspected, validUntil=NOW - day / 2, **over)
    grant(
        "soon",
        "hn.lapsed",
        "hn",
        "hn.da6",
        inspected,
        origin="EXPLICIT",
        validFrom=NOW + 3650 * day,
    )
    grant("district", "hn.lapsed", "hn", "hn.da8", inspected, "OWN", area=district, **over)


def _measurement(world: World) -> None:
    for project in [r for r in world.tables["Project"].values() if not r["isNational"]]:
        for number in range(2 if project["parent"] else 1):
            _indicator(world, f"{project['code']}.i{number}", project)
    first = world.tables["Project"][world.number("Project", "hn.da5")]
    _indicator(world, "hn.da5.I0", first)
    _indicator(world, "hn.loose", first | {"#": None, "nationalProject": None})
    for at in range(36):
        indicator = world.tables["Indicator"][world.some("Indicator", chance=1) or 1]
        code = f"{indicator['code']}.t{at}"
        revisions = world.random.choice((1, 1, 2, 3))
        for revision in range(1, 1 + revisions):
            withdrawn = revision == 3 or (revision == revisions and world.random.random() < 0.1)
            world.add(
                "Target",
                code=code,
                indicator=indicator["#"],
                jurisdiction=indicator["jurisdiction"],
                area=world.some("Area", chance=0.4),
                **_revised(code, revision, withdrawn=withdrawn),
            )
    for calendar, shift in (("CALENDAR", 0), ("ND_09_2019", 15)):
        for month in (1, 2, 3):
            begins = date(2026, month, 1) - timedelta(days=shift)
            world.add(
                "Period",
                calendar=calendar,
                kind="MONTH",
                label=f"2026-0{month}",
                start=begins,
                end=begins + timedelta(days=27),
            )


def _indicator(world: World, code: str, project: Row) -> None:
    world.add(
        "Indicator",
        code=code,
        jurisdiction=project["jurisdiction"],
        programme=project["programme"],
        project=project["#"],
        nationalProject=project["nationalProject"],
        component=world.some("Project", chance=0.3),
        aggregation=world.random.choice(("SUM", "SUM", "RATIO_OF_SUMS", "NONE")),
    )


def _facilities(world: World) -> None:
    for at, category in enumerate(("REHABILITATION", "HEALTH", "TREATMENT")):
        world.add(
            "FacilityType", code=f"type{at}", category=category, managedBy=world.some("Agency")
        )
    wards = [r for r in world.tables["Area"].values() if r["level"] == "WARD"]
    for at in range(16):
        area = world.random.choice([r for r in wards if r["jurisdiction"] != 4])
        kind = 1 + at % 3
        project = _project_in(world, area["jurisdiction"])
        operator = ("hn.centre", "hn.centre2", "ct.health", None)[at % 4]
        _facility(world, f"f{at}", kind, area, project, operator)
    for facility in list(world.tables["Facility"].values()):
        for _ in range(world.random.randrange(3)):
            world.add(
                "FacilityCondition",
                code=f"fc{len(world.tables.get('FacilityCondition', ()))}",
                facility=facility["#"],
                document=None,
            )
            world.add(
                "Eligibility",
                code=f"e{len(world.tables.get('Eligibility', ()))}",
                facility=facility["#"],
                project=facility["project"],
                jurisdiction=facility["jurisdiction"],
                decidedBy=world.some("Agency"),
            )


def _facility(
    world: World, code: str, kind: int, area: Row, project: int, operator: str | None
) -> None:
    """Add a facility; the figures of a rehabilitation centre are none of its ward's."""
    world.add(
        "Facility",
        code=code,
        type=kind,
        area=area["#"],
        jurisdiction=area["jurisdiction"],
        project=project,
        managedBy=None if operator is None else world.number("Agency", operator),
        _reportsFor=None if kind == 1 else area["#"],
    )


def _project_in(world: World, place: int) -> int:
    fitting = [
        r["#"]
        for r in world.tables["Project"].values()
        if r["jurisdiction"] == place and not r["isNational"]
    ]
    number: int = world.random.choice(fitting)
    return number


def _anyhow(world: World) -> dict[str, int]:
    """Return a place, one of its projects, one of its areas and one of its agencies."""
    draw = world.random
    place = world.number("Jurisdiction", draw.choice(("hn", "hn", "hn", "ct")))
    within = [r for r in world.tables["Area"].values() if r["jurisdiction"] == place]
    agencies = [
        r
        for r in world.tables["Agency"].values()
        if r["jurisdiction"] == place and not r["isGroup"]
    ]
    area = draw.choice(within)
    local = [r for r in agencies if r["area"] == area["#"]]
    agency = draw.choice(local if local and draw.random() < 0.6 else agencies)
    project = _project_in(world, place)
    return {"jurisdiction": place, "project": project, "area": area["#"], "agency": agency["#"]}


def _duties(world: World) -> None:
    for at in range(60):
        where = _anyhow(world)
        project = world.tables["Project"][where["project"]]
        bound = world.random.random() < 0.85
        groups = [world.number("Agency", code) for code in ("hn.wards", "hn.ward-police")]
        number = world.add(
            "Task",
            code=f"t{at}",
            jurisdiction=where["jurisdiction"],
            programme=project["programme"],
            project=project["#"] if bound else None,
            nationalProject=project["nationalProject"] if bound else None,
            component=world.some("Project", chance=0.3),
            agency=world.random.choice((where["agency"], where["agency"], *groups, None)),
        )
        for link, target in (("Partner", "Agency"), ("Indicator", "Indicator")):
            for each in world.random.sample(list(world.tables[target]), world.random.randrange(3)):
                world.add(f"Task{link}", task=number, **{target.lower(): each})
        for _ in range(world.random.randrange(3)):
            whose = _anyhow(world)
            while "elsewhere" not in world.traps and (
                whose["jurisdiction"] != where["jurisdiction"]
            ):
                whose = _anyhow(world)
            code = f"tp{len(world.tables.get('TaskProgress', ()))}"
            world.add("TaskProgress", code=code, task=number, agency=whose["agency"])
    for at in range(8):
        where = _anyhow(world)
        project = world.tables["Project"][where["project"]]
        world.add(
            "ReportingDuty",
            code=f"rd{at}",
            jurisdiction=where["jurisdiction"],
            programme=project["programme"],
            project=project["#"],
            nationalProject=project["nationalProject"],
            reporter=where["agency"],
            recipient=world.some("Agency"),
            via=world.some("Agency", chance=0.3),
        )
    world.add("ReportingRegime", code="rr")


def _resources(world: World) -> None:
    for at in range(5):
        where = _anyhow(world)
        world.add(
            "FundingSource",
            code=f"fs{at}",
            jurisdiction=where["jurisdiction"],
            project=where["project"] if at % 2 else None,
        )
        world.add("FundingSourceManager", fundingSource=at + 1, agency=where["agency"])
    for at in range(60):
        where = _anyhow(world)
        if world.random.random() < 0.2:
            del where["area"]
        world.add(
            "BudgetLine", code=f"b{at}", source=world.some("FundingSource", chance=1), **where
        )
        if world.random.random() < 0.5:
            world.add("Training", code=f"tr{at}", **where)


def _observations(world: World) -> None:
    draw = world.random
    seen = set()
    serial = 0
    for at in range(120):
        where = _anyhow(world)
        indicators = [
            r
            for r in world.tables["Indicator"].values()
            if r["project"] is not None and r["jurisdiction"] == where["jurisdiction"]
        ]
        indicator = draw.choice(indicators)
        period = draw.choice(list(world.tables["Period"].values()))
        facility = _facility_for(world, where, indicator) if draw.random() < 0.35 else None
        cell = (where["agency"], indicator["#"], where["area"], period["#"], facility)
        if cell in seen:
            continue
        seen.add(cell)
        revisions = draw.choice((1, 1, 2, 3))
        for revision in range(1, 1 + revisions):
            serial += 1
            identity = str(UUID(int=draw.getrandbits(128)))
            status = draw.choice(_STATES)
            recorded = NOW - timedelta(days=20 - 5 * revision, minutes=at % 3)
            withdrawn = revision > 1 and draw.random() < 0.2
            world.add(
                "Observation",
                _id=identity,
                status=status,
                revision=revision,
                recordedAt=recorded,
                isWithdrawn=withdrawn,
                _origin=str(UUID(int=at + 1)),
                _revision=revision,
                _recorded=recorded,
                _withdrawn=withdrawn,
                indicator=indicator["#"],
                facility=facility,
                period=period["#"],
                **where | {"project": indicator["project"]},
            )


def _facility_for(world: World, where: dict[str, int], indicator: Row) -> int | None:
    near = [
        r
        for r in world.tables["Facility"].values()
        if r["jurisdiction"] == where["jurisdiction"]
        and ("station" in world.traps or r["project"] == indicator["project"])
    ]
    if not near:
        return None
    facility = world.random.choice(near)
    where["area"] = facility["area"]
    if facility["managedBy"] is not None:
        where["agency"] = facility["managedBy"]
    number: int = facility["#"]
    return number


def _situations(world: World) -> None:
    for at in range(30):
        where = _anyhow(world)
        del where["agency"]
        number = world.add("AreaStatus", code=f"s{at}", year=2000 + at, **where)
        for criterion in range(world.random.randrange(3)):
            world.add("AreaStatusEvidence", areaStatus=number, criterion=f"c{criterion}.zq{at}")
    for at in range(12):
        world.add("PilotModel", code=f"pm{at}", **_anyhow(world))
    for at in range(15):
        where = _anyhow(world)
        del where["area"]
        number = world.add("Review", code=f"r{at}", **where)
        for part in range(world.random.randrange(1, 4)):
            inspected: dict[str, Any] = _anyhow(world)
            while "elsewhere" not in world.traps and (
                inspected["jurisdiction"] != where["jurisdiction"]
            ):
                inspected = _anyhow(world)
            inspected |= {k: where[k] for k in ("jurisdiction", "project")}
            is_of_ward = world.tables["Agency"][inspected["agency"]]["area"] is not None
            is_issued = not is_of_ward or world.random.random() < 0.5
            if "unissued" not in world.traps:
                inspected["issuedOn"] = date(2026, 3, 1 + part) if is_issued else None
            if part == 2:
                del inspected["area"]
            world.add("Finding", code=f"r{at}.{part}", review=number, **inspected)
    for at in range(6):
        where = _anyhow(world)
        world.add(
            "DataSource", code=f"ds{at}", jurisdiction=where["jurisdiction"], owner=where["agency"]
        )
    for at in range(8):
        world.add("GlossaryTerm", code=f"g{at}")


def _sources(world: World) -> None:
    """Add documents, accounts, and the links between what was made before and after."""
    for at in range(10):
        world.add(
            "Document",
            code=f"d{at}",
            issuer=world.some("Agency"),
            jurisdiction=world.some("Jurisdiction"),
            programme=world.some("Programme"),
            project=world.some("Project"),
            nationalProject=world.some("Project", chance=0.3),
        )
    for at in range(6):
        world.add(
            "DocumentLink",
            document=at + 1,
            programme=world.some("Programme", chance=0.5),
            relatedDocument=world.some("Document", chance=0.5),
            relation="IMPLEMENTS",
        )
        world.add("TaskDocument", task=at + 1, document=at + 1)
        world.add("ReportingDutyDocument", duty=at + 1, document=at + 1)
        world.add("FundingSourceDocument", fundingSource=1 + at % 5, document=at + 1)
    for type_name, rows in world.tables.items():
        links = world.contract.types.get(type_name, {})
        for row in rows.values():
            for link in ("sourceDocument", "planDocument", "document"):
                if link in links and row[link] is None and type_name not in _UNKEYED:
                    row[link] = world.some("Document", chance=0.4)
            if type_name == "Target":
                row["document"] = row["sourceDocument"]
    for agency in list(world.tables["Agency"].values()):
        if not agency["isGroup"]:
            _account(world, agency["#"], agency["code"])
    _account(world, world.number("Agency", "hn.police"), "hn.police.gone", suspended=True)
    _account(world, world.number("Agency", "hn.health"), "hn.health.second")


def _account(world: World, agency: int, subject: str, *, suspended: bool = False) -> None:
    world.add(
        "_Account",
        subject=subject,
        agency=agency,
        kind="feed" if subject == "vn.ministry" else "person",
        suspendedAt=NOW if suspended else None,
    )


def tokens_of(rows: Sequence[Row]) -> set[str]:
    """Return the tokens of *rows*."""
    return {row["_token"] for row in rows}
