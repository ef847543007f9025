"""What sources say of their words, their batches with rows, and figures that came with them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from tests.oracle.world.rows import World


def add_batches(world: World) -> None:
    """Add batches in every state, some without rows, and say of some figures that they brought."""
    draw = world.random
    areas = list(world.tables["Area"])
    for number in world.tables["DataSource"]:
        for at in range(draw.randrange(3)):
            world.add("SourceTerm", source=number, code=f"c{at}")
            world.add(
                "SourceShare",
                source=number,
                predecessor=draw.choice(areas),
                successor=draw.choice(areas),
                share=Decimal(draw.randrange(1, 5)) / 4,
            )
    for at, source in enumerate(list(world.tables["DataSource"].items()) * 2):
        number, row = source
        owned = {"agency": row["owner"], "jurisdiction": row["jurisdiction"]}
        status = draw.choice(("QUEUED", "RUNNING", "DONE", "REFUSED"))
        identity = str(UUID(int=draw.getrandbits(128)))
        batch = world.add(
            "Batch",
            _id=identity,
            code=identity,
            status=status,
            source=number,
            digest=f"{at:064x}",
            entersAs=draw.choice(("DRAFT", "SUBMITTED")),
            refusal="CODE" if status == "REFUSED" else None,
            **owned,
        )
        for line in range(draw.randrange(4)):
            is_held = draw.random() < 0.5
            decision = draw.choice(("ACCEPT", "DROP")) if is_held and line else None
            world.add(
                "BatchRow",
                _id=str(UUID(int=draw.getrandbits(128))),
                batch=batch,
                line=line,
                outcome="HELD" if is_held else "REJECTED",
                decision=decision,
                decidedAt=row_time(world) if decision else None,
                **owned,
            )
    for figure in world.tables["Observation"].values():
        figure["batch"] = world.some("Batch", chance=0.3)


def row_time(world: World) -> object:
    """Return a moment at which somebody may have decided."""
    return world.random.choice(list(world.tables["Observation"].values()))["recordedAt"]
