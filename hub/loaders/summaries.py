"""What the rows of a list add up to, as a statement.

A group by a link is a group by the row that the reader sees at its end: rows whose link leads to
nothing visible fall into one group, so their number of ends stays hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Label,
    Numeric,
    Select,
    and_,
    case,
    cast,
    distinct,
    func,
    literal,
    select,
    tuple_,
)

from hub.model.aggregates import Measure, groups_of, measures_of, target_of
from hub.model.entities import Entity, Field, Figures
from hub.model.measurement import indicator

if TYPE_CHECKING:
    from collections.abc import Callable

    from hub.loaders.rows import Grouping

_PERCENT = 100


def summarised(
    entity: Entity,
    table: FromClause,
    grouping: Grouping,
    where: Callable[[FromClause], ColumnElement[bool]],
) -> Select[Any]:
    """Select one row for each group of the rows that satisfy *where*, in the groups' order."""
    source: FromClause = table
    keys: list[Label[Any]] = []
    order: list[ColumnElement[Any]] = []
    for name in grouping.by:
        member = groups_of(entity)[name]
        if isinstance(member, Field):
            column = table.c[member.column.name]
            keys.append(column.label(f"by_{name}"))
            order.append(column)
            continue
        target = target_of(member)
        linked = target.table.alias(f"g_{member.name}")
        on = table.c[member.local.name] == linked.c[member.remote.name]
        source = source.outerjoin(linked, on)
        keys.append(linked.c[member.remote.name].label(f"by_{name}"))
        order.extend(linked.c[column.name] for column in target.key)
    columns: list[ColumnElement[Any]] = [*keys, func.count().label("count")]
    figures = entity.figures
    measured = None
    if figures is not None:
        measured = indicator.alias("measured")
        source = source.outerjoin(measured, measured.c.id == table.c[figures.indicator.name])
        columns += _of_figures(figures, table, measured, grouping, where)
    columns += _measures(entity, table, measured)
    statement = select(*columns).select_from(source).where(where(table))
    if keys:
        statement = statement.group_by(*(key.element for key in keys), *order)
    order_by = [column.asc().nulls_last() for column in order]
    return statement.order_by(*order_by).limit(grouping.limit)


def _measures(
    entity: Entity, table: FromClause, measured: FromClause | None
) -> list[ColumnElement[Any]]:
    columns: list[ColumnElement[Any]] = []
    for summed in measures_of(entity):
        column = table.c[summed.field.column.name]
        made: ColumnElement[Any] = getattr(func, summed.measure.value)(column)
        figures = entity.figures
        is_value = figures is not None and summed.field.column is figures.value
        if is_value and measured is not None and summed.measure in (Measure.SUM, Measure.AVG):
            made = case((func.bool_and(measured.c.aggregation == "sum"), made))
        columns.append(made.label(summed.label))
    return columns


def _of_figures(
    figures: Figures,
    table: FromClause,
    measured: FromClause,
    grouping: Grouping,
    where: Callable[[FromClause], ColumnElement[bool]],
) -> list[ColumnElement[Any]]:
    value, numerator, denominator = (
        table.c[column.name] for column in (figures.value, figures.numerator, figures.denominator)
    )
    is_rate = and_(
        measured.c.aggregation == "ratio_of_sums", numerator.is_not(None), denominator.is_not(None)
    )
    parts = cast(func.sum(numerator).filter(is_rate), Numeric)
    wholes = func.nullif(cast(func.sum(denominator).filter(is_rate), Numeric), 0)
    cell = tuple_(*(table.c[column.name] for column, _ in figures.cell))
    return [
        func.round(parts * _PERCENT / wholes, 4).label("rate"),
        func.count(distinct(cell)).filter(value.is_not(None)).label("reported"),
        _expected(figures, table, grouping, where).label("expected"),
    ]


def _expected(
    figures: Figures,
    table: FromClause,
    grouping: Grouping,
    where: Callable[[FromClause], ColumnElement[bool]],
) -> ColumnElement[Any]:
    """Return how many figures the group should have.

    What the list is grouped by is counted within the group, the rest over the whole list: in a
    list by period, a ward that is silent in one month is missed in that month.
    """
    whole = figures.value.table.alias("whole")
    product: ColumnElement[Any] = literal(1, BigInteger())
    for column, divided_by in figures.cell:
        if set(divided_by) & set(grouping.by):
            product *= func.count(distinct(table.c[column.name]))
        else:
            product *= (
                select(func.count(distinct(whole.c[column.name])))
                .where(where(whole))
                # The list's owner is another statement's row: it is not to be joined anew.
                .correlate_except(whole)
                .scalar_subquery()
            )
    return product
