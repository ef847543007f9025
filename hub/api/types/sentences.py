"""Grants in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.access.words import Statement, in_words
from hub.model.catalogue.authority import GRANT
from hub.model.entities import ToOne

if TYPE_CHECKING:
    from hub.api.context import Context
    from hub.errors import Language
    from hub.loaders.rows import Row


async def said_of(row: Row, context: Context, language: Language) -> str:
    """Return what the grant *row* allows, in one sentence of *language*."""
    links = {}
    for name in ("project", "programme", "jurisdiction", "area"):
        relation = GRANT.by_name[name]
        assert isinstance(relation, ToOne)  # noqa: S101  (the catalogue is ours)
        links[name] = await context.bundle.linked(row, relation)

    def name_of(linked: Row | None) -> str | None:
        if linked is None:
            return None
        name: str | None = linked.record[f"name_{language}"] or linked.record["code"]
        return name

    area = links["area"]
    values = {member.name: row[member.column] for member in GRANT.fields}
    said = Statement(
        capabilities=values["capabilities"],
        data_classes=values["dataClasses"],
        states=values["states"],
        role=values["role"],
        project=name_of(links["project"]) or name_of(links["programme"]),
        place=name_of(links["jurisdiction"]),
        own_area=None if area is None else area.record["name"],
    )
    return in_words(said, language)
