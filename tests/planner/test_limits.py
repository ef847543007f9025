"""Documents are refused for being too much before anything is read, each limit by its own code."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hub.access.readers import Reader
from hub.api.identity import read_global_id
from hub.errors import HubError
from hub.model.limits import MOST_ROWS, Limits
from hub.planner.errors import InvalidDocumentError, LimitError
from hub.planner.plans import Planner
from hub.planner.prices import Cost
from tests.planner.sweep import SCHEMAS

SMALL = Limits(
    length=300,
    tokens=60,
    depth=6,
    fields=12,
    aliases=3,
    root_fields=2,
    directives=3,
    nodes=1_000,
    cost=2_000,
)


def planner(limits: Limits) -> Planner:
    return Planner(SCHEMAS[Reader.STANDING], Reader.STANDING, read_global_id, limits)


def refused(document: str, limits: Limits = SMALL, **variables: Any) -> LimitError:
    """Return why *document* is refused."""
    asked = planner(limits)
    with pytest.raises(LimitError) as told:
        asked.cost(asked.prepare(document, None), variables)
    return told.value


TOO_MUCH = [
    ("{ agencies { totalCount } } #" + "x" * 300, "DOCUMENT_TOO_LONG", 300),
    ("{ agencies { nodes { " + "id " * 60 + "} } }", "TOKENS_TOO_MANY", 60),
    ("{ agencies { totalCount } }" + "#\n" * 61, "TOKENS_TOO_MANY", 60),
    ("{ agencies { nodes { parent { parent { parent { parent { code } } } } } } }",
     "DEPTH_TOO_GREAT", 6),
    (
        (
            "{ agencies { nodes { ...A } } } fragment A on Agency { parent { ...B } } "
            "fragment B on Agency { parent { parent { parent { code } } } }"
        ),
        "DEPTH_TOO_GREAT",
        6,
    ),
    ("{ agencies { nodes { " + "code " * 12 + "} } }", "FIELDS_TOO_MANY", 12),
    (
        (
            "{ agencies { nodes { ...A parent { ...A } group { ...A } } } } "
            "fragment A on Agency { code level name kind }"
        ),
        "FIELDS_TOO_MANY",
        12,
    ),
    ("{ agencies { a: totalCount b: totalCount c: totalCount d: totalCount } }",
     "ALIASES_TOO_MANY", 3),
    (
        (
            "{ x: agencies { ...A } y: agencies { ...A } } "
            "fragment A on AgencyConnection { a: totalCount b: totalCount }"
        ),
        "ALIASES_TOO_MANY",
        3,
    ),
    ("{ agencies { totalCount } areas { totalCount } projects { totalCount } }",
     "ROOT_FIELDS_TOO_MANY", 2),
    (
        "{ ...A ... on Query { ...A ...A } } fragment A on Query { __typename }",
        "ROOT_FIELDS_TOO_MANY",
        2,
    ),
    ("query @a @b { agencies @include(if: true) { totalCount @skip(if: false) } }",
     "DIRECTIVES_TOO_MANY", 3),
    (
        (
            "{ observations(first: 50) { nodes { indicator { observations(first: 20) { nodes { "
            "value } } } } } }"
        ),
        "NODES_TOO_MANY",
        1_000,
    ),
    (
        (
            "{ observations(first: 90) { nodes { indicator { observations { totalCount } "
            "targets { totalCount } } } } }"
        ),
        "COST_TOO_HIGH",
        2_000,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("document", "code", "limit"), TOO_MUCH)
def test_each_limit_is_told_by_its_code_with_what_was_given(
    document: str, code: str, limit: int
) -> None:
    told = refused(document)
    assert told.code == code
    assert told.parts["limit"] == limit
    assert int(str(told.parts.get("given", limit + 1))) > limit
    assert str(limit) in str(told)
    name = {
        "DOCUMENT_TOO_LONG": "length",
        "TOKENS_TOO_MANY": "tokens",
        "DEPTH_TOO_GREAT": "depth",
        "FIELDS_TOO_MANY": "fields",
        "ALIASES_TOO_MANY": "aliases",
        "ROOT_FIELDS_TOO_MANY": "root_fields",
        "DIRECTIVES_TOO_MANY": "directives",
        "NODES_TOO_MANY": "nodes",
        "COST_TOO_HIGH": "cost",
    }[code]
    assert _code(document, replace(SMALL, **{name: 10**6})) != code


def _code(document: str, limits: Limits) -> str | None:
    """Return the code that *document* is refused by, if it is."""
    asked = planner(limits)
    try:
        asked.cost(asked.prepare(document, None), {})
    except InvalidDocumentError:
        return "GRAPHQL_VALIDATION_FAILED"
    except HubError as error:
        return error.code
    return None


PRICES: list[tuple[str, dict[str, Any], Cost]] = [
    ("{ __typename }", {}, Cost(0, 0)),
    ('{ agency(code: "x") { code name } }', {}, Cost(0, 1)),
    ("{ agencies(first: 7) { nodes { code parent { code } } } }", {}, Cost(7, 1 + 7 * 2)),
    ("{ agencies(last: 7) { edges { node { code } } } }", {}, Cost(7, 1 + 7 * 2)),
    ("{ observations { nodes { id } totalCount } }", {}, Cost(100, 1 + 100 + 10)),
    (
        "query ($n: Int) { observations(first: $n) { nodes { area { code } } } }",
        {"n": 3},
        Cost(3, 1 + 3 * 2),
    ),
    ("query ($n: Int = 9) { areas(first: $n) { nodes { code } } }", {"n": 9}, Cost(9, 10)),
    ("query ($n: Int) { areas(first: $n) { nodes { code } } }", {"n": None}, Cost(100, 101)),
    ("query ($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": ["x"] * 4}, Cost(4, 5)),
    ("{ observations { groups(by: [AREA], first: 5) { area { code } } } }", {}, Cost(5, 22)),
    ('{ agencies(where: { code: { eq: "x" } }, first: 1) { nodes { code } } }', {}, Cost(1, 4)),
    # A page out of bounds counts as a full one: it is refused for itself.
    ("{ agencies(first: 1000000) { nodes { code } } }", {}, Cost(100, 101)),
]


@pytest.mark.parametrize(("document", "variables", "cost"), PRICES)
def test_an_operation_costs_what_full_pages_would(
    document: str, variables: dict[str, Any], cost: Cost
) -> None:
    asked = planner(Limits())
    assert asked.cost(asked.prepare(document, None), variables) == cost


def test_lists_down_to_what_a_programme_defines_are_no_longer_than_there_are_rows() -> None:
    """Without a page size at any level; lists that rows are met in twice are taken for full."""
    asked = planner(Limits())
    tree = (
        "{ programmes { nodes { projects { nodes { indicators { nodes { targets { nodes { year } "
        "} } } } } } } }"
    )
    cost = asked.cost(asked.prepare(tree, None), {})
    assert 100 < cost.nodes < 100 + 3 * sum(MOST_ROWS.values())
    circle = (
        "{ targets { nodes { indicator { targets { nodes { indicator { targets { nodes { year } "
        "} } } } } } } }"
    )
    assert refused(circle, Limits()).code == "NODES_TOO_MANY"


def test_pages_of_a_hundred_and_a_hundred_thousand_nodes_are_within_the_limits() -> None:
    asked = planner(Limits())
    document = (
        "{ observations(first: 100) { nodes { indicator { observations(first: 100) { nodes { "
        "indicator { observations(first: 10) { nodes { value area { code } } } } } } } } } }"
    )
    cost = asked.cost(asked.prepare(document, None), {})
    assert cost.nodes > 100_000


def test_what_was_refused_is_known_again() -> None:
    """Without reading it again, and without keeping where it was refused before."""
    asked = planner(SMALL)
    told = []
    for _ in range(3):
        with pytest.raises(LimitError) as refusal:
            asked.prepare("{ agencies { nodes { " + "code " * 12 + "} } }", None)
        told.append((refusal.value, len(refusal.traceback)))
    (error, depth), *again = told
    assert [(each, length <= depth) for each, length in again] == [(error, True)] * 2
