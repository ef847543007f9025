"""Plans are kept: one for a shape, found again without parsing, validating or planning."""

from __future__ import annotations

import gc
from itertools import product
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import pytest
from typing_extensions import override

from hub.access.principal import PUBLIC
from hub.access.readers import Reader
from hub.api.errors import VariablesInvalidError
from hub.api.identity import read_global_id
from hub.api.planning import Planning
from hub.model.limits import Limits
from hub.planner.errors import InvalidDocumentError
from hub.planner.plans import Plan, Planner
from tests.demonstration import DEMO_MOMENT
from tests.planner.sweep import SCHEMAS

if TYPE_CHECKING:
    from hub.access.principal import Principal
    from tests.callers import Callers

KEY: Final = bytes(32)
DOCUMENTS: Final = 512
PLANS: Final = 2048
"""How many documents are kept, and how many plans of all."""


@pytest.fixture
def planning() -> Planning:
    """Plans for every kind of reader, none of them kept yet."""
    return Planning(SCHEMAS, lambda: DEMO_MOMENT, KEY)


@pytest.fixture
async def police(callers: Callers) -> Principal:
    """A standing agency."""
    return (await callers("hn.cong-an")).principal


def test_what_another_operation_of_the_document_decides_is_not_asked(planning: Planning) -> None:
    """Its variables are others, whatever they are called; so are those of its fragments."""
    document = """
      query A($x: String) { agencies(where: { code: { eq: $x } }) { totalCount } }
      query B($x: Boolean = true) { ...Decided }
      query C($x: Boolean = true) { areas { totalCount } ...Decided }
      fragment Decided on Query { areas @skip(if: $x) { totalCount } }
    """
    assert planning.read(Reader.PUBLIC, document, "A", None).values == {}
    for name in ("B", "C"):
        with pytest.raises(VariablesInvalidError):
            planning.read(Reader.PUBLIC, document, name, {"x": None})


LITERALS = [
    '{{ agency(code: "{0}") {{ code }} }}',
    '{{ agencies(where: {{ code: {{ eq: "{0}", in: ["{1}", "x"] }} }}) {{ totalCount }} }}',
    '{{ agencies(where: {{ name: {{ contains: "{0}" }}, search: "{1}" }}) {{ totalCount }} }}',
    '{{ observations(asOf: "20{2}-01-01T00:00:00Z", first: 2) {{ nodes {{ value }} }} }}',
    "{{ observations(where: {{ value: {{ gt: 1{2}.5, ne: 3{2} }} }}) {{ totalCount }} }}",
    '{{ indicator(code: "{0}") {{ latest(area: "{1}", period: "{0}") {{ value }} }} }}',
    '{{ area(code: "{0}", on: "20{2}-01-01") {{ code }} }}',
    "{{ targets(where: {{ year: {{ in: [20{2}] }} }}) {{ groups(by: [YEAR]) {{ year }} }} }}",
]
"""Documents with values to be filled in."""


@pytest.mark.parametrize("document", LITERALS)
def test_other_values_in_a_document_give_the_same_text(
    planning: Planning, police: Principal, document: str
) -> None:
    """Also where two of them happen to be equal."""
    values = product(("hn.cong-an", "x y", "đ'"), ("hn.cong-an", "z"), ("11", "26"))
    texts = {_plan(planning, police, document.format(*each)).sql for each in values}
    assert len(texts) == 1


SHAPES: list[tuple[str, list[dict[str, Any]]]] = [
    ("($a: String!) { agency(code: $a) { code } }", [{"a": "x"}, {"a": "hn.cong-an"}]),
    (
        (
            "($a: [String!], $b: Float) { areas(where: {code: {in: $a}, areaKm2: {gt: $b}}) "
            "{ totalCount } }"
        ),
        [{"a": ["x"], "b": 1}, {"a": [], "b": 2.5}, {"a": [str(n) for n in range(40)], "b": 0}],
    ),
    (
        "($w: AgencyFilter) { agencies(where: $w, first: 3) { nodes { code } } }",
        [
            {"w": {"or": [{"code": {"eq": code}}, {"parent": {"is": {"level": {"eq": level}}}}]}}
            for code, level in (("x", "CITY"), ("y", "WARD"))
        ],
    ),
    (
        "($m: DateTime) { observations(asOf: $m) { totalCount } }",
        [{"m": "2026-01-01T00:00:00Z"}, {"m": "2026-09-09T09:09:09+07:00"}],
    ),
    (
        "($i: [ID!]!) { nodes(ids: $i) { id } }",
        # Which types are asked for is of the shape, how many of each is not.
        [{"i": ["QWdlbmN5Ong=", "garbage"]}, {"i": ["QWdlbmN5Onk=", "QWdlbmN5Ong="]}],
    ),
    (
        '($d: Date) { area(code: "00004", on: $d) { code } }',
        [{"d": "2025-01-01"}, {"d": "2026-01-01"}],
    ),
]
"""Documents, and variables of one shape."""


@pytest.mark.parametrize(("document", "shapes"), SHAPES)
def test_other_values_of_variables_are_answered_by_the_same_plan(
    planning: Planning, police: Principal, document: str, shapes: list[dict[str, Any]]
) -> None:
    first, *others = (_plan(planning, police, f"query Q {document}", each) for each in shapes)
    assert all(other is first for other in others)


def test_an_empty_value_is_another_shape(planning: Planning, police: Principal) -> None:
    """A placeholder cannot stand for it: nothing is equal to it."""
    document = (
        "query ($a: String) { agencies(where: {parent: {is: {code: {eq: $a}}}}) { totalCount } }"
    )
    given, empty = (_plan(planning, police, document, {"a": each}).sql for each in ("x", None))
    assert "IS NULL" in empty
    assert given != empty


def test_a_kept_plan_is_found_without_parsing_validating_or_planning(
    planning: Planning, police: Principal
) -> None:
    """It is the very object; what is parsed, validated and planned once is never again."""
    document = "query ($a: String!) { agency(code: $a) { code name assignments { role } } }"
    counted = _Counted(SCHEMAS[Reader.STANDING])
    prepared = counted.prepare(document, None)
    plan = counted.plan(prepared, {"a": "x"})
    for value in ("y", "z"):
        assert counted.prepare(document, None) is prepared
        assert counted.plan(prepared, {"a": value}) is plan
    assert counted.steps == ["prepared", "planned"]
    assert _plan(planning, police, document, {"a": "x"}) is _plan(
        planning, police, document, {"a": "y"}
    )


def test_a_kept_plan_is_found_in_a_fraction_of_the_time(
    planning: Planning, police: Principal
) -> None:
    document = "query ($a: String!) { agency(code: $a) { code name assignments { role } } }"
    gc.disable()
    try:
        began = perf_counter()
        _plan(planning, police, document, {"a": "x"})
        first = perf_counter() - began
        spent = min(_timed(planning, police, document) for _ in range(50))
    finally:
        gc.enable()
    assert spent < first / 5


def test_documents_and_plans_are_kept_up_to_a_number() -> None:
    """The least used go first; invalid documents, too, are remembered only so long."""
    counted = _Counted(SCHEMAS[Reader.STANDING])
    kept = counted.prepare("{ agencies { totalCount } }", None)
    for number in range(DOCUMENTS + 10):
        counted.prepare("{ agencies { totalCount } }", None)
        with pytest.raises(InvalidDocumentError):
            counted.prepare(f"{{ a{number}: nothing }}", None)
    assert counted.prepare("{ agencies { totalCount } }", None) is kept
    made = len(counted.steps)
    with pytest.raises(InvalidDocumentError):
        counted.prepare("{ a0: nothing }", None)
    assert len(counted.steps) == made + 1, "what was asked once, long ago, is forgotten"
    paged = counted.prepare(
        "query ($n: [TargetGroupBy!]!, $f: Int) { targets { groups(by: $n, first: $f) { year } } }",
        None,
    )
    first = counted.plan(paged, {"n": [], "f": 0})
    for size in range(1, PLANS):
        counted.plan(paged, {"n": [], "f": size})
    assert counted.plan(paged, {"n": [], "f": 0}) is first
    for size in range(PLANS, PLANS + 2):
        counted.plan(paged, {"n": [], "f": size})
    assert counted.plan(paged, {"n": [], "f": 0}) is first, "it was used after the others"
    assert counted.steps.count("planned") == PLANS + 2
    counted.plan(paged, {"n": [], "f": 1})
    assert counted.steps.count("planned") == PLANS + 3


def test_long_documents_drive_out_no_more_than_their_weight() -> None:
    """However long they are: what is kept is bounded by text, not by number alone."""
    counted = _Counted(SCHEMAS[Reader.STANDING])
    for number in range(40):
        with pytest.raises(InvalidDocumentError):
            counted.prepare(f"{{ a{number}: nothing }} #{'x' * 32_000}", None)
    made = len(counted.steps)
    with pytest.raises(InvalidDocumentError):
        counted.prepare(f"{{ a39: nothing }} #{'x' * 32_000}", None)
    assert len(counted.steps) == made
    with pytest.raises(InvalidDocumentError):
        counted.prepare(f"{{ a0: nothing }} #{'x' * 32_000}", None)
    assert len(counted.steps) == made + 1


def test_a_document_is_planned_for_those_alone_for_whom_it_is_valid(police: Principal) -> None:
    """What does not exist for the public has no plan for it, also after another's was kept."""
    planning = Planning(SCHEMAS, lambda: DEMO_MOMENT, KEY)
    document = "{ observations(first: 1) { nodes { value } } }"
    kept = _plan(planning, police, document)
    with pytest.raises(InvalidDocumentError):
        planning.read(PUBLIC.reader, document, None, None)
    assert _plan(planning, police, document) is kept


class _Counted(Planner):
    """A standing agency's planner that remembers what it made anew."""

    def __init__(self, schema: Any) -> None:
        super().__init__(schema, Reader.STANDING, read_global_id, Limits())
        self.steps: list[str] = []

    @override
    def _prepare(self, *given: Any) -> Any:
        self.steps.append("prepared")
        return super()._prepare(*given)

    @override
    def _plan(self, *given: Any) -> Any:
        self.steps.append("planned")
        return super()._plan(*given)


def _plan(
    planning: Planning, who: Principal, document: str, variables: dict[str, Any] | None = None
) -> Plan:
    found = planning.find(who, planning.read(who.reader, document, None, variables))
    assert found is not None
    return found.plan


def _timed(planning: Planning, who: Principal, document: str) -> float:
    began = perf_counter()
    _plan(planning, who, document, {"a": "y"})
    return perf_counter() - began
