"""What a list adds up to: ``aggregate`` of the whole, ``groups`` of its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hub.model.aggregates import Measure, Summed, groups_of, measures_of, target_of
from hub.model.entities import Field, Scalar, ToOne
from hub.model.limits import GROUP_LIMIT
from hub.model.orders import screaming
from hub.planner.compile.listing import names_of, size_of
from hub.planner.compile.objects import object_text
from hub.planner.compile.scalars import scalar_text, value_text
from hub.planner.compile.writing import Counts, Piece, Rows, quoted

if TYPE_CHECKING:
    from sqlalchemy import Column

    from hub.model.entities import Entity
    from hub.planner.compile.listing import Whole
    from hub.planner.compile.writing import RowOf, Writer
    from hub.planner.selection import Asked

_MEASURED = "i"
"""Under which alias the row's indicator is joined, where rows are figures."""


@dataclass
class _Summary:
    """What is read of each group, in the making; its columns are read under the alias ``s``."""

    writer: Writer
    whole: Whole
    alias: str
    by: tuple[str, ...] = ()
    columns: list[str] = field(default_factory=list)
    needs_indicator: bool = False

    @property
    def entity(self) -> Entity:
        return self.whole.listing.entity

    def of_row(self, column: Column[Any]) -> str:
        return self.whole.column(self.alias, column)

    def column(self, sql: str) -> str:
        self.columns.append(sql)
        return f"s.v{len(self.columns)}"

    def selected(self) -> list[str]:
        return [f"{sql} AS v{place}" for place, sql in enumerate(self.columns, start=1)]

    def indicator_join(self) -> str:
        figures = self.entity.figures
        if figures is None or not self.needs_indicator:
            return ""
        measured = self.of_row(figures.indicator)
        return f" LEFT JOIN indicator AS {_MEASURED} ON {_MEASURED}.id = {measured}"


def count(writer: Writer, whole: Whole) -> str:
    """Return how many rows the list has as JSON text."""
    alias = writer.alias("t")
    return f"(SELECT count(*) FROM {whole.rows(alias)}{whole.within(writer, alias)})::text"


def aggregate(writer: Writer, whole: Whole, asked: Asked, outer: Piece) -> str:
    """Join what the whole list adds up to; return its JSON text."""
    summary = _Summary(writer, whole, writer.alias("t"))
    text = _aggregate_text(summary, asked)
    if not summary.columns:
        return text
    within = whole.within(writer, summary.alias)
    alias = writer.alias("l")
    outer.joins.append(
        f" CROSS JOIN LATERAL (SELECT {text} AS j FROM (SELECT "
        f"{', '.join(summary.selected())} FROM {whole.rows(summary.alias)}"
        f"{summary.indicator_join()}{within} GROUP BY ()) AS s) AS {alias}"
    )
    return f"{alias}.j"


def groups(writer: Writer, whole: Whole, asked: Asked, outer: Piece, row_of: RowOf) -> str:
    """Join what the list adds up to, part by part; return it as the JSON text of an array.

    A group by a link is a group by the row that the reader sees at its end: rows whose link leads
    to nothing visible are one group, so how many ends there are stays hidden.
    """
    entity = whole.listing.entity
    by = tuple(dict.fromkeys(names_of(asked.arguments, "by")))
    limit = size_of(asked.arguments, "first", GROUP_LIMIT)
    limit = GROUP_LIMIT if limit is None else limit
    summary = _Summary(writer, whole, writer.alias("t"), by)
    keys, links, order = _keys(summary, by)
    parts: list[tuple[str, str]] = []
    joins: list[str] = []
    counts = Counts()
    for each in asked.children:
        match each.name:
            case "aggregate":
                text = _aggregate_text(summary, each)
            case "__typename":
                text = quoted(f'"{entity.name}Group"')
            case _:
                text = _key_text(summary, each, row_of, joins=joins, counts=counts)
        parts.append((each.key, text))
    within = whole.within(writer, summary.alias)
    # Without a key the list is one group, whether it has rows or not.
    grouped = f" GROUP BY {', '.join([*keys, *order]) or '()'}"
    place = f"row_number() OVER ({_ordered(order)}) AS n"
    named = [f"{sql} AS k{number}" for number, sql in enumerate(keys)]
    alias = writer.alias("l")
    outer.joins.append(
        f" CROSS JOIN LATERAL (SELECT string_agg({object_text(parts)}, ',' ORDER BY s.n) AS j"
        f"{counts.columns(summed=True)} FROM (SELECT "
        f"{', '.join([*summary.selected(), *named, place])} FROM {whole.rows(summary.alias)}"
        f"{''.join(links)}{summary.indicator_join()}{within}{grouped} "
        f"{_ordered(order)} LIMIT {limit}) AS s{''.join(joins)}) AS {alias}"
    )
    outer.counts.take(counts, alias, may_be_missing=False)
    return f"'[' || coalesce({alias}.j, '') || ']'"


def _ordered(columns: list[str]) -> str:
    return f"ORDER BY {', '.join(f'{each} ASC NULLS LAST' for each in columns)}" if columns else ""


def _keys(summary: _Summary, by: tuple[str, ...]) -> tuple[list[str], list[str], list[str]]:
    """Return the groups' keys, the joins that they need, and what they are ordered by."""
    keys, links, order = [], [], []
    for name in by:
        member = groups_of(summary.entity)[name]
        if isinstance(member, Field):
            column = summary.of_row(member.column)
            keys.append(column)
            order.append(column)
            continue
        target = target_of(member)
        there = summary.writer.alias("g")
        links.append(
            f" LEFT JOIN {target.table.name} AS {there} "
            f"ON {there}.{member.remote.name} = {summary.of_row(member.local)}"
        )
        keys.append(f"{there}.{member.remote.name}")
        order += [f"{there}.{column.name}" for column in target.key]
    return keys, links, order


def _key_text(
    summary: _Summary,
    asked: Asked,
    row_of: RowOf,
    *,
    joins: list[str],
    counts: Counts,
) -> str:
    name = asked.name
    member = summary.entity.by_name[name]
    place = summary.by.index(screaming(name)) if screaming(name) in summary.by else None
    if place is None:
        return "'null'"
    if isinstance(member, Field):
        return f"coalesce({value_text(member, f's.k{place}')}, 'null')"
    assert isinstance(member, ToOne)  # noqa: S101  (the catalogue is ours)
    target = target_of(member)
    there = Rows(target, summary.writer.alias("t"))
    inner = row_of(summary.writer, there, asked)
    inner.counts.add(target.name, "1")
    alias = summary.writer.alias("l")
    joins.append(
        f" LEFT JOIN LATERAL (SELECT {inner.text} AS j{inner.counts.columns()} FROM "
        f"{target.table.name} AS {there.alias}{''.join(inner.joins)} "
        f"WHERE {there.alias}.{member.remote.name} = s.k{place}) AS {alias} ON true"
    )
    counts.take(inner.counts, alias, may_be_missing=True)
    return f"coalesce({alias}.j, 'null')"


def _aggregate_text(summary: _Summary, asked: Asked) -> str:
    entity = summary.entity
    parts = []
    for each in asked.children:
        match each.name:
            case "count":
                text = f"{summary.column('count(*)')}::text"
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


def _measures_text(summary: _Summary, measure: Measure, asked: Asked) -> str:
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


def _measured(summary: _Summary, summed: Summed) -> str:
    entity = summary.entity
    made = f"{summed.measure.value}({summary.of_row(summed.field.column)})"
    is_value = entity.figures is not None and summed.field.column is entity.figures.value
    if is_value and summed.measure in (Measure.SUM, Measure.AVG):
        summary.needs_indicator = True
        return f"CASE WHEN bool_and({_MEASURED}.aggregation = 'sum') THEN {made} END"
    return made


def _rate(summary: _Summary) -> str:
    figures = summary.entity.figures
    assert figures is not None  # noqa: S101  (only figures have a rate)
    summary.needs_indicator = True
    part, whole = summary.of_row(figures.numerator), summary.of_row(figures.denominator)
    among = (
        f"FILTER (WHERE {_MEASURED}.aggregation = 'ratio_of_sums' "
        f"AND {part} IS NOT NULL AND {whole} IS NOT NULL)"
    )
    parts, wholes = f"(sum({part}) {among})::numeric", f"(sum({whole}) {among})::numeric"
    return f"round({parts} * 100 / nullif({wholes}, 0), 4)"


def _reporting_text(summary: _Summary, asked: Asked) -> str:
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


def _reported(summary: _Summary) -> str:
    figures = summary.entity.figures
    assert figures is not None  # noqa: S101  (only figures are reported)
    cell = ", ".join(summary.of_row(column) for column, _ in figures.cell)
    value = summary.of_row(figures.value)
    return f"count(DISTINCT ({cell})) FILTER (WHERE {value} IS NOT NULL)"


def _expected(summary: _Summary) -> str:
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
