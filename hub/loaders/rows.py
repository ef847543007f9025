"""A row as the resolvers see it, and what may be asked of a list of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hub.model.conditions import ALWAYS, Condition

if TYPE_CHECKING:
    from datetime import datetime

    import asyncpg
    from sqlalchemy import Column

    from hub.model.entities import Entity
    from hub.model.orders import Term


@dataclass(frozen=True, slots=True)
class Row:
    """A row of *entity*; *position* is where it stands in the list it was read from, as JSON."""

    entity: Entity
    record: asyncpg.Record
    position: str = "[]"

    def __getitem__(self, column: Column[Any]) -> Any:  # noqa: ANN401  (a column's own type)
        return self.record[column.name]

    @property
    def identity(self) -> tuple[Any, ...]:
        """Return the values that identify the row to the outside."""
        return tuple(self[column] for column in self.entity.key)


@dataclass(frozen=True, slots=True)
class History:
    """Which revisions count: those recorded by *as_of*, and of them the newest unless *all*."""

    as_of: datetime | None = None
    all: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What is asked of a list of rows, but for the page: it decides totals as well as pages."""

    condition: Condition = ALWAYS
    history: History = History()


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list: *limit* rows from its beginning, or from its end if *backward*.

    ``after`` and ``before`` are positions; the rows at them are left out.
    """

    order: tuple[Term, ...]
    limit: int
    backward: bool = False
    after: tuple[str | None, ...] | None = None
    before: tuple[str | None, ...] | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of a page in list order; *more* is whether the list goes on in its direction."""

    rows: list[Row]
    more: bool


@dataclass(frozen=True, slots=True)
class Grouping:
    """How a list is summed up: by nothing, or by some of its entity's groups, *limit* at most."""

    by: tuple[str, ...] = ()
    limit: int = 1


@dataclass(frozen=True, slots=True)
class Summary:
    """What the rows of one group add up to; *keys* are the group's values, by enum value."""

    entity: Entity
    record: asyncpg.Record
    keys: tuple[str, ...] = ()

    def key(self, name: str) -> Any:  # noqa: ANN401  (a column's own type)
        """Return the group's value for *name*, or None where it is not grouped by it."""
        return self.record[f"by_{name}"] if name in self.keys else None
