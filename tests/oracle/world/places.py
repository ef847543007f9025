"""Places and their areas: codes that differ in case, reused ones, units moved and merged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.oracle.world.rows import World

MERGER: Final = date(2025, 7, 1)
"""When old wards ended and new ones began."""


def add_places(world: World) -> None:
    """Add places and areas."""
    kinds = {"level": "CITY", "role": "IMPLEMENTING"}
    world.add("Jurisdiction", code="vn", level="NATIONAL", role="NATIONAL")
    for code in ("hn", "ct", "HN"):
        world.add("Jurisdiction", code=code, parent=1, **kinds)
    hn, ct, upper = (world.number("Jurisdiction", code) for code in ("hn", "ct", "HN"))
    city = _area(world, "01", hn, None, "CITY", None)
    other = _area(world, "92", ct, None, "CITY", None)
    _area(world, "93", upper, None, "CITY", None)
    districts = [_area(world, f"00{n}", hn, None, "DISTRICT", city, closed=True) for n in (1, 2)]
    old = [
        _area(world, code, hn, None, "WARD", districts[at % 2], closed=True)
        for at, code in enumerate(("00001", "00004", "00006", "00007", "00008", "00013"))
    ]
    new = [
        _area(world, code, hn, MERGER, "WARD", city)
        for code in ("00004", "00008", "00025", "0000a", "0000A")
    ]
    _area(world, "31117", ct, MERGER, "WARD", other)
    _area(world, "00004", ct, date(2025, 7, 2), "WARD", other)
    for from_, to, share, main in (
        (0, 0, "WHOLE", False),
        (1, 0, "WHOLE", False),
        (2, 1, "WHOLE", False),
        (3, 1, "PART", True),
        (3, 2, "PART", False),
        (4, 0, "PART", False),
        (4, 1, "PART", True),
        (5, 3, "WHOLE", True),
    ):
        world.add(
            "AreaLineage",
            predecessor=old[from_],
            successor=new[to],
            share=share,
            isMainSuccessor=main,
        )


def _area(
    world: World,
    code: str,
    place: int,
    begins: date | None,
    level: str,
    parent: int | None,
    *,
    closed: bool = False,
) -> int:
    return world.add(
        "Area",
        code=code,
        validFrom=begins,
        validTo=MERGER - timedelta(days=1) if closed else None,
        jurisdiction=place,
        level=level,
        parent=parent,
    )
