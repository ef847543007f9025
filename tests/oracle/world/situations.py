"""Statuses of areas, pilots, reviews and what they found, sources, terms."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.oracle.world.facilities import anyhow

if TYPE_CHECKING:
    from tests.oracle.world.rows import World


def add_situations(world: World) -> None:
    """Add what is said of areas, and what reviews found."""
    for at in range(30):
        where = anyhow(world)
        del where["agency"]
        number = world.add("AreaStatus", code=f"s{at}", year=2000 + at, **where)
        for criterion in range(world.random.randrange(3)):
            world.add("AreaStatusEvidence", areaStatus=number, criterion=f"c{criterion}.zq{at}")
    for at in range(12):
        world.add("PilotModel", code=f"pm{at}", **anyhow(world))
    for at in range(15):
        where = anyhow(world)
        del where["area"]
        number = world.add("Review", code=f"r{at}", **where)
        for part in range(world.random.randrange(1, 4)):
            inspected: dict[str, Any] = anyhow(world)
            inspected |= {k: where[k] for k in ("jurisdiction", "project")}
            is_issued = world.random.random() < 0.6
            inspected["issuedOn"] = date(2026, 3, 1 + part) if is_issued else None
            if part == 2:
                del inspected["area"]
            world.add("Finding", code=f"r{at}.{part}", review=number, **inspected)
    for at in range(6):
        where = anyhow(world)
        world.add(
            "DataSource", code=f"ds{at}", jurisdiction=where["jurisdiction"], owner=where["agency"]
        )
    for at in range(8):
        world.add("GlossaryTerm", code=f"g{at}")
