"""What is measured: indicators, targets in revisions, periods of two calendars."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.oracle.world.authority import revised

if TYPE_CHECKING:
    from tests.oracle.rights import Row
    from tests.oracle.world.rows import World


def add_measurement(world: World) -> None:
    """Add indicators with parts, targets and periods."""
    for project in [r for r in world.tables["Project"].values() if not r["isNational"]]:
        for number in range(2 if project["parent"] else 1):
            _indicator(world, f"{project['code']}.i{number}", project)
    first = world.tables["Project"][world.number("Project", "hn.da5")]
    _indicator(world, "hn.da5.I0", first)
    _indicator(world, "hn.loose", first | {"#": None, "nationalProject": None})
    numbers = list(world.tables["Indicator"])
    for at in range(5):
        world.add(
            "Disaggregation", code=f"d{at}", indicator=numbers[at // 2], part=numbers[-1 - at]
        )
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
                **revised(code, revision, withdrawn=withdrawn),
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
