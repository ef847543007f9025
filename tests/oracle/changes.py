"""What may change while readers are at work: rights given and taken, accounts, states of figures.

Each change is made in the world and, as the hub's own hands would, in one transaction of its
database.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, update

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.model.authority import access_grant, account
from hub.model.measurement import observation
from hub.model.organisation import assignment
from tests.oracle.store import write_grants
from tests.oracle.world.rows import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from random import Random

    from sqlalchemy import Update

    from tests.oracle.driver import Proof
    from tests.oracle.rights import Row
    from tests.oracle.world.rows import World

    Making = Coroutine[Any, Any, None]
    """The change of the database that goes with that of the world."""

_LONG_AGO: Final = NOW - timedelta(days=9000)
_LONG_AFTER: Final = NOW + timedelta(days=9000)
_STATES: Final = ("DRAFT", "SUBMITTED", "RETURNED", "APPROVED", "ACCEPTED", "PUBLISHED")
_ROLES: Final = ("LEAD", "GUIDING", "EXECUTING", "COORDINATING", "OVERSIGHT", "DIRECTING")


def end_part(proof: Proof, draw: Random) -> tuple[str, Making]:
    """End somebody's part: the agency holds nothing by it any more."""
    row = _any_part(proof.world, draw)
    _revise(proof.world, row, covers="PART")
    return f"ends {row['code']}", _regrant(proof, _of_part(row).values(covers="part"))


def change_part(proof: Proof, draw: Random) -> tuple[str, Making]:
    """Give somebody a part of another kind, and the whole of it."""
    row = _any_part(proof.world, draw)
    role = draw.choice(_ROLES)
    _revise(proof.world, row, covers="WHOLE", role=role)
    made = _of_part(row).values(covers="whole", role=role.lower())
    return f"makes {row['code']} {role}", _regrant(proof, made)


def give(proof: Proof, draw: Random) -> tuple[str, Making]:
    """Give an agency a right to a project, in all of its place or in an area, for a time."""
    tables = proof.world.tables
    agency = draw.choice([r for r in tables["Agency"].values() if not r["isGroup"]])
    project = draw.choice([r for r in tables["Project"].values() if not r["isNational"]])
    within = [r for r in tables["Area"].values() if r["jurisdiction"] == project["jurisdiction"]]
    area = draw.choice(within)["#"] if within and draw.random() < 0.5 else None
    classes = ["OBSERVATION", "BUDGET", "TASK", "FACILITY", "TRAINING", "FINDING"]
    _grant(proof.world, agency, project, draw.sample(classes, 3), area=area)
    return f"gives {agency['code']} {project['code']} in {area}", _regrant(proof)


def break_glass(proof: Proof, draw: Random) -> tuple[str, Making]:
    """Open the drafts of a project to the standing agency of its place."""
    tables = proof.world.tables
    standing = {r["jurisdiction"]: r["standingAgency"] for r in tables["Programme"].values()}
    local = [r for r in tables["Project"].values() if standing[r["jurisdiction"]]]
    project = draw.choice(local)
    agency = tables["Agency"][standing[project["jurisdiction"]]]
    _grant(proof.world, agency, project, ["OBSERVATION"], states=["DRAFT"], _breaksGlass=True)
    return f"breaks the glass over {project['code']}", _regrant(proof)


def take(proof: Proof, draw: Random) -> tuple[str, Making]:
    """Take a right back."""
    rows = proof.world.tables["Grant"]
    number = draw.choice([n for n, r in rows.items() if r["_holder"] is not None])
    code = rows.pop(number)["code"]
    return f"takes {code}", _regrant(proof)


def lapse(proof: Proof, draw: Random) -> tuple[str, Making]:
    """Let a right lapse, or begin in the far future."""
    rows = proof.world.tables["Grant"]
    row = rows[draw.choice([n for n, r in rows.items() if r["_holder"] is not None])]
    row |= draw.choice(({"validUntil": _LONG_AGO}, {"validFrom": _LONG_AFTER}))
    return f"lapses {row['code']}", _regrant(proof)


def suspend(proof: Proof, draw: Random) -> tuple[str, Making]:
    """Suspend an account, or let it in again."""
    row = draw.choice(list(proof.world.tables["_Account"].values()))
    row["suspendedAt"] = NOW if row["suspendedAt"] is None else None
    made = _of_account(row).values(suspended_at=row["suspendedAt"])
    return f"suspends or restores {row['subject']}", _make(proof, made)


def transfer(proof: Proof, draw: Random) -> tuple[str, Making]:
    """Let an officer go to another agency (rule 26)."""
    tables = proof.world.tables
    kinds = {a: _kind(proof, a) for a in tables["_Account"]}
    row = draw.choice([r for r in tables["_Account"].values() if kinds[r["#"]] == "SCOPED"])
    other = draw.choice([r for r in tables["_Account"].values() if kinds[r["#"]] == "SCOPED"])
    row["agency"] = other["agency"]
    made = _of_account(row).values(agency_id=row["agency"])
    return f"lets {row['subject']} go to {other['subject']}", _make(proof, made)


def move(proof: Proof, draw: Random) -> tuple[str, Making]:
    """Bring a figure into another state, or back."""
    row = draw.choice(list(proof.world.tables["Observation"].values()))
    row["status"] = draw.choice(_STATES)
    made = update(observation).where(observation.c.id == row["_id"])
    made = made.values(status=row["status"].lower())
    return f"moves {row['_id']} to {row['status']}", _make(proof, made)


CHANGES: Final[tuple[Callable[[Proof, Any], tuple[str, Making]], ...]] = (
    *(end_part, change_part, give, give, break_glass, take, lapse),
    *(suspend, suspend, transfer, move, move),
)


def _kind(proof: Proof, reader: int) -> str:
    return proof.sight(reader).kind


def _any_part(world: World, draw: Random) -> Row:
    rows = [r for r in world.tables["Assignment"].values() if r["role"] != "STANDING"]
    return draw.choice(rows)


def _revise(world: World, row: Row, **cells: Any) -> None:
    for each in world.tables["Assignment"].values():
        if each["_origin"] == row["_origin"]:
            each.update(cells)


def _grant(
    world: World,
    agency: Row,
    project: Row,
    classes: list[str],
    area: int | None = None,
    **more: Any,
) -> None:
    given: dict[str, Any] = {
        "origin": "EXPLICIT",
        "states": [],
        "capabilities": ["READ"],
        "role": None,
        "validFrom": _LONG_AGO,
        "validUntil": _LONG_AFTER,
        "_breaksGlass": False,
        **more,
    }
    world.add(
        "Grant",
        code=f"given{max(world.tables['Grant'])}",
        _holder=agency["#"],
        jurisdiction=project["jurisdiction"],
        programme=None,
        project=project["#"],
        dataClasses=classes,
        areaScope="ALL" if area is None else "OWN",
        area=area,
        **given,
    )


def _of_part(row: Row) -> Update:
    return update(assignment).where(assignment.c.code == row["_origin"])


def _of_account(row: Row) -> Update:
    return update(account).where(account.c.id == row["#"])


async def _make(proof: Proof, *made: Update) -> None:
    async with begin(proof.database, LOADER, Mode.WRITE) as transaction:
        for each in made:
            await transaction.execute(each)


async def _regrant(proof: Proof, *made: Update) -> None:
    """Give the rights that the world's assignments and decisions now give, and no other."""
    async with begin(proof.database, LOADER, Mode.WRITE) as transaction:
        for each in made:
            await transaction.execute(each)
        await transaction.execute(delete(access_grant))
        await write_grants(transaction, proof.world)
