"""In which order, and from where: keysets over the whole order, empty values included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import String

from hub.model.orders import Term
from hub.planner.compile.writing import type_of
from hub.planner.parameters import Edge, List

if TYPE_CHECKING:
    from hub.planner.compile.writing import Writer
    from hub.planner.values import Leaf


@dataclass(frozen=True, slots=True)
class Ordering:
    """The columns that a list is ordered by, and the joins that some of them need."""

    terms: tuple[Term, ...]
    columns: tuple[str, ...]
    joins: str

    def by(self, *, backward: bool) -> str:
        """Return the ``ORDER BY`` of the list, or of the list from its end."""
        return ", ".join(
            f"{column} {'DESC NULLS FIRST' if term.descending != backward else 'ASC NULLS LAST'}"
            for column, term in zip(self.columns, self.terms, strict=True)
        )

    @property
    def position(self) -> str:
        """Return the values of the order's columns at a row, as the bytes of a JSON text."""
        values = ", ".join(f"{column}::text" for column in self.columns)
        return f"convert_to(json_build_array({values})::text, 'UTF8')"

    def past(self, writer: Writer, of: List, cursor: Leaf, *, backward: bool) -> str:
        """Return SQL that holds for the rows after the one that *cursor* marks, or before it."""
        terms = [Term(t.column, t.descending != backward, t.link) for t in self.terms]
        values = [
            writer.parameter(Edge(of, cursor, place, len(terms)), "text")
            for place in range(len(terms))
        ]
        return _past(list(zip(self.columns, terms, values, strict=True)))


def ordering(writer: Writer, alias: str, terms: tuple[Term, ...]) -> Ordering:
    """Return how rows under *alias* are put in the order of *terms*."""
    columns, joins, linked = [], [], {}
    for term in terms:
        link = term.link
        if link is None:
            columns.append(f"{alias}.{term.column.name}")
            continue
        if link.name not in linked:
            there = linked[link.name] = writer.alias("o")
            joins.append(
                f" LEFT JOIN {link.remote.table.name} AS {there} "
                f"ON {there}.{link.remote.name} = {alias}.{link.local.name}"
            )
        columns.append(f"{linked[link.name]}.{term.column.name}")
    return Ordering(terms, tuple(columns), "".join(joins))


def _past(parts: list[tuple[str, Term, str]]) -> str:
    """Return SQL that holds for what comes after the values in the order of the terms.

    Columns that are never empty and go one way are compared as a row, which an index in that order
    begins at; else, where the first is never empty, a plain bound on it comes first.
    """
    (column, term, text), rest = parts[0], parts[1:]
    if rest and all(_is_filled(t) and t.descending == term.descending for _, t, _ in parts):
        columns = ", ".join(each for each, _, _ in parts)
        values = ", ".join(_typed(each, t) for _, t, each in parts)
        return f"({columns}) {'<' if term.descending else '>'} ({values})"
    value = _typed(text, term)
    is_filled = _is_filled(term)
    sign = "<" if term.descending else ">"
    later, same = f"{column} {sign} {value}", f"{column} = {value}"
    if not is_filled:
        empty = "IS NOT NULL AND {} IS NULL" if term.descending else "IS NULL AND {} IS NOT NULL"
        later = f"({later} OR ({column} {empty.format(text)}))"
        same = f"({same} OR ({column} IS NULL AND {text} IS NULL))"
    if not rest:
        return later
    past = f"({later} OR ({same} AND {_past(rest)}))"
    return f"({column} {sign}= {value} AND {past})" if is_filled else past


def _is_filled(term: Term) -> bool:
    return term.link is None and not term.column.nullable


def _typed(text: str, term: Term) -> str:
    return text if isinstance(term.column.type, String) else f"({text})::{type_of(term.column)}"
