"""What is made of rows that are summed up: how many, sums, means, extremes, rates, reporting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hub.model.aggregates import Measure, Summed, measures_of
from hub.model.entities import Scalar
from hub.planner.compile.objects import object_text
from hub.planner.compile.scalars import scalar_text
from hub.planner.compile.writing import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Column

    from hub.model.entities import Entity
    from hub.planner.compile.listing import Whole
    from hub.planner.compile.writing import Writer
    from hub.planner.selection import Asked

_MEASURED = "i"
"""Under which alias the row's indicator is joined, where rows are figures."""


@dataclass
class Summary:
    """What is read of each group, in the making; its columns are read under the alias ``s``.

    Attributes:
        alias: what it is made of: rows, or *parts*.
        by: what it is grouped by; without, it is of the whole list.
        name: what the groups are kept under, where more than one reads them.
        parts: the groups whose sums it is made of; None where it is made of rows.
    """

    writer: Writer
    whole: Whole
    alias: str
    by: tuple[str, ...] = ()
    name: str | None = None
    parts: Summary | None = None
    columns: list[str] = field(default_factory=list)
    needs_indicator: bool = False

    @property
    def entity(self) -> Entity:
        """Return what the rows are."""
        return self.whole.listing.entity

    @property
    def _of_rows(self) -> Summary:
        return self.parts or self

    def of_row(self, column: Column[Any]) -> str:
        """Return *column* of each row, as SQL."""
        return self.whole.column(self._of_rows.alias, column)

    def indicator(self) -> str:
        """Return how the figures of a row's indicator are put together, as SQL."""
        self._of_rows.needs_indicator = True
        return f"{_MEASURED}.aggregation"

    def made(self, measure: str, of: str, among: str = "") -> str:
        """Return *measure* of what *of* is in each row, or in those that are *among*, as SQL.

        Where it is made of parts, it is one that of results is the same as of all rows: ``sum``.
        """
        made = f"{measure}({of}){among}"
        return made if self.parts is None else f"{measure}({self._part(self.parts, made)})"

    def count(self, of: str = "*") -> str:
        """Return in how many rows there is *of*, as SQL."""
        made = f"count({of})"
        return made if self.parts is None else f"coalesce(sum({self._part(self.parts, made)}), 0)"

    def _part(self, parts: Summary, made: str) -> str:
        return f"{self.alias}.{parts._place(made)}"

    def column(self, sql: str) -> str:
        """Return the name of what *sql* is of each group, and note that it is read."""
        return f"s.{self._place(sql)}"

    def _place(self, sql: str) -> str:
        if sql not in self.columns:
            self.columns.append(sql)
        return f"v{self.columns.index(sql) + 1}"

    def selected(self) -> list[str]:
        """Return the columns that are read, to be selected from ``source``."""
        return [f"{sql} AS v{place}" for place, sql in enumerate(self.columns, start=1)]

    def source(self, joins: Iterable[str] = ()) -> str:
        """Return what to read *from*, and the condition that goes with it."""
        if self.parts is not None:
            return f"{self.parts.name} AS {self.alias}"
        rows = [self.whole.rows(self.alias), *joins]
        figures = self.entity.figures
        if figures is not None and self.needs_indicator:
            measured = self.of_row(figures.indicator)
            rows.append(f" LEFT JOIN indicator AS {_MEASURED} ON {_MEASURED}.id = {measured}")
        return "".join([*rows, self.whole.within(self.writer, self.alias)])


def aggregate_text(summary: Summary, asked: Asked) -> str:
    """Return what is asked of a group's rows as the JSON text of an object."""
    entity = summary.entity
    parts = []
    for each in asked.children:
        match each.name:
            case "count":
                text = f"{summary.column(summary.count())}::text"
            case "sum" | "avg" | "min" | "max":
                text = _measures_text(summary, Measure(each.name), each)
            case "rate":
                text = f"coalesce({summary.column(_rate(summary))}::text, 'null')"
            case "reporting":
                text = _reporting_text(summary, each)
            case _:
                text = quoted(f'"{entity.name}Aggregate"')
        parts.append((each.key, text))
    return object_text(parts)


_TITLES = {
    Measure.SUM: "Sums",
    Measure.AVG: "Averages",
    Measure.MIN: "Minima",
    Measure.MAX: "Maxima",
}


def _measures_text(summary: Summary, measure: Measure, asked: Asked) -> str:
    entity = summary.entity
    summed = {each.field.name: each for each in measures_of(entity) if each.measure is measure}
    parts = []
    for each in asked.children:
        if each.name == "__typename":
            parts.append((each.key, quoted(f'"{entity.name}{_TITLES[measure]}"')))
            continue
        column = summary.column(_measured(summary, summed[each.name]))
        scalar = summed[each.name].field.scalar
        text = scalar_text(Scalar.DECIMAL if measure is Measure.AVG else scalar, column)
        parts.append((each.key, f"coalesce({text}, 'null')"))
    return object_text(parts)


def _measured(summary: Summary, summed: Summed) -> str:
    entity = summary.entity
    values = summary.of_row(summed.field.column)
    if summed.measure is Measure.AVG and summary.parts is not None:
        made = f"{summary.made('sum', values)} / nullif({summary.count(values)}, 0)"
    else:
        made = summary.made(summed.measure.value, values)
    is_value = entity.figures is not None and summed.field.column is entity.figures.value
    if is_value and summed.measure in (Measure.SUM, Measure.AVG):
        is_additive = summary.made("bool_and", f"{summary.indicator()} = 'sum'")
        return f"CASE WHEN {is_additive} THEN {made} END"
    return made


def _rate(summary: Summary) -> str:
    figures = summary.entity.figures
    assert figures is not None  # noqa: S101  (only figures have a rate)
    part, whole = summary.of_row(figures.numerator), summary.of_row(figures.denominator)
    among = (
        f" FILTER (WHERE {summary.indicator()} = 'ratio_of_sums' "
        f"AND {part} IS NOT NULL AND {whole} IS NOT NULL)"
    )
    parts, wholes = (f"({summary.made('sum', of, among)})::numeric" for of in (part, whole))
    return f"round({parts} * 100 / nullif({wholes}, 0), 4)"


def _reporting_text(summary: Summary, asked: Asked) -> str:
    parts = []
    for each in asked.children:
        match each.name:
            case "reported":
                text = f"{summary.column(_reported(summary))}::text"
            case "expected":
                text = f"{summary.column(_expected(summary))}::text"
            case _:
                text = quoted('"Reporting"')
        parts.append((each.key, text))
    return object_text(parts)


def _reported(summary: Summary) -> str:
    figures = summary.entity.figures
    assert figures is not None  # noqa: S101  (only figures are reported)
    cell = ", ".join(summary.of_row(column) for column, _ in figures.cell)
    value = summary.of_row(figures.value)
    return f"count(DISTINCT ({cell})) FILTER (WHERE {value} IS NOT NULL)"


def _expected(summary: Summary) -> str:
    """Return how many figures the group should have.

    What the list is grouped by is counted within the group, the rest over the whole list: in a
    list by period, a ward that is silent in one month is missed in that month.
    """
    writer, figures = summary.writer, summary.entity.figures
    assert figures is not None  # noqa: S101  (only figures are expected)
    factors = []
    for column, divided_by in figures.cell:
        if set(divided_by) & set(summary.by):
            factors.append(f"count(DISTINCT {summary.of_row(column)})")
            continue
        every = writer.alias("t")
        counted = summary.whole.column(every, column)
        factors.append(
            f"(SELECT count(DISTINCT {counted}) FROM {summary.whole.rows(every)}"
            f"{summary.whole.within(writer, every)})"
        )
    return " * ".join(factors)
