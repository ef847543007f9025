"""Agencies, among them groups, members, and those without a place of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.oracle.world.places import MERGER

if TYPE_CHECKING:
    from tests.oracle.world.rows import World


def add_agencies(world: World) -> None:
    """Add agencies; each has an account."""
    places = {row["code"]: row["#"] for row in world.tables["Jurisdiction"].values()}

    def agency(code: str, place: str | None, level: str = "CITY", **more: Any) -> int:
        where = None if place is None else places[place]
        more = (
            {"isGroup": False, "parent": world.some("Agency", chance=0.4), **more}
            if ("Agency" in world.tables)
            else {"isGroup": False, **more}
        )
        return world.add("Agency", code=code, jurisdiction=where, level=level, **more)

    for code in (
        *("police", "health", "justice", "culture", "finance", "trade", "tourism", "ubnd", "none"),
        *("front", "court", "press", "youth", "school", "home", "inspector", "HEALTH", "centre"),
        *("centre2", "broke", "lapsed", "double"),
    ):
        agency(f"hn.{code}", "hn")
    for code in ("police", "health", "culture"):
        agency(f"ct.{code}", "ct")
    agency("vn.ministry", "vn", "NATIONAL")
    agency("vn.health", "vn", "NATIONAL")
    agency("vn.bureau", "vn", "NATIONAL")
    group = agency("hn.wards", "hn", "WARD", isGroup=True, kind="AGENCY_GROUP")
    patrol = agency("hn.ward-police", "hn", "WARD", isGroup=True, kind="AGENCY_GROUP")
    for row in list(world.tables["Area"].values()):
        if row["validFrom"] == MERGER and row["jurisdiction"] == places["hn"]:
            agency(f"hn.wards.{row['code']}", "hn", "WARD", group=group, area=row["#"])
            agency(f"hn.ward-police.{row['code']}", "hn", "WARD", group=patrol, area=row["#"])
    ward = next(r for r in world.tables["Area"].values() if r["code"] == "00025")
    agency("hn.station.00025", "hn", "WARD", area=ward["#"])
    agency("hn.nowhere", "hn", "WARD")
