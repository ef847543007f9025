"""A row as a JSON object: its fields, the rows it is linked to, and the lists it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from hub.model.catalogue import BY_NAME
from hub.model.conditions import All, Condition
from hub.model.entities import Field, First, Localized, ToMany, ToOne
from hub.model.filters import equals
from hub.model.orders import total_order
from hub.planner.compile.conditions import counting, holds, joined, matches
from hub.planner.compile.listing import Source
from hub.planner.compile.lists import connection, plain_list
from hub.planner.compile.objects import object_text
from hub.planner.compile.orders import ordering
from hub.planner.compile.scalars import field_text, id_text, name_text
from hub.planner.compile.writing import Piece, Rows, attach_row, quoted
from hub.planner.selection import TYPE_NAME
from hub.planner.values import Leaf

if TYPE_CHECKING:
    from graphql import GraphQLObjectType

    from hub.planner.compile.writing import Writer
    from hub.planner.selection import Asked


def row_piece(writer: Writer, rows: Rows, asked: Asked) -> Piece:
    """Return a row of *rows* as an object of what *asked*, which leads to it, asks of it."""
    kind = asked.document.schema.type_map[rows.entity.name]
    piece = Piece("")
    parts = [
        (each.key, _member(writer, rows, each, piece))
        for each in asked.of(cast("GraphQLObjectType", kind))
    ]
    piece.text = object_text(parts)
    return piece


def _member(  # noqa: PLR0911  (one for each kind of member)
    writer: Writer, rows: Rows, asked: Asked, piece: Piece
) -> str:
    if asked.name == TYPE_NAME:
        return quoted(f'"{rows.entity.name}"')
    if asked.name == "id":
        return id_text(rows.entity, rows)
    match rows.entity.by_name[asked.name]:
        case Field() as field:
            return field_text(field, rows)
        case Localized() as name:
            return name_text(name, asked, rows)
        case ToOne() as link:
            return _to_one(writer, rows, link, asked, piece)
        case ToMany(is_plain_list=True) as relation:
            source = Source(BY_NAME[relation.target], relation, rows[relation.local])
            return _attach(writer, plain_list(writer, source, asked, row_piece), piece)
        case ToMany() as relation:
            place = f"{rows.entity.name}.{relation.name}"
            source = Source(BY_NAME[relation.target], relation, rows[relation.local])
            return _attach(writer, connection(writer, source, asked, place, row_piece), piece)
        case First() as first:
            return _first(writer, rows, first, asked, piece)


def _attach(writer: Writer, inner: Piece, piece: Piece) -> str:
    """Join the one row that *inner* is to *piece* and return its text."""
    alias = writer.alias("l")
    piece.joins.append(f" CROSS JOIN LATERAL ({inner.text}) AS {alias}")
    piece.counts.take(inner.counts, alias, may_be_missing=False)
    return f"{alias}.j"


def _to_one(writer: Writer, rows: Rows, link: ToOne, asked: Asked, piece: Piece) -> str:
    target = BY_NAME[link.target]
    there = Rows(target, writer.alias("t"))
    inner = row_piece(writer, there, asked)
    inner.counts.add(target.name, "1")
    condition = matches(link, there.alias, rows[link.local])
    return attach_row(writer, piece, inner, f"{target.table.name} AS {there.alias}", condition)


def _first(writer: Writer, rows: Rows, first: First, asked: Asked, piece: Piece) -> str:
    relation = rows.entity.by_name[first.relation]
    assert isinstance(relation, ToMany)  # noqa: S101  (the catalogue is ours)
    target = BY_NAME[relation.target]
    conditions = tuple(
        equals(target, path, leaf)
        for name, path in first.arguments.items()
        if isinstance(leaf := asked.arguments.get(name), Leaf) and leaf.value is not None
    )
    return first_row(
        writer,
        piece,
        asked,
        source=Source(target, relation, rows[relation.local]),
        condition=All(conditions),
        order=first.order,
    )


def first_row(  # noqa: PLR0913  (what a row is found by)
    writer: Writer,
    piece: Piece,
    asked: Asked,
    *,
    source: Source,
    condition: Condition,
    order: tuple[str, ...] = (),
) -> str:
    """Join the first of the rows that *condition* finds; return its text, or ``null``."""
    target = source.entity
    inside, outside = writer.alias("t"), Rows(target, writer.alias("p"))
    inner = row_piece(writer, outside, asked)
    inner.counts.add(target.name, "1")
    ordered = ordering(writer, inside, total_order(target, order))
    where = joined(
        [
            source.joined_to(inside),
            counting(target, inside),
            holds(writer, target, inside, condition),
        ]
    )
    columns = ", ".join(f"{inside}.{name}" for name in outside.columns) or "1"
    rows = (
        f"(SELECT {columns} FROM {target.table.name} AS {inside}{ordered.joins} WHERE {where} "
        f"ORDER BY {ordered.by(backward=False)} LIMIT 1) AS {outside.alias}"
    )
    return attach_row(writer, piece, inner, rows, "true")
