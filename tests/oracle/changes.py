"""What may change while readers are at work: rights given and taken, accounts, states of figures.

Each change is made in the world and, as the hub's own hands would, in its database.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, update

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.model.authority import access_grant, account
from hub.model.measurement import observation
from tests.oracle.store import write_grants
from tests.oracle.world import NOW

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from random import Random

    from tests.oracle.driver import Proof

_STATES: Final = ("DRAFT", "SUBMITTED", "RETURNED", "APPROVED", "ACCEPTED", "PUBLISHED")


async def regrant(proof: Proof) -> None:
    """Give the rights that the world's assignments and decisions now give, and no other."""
    async with begin(proof.database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(delete(access_grant))
        await write_grants(transaction, proof.world)


async def end_assignment(proof: Proof, draw: Random) -> str:
    """End somebody's part: the agency holds nothing by it any more."""
    rows = proof.world.tables["Assignment"]
    row = rows[draw.choice(list(rows))]
    for each in rows.values():
        if each["_origin"] == row["_origin"]:
            each["covers"] = "PART"
    await _update_assignments(proof, row["_origin"])
    await regrant(proof)
    return f"ends {row['code']}"


async def _update_assignments(proof: Proof, code: str) -> None:
    from hub.model.organisation import assignment  # noqa: PLC0415

    async with begin(proof.database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(
            update(assignment).where(assignment.c.code == code).values(covers="part")
        )


async def give(proof: Proof, draw: Random) -> str:
    """Give an agency a right to a project's figures and money for a time."""
    tables = proof.world.tables
    agency = draw.choice([r for r in tables["Agency"].values() if not r["isGroup"]])
    project = draw.choice([r for r in tables["Project"].values() if not r["isNational"]])
    proof.world.add(
        "Grant",
        code=f"given{len(tables['Grant'])}",
        _holder=agency["#"],
        jurisdiction=project["jurisdiction"],
        programme=None,
        project=project["#"],
        dataClasses=draw.sample(["OBSERVATION", "BUDGET", "TASK", "FACILITY", "TRAINING"], 2),
        areaScope="ALL",
        area=None,
        origin="DECIDED",
        states=[],
        capabilities=["READ"],
        role=None,
        validFrom=NOW - timedelta(days=1),
        validUntil=None,
    )
    await regrant(proof)
    return f"gives {agency['code']} {project['code']}"


async def take(proof: Proof, draw: Random) -> str:
    """Take a decided right back."""
    rows = proof.world.tables["Grant"]
    number = draw.choice([n for n, r in rows.items() if r["_holder"] is not None])
    code = rows.pop(number)["code"]
    await regrant(proof)
    return f"takes {code}"


async def lapse(proof: Proof, draw: Random) -> str:
    """Let a decided right lapse."""
    rows = proof.world.tables["Grant"]
    row = rows[draw.choice([n for n, r in rows.items() if r["_holder"] is not None])]
    row["validUntil"] = NOW - timedelta(hours=1)
    await regrant(proof)
    return f"lapses {row['code']}"


async def suspend(proof: Proof, draw: Random) -> str:
    """Suspend an account, or let it in again."""
    row = draw.choice(list(proof.world.tables["_Account"].values()))
    row["suspendedAt"] = NOW if row["suspendedAt"] is None else None
    async with begin(proof.database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(
            update(account).where(account.c.id == row["#"]).values(suspended_at=row["suspendedAt"])
        )
    return f"suspends or restores {row['subject']}"


async def move(proof: Proof, draw: Random) -> str:
    """Bring a figure into another state, or back."""
    row = draw.choice(list(proof.world.tables["Observation"].values()))
    row["status"] = draw.choice(_STATES)
    async with begin(proof.database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(
            update(observation)
            .where(observation.c.id == row["_id"])
            .values(status=row["status"].lower())
        )
    return f"moves {row['_id']} to {row['status']}"


CHANGES: Final[tuple[Callable[[Proof, Any], Awaitable[str]], ...]] = (
    end_assignment,
    give,
    take,
    lapse,
    suspend,
    suspend,
    move,
    move,
)
