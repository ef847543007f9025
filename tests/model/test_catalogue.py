"""The catalogue speaks only of what is there, and of all of it in both languages."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    Numeric,
    String,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.types import ARRAY, TypeEngine

from hub.access.functions import SEARCHED
from hub.model import vocabulary
from hub.model.aggregates import Measure, groups_of, measures_of
from hub.model.catalogue import BY_NAME, CATALOGUE
from hub.model.columns import METADATA
from hub.model.entities import Entity, Field, First, Localized, Member, Scalar, ToMany, ToOne
from hub.model.orders import orders_of, total_order
from hub.model.vocabulary import Vocabulary, graphql_name

NAME = re.compile(r"[a-z][A-Za-z0-9]*")
ENUM_VALUE = re.compile(r"[A-Z][A-Z0-9_]*")
TERM = re.compile(r"\([^()]*[^()\s][^()]*\)")
"""A Vietnamese term in parentheses."""

STORED = {
    Scalar.TEXT: String,
    Scalar.CODE: String,
    Scalar.INT: Integer,
    Scalar.BIGINT: Integer,
    Scalar.DECIMAL: Numeric,
    Scalar.BOOLEAN: Boolean,
    Scalar.DATE: Date,
    Scalar.PARTIAL_DATE: String,
    Scalar.INSTANT: DateTime,
    Scalar.UUID: Uuid,
}

ENTITIES = pytest.mark.parametrize("entity", CATALOGUE, ids=lambda entity: entity.name)
VOCABULARIES = pytest.mark.parametrize(
    "vocabulary",
    [value for value in vars(vocabulary).values() if isinstance(value, Vocabulary)],
    ids=lambda vocabulary: vocabulary.name,
)


def own_columns(member: Member) -> list[object]:
    match member:
        case Field():
            return [member.column]
        case Localized():
            return [member.vi, member.en]
        case ToOne() | ToMany():
            return [member.local]
        case First():
            return []


@ENTITIES
def test_members_stand_on_columns_of_their_table(entity: Entity) -> None:
    columns = set(entity.table.c)
    assert all(columns.issuperset(own_columns(member)) for member in entity.members)


@ENTITIES
def test_fields_hold_what_they_say(entity: Entity) -> None:
    for field in entity.fields:
        stored: TypeEngine[object] = field.column.type
        assert isinstance(stored, ARRAY) == field.is_list, field.name
        item = stored.item_type if isinstance(stored, ARRAY) else stored
        assert isinstance(item, STORED[field.scalar]), field.name
        if field.vocabulary is not None:
            assert field.scalar is Scalar.TEXT, field.name


@ENTITIES
def test_relations_lead_to_columns_of_their_target(entity: Entity) -> None:
    """Both ends are of one kind, and a link to one row leads to something unique."""
    links: tuple[ToOne | ToMany, ...] = (*entity.to_one, *entity.to_many)
    for link in links:
        target = BY_NAME[link.target]
        remotes = (link.remote,) if isinstance(link, ToOne) else link.remote
        assert remotes, link.name
        assert set(target.table.c).issuperset(remotes), link.name
        assert {remote.type.python_type for remote in remotes} == {link.local.type.python_type}
        if isinstance(link, ToOne):
            assert is_unique(target, remotes), link.name


@ENTITIES
def test_the_first_of_a_relation_is_found_by_fields_that_exist(entity: Entity) -> None:
    for first in (member for member in entity.members if isinstance(member, First)):
        relation = entity.by_name[first.relation]
        assert isinstance(relation, ToMany)
        target = BY_NAME[relation.target]
        assert set(first.order) <= set(orders_of(target))
        for path in first.arguments.values():
            assert isinstance(member_at(target, path), Field)


def member_at(entity: Entity, path: tuple[str, ...]) -> Member:
    """Return the member that *path* leads to, over links to one row."""
    member = entity.by_name[path[0]]
    if len(path) == 1:
        return member
    assert isinstance(member, ToOne)
    return member_at(BY_NAME[member.target], path[1:])


def is_unique(entity: Entity, columns: tuple[Column[Any], ...]) -> bool:
    """Return whether the declarations let no two rows agree in all *columns*, nulls included."""
    table, wanted = entity.table, set(columns)
    if set(table.primary_key.columns) <= wanted:
        return True
    single = any(column.unique and not column.nullable for column in wanted)
    unique: list[UniqueConstraint | Index] = [
        *(item for item in table.constraints if isinstance(item, UniqueConstraint)),
        *(index for index in table.indexes if index.unique),
    ]
    return single or any(
        set(item.columns) <= wanted and not _tolerates_nulls(item) for item in unique
    )


def _tolerates_nulls(unique: UniqueConstraint | Index) -> bool:
    distinct = not unique.dialect_options["postgresql"]["nulls_not_distinct"]
    return distinct and any(column.nullable for column in unique.columns)


@ENTITIES
def test_an_entity_is_told_apart_by_its_key(entity: Entity) -> None:
    """Where the revisions of a row share its key, by key and revision."""
    kept = entity.revisions
    revision = (kept.revision,) if kept is not None and entity.shares_keys else ()
    assert set(entity.key) <= set(entity.table.c)
    assert is_unique(entity, (*entity.key, *revision))


@ENTITIES
def test_an_entity_of_one_code_is_looked_up_by_it(entity: Entity) -> None:
    if entity.lookup is not None:
        code = entity.by_name["code"]
        assert isinstance(code, Field)
        assert code.column is entity.lookup


@ENTITIES
def test_names_are_graphql_names_and_none_is_given_twice(entity: Entity) -> None:
    names = [member.name for member in entity.members]
    assert len(set(names)) == len(names)
    assert all(NAME.fullmatch(name) for name in names)
    assert not {"and", "or", "not", "id"} & set(names)


def test_entities_have_names_of_their_own() -> None:
    singular = [entity.singular for entity in CATALOGUE if entity.lookup is not None]
    roots = [*singular, *(entity.plural for entity in CATALOGUE if entity.plural)]
    assert len(set(roots)) == len(roots)
    assert {entity.name for entity in CATALOGUE} == set(BY_NAME)


@ENTITIES
def test_every_description_carries_the_vietnamese_term(entity: Entity) -> None:
    """The entity's own, and that of each of its members."""
    missing = [
        place.name for place in (entity, *entity.members) if not TERM.search(place.description)
    ]
    assert missing == []


@ENTITIES
def test_an_entity_that_keeps_history_says_by_its_own_columns(entity: Entity) -> None:
    kept = entity.revisions
    if kept is not None:
        columns = (kept.recorded_at, kept.superseded_at, kept.is_withdrawn)
        assert set(entity.table.c).issuperset((kept.origin, kept.revision, *columns))
        assert is_unique(entity, (kept.origin, kept.revision))


def test_every_table_of_the_catalogue_is_declared() -> None:
    assert {entity.table for entity in CATALOGUE} <= set(METADATA.tables.values())


@ENTITIES
def test_orders_are_enum_values_in_pairs(entity: Entity) -> None:
    """No two members give the same name, and each order has its opposite beside it."""
    names = list(orders_of(entity))
    assert all(ENUM_VALUE.fullmatch(name) for name in names)
    for ascending, descending in list(pairwise(names))[::2]:
        assert ascending.removesuffix("_ASC") == descending.removesuffix("_DESC")
        up, down = orders_of(entity)[ascending], orders_of(entity)[descending]
        assert (up.column, up.link) == (down.column, down.link)
        assert (up.descending, down.descending) == (False, True)
    own = sum(field.is_orderable and not field.is_list for field in entity.fields)
    own += sum(name.sort_key is not None for name in entity.localized)
    assert len(names) >= 2 * own


@ENTITIES
def test_every_order_is_total(entity: Entity) -> None:
    """Whatever is asked for, what completes it is unique; a column decides once."""
    for name in orders_of(entity):
        terms = total_order(entity, [name, name])
        places = [(term.link and term.link.name, term.column.name) for term in terms]
        assert len(set(places)) == len(places)
        assert terms[0] == orders_of(entity)[name]
        assert is_unique(entity, tuple(term.column for term in terms if term.link is None))


@ENTITIES
def test_an_entity_comes_in_its_default_order_unless_asked_otherwise(entity: Entity) -> None:
    assert set(entity.default_order) <= set(orders_of(entity))
    assert total_order(entity, ()) == total_order(entity, entity.default_order)


@VOCABULARIES
def test_every_value_of_a_closed_list_has_its_vietnamese_term(vocabulary: Vocabulary) -> None:
    assert TERM.search(vocabulary.description)
    assert [value for value, term in vocabulary.terms.items() if not TERM.search(term)] == []


@VOCABULARIES
def test_every_value_of_a_closed_list_has_an_enum_value_of_its_own(
    vocabulary: Vocabulary,
) -> None:
    names = [graphql_name(value) for value in vocabulary.values]
    assert len(set(names)) == len(names)
    assert all(ENUM_VALUE.fullmatch(name) for name in names)


def test_closed_lists_have_names_of_their_own() -> None:
    names = [value.name for value in vars(vocabulary).values() if isinstance(value, Vocabulary)]
    assert len(set(names)) == len(names)
    assert not set(names) & set(BY_NAME)


@ENTITIES
def test_lists_are_grouped_by_members_that_exist(entity: Entity) -> None:
    assert set(entity.groups) <= set(entity.by_name)
    assert len(groups_of(entity)) == len(entity.groups)


@ENTITIES
def test_only_numbers_add_up(entity: Entity) -> None:
    for summed in measures_of(entity):
        if summed.measure in (Measure.SUM, Measure.AVG):
            assert summed.field.scalar in (Scalar.INT, Scalar.BIGINT, Scalar.DECIMAL)
    names = [summed.label for summed in measures_of(entity)]
    assert len(set(names)) == len(names)


@ENTITIES
def test_what_is_found_by_words_has_words(entity: Entity) -> None:
    assert entity.is_searched == (entity.table.name in SEARCHED)
    if entity.is_searched:
        assert set(SEARCHED[entity.table.name]) <= set(entity.table.c.keys())
