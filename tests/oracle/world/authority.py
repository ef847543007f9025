"""Who was given which part, and which rights were given besides."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from tests.oracle.world.rows import NOW

if TYPE_CHECKING:
    from tests.oracle.rights import Row
    from tests.oracle.world.rows import World

_PLACES: Final = ("hn.", "ct.", "vn.")
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
    ("hn", "da6", "vn.bureau", "OVERSIGHT", "WHOLE"),
    ("hn", "da8", "ct.police", "COORDINATING", "WHOLE"),
    ("ct", "da7.1", "hn.police", "DIRECTING", "WHOLE"),
)
"""Place, project, agency, role, how much of it; an agency without a place is of the same."""


def add_assignments(world: World) -> None:
    """Add everybody's parts, in revisions."""
    for at, (place, project, who, role, covers) in enumerate(_PARTS):
        agency = world.number("Agency", who if who[:3] in _PLACES else f"{place}.{who}")
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
                **revised(code, revision),
            )
            for partner in world.random.sample(list(world.tables["Agency"]), 2):
                world.add("AssignmentPartner", assignment=number, agency=partner)
    gone = dict(world.tables["Assignment"][1])
    _withdraw(world, gone)


def revised(origin: str, revision: int, *, withdrawn: bool = False) -> dict[str, Any]:
    """Return the cells that make a row a revision."""
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
        cells = revised("hn.part-gone", revision, withdrawn=withdrawn)
        world.add("Assignment", **{**own, **cells})


def add_grants(world: World) -> None:
    """Add the rights that follow from no part."""

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
            "area": None,
            "_breaksGlass": False,
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
    ward = world.tables["Agency"][world.number("Agency", "hn.wards.00008")]["area"]
    district = next(r["#"] for r in world.tables["Area"].values() if r["code"] == "001")
    long_ago, long_after = NOW - timedelta(days=9000), NOW + timedelta(days=9000)
    grant("finance.budget", "hn.finance", "hn", None, "budget", capabilities=["READ", "WRITE"])
    grant("finance.targets", "hn.finance", "hn", None, "target definition")
    grant("health.eligibility", "hn.health", "hn", None, "eligibility")
    grant("ubnd.accepted", "hn.ubnd", "hn", None, figures, states=settled)
    grant("home.results", "hn.tourism", "hn", "hn.da6", "observation", states=settled)
    grant("patrol.da5", "hn.ward-police", "hn", "hn.da5", "observation task facility", "OWN")
    grant("wards.own", "hn.wards", "hn", None, "facility eligibility", "OWN")
    grant("feed", "vn.ministry", None, None, "observation target budget task", states=settled)
    grant("bureau", "vn.bureau", None, None, "observation budget", states=settled)
    grant("auditor", "hn.tourism", "hn", None, "audit")
    grant("auditor.everywhere", "vn.bureau", None, None, "audit")
    grant("operator", None, None, None, "facility observation", "OWN_FACILITY")
    grant("writer", "hn.school", "hn", "hn.da9", "observation", capabilities=["WRITE"])
    over: dict[str, Any] = {"origin": "EXPLICIT", "validFrom": long_ago}
    grant(
        "now",
        "hn.inspector",
        "hn",
        "hn.da5",
        inspected,
        "OWN",
        area=ward,
        validUntil=long_after,
        **over,
    )
    grant("auditor.ward", "hn.finance", "hn", None, "audit", "OWN", area=ward, **over)
    grant("auditor.past", "hn.lapsed", "hn", None, "audit", validUntil=long_ago, **over)
    grant("two", "hn.double", "hn", "hn.da6", inspected, "OWN", area=ward, **over)
    grant("past", "hn.lapsed", "hn", "hn.da5", inspected, validUntil=long_ago, **over)
    grant(
        "soon",
        "hn.lapsed",
        "hn",
        "hn.da6",
        inspected,
        origin="EXPLICIT",
        validFrom=long_after,
    )
    grant("district", "hn.lapsed", "hn", "hn.da8", inspected, "OWN", area=district, **over)
    grant("elsewhere", "ct.police", "hn", "hn.da7.3", inspected, "OWN", area=ward, **over)
    opened: dict[str, Any] = {**over, "states": ["DRAFT"], "_breaksGlass": True}
    grant("glass", "hn.police", "hn", "hn.da5", "observation", validUntil=long_after, **opened)
    grant("mended", "hn.police", "hn", "hn.da6", "observation", validUntil=long_ago, **opened)
    grant("glass.ct", "ct.police", "ct", "ct.da7.1", "observation", **opened)
    for at, holder in enumerate(("hn.wards.00008", "hn.health", "hn.health", "hn.home")):
        agency = world.number("Agency", holder)
        identity = str(UUID(int=world.random.getrandbits(128)))
        told = NOW - timedelta(days=at)
        world.add("Notice", _id=identity, _agency=agency, kind="BREAK_GLASS", notedAt=told)
