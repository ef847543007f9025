"""Figures in every state and in revisions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from tests.oracle.world.facilities import anyhow
from tests.oracle.world.rows import NOW

if TYPE_CHECKING:
    from tests.oracle.world.rows import World

_STATES: Final = ("DRAFT", "SUBMITTED", "RETURNED", "APPROVED", "ACCEPTED", "PUBLISHED")


def add_figures(world: World) -> None:
    """Add figures of any two a place, by a ward or a facility."""
    draw = world.random
    seen = set()
    serial = 0
    for at in range(120):
        where = anyhow(world)
        indicators = [
            r
            for r in world.tables["Indicator"].values()
            if r["project"] is not None and r["jurisdiction"] == where["jurisdiction"]
        ]
        indicator = draw.choice(indicators)
        period = draw.choice(list(world.tables["Period"].values()))
        facility = _facility_for(world, where) if draw.random() < 0.35 else None
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
                year=period["end"].year,
                **where | {"project": indicator["project"]},
            )


def _facility_for(world: World, where: dict[str, int]) -> int | None:
    near = [
        r for r in world.tables["Facility"].values() if r["jurisdiction"] == where["jurisdiction"]
    ]
    if not near:
        return None
    facility = world.random.choice(near)
    where["area"] = facility["area"]
    if facility["managedBy"] is not None:
        where["agency"] = facility["managedBy"]
    number: int = facility["#"]
    return number
