"""Statements from the model's declarations: rows of an entity, of a relation, counts, positions.

Nothing here filters for rights: every table it names, also inside conditions, is read under
row-level security.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    SmallInteger,
    String,
    and_,
    any_,
    bindparam,
    cast,
    exists,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
)
from sqlalchemy import column as sql_column

from hub.loaders.branches import merged, within
from hub.loaders.rows import History
from hub.loaders.summaries import summarised
from hub.model.authority import scope
from hub.model.catalogue.authority import GRANT
from hub.model.conditions import All, AnyOf, Compare, Condition, Linked, Not, Operator, Search
from hub.model.entities import Entity, Field, First, Localized, ToMany, ToOne
from hub.model.search import search_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Column
    from sqlalchemy.sql.selectable import NamedFromClause
    from sqlalchemy.types import TypeEngine

    from hub.loaders.branches import Branch
    from hub.loaders.rows import Grouping, Listing, Page
    from hub.model.orders import Term

_AFTER_Z = "{"
"""Follows every letter and digit a word may have."""

PARENT = "__parent"
POSITION = "__position"


def columns_of(entity: Entity) -> tuple[Column[Any], ...]:
    """Return the columns that the entity's fields, links and key need, each once."""
    return tuple(dict.fromkeys(_columns(entity)))


def rows_by(entity: Entity, key: Column[Any], values: Sequence[object]) -> Select[Any]:
    """Select the rows whose *key* is among *values*, whatever their revision."""
    table = _aliased(entity.table, "t")
    return select(*_selected(entity, table)).where(_among(table.c[key.name], values))


def rows_by_key(entity: Entity, keys: Sequence[tuple[object, ...]]) -> Select[Any]:
    """Select the rows that have one of *keys*: of revisions under one key, the newest seen."""
    table = _aliased(entity.table, "t")
    arrays = [
        bindparam(None, list(values), type_=ARRAY(key.type))
        for key, values in zip(entity.key, zip(*keys, strict=True), strict=True)
    ]
    columns = [sql_column(key.name, key.type) for key in entity.key]
    wanted = func.unnest(*arrays).table_valued(*columns, name="wanted").render_derived()
    same = [_same(table.c[key.name], wanted.c[key.name], key) for key in entity.key]
    rows = select(*_selected(entity, table)).select_from(wanted.join(table, and_(*same)))
    return rows.where(_counting(entity, table, History())) if entity.shares_keys else rows


def list_page(
    entity: Entity, listing: Listing, page: Page, branches: Sequence[Branch] = ()
) -> Select[Any]:
    """Select one page of all rows of *entity*, and one row more if there is one.

    With *branches*, which together must hold every row that may be on it, it is read from each.
    """
    table = _aliased(entity.table, "t")
    if not branches:
        return _paged(entity, table, listing, page)
    rows = _aliased(entity.table, "b")
    found = merged(
        [
            select(_paged(entity, rows, listing, page, within(rows, branch)).subquery().c.id)
            for branch in branches
        ]
    )
    return _paged(entity, table, listing, page, table.c.id.in_(found))


def list_count(entity: Entity, listing: Listing) -> Select[Any]:
    """Select how many rows of *entity* the listing has."""
    table = _aliased(entity.table, "t")
    return (
        select(func.count().label("count"))
        .select_from(table)
        .where(_listed(entity, table, listing))
    )


def list_exists(entity: Entity, listing: Listing, page: Page) -> Select[Any]:
    """Select whether the listing has rows on the other side of the page's edge."""
    table = _aliased(entity.table, "t")
    return select(_beyond_edge(entity, table, listing, page).label("count"))


def relation_page(
    relation: ToMany, target: Entity, listing: Listing, page: Page, keys: Sequence[object]
) -> Select[Any]:
    """Select one page of the relation for each of *keys*, labelled by the key."""
    parents = _parents(relation, keys)
    table = _aliased(target.table, "t")
    rows = _paged(target, table, listing, page, _joined(relation, table, parents)).lateral("r")
    return select(parents.c.key.label(PARENT), rows).select_from(parents.join(rows, true()))


def relation_count(
    relation: ToMany, target: Entity, listing: Listing, keys: Sequence[object]
) -> Select[Any]:
    """Select how many rows the relation has for each of *keys*."""
    parents = _parents(relation, keys)
    table = _aliased(target.table, "t")
    count = (
        select(func.count())
        .select_from(table)
        .where(_joined(relation, table, parents), _listed(target, table, listing))
        .scalar_subquery()
    )
    return select(parents.c.key.label(PARENT), count.label("count"))


def relation_exists(
    relation: ToMany, target: Entity, listing: Listing, page: Page, keys: Sequence[object]
) -> Select[Any]:
    """Select for each of *keys* whether rows lie on the other side of the page's edge."""
    parents = _parents(relation, keys)
    table = _aliased(target.table, "t")
    beyond = _beyond_edge(target, table, listing, page, _joined(relation, table, parents))
    return select(parents.c.key.label(PARENT), beyond.label("count"))


def list_summary(entity: Entity, listing: Listing, grouping: Grouping) -> Select[Any]:
    """Select what the listing adds up to, for each group."""
    table = _aliased(entity.table, "t")
    return summarised(entity, table, grouping, lambda rows: _listed(entity, rows, listing))


def relation_summary(
    relation: ToMany, target: Entity, listing: Listing, grouping: Grouping, keys: Sequence[object]
) -> Select[Any]:
    """Select what the relation adds up to for each of *keys*, for each group."""
    parents = _parents(relation, keys)
    table = _aliased(target.table, "t")

    def where(rows: FromClause) -> ColumnElement[bool]:
        return and_(_joined(relation, rows, parents), _listed(target, rows, listing))

    summary = summarised(target, table, grouping, where).lateral("r")
    return select(parents.c.key.label(PARENT), summary).select_from(parents.join(summary, true()))


def grants_reaching(
    project_id: int, data_classes: Sequence[str], area_ids: Sequence[int] | None
) -> Select[Any]:
    """Select the asking agency's grants that let it read such data of the project.

    With *area_ids*, only those that hold there; a grant without an area holds everywhere.
    """
    table = _aliased(GRANT.table, "t")
    reaching = select(scope.c.grant_id).where(
        or_(scope.c.project_id == project_id, scope.c.project_id.is_(None)),
        _among(scope.c.data_class, data_classes),
        scope.c.capability == "read",
    )
    if area_ids is not None:
        reaching = reaching.where(or_(scope.c.area_id.is_(None), _among(scope.c.area_id, area_ids)))
    rows = select(*_selected(GRANT, table)).where(table.c.id.in_(reaching))
    return rows.order_by(table.c.code)


def grants_at_large(role: str | None) -> Select[Any]:
    """Select the asking agency's grants to read as standing agency, or those for every place."""
    table = _aliased(GRANT.table, "t")
    kind = table.c.role == role if role else table.c.jurisdiction_id.is_(None)
    reads = literal("read", String()) == any_(table.c.capabilities)
    rows = select(*_selected(GRANT, table)).where(kind, reads, table.c.holder_id.is_not(None))
    return rows.order_by(table.c.code)


def grants_to_audit() -> Select[Any]:
    """Select the asking agency's grants to read the trail of a whole place."""
    table = _aliased(GRANT.table, "t")
    c = table.c
    is_whole = and_(c.programme_id.is_(None), c.project_id.is_(None), c.area_scope == "all")
    reads = literal("read", String()) == any_(c.capabilities)
    audits = literal("audit", String()) == any_(c.data_classes)
    rows = select(*_selected(GRANT, table)).where(is_whole, reads, audits)
    return rows.where(c.holder_id == func.hub_agency_id()).order_by(c.code)


@cache
def _aliased(table: FromClause, name: str) -> FromClause:
    """Return *table* under *name*; its columns are made once, which costs more than a statement."""
    return table.alias(name)


def _columns(entity: Entity) -> Iterator[Column[Any]]:
    yield from entity.key
    if "id" in entity.table.c:
        yield entity.table.c.id
    for member in entity.members:
        match member:
            case Field():
                yield member.column
            case Localized():
                yield member.vi
                yield member.en
            case ToOne() | ToMany():
                yield member.local
            case First():
                pass


def _selected(entity: Entity, table: FromClause) -> list[ColumnElement[Any]]:
    return [table.c[column.name] for column in columns_of(entity)]


def _parents(relation: ToMany, keys: Sequence[object]) -> NamedFromClause:
    array = bindparam("keys", list(keys), type_=ARRAY(relation.local.type))
    values = func.unnest(array).table_valued(sql_column("key", relation.local.type), name="parent")
    return values.render_derived()


def _joined(relation: ToMany, table: FromClause, parents: FromClause) -> ColumnElement[bool]:
    return or_(*(table.c[remote.name] == parents.c.key for remote in relation.remote))


def _paged(
    entity: Entity,
    table: FromClause,
    listing: Listing,
    page: Page,
    *where: ColumnElement[bool],
) -> Select[Any]:
    terms = _reversed(page.order) if page.backward else page.order
    source, columns = _ordering(table, page.order)
    position = func.json_build_array(*(cast(column, String) for column in columns))
    statement = (
        select(*_selected(entity, table), position.label(POSITION))
        .select_from(source)
        .where(*where, _listed(entity, table, listing))
        .order_by(*(_ordered(c, t) for c, t in zip(columns, terms, strict=True)))
        .limit(page.limit + 1)
    )
    if page.after is not None:
        statement = statement.where(_past(columns, page.order, page.after))
    if page.before is not None:
        statement = statement.where(_past(columns, _reversed(page.order), page.before))
    return statement


def _beyond_edge(
    entity: Entity,
    table: FromClause,
    listing: Listing,
    page: Page,
    *where: ColumnElement[bool],
) -> ColumnElement[bool]:
    """Return whether rows lie before ``after``, or beyond ``before`` when going backward."""
    source, columns = _ordering(table, page.order)
    edge = page.before if page.backward else page.after
    if edge is None:
        return false()
    order = _reversed(page.order) if page.backward else page.order
    inside = _past(columns, order, edge)
    return exists(
        select(literal(1))
        .select_from(source)
        .where(*where, _listed(entity, table, listing), not_(func.coalesce(inside, false())))
    )


def _listed(entity: Entity, table: FromClause, listing: Listing) -> ColumnElement[bool]:
    return and_(
        _counting(entity, table, listing.history),
        _holds(entity, table, listing.condition, depth=1),
    )


def _counting(entity: Entity, table: FromClause, history: History) -> ColumnElement[bool]:
    """Return whether the row is the newest revision that the reader may see."""
    kept = entity.revisions
    if kept is None:
        return true()
    newer = _aliased(entity.table, "newer")
    parts: list[ColumnElement[bool]] = []
    known: list[ColumnElement[bool]] = [
        newer.c[kept.origin.name] == table.c[kept.origin.name],
        newer.c[kept.revision.name] > table.c[kept.revision.name],
    ]
    if history.as_of is not None:
        moment = literal(history.as_of, kept.recorded_at.type)
        parts.append(table.c[kept.recorded_at.name] <= moment)
        known.append(newer.c[kept.recorded_at.name] <= moment)
    if not history.all:
        is_last = table.c[kept.superseded_at.name].is_(None)
        parts.append(or_(is_last, not_(exists(select(literal(1)).where(*known)))))
        parts.append(not_(table.c[kept.is_withdrawn.name]))
    return and_(true(), *parts)


def _ordering(
    table: FromClause, terms: Sequence[Term]
) -> tuple[FromClause, list[ColumnElement[Any]]]:
    """Return *table* joined to what *terms* order by, and the columns to order by."""
    source: FromClause = table
    columns: list[ColumnElement[Any]] = []
    joined: dict[str, FromClause] = {}
    for term in terms:
        if term.link is None:
            columns.append(table.c[term.column.name])
            continue
        linked = joined.get(term.link.name)
        if linked is None:
            linked = joined[term.link.name] = _aliased(
                term.link.remote.table, f"o_{term.link.name}"
            )
            on = table.c[term.link.local.name] == linked.c[term.link.remote.name]
            source = source.outerjoin(linked, on)
        columns.append(linked.c[term.column.name])
    return source, columns


def _reversed(terms: Sequence[Term]) -> tuple[Term, ...]:
    return tuple(type(t)(t.column, not t.descending, t.link) for t in terms)


def _ordered(column: ColumnElement[Any], term: Term) -> ColumnElement[Any]:
    return column.desc().nulls_first() if term.descending else column.asc().nulls_last()


def _past(
    columns: Sequence[ColumnElement[Any]], terms: Sequence[Term], edge: Sequence[str | None]
) -> ColumnElement[bool]:
    """Return whether a row comes after *edge* in the order of *terms*.

    Where the first column is never null, a plain bound on it comes first, which an index in that
    order begins at.
    """
    column, term, text = columns[0], terms[0], edge[0]
    value = _typed(text, term.column)
    is_filled = term.link is None and not term.column.nullable
    later: ColumnElement[bool]
    if text is None:
        later = column.is_not(None) if term.descending else false()
    elif term.descending:
        later = column < value
    elif is_filled:
        later = column > value
    else:
        later = or_(column > value, column.is_(None))
    if len(columns) == 1:
        return later
    same = column.is_(None) if text is None else column == value
    past = or_(later, and_(same, _past(columns[1:], terms[1:], edge[1:])))
    if not is_filled:
        return past
    return and_(column <= value if term.descending else column >= value, past)


def _typed(text: str | None, column: Column[Any]) -> ColumnElement[Any]:
    if text is None:
        return null()
    if isinstance(column.type, String):
        return literal(text, String())
    return cast(literal(text, String()), column.type)


def _holds(
    entity: Entity, table: FromClause, condition: Condition, *, depth: int
) -> ColumnElement[bool]:
    match condition:
        case All(parts):
            return and_(true(), *(_holds(entity, table, part, depth=depth) for part in parts))
        case AnyOf(parts):
            return or_(false(), *(_holds(entity, table, part, depth=depth) for part in parts))
        case Not(part):
            return not_(func.coalesce(_holds(entity, table, part, depth=depth), false()))
        case Linked():
            return _linked(table, condition, depth=depth)
        case Compare():
            return _compared(table, condition)
        case Search(words):
            return and_(true(), *(_named(entity, table, word) for word in words))


def _named(entity: Entity, table: FromClause, word: str) -> ColumnElement[bool]:
    """Return whether a word of the row's names begins with *word*: a range, which leaks nothing."""
    found = select(search_word.c.row_id).where(
        search_word.c.kind == entity.table.name,
        search_word.c.word >= word,
        search_word.c.word < word + _AFTER_Z,
    )
    return table.c.id.in_(found)


def _linked(table: FromClause, condition: Linked, *, depth: int) -> ColumnElement[bool]:
    relation, target = condition.relation, condition.target
    linked = _aliased(target.table, f"w{depth}")
    here = table.c[relation.local.name]
    remotes = (relation.remote,) if isinstance(relation, ToOne) else relation.remote
    parts = [or_(*(linked.c[remote.name] == here for remote in remotes))]
    if condition.condition is not None:
        parts.append(_holds(target, linked, condition.condition, depth=depth + 1))
    if isinstance(relation, ToMany):
        parts.append(_counting(target, linked, History()))
    return exists(select(literal(1)).select_from(linked).where(*parts))


def _compared(table: FromClause, compare: Compare) -> ColumnElement[bool]:
    field, operand = compare.field, compare.operand
    if operand is None and compare.operator not in (Operator.EQ, Operator.NE):
        return false()
    column = table.c[field.vi.name if isinstance(field, Localized) else field.column.name]
    return _COMPARISONS[compare.operator](column, operand)


def _same(
    column: ColumnElement[Any], value: ColumnElement[Any], declared: Column[Any]
) -> ColumnElement[bool]:
    equal = column == value
    return or_(equal, and_(column.is_(None), value.is_(None))) if declared.nullable else equal


def _equals(column: ColumnElement[Any], value: ColumnElement[Any] | None) -> ColumnElement[bool]:
    """Return null-safe equality in a form that indexes serve."""
    return column.is_(None) if value is None else column == value


def _within(column: ColumnElement[Any], operand: object) -> ColumnElement[bool]:
    values = list(operand) if isinstance(operand, tuple) else []
    found = _among(column, [value for value in values if value is not None])
    return or_(found, column.is_(None)) if None in values else found


def _among(column: ColumnElement[Any], values: Sequence[object]) -> ColumnElement[bool]:
    operands = [_exact(value) for value in values]
    return column == any_(bindparam(None, operands, type_=ARRAY(_operand_type(column))))


def _literal(column: ColumnElement[Any], operand: object) -> ColumnElement[Any]:
    if operand is None:
        return null()
    return literal(_exact(operand), _operand_type(column))


def _exact(operand: object) -> object:
    """Return the number that was written: a binary fraction is not."""
    return Decimal(repr(operand)) if isinstance(operand, float) else operand


def _operand_type(column: ColumnElement[Any]) -> TypeEngine[Any]:
    """Return the type of what *column*, or each of its values, is compared with.

    Any text is one to the database, and any whole number fits.
    """
    kind = column.type.item_type if isinstance(column.type, ARRAY) else column.type
    if isinstance(kind, String):
        return String()
    return Integer() if isinstance(kind, SmallInteger) else kind


_COMPARISONS: dict[Operator, Callable[[ColumnElement[Any], Any], ColumnElement[bool]]] = {
    Operator.EQ: lambda c, v: _equals(c, None if v is None else _literal(c, v)),
    Operator.NE: lambda c, v: c.is_distinct_from(_literal(c, v)),
    Operator.IN: _within,
    Operator.NOT_IN: lambda c, v: not_(func.coalesce(_within(c, v), false())),
    Operator.LT: lambda c, v: c < _literal(c, v),
    Operator.LTE: lambda c, v: c <= _literal(c, v),
    Operator.GT: lambda c, v: c > _literal(c, v),
    Operator.GTE: lambda c, v: c >= _literal(c, v),
    Operator.CONTAINS: lambda c, v: func.strpos(c, _literal(c, v)) > 0,
    Operator.STARTS_WITH: lambda c, v: func.starts_with(c, _literal(c, v)),
    Operator.IS_NULL: lambda c, v: c.is_(None) if v else c.is_not(None),
    Operator.HAS: lambda c, v: _literal(c, v) == any_(c),
    Operator.IS_EMPTY: lambda c, v: (func.cardinality(c) == 0) == literal(v, Boolean()),
}
