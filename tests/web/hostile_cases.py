"""Documents and bodies made to hurt, each with the status and code that it is answered by."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

JSON: Final = {"content-type": "application/json"}
SLOW: Final = "STATEMENT_TIMEOUT"
"""What may be answered where it is quick enough."""


@dataclass(frozen=True, slots=True)
class Case:
    """One request.

    Attributes:
        code: of its error; None where it is answered.
        status: as plain JSON every GraphQL response is 200.
    """

    name: str
    body: bytes
    code: str | None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: dict(JSON))
    method: str = "POST"
    path: str = "/graphql"


def cases() -> list[Case]:
    """Return them all."""
    return [*_documents(), *_sizes(), *_variables(), *_bodies(), *_requests()]


def asked(
    name: str, document: str, code: str | None, status: int = 200, **variables: object
) -> Case:
    """Return the case of a *document* with *variables*."""
    body = json.dumps({"query": document, "variables": variables}).encode()
    return Case(name, body, code, status)


def _documents() -> Iterator[Case]:
    def many(form: str, count: int) -> str:
        return " ".join(form.format(i) for i in range(count))

    tokens, length = "TOKENS_TOO_MANY", "DOCUMENT_TOO_LONG"
    yield asked("aliases ×1000", f"{{ {many('a{0}: __typename', 1000)} }}", tokens)
    yield asked(
        "aliases ×100", f"{{ agencies {{ {many('a{0}: totalCount', 100)} }} }}", "ALIASES_TOO_MANY"
    )
    yield asked(
        "root fields ×80",
        f"{{ {many('a{0}: agencies {{ totalCount }}', 80)} }}",
        "ROOT_FIELDS_TOO_MANY",
    )
    yield asked("root fields ×10", f"{{ {many('a{0}: observations {{ totalCount }}', 10)} }}", None)
    yield asked("__typename ×3000", "{ " + "__typename " * 3000 + "}", length)
    yield asked("__typename ×990", "{ " + "__typename " * 990 + "}", "ROOT_FIELDS_TOO_MANY")
    yield asked(
        "one field ×900", "{ agencies { nodes { " + "code " * 900 + "} } }", "FIELDS_TOO_MANY"
    )
    yield asked(
        "one field ×490",
        "{ agencies { nodes { " + "code " * 490 + "} } }",
        "GRAPHQL_VALIDATION_FAILED",
    )
    yield asked("directives ×2000", "{ __typename " + "@a " * 2000 + "}", tokens)
    yield asked(
        "directives ×200",
        "{ __typename " + "@include(if: true) " * 100 + "}",
        "DIRECTIVES_TOO_MANY",
    )
    yield asked(
        "inline fragments 60×30",
        "{ " + ("... on Query { " * 30 + "__typename " + "} " * 30) * 60 + "}",
        tokens,
    )
    yield asked(
        "inline fragments 7×20",
        "{ " + ("... on Query { " * 20 + "__typename " + "} " * 20) * 7 + "}",
        None,
    )
    yield asked("comments ×200k", "{ __typename }" + "#\n" * 200_000, length)
    yield asked("comments ×16k", "{ __typename }" + "#\n" * 16_000, tokens)
    yield asked("one comment of 1 MB", "{ __typename } #" + "x" * 1_000_000, length)
    yield asked("commas and spaces", "{ __typename }" + ", \t" * 10_000, None)
    yield asked(
        "circular fragments",
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "GRAPHQL_VALIDATION_FAILED",
    )
    yield asked(
        "a fragment within itself",
        "{ agencies { nodes { ...A } } } fragment A on Agency { parent { ...A } }",
        "GRAPHQL_VALIDATION_FAILED",
    )
    doubling = " ".join(
        f"fragment F{i} on Agency {{ a: parent {{ ...F{i + 1} }} b: parent {{ ...F{i + 1} }} }}"
        for i in range(17)
    )
    yield asked(
        "fragments that double 17 times",
        f"{{ agencies {{ nodes {{ ...F0 }} }} }} {doubling} fragment F17 on Agency {{ code }}",
        "ALIASES_TOO_MANY",
    )
    yield asked(
        "fragments unused ×100",
        "{ __typename } " + many("fragment F{0} on Query {{ __typename }}", 100),
        "GRAPHQL_VALIDATION_FAILED",
    )
    yield asked("depth 3000", "{ a " * 3000 + "}" * 3000, "GRAPHQL_PARSE_FAILED")
    yield asked("depth 300", "{ a " * 300 + "}" * 300, "GRAPHQL_PARSE_FAILED")
    yield asked(
        "depth 60",
        "{ agencies { nodes { " + "parent { " * 60 + "code" + "}" * 63,
        "DEPTH_TOO_GREAT",
    )
    yield asked(
        "list literal 3000",
        "{ nodes(ids: " + "[" * 3000 + "]" * 3000 + ") { id } }",
        "GRAPHQL_PARSE_FAILED",
    )
    yield asked(
        "list literal 300",
        "{ nodes(ids: " + "[" * 300 + "]" * 300 + ") { id } }",
        "GRAPHQL_PARSE_FAILED",
    )


def _sizes() -> Iterator[Case]:
    def many(form: str, count: int) -> str:
        return " ".join(form.format(i) for i in range(count))

    yield asked("first: 100000", "{ observations(first: 100000) { nodes { id } } }", "PAGE_SIZE")
    yield asked(
        "first: 10^40",
        f"{{ observations(first: {10**40}) {{ totalCount }} }}",
        "GRAPHQL_VALIDATION_FAILED",
    )
    wide = "code"
    for _ in range(4):
        wide = f"observations(first: 100) {{ nodes {{ indicator {{ {wide} }} }} }}"
    yield asked("fan-out 100×100×100×100", f"{{ {wide} }}", "NODES_TOO_MANY")
    yield asked(
        "fan-out 100×5×5×5",
        "{ observations(first: 100) { nodes { indicator { observations(first: 5) { nodes { "
        "indicator { observations(first: 5) { nodes { indicator { observations(first: 5) "
        "{ nodes { value } } } } } } } } } } } }",
        SLOW,
    )
    sums = many("a{0}: observations {{ totalCount aggregate {{ count }} }}", 30)
    yield asked("sums ×30 under 100 rows", f"{{ indicators {{ nodes {{ {sums} }} }} }}", SLOW)
    yield asked(
        "groups of groups",
        "{ indicators { nodes { observations { groups(by: [AREA, PERIOD, STATUS]) { area { "
        "observations { groups(by: [INDICATOR]) { indicator { code } } } } } } } } }",
        "NODES_TOO_MANY",
    )
    yield asked(
        "where ×80",
        "{ agencies(where: { or: [" + '{ code: { eq: "x" } } ' * 80 + "] }) { totalCount } }",
        None,
    )
    yield asked(
        "where 150 deep",
        "{ agencies(where: " + "{ not: " * 150 + "{}" + "}" * 150 + ") { totalCount } }",
        None,
    )
    yield asked(
        "orderBy ×900", "{ agencies(orderBy: [" + "CODE_ASC " * 900 + "]) { totalCount } }", None
    )
    yield asked(
        "in-list ×950",
        "{ agencies(where: { code: { in: [" + '"x" ' * 950 + "] } }) { totalCount } }",
        None,
    )
    yield asked(
        "search patterns",
        '{ agencies(where: { search: "' + "% _ \\\\ * ( " * 500 + '" }) { totalCount } }',
        None,
    )
    yield asked("a name of 20,000 letters", "{ " + "a" * 20_000 + " }", "GRAPHQL_VALIDATION_FAILED")
    yield asked(
        "a text of 30,000 letters", '{ agency(code: "' + "ạ" * 30_000 + '") { code } }', None
    )
    yield asked(
        "a block string of 30,000 lines",
        '{ agency(code: """' + "\n" * 30_000 + '""") { code } }',
        None,
    )
    yield asked("operations ×190", many("query Q{0} {{ __typename }}", 190), "OPERATION_UNKNOWN")
    yield asked(
        "variable definitions ×190",
        "query (" + many("$v{0}: Int", 190) + ") { __typename }",
        "GRAPHQL_VALIDATION_FAILED",
    )
    yield asked(
        "a default of 480 values",
        "query ($c: [String!] = [" + '"x" ' * 480 + "]) "
        "{ agencies(where: { code: { in: $c } }) { totalCount } }",
        None,
    )
    yield asked(
        "right-to-left and zero-width marks",
        '{ agency(code: "\u202e\u200b\ufeff\u2066hn.cong-an") { code } }',
        None,
    )
    yield asked(
        "a Cyrillic letter in a name", "{ \u0430gencies { totalCount } }", "GRAPHQL_PARSE_FAILED"
    )
    yield asked(
        "introspection, nested",
        "{ __schema { types { fields { type { fields { type { fields { type { fields "
        "{ name } } } } } } } } } }",
        "GRAPHQL_VALIDATION_FAILED",
    )


def _variables() -> Iterator[Case]:
    codes = "query ($c: [String!]) { agencies(where: { code: { in: $c } }) { totalCount } }"
    yield asked("in-list ×10^5", codes, "VALUES_TOO_MANY", 400, c=["x"] * 100_000)
    yield asked("in-list ×10^4", codes, "VALUES_TOO_MANY", 400, c=["x"] * 10_000)
    yield asked("in-list ×2,500", codes, None, c=[f"x{i}" for i in range(2_500)])
    ids = "query ($i: [ID!]!) { nodes(ids: $i) { id } }"
    yield asked("ids ×2,500", ids, "IDS_TOO_MANY", i=["QWdlbmN5Ong="] * 2_500)
    yield asked("ids ×100, of nobody", ids, None, i=["x" * 2_000] * 100)
    where = "query ($w: AgencyFilter) { agencies(where: $w) { totalCount } }"
    deep: dict[str, Any] = {}
    for _ in range(3_000):
        deep = {"not": deep}
    body = b'{"query":"' + where.encode() + b'","variables":{"w":'
    yield Case(
        "where 500 deep", body + b'{"not":' * 500 + b"{}" + b"}" * 502, "NESTED_TOO_DEEPLY", 400
    )
    for levels in (300, 900):
        long = b'"x":"' + b"x" * 300_000 + b'",'
        yield Case(
            f"where {levels} deep in a long body",
            body.replace(b'"w":', long + b'"w":')
            + b'{"not":' * levels
            + b"{}"
            + b"}" * (levels + 2),
            "NESTED_TOO_DEEPLY",
            400,
        )
    yield Case(
        "where 100,000 deep",
        body + b'{"not":' * 100_000 + b"{}" + b"}" * 100_002,
        "BODY_NOT_JSON",
        400,
    )
    yield asked("where of 580 conditions", where, None, w={"or": [{"code": {"eq": "x"}}] * 580})
    yield asked("a variable nobody uses, of 200 kB", "{ __typename }", None, x="x" * 200_000)
    yield asked(
        "variables nobody uses ×1,400", "{ __typename }", None, **{f"v{i}": 1 for i in range(2_000)}
    )
    number = "query ($n: Int) { agencies(first: $n) { totalCount } }"
    yield asked("2^31", number, "VARIABLES_INVALID", n=2**31)
    yield asked("-2^63", number, "VARIABLES_INVALID", n=-(2**63))
    yield asked("10^300", number, "VARIABLES_INVALID", n=10**300)
    after = "query ($c: String) { agencies(first: 2, after: $c) { totalCount nodes { code } } }"
    yield asked("a cursor of garbage", after, "CURSOR_INVALID", c="A" * 100_000)
    year = "query ($y: [Int!]) { targets(where: { year: { in: $y } }) { totalCount } }"
    yield asked("years beyond 16 bits", year, None, y=[2**31 - 1, -(2**31)] * 1_000)
    yield asked(
        "a condition that is null",
        "query ($s: Boolean = true) { agencies(first: 1) { nodes "
        "{ code @skip(if: $s) assignments { role } } } }",
        "VARIABLES_INVALID",
        s=None,
    )


def _bodies() -> Iterator[Case]:
    query = b'{"query":"{ __typename }"'
    yield Case("nothing", b"", "BODY_NOT_JSON", 400)
    yield Case("null", b"null", "BODY_NOT_AN_OBJECT", 400)
    yield Case(
        "a batch ×1000", b"[" + b",".join([query + b"}"] * 1_000) + b"]", "BODY_NOT_AN_OBJECT", 400
    )
    yield Case("not UTF-8", b'{"query":"\xff\xfe"}', "BODY_NOT_JSON", 400)
    yield Case(
        "NUL in a text",
        b'{"query":"{ agency(code: \\"\\u0000\\") { code } }"}',
        "NUL_CHARACTER",
        400,
    )
    yield Case(
        "half a surrogate pair",
        b'{"query":"{ __typename }","variables":{"x":"\\ud800"}}',
        "BODY_NOT_JSON",
        400,
    )
    yield Case("100,000 brackets", b"[" * 100_000, "BODY_NOT_JSON", 400)
    yield Case("duplicate keys ×10,000", query + b',"operationName":null' * 10_000 + b"}", None)
    yield Case(
        "other keys ×10,000", query + b"".join(b',"k%d":1' % i for i in range(10_000)) + b"}", None
    )
    yield Case(
        "operationName of 900 kB",
        query + b',"operationName":"' + b"x" * 900_000 + b'"}',
        "OPERATION_UNKNOWN",
    )
    yield Case(
        "extensions of 900 kB",
        query + b',"extensions":{"x":"' + b"x" * 900_000 + b'"}}',
        "VARIABLES_TOO_LARGE",
        400,
    )
    yield Case("2 MB", b" " * 2_000_000, "BODY_TOO_LARGE", 413)
    yield Case(
        "a number of 900,000 digits",
        query + b',"variables":{"x":' + b"9" * 900_000 + b"}}",
        "BODY_NOT_JSON",
        400,
    )
    yield Case(
        "a hash of nothing known",
        b'{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"%s"}}}' % (b"0" * 64),
        "PERSISTED_QUERY_NOT_FOUND",
    )
    yield Case(
        "a hash that is another's",
        query + b',"extensions":{"persistedQuery":{"version":1,"sha256Hash":"%s"}}}' % (b"0" * 64),
        "PERSISTED_QUERY_MISMATCH",
    )
    yield Case(
        "compressed",
        b"\x1f\x8b" + b"\0" * 1000,
        "UNSUPPORTED_MEDIA_TYPE",
        415,
        {**JSON, "content-encoding": "gzip"},
    )
    yield Case(
        "a form",
        b"query=%7B__typename%7D",
        "UNSUPPORTED_MEDIA_TYPE",
        415,
        {"content-type": "application/x-www-form-urlencoded"},
    )


def _requests() -> Iterator[Case]:
    query = b'{"query":"{ __typename }"}'
    yield Case(
        "a header of 100 kB", query, "HEAD_TOO_LARGE", 431, {**JSON, "x-long": "x" * 100_000}
    )
    yield Case(
        "headers ×2000",
        query,
        "HEAD_TOO_LARGE",
        431,
        {**JSON, **{f"x-{i:020}": "y" for i in range(2_000)}},
    )
    yield Case(
        "an address of 60 kB", b"", "HEAD_TOO_LARGE", 431, method="GET", path="/" + "a" * 60_000
    )
    yield Case("Accept of 20,000 forms", query, None, headers={**JSON, "accept": "*/*," * 7_000})
    yield Case(
        "Accept-Language of 20 kB",
        query,
        None,
        headers={**JSON, "accept-language": "en;q=0.1," * 2_500},
    )
