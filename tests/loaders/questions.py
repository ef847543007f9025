"""Questions made at random from the model's declarations: conditions, and orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from hub.model.catalogue import BY_NAME
from hub.model.conditions import All, AnyOf, Compare, Condition, Linked, Not, Operator, Search
from hub.model.entities import Entity, Field, Localized, Scalar, ToMany, ToOne
from hub.model.orders import orders_of
from tests.loaders.world import World, column_of, words_in

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

_EQUALITY = (Operator.EQ, Operator.NE, Operator.IN, Operator.NOT_IN, Operator.IS_NULL)
_SEQUENCE = (Operator.LT, Operator.LTE, Operator.GT, Operator.GTE)
_WORDS = (Operator.CONTAINS, Operator.STARTS_WITH)
_LISTS = (Operator.HAS, Operator.IS_EMPTY)


def orders(entity: Entity) -> SearchStrategy[list[str]]:
    """Draw what rows of *entity* may be ordered by, none to three names."""
    return st.lists(st.sampled_from(list(orders_of(entity))), max_size=3)


@st.composite
def conditions(draw: DrawFn, world: World, entity: Entity, *, depth: int = 3) -> Condition:
    """Draw a condition on rows of *entity*, its operands taken from what there is to be found."""
    kinds = ["compare", "compare", "and", "or", "not", "one", "many"]
    kind = draw(st.sampled_from([*kinds, "search"] if entity.is_searched else kinds))
    if kind == "search":
        return draw(searches(world, entity))
    if depth == 0 or kind == "compare":
        return draw(comparisons(world, entity))
    inner = conditions(world, entity, depth=depth - 1)
    if kind == "and":
        return All(tuple(draw(st.lists(inner, max_size=3))))
    if kind == "or":
        return AnyOf(tuple(draw(st.lists(inner, max_size=3))))
    links: tuple[ToOne | ToMany, ...] = entity.to_one if kind == "one" else entity.to_many
    if kind == "not" or not links:
        return Not(draw(inner))
    link = draw(st.sampled_from(links))
    return draw(_of_link(world, link, depth=depth))


@st.composite
def _of_link(draw: DrawFn, world: World, link: ToOne | ToMany, *, depth: int) -> Condition:
    target = BY_NAME[link.target]
    inner = draw(conditions(world, target, depth=depth - 1))
    if isinstance(link, ToOne):
        forms: list[Condition] = [
            Linked(link, target, inner),
            Linked(link, target, None),
            Not(Linked(link, target, None)),
        ]
    else:
        some = Linked(link, target, inner)
        forms = [some, Not(some), Not(Linked(link, target, Not(inner)))]
    return draw(st.sampled_from(forms))


def searches(world: World, entity: Entity) -> SearchStrategy[Search]:
    """Draw beginnings of words that some row of *entity* has."""
    rows = world.every(entity)
    found = sorted({word for row in rows for word in words_in(entity, row)}) or ["ma"]
    lengths = st.integers(1, 4) | st.just(99)
    words = st.tuples(st.sampled_from(found), lengths).map(lambda drawn: drawn[0][: drawn[1]])
    return st.lists(words, max_size=2).map(lambda drawn: Search(tuple(drawn)))


@st.composite
def comparisons(draw: DrawFn, world: World, entity: Entity) -> Condition:
    """Draw a comparison of one of the entity's own fields."""
    fields: tuple[Field | Localized, ...] = (*entity.fields, *entity.localized)
    if not fields:
        return All(())
    field = draw(st.sampled_from(fields))
    operator = draw(st.sampled_from(operators_of(field)))
    return Compare(field, operator, draw(_operands(world, entity, field, operator)))


def operators_of(field: Field | Localized) -> tuple[Operator, ...]:
    """Return the comparisons that the schema offers for *field*."""
    if isinstance(field, Localized):
        return (*_EQUALITY, *_SEQUENCE, *_WORDS)
    if field.is_list:
        return _LISTS
    if field.vocabulary is not None or field.scalar is Scalar.BOOLEAN:
        return _EQUALITY
    is_text = field.scalar in (Scalar.TEXT, Scalar.CODE)
    return (*_EQUALITY, *_SEQUENCE, *(_WORDS if is_text else ()))


def _operands(
    world: World, entity: Entity, field: Field | Localized, operator: Operator
) -> SearchStrategy[Any]:
    if operator in (Operator.IS_NULL, Operator.IS_EMPTY):
        return st.booleans()
    found = sorted(
        {
            item
            for row in world.every(entity)
            for item in _items(row[column_of(field).name])
            if item is not None
        }
    )
    values: SearchStrategy[Any] = st.sampled_from(found) if found else st.nothing()
    if operator is Operator.HAS:
        return values if found else _unfound(field)
    if operator in (Operator.IN, Operator.NOT_IN):
        return st.lists(values | st.none(), max_size=4).map(tuple)
    if operator in _WORDS:
        return (values | st.just("")).flatmap(_parts)
    return values | st.none()


def _unfound(field: Field | Localized) -> SearchStrategy[str]:
    """Draw what *field* could hold, where no row holds anything."""
    if isinstance(field, Field) and field.vocabulary is not None:
        return st.sampled_from(sorted(field.vocabulary.terms))
    return st.just("")


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _parts(text: str) -> SearchStrategy[str]:
    """Draw a part of *text*, often its beginning, sometimes with a letter that means something."""
    starts = st.integers(0, len(text))
    return st.tuples(starts | st.just(0), starts, st.sampled_from(["", "", "", "%", "_"])).map(
        lambda drawn: text[drawn[0] : drawn[1]] + drawn[2]
    )
