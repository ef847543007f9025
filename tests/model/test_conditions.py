"""Conditions as plain data: what cursors are bound to."""

from __future__ import annotations

import json

import pytest

from hub.model.catalogue.indicators import INDICATOR
from hub.model.catalogue.measurement import OBSERVATION
from hub.model.catalogue.territory import AREA
from hub.model.conditions import (
    ALWAYS,
    All,
    AnyOf,
    Compare,
    Condition,
    Linked,
    Not,
    Operator,
    Search,
    written,
)
from hub.model.entities import Entity, Field, ToMany, ToOne


def code_is(entity: Entity, operand: object, operator: Operator = Operator.EQ) -> Compare:
    member = entity.by_name["code"]
    assert isinstance(member, Field)
    return Compare(member, operator, operand)


def link(entity: Entity, name: str) -> ToOne | ToMany:
    member = entity.by_name[name]
    assert isinstance(member, ToOne | ToMany)
    return member


AT_AREA = Linked(link(OBSERVATION, "area"), AREA, code_is(AREA, "00004"))

UNLIKE: list[Condition] = [
    ALWAYS,
    AnyOf(()),
    Not(ALWAYS),
    code_is(AREA, "00004"),
    code_is(AREA, "00004", Operator.NE),
    code_is(AREA, ("00004",), Operator.IN),
    code_is(AREA, ("00004", None), Operator.IN),
    code_is(AREA, None),
    code_is(AREA, "null"),
    All((code_is(AREA, "00004"), Not(code_is(AREA, "00006")))),
    AnyOf((code_is(AREA, "00004"), Not(code_is(AREA, "00006")))),
    AT_AREA,
    Not(AT_AREA),
    Linked(AT_AREA.relation, AREA, None),
    Linked(AT_AREA.relation, AREA, ALWAYS),
    Linked(link(INDICATOR, "observations"), OBSERVATION, AT_AREA),
    Search(()),
    Search(("ba", "dinh")),
    Search(("ba dinh",)),
]


def test_no_two_conditions_are_written_alike() -> None:
    texts = [json.dumps(written(condition)) for condition in UNLIKE]
    assert len(set(texts)) == len(UNLIKE)


@pytest.mark.parametrize("condition", UNLIKE, ids=lambda condition: json.dumps(written(condition)))
def test_what_is_written_is_plain_data(condition: Condition) -> None:
    """No text of it names a place in memory, so every process writes the same."""
    assert " at 0x" not in json.dumps(written(condition))
