"""Programmes and their projects, national and local, some led and some not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.oracle.world.rows import World


def add_programme(world: World) -> None:
    """Add the national programme and one for each of two places."""

    def programme(code: str, place: str, parent: int | None, scope: str, who: str | None) -> int:
        return world.add(
            "Programme",
            code=code,
            jurisdiction=world.number("Jurisdiction", place),
            parent=parent,
            scope=scope,
            standingAgency=None if who is None else world.number("Agency", who),
        )

    national = programme("p30", "vn", None, "NATIONAL", None)
    for code in ("da5", "da6", "da7", "da7.1", "da7.3", "da7.4", "da8", "da9", "da5.c"):
        _project(world, code, "vn", national, code.rpartition(".")[0] or None)
    for place, police in (("hn", "hn.police"), ("ct", "ct.police")):
        local = programme(f"{place}.p30", place, national, "LOCAL", police)
        for code, lead in (
            ("da5", "home"),
            ("da5.c", None),
            ("da5.c.d", None),
            ("da6", None),
            ("da7", None),
            ("da7.1", "culture"),
            ("da7.3", "school"),
            ("da7.4", "front"),
            ("da8", None),
            ("da9", "police"),
            ("DA5", "youth"),
        ):
            leader = f"{place}.{lead}"
            known = {row["code"] for row in world.tables["Agency"].values()}
            _project(
                world,
                f"{place}.{code}",
                place,
                local,
                f"{place}.{code.rpartition('.')[0]}" if "." in code else None,
                lead=world.number("Agency", leader) if leader in known else None,
            )


def _project(
    world: World, code: str, place: str, programme: int, parent: str | None, lead: int | None = None
) -> None:
    is_national = place == "vn"
    known = {row["code"]: row["#"] for row in world.tables.get("Project", {}).values()}
    world.add(
        "Project",
        code=code,
        isNational=is_national,
        programme=programme,
        jurisdiction=world.number("Jurisdiction", place),
        parent=known.get(parent) if parent else None,
        nationalProject=None if is_national else known.get(code.partition(".")[2].lower()),
        lead=lead,
    )
