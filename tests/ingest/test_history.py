"""A table that keeps its history says what it shall now, and forgets nothing that it said."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.history import History, Links
from hub.ingest.merge import merge
from hub.ingest.staging import Merged
from hub.model.organisation import agency, assignment, assignment_partner
from hub.model.programme import programme
from tests.ingest.rows import contents, fetch, known, moment, size

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hub.database.engine import Database

Wanted = dict[str, tuple[str, tuple[int, ...]]]
"""code → (deadline, the agencies beside it)."""

MADE_UP = assignment.c.code.like("x.%")


class Assignments:
    """Brings the made-up assignments to be exactly those wanted."""

    def __init__(self, database: Database, place: Mapping[str, int], agencies: list[int]) -> None:
        self.database = database
        self.place = place
        self.agencies = agencies

    @classmethod
    async def of(cls, database: Database) -> Assignments:
        """Return the assignments that the agencies of *database* may be given."""
        [[jurisdiction_id, programme_id]] = await fetch(
            database,
            select(programme.c.jurisdiction_id, programme.c.id).where(
                programme.c.code == "hn.ctmtqg-2030"
            ),
        )
        agencies = await fetch(database, select(agency.c.id).order_by(agency.c.code).limit(4))
        place = {"jurisdiction_id": jurisdiction_id, "programme_id": programme_id}
        return cls(database, place, [id_ for (id_,) in agencies])

    async def become(self, wanted: Wanted) -> list[Merged]:
        """Merge *wanted* and return what it took."""
        rows: list[Mapping[str, object]] = [
            {
                **self.place,
                "code": code,
                "agency_id": self.agencies[0],
                "role": "lead",
                "mode": "assigned",
                "covers": "part",
                "deadline": deadline,
            }
            for code, (deadline, _) in wanted.items()
        ]
        members = {code: partners for code, (_, partners) in wanted.items()}
        links = Links(assignment_partner, "assignment_id", "agency_id", members)
        async with begin(self.database, LOADER, Mode.WRITE) as transaction:
            return await merge(transaction, [History(assignment, rows, MADE_UP, links)])

    async def said(self) -> Wanted:
        """Return what is said now."""
        return await self.known(await moment(self.database))

    async def known(self, at: datetime) -> Wanted:
        """Return what was known to be said at a moment."""
        partners = func.array_remove(func.array_agg(assignment_partner.c.agency_id), None)
        a = assignment.c
        found = (
            known(assignment, at, a.code, a.deadline, partners, where=MADE_UP)
            .outerjoin_from(assignment, assignment_partner)
            .group_by(a.code, a.deadline)
        )
        return {
            code: (deadline, tuple(sorted(beside)))
            for code, deadline, beside in await fetch(self.database, found)
        }


@pytest.fixture
async def assignments(undemonstrated: Database) -> Assignments:
    return await Assignments.of(undemonstrated)


async def test_what_was_said_at_any_moment_can_be_asked_again(assignments: Assignments) -> None:
    """Whatever follows whatever: at every moment it says what it was brought to say last."""
    source = Random(11)  # noqa: S311 (chooses what to try)
    held: Wanted = {}
    said: list[tuple[datetime, Wanted]] = []
    for _ in range(20):
        wanted: Wanted = {
            f"x.{letter}": (
                source.choice(("2026", "2027")),
                tuple(sorted(source.sample(assignments.agencies, source.randint(0, 2)))),
            )
            for letter in source.sample("abcdef", source.randint(0, 6))
        }
        rows, links = await assignments.become(wanted)
        both = wanted.keys() & held.keys()
        new, changed = wanted.keys() - held.keys(), {c for c in both if held[c] != wanted[c]}
        gone = held.keys() - wanted.keys()
        unchanged = len(both) - len(changed)
        assert rows == Merged("assignment", len(new), len(changed), unchanged, len(gone))
        assert links.new == sum(len(wanted[code][1]) for code in new | changed)
        assert links.new + links.unchanged == sum(len(each) for _, each in wanted.values())
        held = wanted
        said.append((await moment(assignments.database), wanted))
    assert [await assignments.known(at) for at, _ in said] == [wanted for _, wanted in said]


async def test_revisions_follow_each_other_without_a_gap(assignments: Assignments) -> None:
    """One ends when the next is recorded, and only the last of them is not superseded."""
    source = Random(12)  # noqa: S311
    for _ in range(8):
        letters = source.sample("abc", source.randint(0, 3))
        await assignments.become({f"x.{each}": (source.choice("12"), ()) for each in letters})
    a = assignment.c
    found = await fetch(
        assignments.database,
        select(a.code, a.revision, a.recorded_at, a.superseded_at)
        .where(MADE_UP)
        .order_by(a.code, a.revision),
    )
    assert len(found) > 8
    follows = zip(found, [*found[1:], (None, 0, None, None)], strict=True)
    for (code, revision, recorded_at, superseded_at), (next_code, number, at, _) in follows:
        assert superseded_at == (at if next_code == code else None)
        assert number == (revision + 1 if next_code == code else number)
        assert superseded_at is None or recorded_at < superseded_at


async def test_saying_the_same_again_records_nothing(assignments: Assignments) -> None:
    wanted: Wanted = {"x.a": ("2026", tuple(sorted(assignments.agencies[:2]))), "x.b": ("2027", ())}
    await assignments.become(wanted)
    before = await contents(assignments.database, assignment, assignment_partner)
    assert not any(each.is_change for each in await assignments.become(wanted))
    assert await contents(assignments.database, assignment, assignment_partner) == before


async def test_what_is_recorded_is_not_altered(assignments: Assignments) -> None:
    """A change and a withdrawal add a row each; of the rows before only the end is marked."""
    partners = tuple(assignments.agencies[:1])
    await assignments.become({"x.a": ("2026", partners), "x.b": ("2026", partners)})
    [rows, links] = (await contents(assignments.database, assignment, assignment_partner)).values()
    await assignments.become({"x.a": ("2027", partners)})
    mark = list(assignment.c.keys()).index("superseded_at")
    after = await contents(assignments.database, assignment, assignment_partner)
    kept = {row[0]: row for row in after["assignment"]}
    assert [(*row[:mark], *row[mark + 1 :]) for row in rows] == [
        (*kept[row[0]][:mark], *kept[row[0]][mark + 1 :]) for row in rows
    ]
    assert len(kept) == len(rows) + 2
    assert set(links) < set(after["assignment_partner"])
    assert len(after["assignment_partner"]) == len(links) + 1


async def test_what_another_owns_is_not_withdrawn(assignments: Assignments) -> None:
    before = await size(assignments.database, assignment)
    await assignments.become({"x.a": ("2026", ())})
    await assignments.become({})
    assert await assignments.said() == {}
    assert await size(assignments.database, assignment) == before + 2
    others = select(func.count()).where(assignment.c.superseded_at.is_not(None), ~MADE_UP)
    assert await fetch(assignments.database, others) == [(0,)]
