"""All rows that one principal may see, read plainly; Python says what should be found among them.

The loaders decide nothing here: relations are followed, conditions decided and orders made from
the model's declarations alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cmp_to_key
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from hub.access.functions import SEARCHED
from hub.database.transaction import Mode, begin
from hub.loaders.bundle import Bundle
from hub.model.catalogue import BY_NAME, CATALOGUE
from hub.model.conditions import All, AnyOf, Compare, Condition, Linked, Not, Operator, Search
from hub.model.entities import Localized, ToMany, ToOne

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import asyncpg
    from sqlalchemy import Column

    from hub.access.principal import Principal
    from hub.database.engine import Database
    from hub.model.entities import Entity, Field
    from hub.model.orders import Term
    from tests.callers import Callers

Key = tuple[Any, ...]


class World:
    """What a principal sees of every entity."""

    def __init__(self, rows: dict[str, list[asyncpg.Record]]) -> None:
        self._rows = rows
        self._by_column: dict[Key, dict[object, list[asyncpg.Record]]] = {}

    def every(self, entity: Entity) -> list[asyncpg.Record]:
        """Return every row, older revisions included."""
        return self._rows[entity.name]

    def newest(self, entity: Entity) -> list[asyncpg.Record]:
        """Return of each origin the newest row, unless it is withdrawn; without history, all."""
        kept = entity.revisions
        if kept is None:
            return self.every(entity)
        found: dict[object, asyncpg.Record] = {}
        for row in self.every(entity):
            other = found.get(row[kept.origin.name])
            if other is None or row[kept.revision.name] > other[kept.revision.name]:
                found[row[kept.origin.name]] = row
        return [row for row in found.values() if not row[kept.is_withdrawn.name]]

    def linked(self, row: asyncpg.Record, link: ToOne) -> asyncpg.Record | None:
        """Return the row that *link* leads to, if it is seen."""
        target = BY_NAME[link.target]
        found = self._where(target, link.remote, row[link.local.name], self.every)
        return found[0] if found else None

    def related(self, row: asyncpg.Record, link: ToMany) -> list[asyncpg.Record]:
        """Return the rows that *link* leads to."""
        target = BY_NAME[link.target]
        found: dict[Key, asyncpg.Record] = {}
        for remote in link.remote:
            for other in self._where(target, remote, row[link.local.name], self.newest):
                found[key_of(target, other)] = other
        return list(found.values())

    def holds(self, entity: Entity, row: asyncpg.Record, condition: Condition) -> bool:
        """Return whether *row* of *entity* satisfies *condition*."""
        match condition:
            case All(parts):
                return all(self.holds(entity, row, part) for part in parts)
            case AnyOf(parts):
                return any(self.holds(entity, row, part) for part in parts)
            case Not(part):
                return not self.holds(entity, row, part)
            case Linked(link, target, part):
                if isinstance(link, ToOne):
                    other = self.linked(row, link)
                    others = [] if other is None else [other]
                else:
                    others = self.related(row, link)
                return any(part is None or self.holds(target, other, part) for other in others)
            case Search(words):
                named = words_in(entity, row)
                return all(any(name.startswith(word) for name in named) for word in words)
            case Compare(field, operator, operand):
                return compares(row[column_of(field).name], operator, operand)

    def satisfying(
        self, entity: Entity, rows: Iterable[asyncpg.Record], condition: Condition
    ) -> list[asyncpg.Record]:
        """Return those of *rows* that satisfy *condition*."""
        return [row for row in rows if self.holds(entity, row, condition)]

    def ordered(
        self, rows: Iterable[asyncpg.Record], terms: Sequence[Term]
    ) -> list[asyncpg.Record]:
        """Return *rows* in the order of *terms*: ascending nulls last, descending nulls first."""

        def compare(one: asyncpg.Record, other: asyncpg.Record) -> int:
            for term in terms:
                mine, theirs = self._value(one, term), self._value(other, term)
                if mine == theirs:
                    continue
                either_is_null = mine is None or theirs is None
                is_before = theirs is None if either_is_null else mine < theirs
                return -1 if is_before != term.descending else 1
            return 0

        return sorted(rows, key=cmp_to_key(compare))

    def _value(self, row: asyncpg.Record, term: Term) -> Any:  # noqa: ANN401  (a column's own type)
        place = row if term.link is None else self.linked(row, term.link)
        return None if place is None else place[term.column.name]

    def _where(
        self,
        entity: Entity,
        column: Column[Any],
        value: object,
        rows: Callable[[Entity], list[asyncpg.Record]],
    ) -> Sequence[asyncpg.Record]:
        if value is None:
            return ()
        place = (entity.name, column.name, rows.__name__)
        if place not in self._by_column:
            index = self._by_column[place] = defaultdict(list)
            for row in rows(entity):
                index[row[column.name]].append(row)
        return self._by_column[place].get(value, ())


async def see(database: Database, principal: Principal) -> World:
    """Read everything that *principal* may see."""
    async with begin(database, principal, Mode.READ) as transaction:
        return World(
            {entity.name: await transaction.fetch(select(*entity.table.c)) for entity in CATALOGUE}
        )


class Worlds:
    """What each agency sees, read once."""

    def __init__(self, database: Database, callers: Callers) -> None:
        self._database = database
        self._callers = callers
        self._seen: dict[str | None, World] = {}

    async def __call__(self, agency: str | None) -> tuple[World, Bundle]:
        """Return what *agency* sees, and loaders of its own."""
        caller = await self._callers(agency)
        if agency not in self._seen:
            self._seen[agency] = await see(self._database, caller.principal)
        return self._seen[agency], Bundle(self._database, caller.principal)


def key_of(entity: Entity, row: asyncpg.Record) -> Key:
    """Return what tells *row* apart."""
    return tuple(row[column.name] for column in entity.key)


def column_of(field: Field | Localized) -> Column[Any]:
    """Return the column that is compared: of a name the Vietnamese one."""
    return field.vi if isinstance(field, Localized) else field.column


def words_in(entity: Entity, row: asyncpg.Record) -> set[str]:
    """Return the words by which *row* is found: lower case, without diacritics."""
    names = (row[name] or "" for name in SEARCHED[entity.table.name])
    letters = unicodedata.normalize("NFD", " ".join(names).lower().replace("đ", "d"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return set(re.findall("[a-z0-9]+", bare))


def compares(value: Any, operator: Operator, operand: Any) -> bool:  # noqa: ANN401  (any type)
    """Return whether *value* stands to *operand* as *operator* says; null equals null only."""
    if operator in _SEQUENCES:
        if value is None or operand is None:
            return False
        return bool(_SEQUENCES[operator](value, operand))
    return bool(_SETS[operator](value, operand))


_SETS: dict[Operator, Callable[[Any, Any], Any]] = {
    Operator.EQ: lambda value, operand: value == operand,
    Operator.NE: lambda value, operand: value != operand,
    Operator.IN: lambda value, operand: value in operand,
    Operator.NOT_IN: lambda value, operand: value not in operand,
    Operator.IS_NULL: lambda value, operand: (value is None) == operand,
    Operator.HAS: lambda value, operand: operand in value,
    Operator.IS_EMPTY: lambda value, operand: (not value) == operand,
}
_SEQUENCES: dict[Operator, Callable[[Any, Any], Any]] = {
    Operator.LT: lambda value, operand: value < operand,
    Operator.LTE: lambda value, operand: value <= operand,
    Operator.GT: lambda value, operand: value > operand,
    Operator.GTE: lambda value, operand: value >= operand,
    Operator.CONTAINS: lambda value, operand: operand in value,
    Operator.STARTS_WITH: lambda value, operand: value.startswith(operand),
}
