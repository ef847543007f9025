"""Documents that are wrong, each in another way: all that the library can find wrong is here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Faulty:
    """A document that is wrong, or is asked with variables that are."""

    document: str
    variables: dict[str, Any] = field(default_factory=dict)
    operation: str | None = None


def _where(text: str) -> Faulty:
    return Faulty(f"{{ areas(where: {{ {text} }}) {{ totalCount }} }}")


def _given(kind: str, place: str, value: object) -> Faulty:
    """Return a document whose variable of *kind* is used at *place*, given *value*."""
    return Faulty(f"query ($x: {kind}) {{ {place} }}", {"x": value})


def _nested(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels):
        value = {"not": value}
    return value


_OTHER: Final = " query B { viewer { reader } }"
_AREAS: Final = "areas(where: %s) { totalCount }"
_FIRST: Final = "areas(first: $x) { totalCount }"
_SCOPE: Final = "programmes(where: { scope: { eq: $x } }) { totalCount }"
_LONG: Final = [f"{'x' * 100}{number}" for number in range(12)]

SYNTAX: Final = [
    Faulty("{"),
    Faulty(""),
    Faulty("{ viewer { reader } } }"),
    Faulty("{ 1 }"),
    Faulty('{ area(code: "x" "y") { code } }'),
    Faulty("{ area(code: 1.5 2.5) { code } }"),
    Faulty('{ area(code: """x""" """y""") { code } }'),
    Faulty("fragment on on Area { code }"),
    Faulty("fragment F of Area { code } { viewer { reader } }"),
    Faulty('{ area(code: "x) { code } }'),
    Faulty('{ area(code: "\\u{110000}") { code } }'),
    Faulty('{ area(code: "\\uZZZZ") { code } }'),
    Faulty('{ area(code: "\\q") { code } }'),
    Faulty('{ area(code: "\ud800") { code } }'),
    Faulty("{ areas(first: 01) { totalCount } }"),
    Faulty("{ areas(first: 1.x) { totalCount } }"),
    Faulty("{ areas(first: -"),
    Faulty("{ areas(first: .5) { totalCount } }"),
    Faulty("{ viewer { .. } }"),
    Faulty("{ area(code: 'x') { code } }"),
    Faulty("{ viewer { reader } ? }"),
    Faulty("{ địa }"),
    Faulty("{ viewer \ud800 }"),
    Faulty("query ($x: Int = $y) { areas(first: $x) { totalCount } }"),
    Faulty('"what it is" { viewer { reader } }'),
    Faulty('"what it is" extend type Area { x: Int }'),
    Faulty("enum A { true } { viewer { reader } }"),
    Faulty(f"{{ areas(where: {'[' * 205}{']' * 205}) {{ totalCount }} }}"),
]

DOCUMENTS: Final = [
    Faulty("{ viewer { reader } } schema { query: Query }"),
    Faulty("{ viewer { reader } } type Extra { x: Int }"),
    Faulty("query A { viewer { reader } } subscription B { viewer }", operation="A"),
    Faulty("query A { viewer { reader } } query A { viewer { reader } }" + _OTHER, operation="B"),
    Faulty("{ viewer { reader } }" + _OTHER, operation="B"),
    Faulty("query ($x: Nothing) { areas(first: $x) { totalCount } }"),
    Faulty("{ nonsense }"),
    Faulty("{ viewer { reader { x } } }"),
    Faulty("{ viewer }"),
    Faulty("{ x: viewer { reader } x: areas { totalCount } }"),
    Faulty('{ area(code: "1") { code } area(code: "2") { code } }'),
    Faulty("{ areas { x: totalCount } areas { x: pageInfo { hasNextPage } } }"),
    Faulty('{ node(id: "x") { ... on Area { x: code } ... on Programme { x: scope } } }'),
    Faulty("{ areas { nodes { x: code y: code } } areas { nodes { x: name y: name } } }"),
    Faulty(
        f"{{ areas {{ nodes {{ {' '.join(f'{name}: code' for name in _LONG)} }} }}"
        f" areas {{ nodes {{ {' '.join(f'{name}: name' for name in _LONG)} }} }} }}"
    ),
    Faulty("{ areas @stream { totalCount } areas { totalCount } }"),
    Faulty("{ areas @stream { totalCount } areas @stream { totalCount } }"),
    Faulty(f"{{ __schema {{ types {{ {'fields { type { ' * 4}name{' } }' * 4} }} }} }}"),
    Faulty(f"{{ viewer {{ {' '.join(f'a{number}' for number in range(21))} }} }}"),
]

FRAGMENTS: Final = [
    Faulty("{ viewer { ...F } } fragment F on Viewer { reader } fragment F on Viewer { reader }"),
    Faulty("{ viewer { ...F } }"),
    Faulty("{ viewer { reader } } fragment F on Viewer { reader }"),
    Faulty("{ viewer { ... on String { x } } }"),
    Faulty("{ viewer { ...F } } fragment F on String { x }"),
    Faulty("{ viewer { ... on Area { code } } }"),
    Faulty("{ viewer { ...F } } fragment F on Area { code }"),
    Faulty("{ viewer { ...F } } fragment F on Viewer { ...F }"),
    Faulty(
        "{ viewer { ...F } } fragment F on Viewer { ...G } fragment G on Viewer { ...H } "
        "fragment H on Viewer { ...F }"
    ),
]

DIRECTIVES: Final = [
    Faulty("{ viewer @nothing { reader } }"),
    Faulty("query @skip(if: true) { viewer { reader } }"),
    Faulty("{ viewer @skip(if: true) @skip(if: false) { reader } }"),
    Faulty("query ($x: String) { viewer { ... @defer(label: $x) { reader } } }", {"x": "1"}),
    Faulty("{ areas @stream(label: $x) { totalCount } }"),
    Faulty('{ viewer { ... @defer(label: "a") { reader } ... @defer(label: "a") { reader } } }'),
    Faulty("mutation { ...F @defer } fragment F on Mutation { __typename }"),
    Faulty("mutation { addAccount @stream { __typename } }"),
    Faulty("query A { viewer { reader } } subscription B { ... @defer { x } }", operation="A"),
    Faulty("query A { viewer { reader } } subscription B { x @stream }", operation="A"),
    Faulty("{ viewer @stream { reader } }"),
    Faulty("{ viewer @skip(when: true) { reader } }"),
    Faulty("{ viewer @skip { reader } }"),
]

ARGUMENTS: Final = [
    Faulty("{ areas(frist: 1) { totalCount } }"),
    Faulty("{ areas(first: 1, first: 2) { totalCount } }"),
    _where('code: { eq: "1" }, code: { eq: "2" }'),
    Faulty("{ area { code } }"),
    Faulty('query ($x: String = "1") { area(code: $x) { code } }', {"x": None}),
    Faulty('query ($x: ID = "1") { nodes(ids: [$x]) { id } }', {"x": None}),
]

VARIABLES: Final = [
    Faulty("query ($x: Int, $x: Int) { areas(first: $x) { totalCount } }"),
    Faulty("query A { areas(first: $x) { totalCount } }"),
    Faulty("{ areas(first: $x) { totalCount } }"),
    Faulty("query A($x: Int) { viewer { reader } }"),
    Faulty("query ($x: Int) { viewer { reader } }"),
    Faulty("query ($x: Area) { areas(first: $x) { totalCount } }"),
    Faulty("query ($x: String) { areas(first: $x) { totalCount } }"),
    Faulty("query ($x: Boolean = true) { viewer { reader @skip(if: $x) } }", {"x": None}),
    Faulty("query ($x: Int!) { areas(first: $x) { totalCount } }"),
    _given("Int!", _FIRST, None),
    _given("AreaFilter", _AREAS % "$x", 1),
    _given("AreaFilter", _AREAS % "$x", {"cod": 1}),
    _given("AreaFilter", _AREAS % "$x", {"and": [{"code": {"eq": 5}}]}),
    _given("AreaFilter", _AREAS % "$x", _nested(300)),
    _given("[String!]", _AREAS % "{ code: { in: $x } }", list(range(51))),
    Faulty(
        "mutation ($x: AddAccountInput!) { addAccount(input: $x) { __typename } }",
        {"x": {"issuer": None, "subject": "s"}},
    ),
]

VALUES: Final = [
    _given("Int", _FIRST, "1"),
    _given("Int", _FIRST, 2**31),
    _given("Int", _FIRST, 1.5),
    _given("Float", _AREAS % "{ latitude: { eq: $x } }", "1"),
    _given("Float", _AREAS % "{ latitude: { eq: $x } }", 2**53 + 1),
    _given("Float", _AREAS % "{ latitude: { eq: $x } }", 10**400),
    _given("String", _AREAS % "{ search: $x }", value=True),
    _given("Boolean", _AREAS % "{ synthetic: { eq: $x } }", "true"),
    _given("ID!", "node(id: $x) { id }", 1.5),
    _given("ProgrammeScope", _SCOPE, "LOCL"),
    _given("ProgrammeScope", _SCOPE, 5),
    _given("BigInt", "budgetLines(where: { planned: { eq: $x } }) { totalCount }", 2**53),
    _given("PartialDate", "assignments(where: { deadline: { eq: $x } }) { totalCount }", "soon"),
    _given("Date", _AREAS % "{ validFrom: { eq: $x } }", "today"),
    _given("DateTime", "observations(asOf: $x) { totalCount }", "2026-09-30"),
    Faulty('{ areas(first: "1") { totalCount } }'),
    Faulty("{ areas(first: 3000000000) { totalCount } }"),
    Faulty(f"{{ areas(first: {'9' * 5000}) {{ totalCount }} }}"),
    _where('latitude: { eq: "1" }'),
    _where("search: 5"),
    _where("synthetic: { eq: 1 }"),
    Faulty("{ node(id: 1.5) { id } }"),
    Faulty("{ programmes(where: { scope: { eq: LOCL } }) { totalCount } }"),
    Faulty('{ programmes(where: { scope: { eq: "LOCAL" } }) { totalCount } }'),
    Faulty("{ budgetLines(where: { planned: { eq: 1.5 } }) { totalCount } }"),
    Faulty("{ assignments(where: { deadline: { eq: soon } }) { totalCount } }"),
    _where("validFrom: { eq: 2026 }"),
    Faulty('{ observations(asOf: "2026") { totalCount } }'),
    Faulty("{ areas(where: 5) { totalCount } }"),
    _where('cod: "x"'),
    Faulty('mutation { addAccount(input: { issuer: "i", subject: "s" }) { __typename } }'),
    Faulty("{ area(code: null) { code } }"),
]

FAULTY: Final = [
    *SYNTAX,
    *DOCUMENTS,
    *FRAGMENTS,
    *DIRECTIVES,
    *ARGUMENTS,
    *VARIABLES,
    *VALUES,
]
