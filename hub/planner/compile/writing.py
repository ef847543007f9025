"""What is written while a plan is compiled: parameters, aliases, and the columns that are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import Boolean, Date, DateTime, Integer, Numeric, SmallInteger, String, Uuid

if TYPE_CHECKING:
    from sqlalchemy import Column

    from hub.access.readers import Reader
    from hub.model.entities import Entity
    from hub.planner.parameters import Parameter
    from hub.planner.selection import Asked


def type_of(column: Column[object]) -> str:  # noqa: PLR0911  (one for each type)
    """Return the type of what *column*, or each of its values, is compared with.

    Any text is one to the database, and any whole number fits.
    """
    kind = getattr(column.type, "item_type", column.type)
    match kind:
        case String():
            return "text"
        case Integer() if isinstance(kind, SmallInteger) or type(kind) is Integer:
            return "int"
        case Integer():
            return "bigint"
        case Numeric():
            return "numeric"
        case DateTime():
            return "timestamptz"
        case Date():
            return "date"
        case Uuid():
            return "uuid"
        case Boolean():
            return "boolean"
        case _:
            raise TypeError(kind)


@dataclass
class Writer:
    """One statement in the making.

    Attributes:
        reader: the kind of reader it is for.
        parameters: what ``$1``, ``$2``, … stand for.
        checks: what is read of each request only to be refused if it is wrong.
    """

    reader: Reader
    parameters: list[Parameter] = field(default_factory=list)
    checks: list[Parameter] = field(default_factory=list)
    _aliases: int = 0

    def alias(self, letter: str) -> str:
        """Return a name that is used nowhere else: by place, so equal questions are equal text."""
        self._aliases += 1
        return f"{letter}{self._aliases}"

    def parameter(self, parameter: Parameter, kind: str) -> str:
        """Return the placeholder of *parameter*, which is of SQL type *kind*."""
        if parameter.is_constant or parameter not in self.parameters:
            # Two constants that happen to be equal are two: the text tells the shape alone.
            self.parameters.append(parameter)
            return f"${len(self.parameters)}::{kind}"
        return f"${self.parameters.index(parameter) + 1}::{kind}"


@dataclass
class Rows:
    """Rows under an alias, and which of their columns are read."""

    entity: Entity
    alias: str
    columns: dict[str, None] = field(default_factory=dict)

    def __getitem__(self, column: Column[object]) -> str:
        """Return the column as SQL, and note that it is read."""
        self.columns[column.name] = None
        return f"{self.alias}.{column.name}"


@dataclass
class Counts:
    """How many rows of each type an expression read: SQL terms to be added up."""

    terms: dict[str, list[str]] = field(default_factory=dict)

    def add(self, type_name: str, term: str) -> None:
        """Count *term* rows of a type."""
        self.terms.setdefault(type_name, []).append(term)

    def columns(self, *, summed: bool = False) -> str:
        """Return the counts as columns ``c_<Type>``, to follow other columns."""
        return "".join(
            f", {_sum(terms, summed=summed)} AS c_{name}" for name, terms in self.terms.items()
        )

    def take(self, inner: Counts, alias: str, *, may_be_missing: bool) -> None:
        """Count what *inner* counts, read as columns of *alias*."""
        for name in inner.terms:
            column = f"{alias}.c_{name}"
            self.add(name, f"coalesce({column}, 0)" if may_be_missing else column)


def _sum(terms: list[str], *, summed: bool) -> str:
    added = " + ".join(terms)
    return f"coalesce(sum({added}), 0)::int" if summed else added


@dataclass
class Piece:
    """A JSON text as an SQL expression, what has to be joined for it, and what it counts."""

    text: str
    joins: list[str] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)


RowOf = Callable[[Writer, Rows, "Asked"], Piece]
"""Makes an object of a row, of what a field that leads to it asks."""


def attach_row(  # noqa: PLR0913  (what is joined to what, and how)
    writer: Writer,
    piece: Piece,
    inner: Piece,
    source: str,
    condition: str,
    *,
    is_looked_up: bool = True,
) -> str:
    """Join at most one row of *source* to *piece*; return its text, or ``null``.

    The limit keeps it a look-up for each row of a page, in place of a join that reads the whole
    table and asks its policy about every row. What is read already is not *is_looked_up*.
    """
    alias = writer.alias("l")
    limit = " LIMIT 1" if is_looked_up else ""
    piece.joins.append(
        f" LEFT JOIN LATERAL (SELECT {inner.text} AS j{inner.counts.columns()} "
        f"FROM {source}{''.join(inner.joins)} WHERE {condition}{limit}) AS {alias} ON true"
    )
    piece.counts.take(inner.counts, alias, may_be_missing=True)
    return f"coalesce({alias}.j, 'null')"


def quoted(text: str) -> str:
    """Return *text* as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
