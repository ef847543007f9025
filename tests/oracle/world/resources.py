"""Money and training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.world.facilities import anyhow

if TYPE_CHECKING:
    from tests.oracle.world.rows import World


def add_resources(world: World) -> None:
    """Add sources of money, lines of it, and training."""
    for at in range(5):
        where = anyhow(world)
        world.add(
            "FundingSource",
            code=f"fs{at}",
            jurisdiction=where["jurisdiction"],
            project=where["project"] if at % 2 else None,
        )
        world.add("FundingSourceManager", fundingSource=at + 1, agency=where["agency"])
    for at in range(60):
        where = anyhow(world)
        if world.random.random() < 0.2:
            del where["area"]
        world.add(
            "BudgetLine", code=f"b{at}", source=world.some("FundingSource", chance=1), **where
        )
        if world.random.random() < 0.5:
            world.add("Training", code=f"tr{at}", **where)
