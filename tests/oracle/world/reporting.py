"""Forms, what they ask for, and what is owed by them."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from tests.oracle.world.facilities import anyhow

if TYPE_CHECKING:
    from tests.oracle.world.rows import World


def add_reporting(world: World) -> None:
    """Add forms with cells; of a submission, unit, area and facility are drawn apart."""
    regime = world.number("ReportingRegime", "rr")
    for at in range(6):
        where = anyhow(world)
        project = world.tables["Project"][where["project"]]
        kind = world.some("FacilityType", chance=0.4)
        form = world.add(
            "ReportForm",
            code=f"rf{at}",
            regime=regime,
            jurisdiction=where["jurisdiction"],
            project=project["#"],
            nationalProject=project["nationalProject"],
            _programme=project["programme"],
            filledBy=where["agency"],
            recipient=world.some("Agency"),
            facilityType=kind,
            subject="AREA" if kind is None else "FACILITY",
        )
        chosen = world.random.sample(list(world.tables["Indicator"]), 3)
        for position, indicator in enumerate(chosen):
            world.add("FormCell", form=form, indicator=indicator, position=position)
    seen = set()
    for at in range(70):
        where = anyhow(world)
        facility = world.some("Facility", chance=0.3)
        owed = (at % 6, at % 5, where["agency"], facility)
        if owed in seen:
            continue
        seen.add(owed)
        world.add(
            "Submission",
            _id=str(uuid.UUID(int=world.random.getrandbits(128), version=4)),
            form=1 + at % 6,
            period=1 + at % 5,
            facility=facility,
            opensOn=date(2026, 2, 1 + at % 3),
            dueOn=date(2026, 3, 1 + at % 2),
            closesOn=date(2026, 4, 1 + at % 3),
            **where | {"area": where["area"] if at % 4 else None},
        )
