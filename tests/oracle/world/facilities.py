"""Facilities: some report for their ward, some have an operator of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.oracle.rights import Row
    from tests.oracle.world.rows import World


def add_facilities(world: World) -> None:
    """Add facilities, what they fulfil and what they are fit for."""
    for at, category in enumerate(("REHABILITATION", "HEALTH", "TREATMENT")):
        world.add(
            "FacilityType", code=f"type{at}", category=category, managedBy=world.some("Agency")
        )
    wards = [r for r in world.tables["Area"].values() if r["level"] == "WARD"]
    for at in range(16):
        area = world.random.choice([r for r in wards if r["jurisdiction"] != 4])
        kind = 1 + at % 3
        project = project_in(world, area["jurisdiction"])
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


def project_in(world: World, place: int) -> int:
    """Return a local project of the place."""
    fitting = [
        r["#"]
        for r in world.tables["Project"].values()
        if r["jurisdiction"] == place and not r["isNational"]
    ]
    number: int = world.random.choice(fitting)
    return number


def anyhow(world: World) -> dict[str, int]:
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
    project = project_in(world, place)
    return {"jurisdiction": place, "project": project, "area": area["#"], "agency": agency["#"]}
