"""Where a query begins: the root fields, each as a source of its JSON text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hub.model.catalogue import CATALOGUE
from hub.model.catalogue.territory import AREA
from hub.model.conditions import Compare, Condition, Operator
from hub.model.entities import Entity, Field
from hub.model.limits import PAGE_LIMIT
from hub.model.validity import borne_on
from hub.planner.compile.conditions import counting, joined
from hub.planner.compile.listing import Source
from hub.planner.compile.lists import connection
from hub.planner.compile.objects import object_text
from hub.planner.compile.rows import first_row, row_piece
from hub.planner.compile.writing import Counts, Piece, Rows, Writer, quoted, type_of
from hub.planner.errors import NotPlannedError
from hub.planner.parameters import TODAY, Ids, Keys, Places, Size
from hub.planner.selection import TYPE_NAME
from hub.planner.values import Leaf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hub.planner.parameters import ReadId
    from hub.planner.selection import Asked


_EPOCH = "nullif(current_setting('hub.epoch', true), '')::bigint"


@cache
def entity_of_root(name: str) -> tuple[Entity, bool] | None:
    """Return the entity that a root field reads, and whether it is a list; None if it is none."""
    for entity in CATALOGUE:
        if entity.plural and entity.plural == name:
            return entity, True
        if entity.lookup is not None and entity.singular == name:
            return entity, False
    return None


def is_planned(name: str) -> bool:
    """Return whether a statement can answer the root field *name*."""
    return name in (TYPE_NAME, "node", "nodes") or entity_of_root(name) is not None


def statement_of(
    writer: Writer, asked: Iterable[Asked], read_id: ReadId
) -> tuple[str, tuple[str, ...]]:
    """Return the statement that answers the root fields, and the types whose rows it counts.

    Its one row has the answer's bytes, how many rows of each of the types it read, and in which
    epoch of grants.
    """
    piece = Piece("")
    parts = [(each.key, _root(writer, each, piece, read_id)) for each in asked]
    terms = piece.counts.terms
    counts = ", ".join(" + ".join(terms[name]) for name in sorted(terms))
    sql = (
        f"SELECT convert_to({object_text(parts)}, 'UTF8') AS data, "
        f"ARRAY[{counts}]::int[] AS counts, {_EPOCH} AS epoch "
        f"FROM (SELECT 1) AS r{''.join(piece.joins)}"
    )
    return sql, tuple(sorted(terms))


def _root(writer: Writer, asked: Asked, piece: Piece, read_id: ReadId) -> str:
    if asked.name == TYPE_NAME:
        return quoted('"Query"')
    if asked.name == "node":
        return _nodes(writer, asked, piece, read_id, "id")
    if asked.name == "nodes":
        return _nodes(writer, asked, piece, read_id, "ids")
    found = entity_of_root(asked.name)
    if found is None:
        raise NotPlannedError(asked.name)
    entity, is_list = found
    if is_list:
        inner = connection(writer, Source(entity), asked, entity.plural, row_piece)
        alias = writer.alias("l")
        piece.joins.append(f" CROSS JOIN LATERAL ({inner.text}) AS {alias}")
        piece.counts.take(inner.counts, alias, may_be_missing=False)
        return f"{alias}.j"
    condition = _area(asked) if entity is AREA else _coded(entity, asked)
    return first_row(writer, piece, asked, source=Source(entity), condition=condition)


def _coded(entity: Entity, asked: Asked) -> Condition:
    code = entity.by_name["code"]
    assert isinstance(code, Field)  # noqa: S101  (the catalogue is ours)
    return Compare(code, Operator.EQ, asked.arguments["code"])


def _area(asked: Asked) -> Condition:
    given = asked.arguments.get("on")
    on = given if isinstance(given, Leaf) and given.value is not None else TODAY
    return borne_on(asked.arguments["code"], on)


def _nodes(writer: Writer, asked: Asked, piece: Piece, read_id: ReadId, argument: str) -> str:
    given = asked.arguments[argument]
    leaves = tuple(given) if isinstance(given, list) else (given,)
    ids = Ids(tuple(leaf for leaf in leaves if isinstance(leaf, Leaf)))
    texts = ids.texts({}, given=True)
    if len(texts) > PAGE_LIMIT:
        raise NotPlannedError(asked.key)
    found = {each[0].name: each[0] for each in map(read_id, texts) if each is not None}
    types = asked.document.schema.type_map
    joins, texts_of, counts = [], [], Counts()
    for name in sorted(set(found) & set(types)):
        joins.append(_of_type(writer, found[name], asked, ids, counts))
        texts_of.append(f"{joins[-1][0]}.j")
    size = writer.parameter(Size(ids), "int")
    text = f"coalesce({', '.join([*texts_of, quoted('null')])})"
    alias = writer.alias("l")
    piece.joins.append(
        f" CROSS JOIN LATERAL (SELECT string_agg({text}, ',' ORDER BY a.n) AS j"
        f"{counts.columns(summed=True)} FROM generate_series(1, {size}) AS a (n)"
        f"{''.join(sql for _, sql in joins)}) AS {alias}"
    )
    piece.counts.take(counts, alias, may_be_missing=False)
    if argument == "id":
        return f"{alias}.j"
    return f"'[' || coalesce({alias}.j, '') || ']'"


def _of_type(
    writer: Writer, entity: Entity, asked: Asked, ids: Ids, counts: Counts
) -> tuple[str, str]:
    """Return an alias, and the join under it of the rows of one type that are asked for."""
    there = Rows(entity, writer.alias("t"))
    inner = row_piece(writer, there, asked)
    inner.counts.add(entity.name, "1")
    keys = [
        writer.parameter(Keys(ids, entity.name, part), f"{type_of(column)}[]")
        for part, column in enumerate(entity.key)
    ]
    places = writer.parameter(Places(ids, entity.name), "int[]")
    names = ", ".join(f"k{part}" for part in range(len(keys)))
    conditions = [
        _same(f"{there.alias}.{column.name}", f"u.k{part}", is_nullable=bool(column.nullable))
        for part, column in enumerate(entity.key)
    ]
    if entity.shares_keys:
        conditions.append(counting(entity, there.alias))
    alias = writer.alias("l")
    counts.take(inner.counts, alias, may_be_missing=True)
    return alias, (
        f" LEFT JOIN (SELECT u.n, {inner.text} AS j{inner.counts.columns()} "
        f"FROM unnest({', '.join(keys)}, {places}) AS u ({names}, n) "
        f"JOIN {entity.table.name} AS {there.alias} ON {joined(conditions)}"
        f"{''.join(inner.joins)} WHERE u.n IS NOT NULL) AS {alias} ON {alias}.n = a.n"
    )


def _same(column: str, value: str, *, is_nullable: bool) -> str:
    equal = f"{column} = {value}"
    return f"({equal} OR ({column} IS NULL AND {value} IS NULL))" if is_nullable else equal
