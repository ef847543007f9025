"""Which rows: conditions as SQL, with an operand for every placeholder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hub.access.policies import OPEN_TABLES
from hub.model.conditions import All, AnyOf, Compare, Condition, Linked, Not, Operator, Search
from hub.model.entities import Field, Localized, ToMany, ToOne
from hub.planner.compile.writing import type_of
from hub.planner.parameters import Form, Given, GivenList
from hub.planner.values import Leaf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import Column

    from hub.model.entities import Entity
    from hub.planner.compile.writing import Writer
    from hub.planner.values import Tree


class TreeOperands:
    """Operands as trees of leaves."""

    def value(self, leaf: Leaf) -> object:
        """Return the value that *leaf* holds."""
        return leaf.value

    def operand(self, leaf: Tree) -> Tree:
        """Return *leaf* itself."""
        return leaf

    def words(self, leaf: Leaf) -> Given:
        """Return the words of the text."""
        return Given(leaf, Form.WORDS)


OPERANDS = TreeOperands()


def holds(writer: Writer, entity: Entity, alias: str, condition: Condition) -> str:
    """Return SQL that tells whether a row of *entity* under *alias* satisfies *condition*."""
    match condition:
        case All(parts):
            return joined([holds(writer, entity, alias, part) for part in parts])
        case AnyOf(parts):
            either = " OR ".join(holds(writer, entity, alias, part) for part in parts)
            return f"({either})" if parts else "false"
        case Not(part):
            return f"NOT coalesce({holds(writer, entity, alias, part)}, false)"
        case Linked():
            return _linked(writer, alias, condition)
        case Compare():
            return _compared(writer, alias, condition)
        case Search(words):
            return _named(writer, entity, alias, words)  # type: ignore[arg-type]  # as given


def joined(parts: list[str]) -> str:
    """Return SQL that holds where every part does."""
    needed = [part for part in parts if part != "true"]
    return f"({' AND '.join(needed)})" if len(needed) > 1 else "".join(needed) or "true"


def counting(entity: Entity, alias: str, *, as_of: str | None = None, has_all: bool = False) -> str:
    """Return SQL that tells whether a row is the newest revision that the reader may see.

    With *as_of*, an SQL moment, among those recorded by then; with *has_all*, every revision is.
    """
    kept = entity.revisions
    if kept is None:
        return "true"
    parts = []
    if as_of is not None:
        parts.append(f"{alias}.{kept.recorded_at.name} <= {as_of}")
    if not has_all:
        is_last = f"{alias}.{kept.superseded_at.name} IS NULL"
        is_newest = (
            f"hub_newest_{entity.table.name}({alias}.{kept.origin.name}, "
            f"{alias}.{kept.revision.name}, {as_of or 'NULL'})"
        )
        parts.append(f"({is_last} OR {is_newest})")
        parts.append(f"NOT {alias}.{kept.is_withdrawn.name}")
    return joined(parts)


def matches(relation: ToOne | ToMany, there: str, here: str) -> str:
    """Return SQL that tells whether a row under *there* is linked from the key *here*."""
    remotes = (relation.remote,) if isinstance(relation, ToOne) else relation.remote
    either = " OR ".join(f"{there}.{remote.name} = {here}" for remote in remotes)
    return either if len(remotes) == 1 else f"({either})"


def _carried(relation: ToOne | ToMany, target: Entity, condition: Condition) -> Condition | None:
    """Return *condition* on linked rows as one on this row's own columns, where it carries them.

    Only where every link leads to a row that everybody may see: else there may be none.
    """
    if not isinstance(relation, ToOne) or relation.local.nullable:
        return None
    if target.table not in OPEN_TABLES:
        return None
    own = dict(relation.carried)
    match condition:
        case Compare(field=Field() as field) if field.column in own:
            return All(tuple(_bounded(relation, condition, field, own)))
        case All(parts) if parts:
            found = [_carried(relation, target, part) for part in parts]
            return None if None in found else All(tuple(part for part in found if part))
        case _:
            return None


def _bounded(
    relation: ToOne, condition: Compare, field: Field, own: Mapping[Column[Any], Column[Any]]
) -> Iterator[Compare]:
    """Yield *condition* on this row's own column, and what follows of it for another of them.

    What ends by a day has begun by then: an index by beginnings need look no further.
    """
    yield replace(condition, field=replace(field, column=own[field.column]))
    for first, last in relation.spans:
        if field.column is last and condition.operator in (Operator.LT, Operator.LTE):
            yield replace(condition, field=replace(field, column=own[first]))
        if field.column is first and condition.operator in (Operator.GT, Operator.GTE):
            yield replace(condition, field=replace(field, column=own[last]))


def _linked(writer: Writer, alias: str, condition: Linked) -> str:
    relation, target = condition.relation, condition.target
    if condition.condition is not None:
        own = _carried(relation, target, condition.condition)
        if own is not None:
            return holds(writer, target, alias, own)
    there = writer.alias("w")
    if isinstance(relation, ToOne) and _finds_one(condition.condition):
        # A value that is found once, which an index of this table can begin at.
        assert condition.condition is not None  # noqa: S101  (it finds one)
        where = holds(writer, target, there, condition.condition)
        found = f"SELECT {there}.{relation.remote.name} FROM {target.table.name} AS {there}"
        return f"{alias}.{relation.local.name} = ({found} WHERE {where})"
    parts = [matches(relation, there, f"{alias}.{relation.local.name}")]
    if isinstance(relation, ToMany):
        parts.append(counting(target, there))
    if condition.condition is not None:
        parts.append(holds(writer, target, there, condition.condition))
    return f"EXISTS (SELECT 1 FROM {target.table.name} AS {there} WHERE {joined(parts)})"


def _finds_one(condition: Condition | None) -> bool:
    """Return whether at most one row satisfies *condition*: its code is given, and unique."""
    match condition:
        case Compare(Field() as field, Operator.EQ, Leaf() as leaf):
            return bool(field.column.unique) and leaf.value is not None
        case All(parts):
            return any(_finds_one(part) for part in parts)
        case _:
            return False


def _named(writer: Writer, entity: Entity, alias: str, words: Given) -> str:
    """Return SQL that finds rows with words that begin as those searched: ranges leak nothing."""
    placeholder = writer.parameter(words, "text[]")
    word, found = writer.alias("u"), writer.alias("w")
    return (
        f"(cardinality({placeholder}) = 0 OR {alias}.id IN (SELECT {found}.row_id "
        f"FROM unnest({placeholder}) AS {word} (word) JOIN search_word AS {found} "
        f"ON {found}.kind = '{entity.table.name}' AND {found}.word >= {word}.word "
        f"AND {found}.word < {word}.word || '{{' GROUP BY {found}.row_id "
        f"HAVING count(DISTINCT {word}.word) = cardinality({placeholder})))"
    )


def _compared(writer: Writer, alias: str, compare: Compare) -> str:
    field, operand = compare.field, compare.operand
    column = field.vi if isinstance(field, Localized) else field.column
    if operand is None or (isinstance(operand, Leaf) and operand.value is None):
        return _with_nothing(f"{alias}.{column.name}", compare.operator)
    return _COMPARISONS[compare.operator](writer, f"{alias}.{column.name}", column, operand)


def _with_nothing(column: str, operator: Operator) -> str:
    match operator:
        case Operator.EQ:
            return f"{column} IS NULL"
        case Operator.NE:
            return f"{column} IS NOT NULL"
        case _:
            return "false"


def _one(writer: Writer, column: Column[Any], operand: Any) -> str:  # noqa: ANN401  (a leaf)
    kind = type_of(column)
    return writer.parameter(Given(operand, _form(kind)), kind)


def _form(kind: str) -> Form:
    return {"numeric": Form.NUMBER, "uuid": Form.UUID}.get(kind, Form.PLAIN)


def _infix(sign: str) -> Callable[[Writer, str, Column[Any], Any], str]:
    def compared(writer: Writer, sql: str, column: Column[Any], operand: Any) -> str:  # noqa: ANN401
        return f"{sql} {sign} {_one(writer, column, operand)}"

    return compared


def _function(pattern: str) -> Callable[[Writer, str, Column[Any], Any], str]:
    def compared(writer: Writer, sql: str, column: Column[Any], operand: Any) -> str:  # noqa: ANN401
        return pattern.format(sql, _one(writer, column, operand))

    return compared


def _within(writer: Writer, sql: str, column: Column[Any], operand: Any) -> str:  # noqa: ANN401
    leaves = tuple(operand) if isinstance(operand, list) else (operand,)
    kind = type_of(column)
    among = f"{sql} = ANY ({writer.parameter(GivenList(leaves, _form(kind)), f'{kind}[]')})"
    has_null = any(
        leaf.value is None or (isinstance(leaf.value, list) and None in leaf.value)
        for leaf in leaves
    )
    return f"({among} OR {sql} IS NULL)" if has_null else among


def _is_null(_: Writer, sql: str, __: Column[Any], operand: Any) -> str:  # noqa: ANN401
    return f"{sql} IS NULL" if operand.value else f"{sql} IS NOT NULL"


def _is_empty(_: Writer, sql: str, __: Column[Any], operand: Any) -> str:  # noqa: ANN401
    return f"cardinality({sql}) {'=' if operand.value else '<>'} 0"


_COMPARISONS: dict[Operator, Callable[[Writer, str, Column[Any], Any], str]] = {
    Operator.EQ: _infix("="),
    Operator.NE: _infix("IS DISTINCT FROM"),
    Operator.IN: _within,
    Operator.NOT_IN: lambda w, s, c, o: f"NOT coalesce({_within(w, s, c, o)}, false)",
    Operator.LT: _infix("<"),
    Operator.LTE: _infix("<="),
    Operator.GT: _infix(">"),
    Operator.GTE: _infix(">="),
    Operator.CONTAINS: _function("strpos({0}, {1}) > 0"),
    Operator.STARTS_WITH: _function("starts_with({0}, {1})"),
    Operator.IS_NULL: _is_null,
    Operator.HAS: _function("{1} = ANY ({0})"),
    Operator.IS_EMPTY: _is_empty,
}
