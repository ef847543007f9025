"""Which rows a list has, whatever the page: those of a type, or those linked to a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hub.model.conditions import Condition, written
from hub.model.filters import read_filter
from hub.planner.compile.conditions import OPERANDS, counting, holds, joined, matches
from hub.planner.errors import NotPlannedError
from hub.planner.parameters import Given, List
from hub.planner.values import Leaf, Tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Column

    from hub.model.entities import Entity, ToMany
    from hub.planner.compile.writing import Writer


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows of a list come from.

    Attributes:
        relation: None where they are all of *entity*.
        here: the key of the row that *relation* leads from, as SQL.
    """

    entity: Entity
    relation: ToMany | None = None
    here: str = ""

    def joined_to(self, alias: str) -> str:
        """Return SQL that tells whether a row under *alias* is linked to where the list is."""
        return "true" if self.relation is None else matches(self.relation, alias, self.here)


@dataclass(frozen=True, slots=True)
class Listing:
    """What is asked of a list, but for the page."""

    source: Source
    condition: Condition
    as_of: Leaf | None = None
    has_all: bool = False

    @property
    def entity(self) -> Entity:
        """Return what the rows are."""
        return self.source.entity

    def where(self, writer: Writer, alias: str) -> str:
        """Return SQL that tells whether a row under *alias* is of the list."""
        moment = None if self.as_of is None else writer.parameter(Given(self.as_of), "timestamptz")
        return joined(
            [
                self.source.joined_to(alias),
                counting(self.entity, alias, as_of=moment, has_all=self.has_all),
                holds(writer, self.entity, alias, self.condition),
            ]
        )

    def named(self, place: str, names: tuple[str, ...]) -> List:
        """Return the list as its cursors know it: at *place*, in the order of *names*."""
        return List(place, names, written(self.condition), (self.as_of, self.has_all))


@dataclass
class Whole:
    """All rows of a list, for what sums them up.

    Attributes:
        kept: the name they are kept under, where more than one sum reads them; else each looks
            for itself.
        columns: what is read of rows that are kept.
    """

    listing: Listing
    kept: str | None = None
    columns: dict[str, None] = field(default_factory=dict)

    def column(self, alias: str, column: Column[Any]) -> str:
        """Return *column* of the rows under *alias* as SQL, and note that it is read."""
        self.columns[column.name] = None
        return f"{alias}.{column.name}"

    def rows(self, alias: str) -> str:
        """Return what to read the rows *from* under *alias*."""
        return f"{self.kept or self.listing.entity.table.name} AS {alias}"

    def within(self, writer: Writer, alias: str) -> str:
        """Return the condition that goes with ``rows``, as a clause."""
        return "" if self.kept else f" WHERE {self.listing.where(writer, alias)}"

    def keeping(self, writer: Writer) -> str:
        """Return the clause that keeps the rows, to precede what reads them."""
        if self.kept is None:
            return ""
        alias = writer.alias("t")
        read = ", ".join(f"{alias}.{name}" for name in self.columns) or "1"
        return (
            f"WITH {self.kept} AS MATERIALIZED (SELECT {read} FROM "
            f"{self.listing.entity.table.name} AS {alias} "
            f"WHERE {self.listing.where(writer, alias)}) "
        )


def read_listing(source: Source, arguments: Mapping[str, Tree]) -> Listing:
    """Return which rows the *arguments* ask for."""
    where = arguments.get("where")
    condition = read_filter(source.entity, where if isinstance(where, dict) else None, OPERANDS)
    as_of = arguments.get("asOf")
    moment = as_of if isinstance(as_of, Leaf) and as_of.value is not None else None
    return Listing(source, condition, moment, has_all=bool(value_of(arguments, "allRevisions")))


def value_of(arguments: Mapping[str, Tree], name: str) -> object:
    """Return the value of a simple argument, None where it was left out."""
    tree = arguments.get(name)
    return tree.value if isinstance(tree, Leaf) else None


def names_of(arguments: Mapping[str, Tree], name: str) -> tuple[str, ...]:
    """Return the values of an argument that is a list of names."""
    match arguments.get(name):
        case list() as leaves:
            return tuple(str(leaf.value) for leaf in leaves if isinstance(leaf, Leaf))
        case Leaf(value=list() as values):
            return tuple(str(value) for value in values)
        case Leaf(value=str() as value):
            return (value,)
        case _:
            return ()


def size_of(arguments: Mapping[str, Tree], name: str, limit: int) -> int | None:
    """Return how many rows are asked for; a number out of bounds is not planned."""
    size = value_of(arguments, name)
    if size is not None and not (isinstance(size, int) and 0 <= size <= limit):
        raise NotPlannedError(name)
    return size
