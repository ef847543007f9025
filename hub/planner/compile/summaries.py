"""What a list adds up to: ``aggregate`` of the whole, ``groups`` of its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hub.access.policies import OPEN_TABLES
from hub.model.aggregates import Measure, Summed, groups_of, measures_of, target_of
from hub.model.entities import Field, Scalar, ToOne
from hub.model.limits import GROUP_LIMIT
from hub.model.orders import screaming
from hub.planner.compile.listing import names_of, size_of
from hub.planner.compile.objects import object_text
from hub.planner.compile.scalars import scalar_text, value_text
from hub.planner.compile.writing import Piece, Rows, attach_row, quoted

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
    keys = _keys(summary, by)
    parts: list[tuple[str, str]] = []
    group = Piece("")
    for each in asked.children:
        match each.name:
            case "aggregate":
                text = _aggregate_text(summary, each)
            case "__typename":
                text = quoted(f'"{entity.name}Group"')
            case _:
                text = _key_text(summary, each, row_of, group)
        parts.append((each.key, text))
    # Without a key the list is one group, whether it has rows or not.
    grouped = (
        f"SELECT {', '.join([*summary.selected(), *keys.named]) or '1'} "
        f"FROM {whole.rows(summary.alias)}{''.join(keys.inside)}{summary.indicator_join()}"
        f"{whole.within(writer, summary.alias)} GROUP BY {', '.join(keys.columns) or '()'}"
    )
    ordered = ", ".join(f"{each} ASC NULLS LAST" for each in keys.order)
    order = f"ORDER BY {ordered}" if ordered else ""
    alias = writer.alias("l")
    outer.joins.append(
        f" CROSS JOIN LATERAL (SELECT string_agg({object_text(parts)}, ',' ORDER BY s.n) AS j"
        f"{group.counts.columns(summed=True)} FROM (SELECT s.*, row_number() OVER ({order}) AS n "
        f"FROM ({grouped}) AS s{''.join(keys.outside)} {order} LIMIT {limit}) AS s"
        f"{''.join(group.joins)}) AS {alias}"
    )
    outer.counts.take(group.counts, alias, may_be_missing=False)
    return f"'[' || coalesce({alias}.j, '') || ']'"


@dataclass
class _Keys:
    """What a list is grouped by.

    Attributes:
        columns: what tells one group from another.
        named: the same and what else is kept of it, as columns of a group.
        inside: what is joined to each row, *outside* what is joined to each group.
        order: what groups are ordered by, as columns of a group and of what is joined to it.
    """

    columns: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)

    def by(self, place: int, column: str) -> None:
        self.columns.append(column)
        self.named.append(f"{column} AS k{place}")

    def kept(self, column: str) -> str:
        name = f"o{len(self.named)}"
        self.columns.append(column)
        self.named.append(f"{column} AS {name}")
        return f"s.{name}"


def _keys(summary: _Summary, by: tuple[str, ...]) -> _Keys:
    """Return what makes the groups.

    Where everybody sees the rows that a link leads to, its own column tells the groups apart, and
    what they are ordered by is looked up once a group.
    """
    keys = _Keys()
    for place, name in enumerate(by):
        member = groups_of(summary.entity)[name]
        if isinstance(member, Field):
            keys.by(place, summary.of_row(member.column))
            keys.order.append(f"s.k{place}")
            continue
        target, local = target_of(member), summary.of_row(member.local)
        there = summary.writer.alias("g")
        end, columns = f"{there}.{member.remote.name}", [f"{there}.{c.name}" for c in target.key]
        link = f" LEFT JOIN {target.table.name} AS {there} ON {end} = "
        if target.table in OPEN_TABLES:
            keys.by(place, local)
            keys.outside.append(f"{link}s.k{place}")
            keys.order += columns
        else:
            keys.by(place, end)
            keys.inside.append(f"{link}{local}")
            keys.order += map(keys.kept, columns)
    return keys


def _key_text(summary: _Summary, asked: Asked, row_of: RowOf, group: Piece) -> str:
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
    source = f"{target.table.name} AS {there.alias}"
    condition = f"{there.alias}.{member.remote.name} = s.k{place}"
    is_guarded = target.table not in OPEN_TABLES
    return attach_row(summary.writer, group, inner, source, condition, is_looked_up=is_guarded)


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
