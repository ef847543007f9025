"""What is stored: values of every field, codes and ids, to ask about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg

from hub.api.identity import global_id
from hub.loaders.rows import Row
from hub.model.catalogue import CATALOGUE
from hub.model.entities import Field, Localized
from hub.model.vocabulary import graphql_name
from tests.planner.literals import Name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.database.address import Address
    from hub.model.entities import Entity

_ROWS = 60
_VALUES = 12

GARBAGE = ("", "x", "UHJvamVjdDo=", "Tm9wZTp4", "T2JzZXJ2YXRpb246MQ==", "không", "QXJlYTp4fHk=")
"""Texts that are nobody's id."""


@dataclass(frozen=True, slots=True)
class Live:
    """Values of the rows of one database.

    Attributes:
        values: entity and field → some of its values, as variables carry them.
        ids: entity → global ids of some rows.
    """

    values: Mapping[tuple[str, str], list[Any]]
    ids: Mapping[str, list[str]]


async def read_live(address: Address) -> Live:
    """Return some values of every field, the same for the same database."""
    values: dict[tuple[str, str], list[Any]] = {}
    ids: dict[str, list[str]] = {}
    connection = await asyncpg.connect(address.url)
    try:
        for entity in CATALOGUE:
            rows = await _rows(connection, entity)
            ids[entity.name] = [global_id(Row(entity, row)) for row in rows[:_VALUES]]
            for member in entity.members:
                if isinstance(member, Field | Localized):
                    values[entity.name, member.name] = _distinct(member, rows)
    finally:
        await connection.close()
    return Live(values, ids)


async def _rows(connection: asyncpg.Connection, entity: Entity) -> list[asyncpg.Record]:
    """Return rows from all over the table, in a fixed order."""
    keys = [column.name for column in entity.key]
    if entity.revisions is not None:
        keys.append(entity.revisions.revision.name)
    place = ", ".join(f"{key}::text" for key in keys)
    table = entity.table.name
    return await connection.fetch(
        f"SELECT * FROM {table} ORDER BY md5(row({place})::text) LIMIT {_ROWS}"
    )


def _distinct(member: Field | Localized, rows: list[asyncpg.Record]) -> list[Any]:
    column = member.column if isinstance(member, Field) else member.vi
    is_named = isinstance(member, Field) and member.vocabulary is not None
    found: dict[Any, None] = {}
    for row in rows:
        stored = row[column.name]
        for each in stored if isinstance(stored, list) else [stored]:
            if each is not None:
                found[_given(each, is_named=is_named)] = None
    return list(found)[:_VALUES]


def _given(value: Any, *, is_named: bool) -> Any:
    match value:
        case _ if is_named:
            return Name(graphql_name(value))
        case datetime():
            return value.isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case UUID():
            return str(value)
        case _:
            return value
