"""Documents, accounts, and the links between what was made before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.oracle.world.rows import NOW, UNKEYED

if TYPE_CHECKING:
    from tests.oracle.world.rows import World

_FEEDS: Final = frozenset({"vn.ministry", "vn.bureau"})


def add_sources(world: World) -> None:
    """Add documents, accounts, and the links between what was made before and after."""
    for at in range(10):
        world.add(
            "Document",
            code=f"d{at}",
            issuer=world.some("Agency"),
            jurisdiction=world.some("Jurisdiction"),
            programme=world.some("Programme"),
            project=world.some("Project"),
            nationalProject=world.some("Project", chance=0.3),
        )
    for at in range(6):
        world.add(
            "DocumentLink",
            document=at + 1,
            programme=world.some("Programme", chance=0.5),
            relatedDocument=world.some("Document", chance=0.5),
            relation="IMPLEMENTS",
        )
        world.add("TaskDocument", task=at + 1, document=at + 1)
        world.add("ReportingDutyDocument", duty=at + 1, document=at + 1)
        world.add("FundingSourceDocument", fundingSource=1 + at % 5, document=at + 1)
    for type_name, rows in world.tables.items():
        links = world.contract.types.get(type_name, {})
        for row in rows.values():
            for link in ("sourceDocument", "planDocument", "document"):
                if link in links and row[link] is None and type_name not in UNKEYED:
                    row[link] = world.some("Document", chance=0.4)
            if type_name == "Target":
                row["document"] = row["sourceDocument"]
    for agency in list(world.tables["Agency"].values()):
        if not agency["isGroup"]:
            _account(world, agency["#"], agency["code"])
    _account(world, world.number("Agency", "hn.police"), "hn.police.gone", suspended=True)
    _account(world, world.number("Agency", "hn.health"), "hn.health.second")


def _account(world: World, agency: int, subject: str, *, suspended: bool = False) -> None:
    world.add(
        "_Account",
        subject=subject,
        agency=agency,
        kind="feed" if subject in _FEEDS else "person",
        suspendedAt=NOW if suspended else None,
    )
