"""The values of variables are the library's own, by the short way as by the long one."""

from __future__ import annotations

from typing import Any, Final

from graphql import OperationDefinitionNode, parse
from graphql.execution.values import get_variable_values
from hypothesis import given
from hypothesis import strategies as st

from hub.access.readers import Reader
from hub.planner.variables import Variables
from tests.planner.sweep import SCHEMAS

SCHEMA: Final = SCHEMAS[Reader.PUBLIC]

KINDS: Final = {
    "Int": ["1", "null"],
    "Int!": ["1", "null"],
    "String": ['"x"', "null"],
    "Boolean!": ["true"],
    "Date": ['"2026-11-21"'],
    "DateTime": ['"2026-11-21T00:00:00Z"', "null"],
    "Float": ["1.5", "1"],
    "ID!": ['"a"'],
    "Lang!": ["EN"],
    "AreaLevel": ["WARD", '"WARD"', "null"],
    "[Int!]": ["[1]"],
    "StringFilter": ['{ eq: "a" }'],
}
"""Types of variables, and literals that may be their defaults."""

VALUES: Final = st.sampled_from(
    [None, True, 0, 1, 1.5, 2**40, "", "x", "EN", "WARD", "1.5", "2026-11-21", "2026-13-01"]
) | st.sampled_from([[], [1], [None], {}, {"eq": "a"}, {"eq": 1}])


@st.composite
def definitions(draw: st.DrawFn) -> str:
    """Return the variables of an operation, each of a drawn type, some with a default."""
    found = []
    for place in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(sorted(KINDS)))
        default = draw(st.sampled_from(["", *(f" = {each}" for each in KINDS[kind])]))
        found.append(f"$v{place}: {kind}{default}")
    return f"({', '.join(found)})" if found else ""


@given(definitions(), st.dictionaries(st.sampled_from(["v0", "v1", "v2", "w"]), VALUES))
def test_values_are_those_of_the_library(defined: str, sent: dict[str, Any]) -> None:
    """Left out, null, by default or wrong: what the library coerces, and nothing where it can't."""
    (operation,) = parse(f"query {defined} {{ __typename }}").definitions
    assert isinstance(operation, OperationDefinitionNode)
    found = get_variable_values(SCHEMA, operation.variable_definitions or (), sent)
    read = Variables(SCHEMA, operation.variable_definitions or ()).read(sent)
    if isinstance(found, list):
        assert read is None
    else:
        assert read is not None
        assert [(name, type(value), value) for name, value in read.items()] == [
            (name, type(value), value) for name, value in found.coerced.items()
        ]
