"""The audit trail: entries of every kind of agency, of another place, and of nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

if TYPE_CHECKING:
    from tests.oracle.world.rows import World

_OF: Final = (
    *("hn.police", "hn.health", "hn.health", "hn.wards.00008", "hn.press"),
    *("ct.police", "vn.ministry", None, None),
)


def add_trail(world: World) -> None:
    """Add entries: some of one moment, some of agencies without a right to anything."""
    for sequence, code in enumerate(_OF, start=1):
        agency = None if code is None else world.number("Agency", code)
        place = None if agency is None else world.tables["Agency"][agency]["jurisdiction"]
        identity, account = (str(UUID(int=world.random.getrandbits(128))) for _ in range(2))
        types = world.random.sample(("Project", "Observation", "Agency"), k=2)
        world.add(
            "AuditEntry",
            _id=identity,
            sequence=sequence,
            agency=agency,
            jurisdiction=place,
            account=None if agency is None else account,
            rowTypes=types,
            rowCounts=[world.random.choice((1, 7, 100)) for _ in types],
        )
