"""``where`` means what it says: as written in a request, it finds what Python finds."""

from __future__ import annotations

import base64
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.model.catalogue import BY_NAME
from hub.model.conditions import All, AnyOf, Compare, Condition, Linked, Not, Operator, Search
from hub.model.entities import Field, ToOne
from hub.model.vocabulary import graphql_name
from tests.loaders.questions import conditions
from tests.loaders.world import key_of, see

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject

    from hub.database.engine import Database
    from tests.callers import Caller, Callers
    from tests.loaders.world import World

ENTITIES = st.sampled_from(("Project", "Agency", "Document", "Area", "Indicator", "Observation"))
WARD = "hn.ubnd-cap-xa.00004"


def askable(condition: Condition) -> Condition:
    """Return *condition* as a request can put it: its lists hold no null."""
    match condition:
        case All(parts):
            return All(tuple(map(askable, parts)))
        case AnyOf(parts):
            return AnyOf(tuple(map(askable, parts)))
        case Not(part):
            return Not(askable(part))
        case Linked(link, target, part):
            return Linked(link, target, None if part is None else askable(part))
        case Compare(field, operator, tuple() as operand):
            return Compare(field, operator, tuple(item for item in operand if item is not None))
        case _:
            return condition


def where(condition: Condition) -> dict[str, Any]:  # noqa: C901, PLR0911  (one a form)
    """Return the filter that stands for *condition*, as JSON."""
    match condition:
        case All(parts):
            return {"and": [where(part) for part in parts]}
        case AnyOf(parts):
            return {"or": [where(part) for part in parts]}
        case Not(Linked(ToOne() as link, _, None)):
            return {link.name: {"isNull": True}}
        case Not(Linked(link, _, Not(part))) if not isinstance(link, ToOne):
            return {link.name: {"every": where(part)}}
        case Not(Linked(link, _, part)) if not isinstance(link, ToOne):
            return {link.name: {"none": where(part or All(()))}}
        case Not(part):
            return {"not": where(part)}
        case Linked(ToOne() as link, _, part):
            return {link.name: {"isNull": False} if part is None else {"is": where(part)}}
        case Linked(link, _, part):
            return {link.name: {"some": where(part or All(()))}}
        case Search(words):
            return {"search": " ".join(words)}
        case Compare(field, operator, operand):
            return {field.name: {operator.value: as_json(field, operator, operand)}}


def as_json(field: object, operator: Operator, operand: object) -> object:
    """Return *operand* as JSON carries it."""
    match operand:
        case tuple():
            return [as_json(field, operator, item) for item in operand]
        case str() if isinstance(field, Field) and field.vocabulary is not None:
            return graphql_name(operand)
        case Decimal():
            return float(operand)
        case datetime() | date():
            return operand.isoformat()
        case _:
            return operand


class Asker:
    """A caller and what it sees."""

    def __init__(self, caller: Caller, world: World) -> None:
        self.caller = caller
        self.world = world


@pytest.fixture
async def asker(database: Database, callers: Callers) -> Asker:
    caller = await callers(WARD)
    return Asker(caller, await see(database, caller.principal))


@given(data=st.data())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_any_filter_finds_what_it_says(asker: Asker, data: DataObject) -> None:
    entity = BY_NAME[data.draw(ENTITIES, "entity")]
    condition = askable(data.draw(conditions(asker.world, entity)))
    document = f"""query ($where: {entity.name}Filter) {{
      {entity.plural}(where: $where, first: 100) {{ totalCount nodes {{ id }} }}
    }}"""
    found = (await asker.caller.ask(document, where=where(condition)))[entity.plural]
    rows = asker.world.satisfying(entity, asker.world.newest(entity), condition)
    ids = {
        base64.b64encode(
            f"{entity.name}:{'|'.join('' if part is None else str(part) for part in key)}".encode()
        ).decode()
        for key in (key_of(entity, row) for row in rows)
    }
    assert found["totalCount"] == len(rows)
    shown = {row["id"] for row in found["nodes"]}
    assert len(shown) == len(found["nodes"]) == min(100, len(rows))
    assert shown <= ids


async def count(caller: Caller, text: str) -> int:
    """Return how many indicators the filter *text* finds."""
    data = await caller.ask(f"{{ indicators(where: {text}) {{ totalCount }} }}")
    total: int = data["indicators"]["totalCount"]
    return total


async def test_nothing_given_is_nothing_asked(public: Caller) -> None:
    """An empty filter finds all, an empty ``or`` nothing; a null filter is no filter."""
    every = await count(public, "{}")
    assert every > 30
    for text in (
        "null",
        "{ and: [] }",
        "{ and: null }",
        "{ not: null }",
        "{ or: null }",
        "{ finalYear: null }",
        "{ finalYear: {} }",
        "{ programme: {} }",
        "{ programme: { is: null, isNull: null } }",
        "{ targets: {} }",
        "{ targets: { some: null, every: null, none: null } }",
        "{ finalYear: { notIn: [] } }",
        "{ not: { or: [] } }",
        '{ code: { startsWith: "" } }',
        '{ search: "" }',
    ):
        assert await count(public, text) == every, text
    for text in (
        "{ or: [] }",
        "{ not: {} }",
        "{ finalYear: { in: [] } }",
        "{ finalYear: { in: null } }",
        "{ finalYear: { notIn: null } }",
        "{ finalYear: { lt: null } }",
        "{ finalYear: { isNull: null } }",
        "{ code: { contains: null } }",
    ):
        assert await count(public, text) == 0, text


async def test_null_is_equal_to_null_and_different_from_the_rest(public: Caller) -> None:
    every = await count(public, "{}")
    empty = await count(public, "{ finalYear: { isNull: true } }")
    in_2030 = await count(public, "{ finalYear: { eq: 2030 } }")
    assert 0 < empty < every
    assert await count(public, "{ finalYear: { eq: null } }") == empty
    assert await count(public, "{ finalYear: { ne: null } }") == every - empty
    assert await count(public, "{ finalYear: { ne: 2030 } }") == every - in_2030
    assert await count(public, "{ finalYear: { notIn: [2030] } }") == every - in_2030
    assert await count(public, "{ not: { finalYear: { gte: 0 } } }") == empty


async def test_everything_given_must_hold(public: Caller) -> None:
    both = await count(public, "{ finalYear: { eq: 2030, ne: null }, unit: { eq: PERCENT } }")
    apart = await count(public, "{ and: [{ finalYear: { eq: 2030 } }, { unit: { eq: PERCENT } }] }")
    assert 0 < both == apart
    assert await count(public, "{ finalYear: { gte: 2030, lt: 2030 } }") == 0


async def test_some_every_and_none_are_of_the_rows_that_there_are(public: Caller) -> None:
    """Of no rows, every one satisfies anything and so does none."""
    document = """query ($where: IndicatorFilter) {
      indicators(where: $where) { nodes { code targets { nodes { type year } } } }
    }"""

    async def codes(condition: dict[str, object]) -> set[str]:
        rows = (await public.ask(document, where={"targets": condition}))["indicators"]["nodes"]
        return {row["code"] for row in rows}

    indicators = (await public.ask(document))["indicators"]["nodes"]
    years = {
        row["code"]: [target["year"] for target in row["targets"]["nodes"]] for row in indicators
    }
    assert any(not found for found in years.values())
    is_late = {"year": {"gte": 2029}}
    some = {code for code, found in years.items() if any(year >= 2029 for year in found)}
    every = {code for code, found in years.items() if all(year >= 2029 for year in found)}
    assert set() < some - every
    assert set() < every - some
    assert set() < every & some
    assert await codes({"some": is_late}) == some
    assert await codes({"every": is_late}) == every
    assert await codes({"none": is_late}) == set(years) - some
    assert await codes({"some": {}}) == {code for code, found in years.items() if found}
    assert await codes({"some": is_late, "every": is_late}) == some & every
