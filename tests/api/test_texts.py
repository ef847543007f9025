"""No text, number or date that a request may hold is more than the hub can say no to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hub.errors import Language

if TYPE_CHECKING:
    from tests.callers import Caller, Callers

UNREADABLE = ["\0", "a\0b", "\ud800", "\udfffx", "Phường \udc80"]
ODD = [
    "",
    " ",
    "'; DROP TABLE area; --",
    '"',
    "\\",
    "%",
    "_",
    "{0}",
    "{detail}",
    "\u202e",
    "🙂",
    "A\u0301",
    "x" * 10_000,
    "\x01\x1f\x7f",
    "$1",
    "NaN",
    "infinity",
]
PLACES = [
    "project(code: $t) { code }",
    "area(code: $t) { code }",
    'indicator(code: "hn.da5.tu-van-cai-nghien") { latest(area: $t) { value } }',
    'indicator(code: "hn.da5.tu-van-cai-nghien") { latest(period: $t) { value } }',
    *(
        f"areas(where: {{ name: {{ {operator}: $t }} }}) {{ totalCount nodes {{ code }} }}"
        for operator in ("eq", "ne", "lt", "lte", "gt", "gte", "contains", "startsWith")
    ),
    *(
        f"areas(where: {{ name: {{ {operator}: [$t] }} }}, first: 1) {{ totalCount }}"
        for operator in ("in", "notIn")
    ),
    "agencies(where: { alsoNamedAs: { has: $t } }) { totalCount }",
    "agencies(where: { search: $t }) { totalCount }",
    "agencies(where: { not: { name: { eq: $t } } }) { totalCount }",
    "agencies(where: { or: [{ members: { some: { code: { eq: $t } } } }] }) { totalCount }",
    "explainAccess(type: Project, code: $t) { maySee }",
]


async def test_a_text_that_no_database_can_hold_is_refused(
    callers: Callers, caplog: pytest.LogCaptureFixture
) -> None:
    """Wherever it stands, with a sentence of its own and nothing in the log."""
    caller = await callers("hn.so-y-te")
    for place in PLACES:
        for text in UNREADABLE:
            reply = await caller.send(f"query ($t: String!) {{ {place} }}", t=text)
            assert (reply.codes, reply.is_request_error) == (["TEXT_UNREADABLE"], True), place
        literal = place.replace("$t", r'"a\u0000b"')
        assert (await caller.send(f"{{ {literal} }}")).codes == ["TEXT_UNREADABLE"], place
    assert caplog.records == []


async def test_an_odd_text_is_a_text_like_any_other(callers: Callers) -> None:
    caller = await callers("hn.so-y-te")
    for place in PLACES:
        for text in ODD:
            reply = await caller.send(f"query ($t: String!) {{ {place} }}", t=text)
            assert reply.errors == [], (place, text[:20])


@pytest.mark.parametrize("language", Language)
async def test_what_is_quoted_in_an_error_can_always_be_sent(
    public: Caller, language: Language
) -> None:
    """Where the value is no text but an enum value, a date or a cursor."""
    caller = replace(public, language=language)
    for type_, place in (
        ("AreaLevel", "areas(where: { level: { eq: $t } }) { totalCount }"),
        ("Date", 'area(code: "00004", on: $t) { code }'),
        ("DateTime", "targets(asOf: $t) { totalCount }"),
        ("PartialDate", "documents(where: { issuedOn: { eq: $t } }) { totalCount }"),
        ("Int", "targets(where: { year: { eq: $t } }) { totalCount }"),
        ("String", "areas(after: $t) { nodes { code } }"),
        ("[AreaOrder!]", "areas(orderBy: $t) { nodes { code } }"),
        ("AreaFilter", "areas(where: $t) { nodes { code } }"),
    ):
        for text in UNREADABLE:
            reply = await caller.send(f"query ($t: {type_}) {{ {place} }}", t=text)
            assert reply.codes == ["CURSOR_INVALID" if "after" in place else "VARIABLES_INVALID"]
            assert reply.is_request_error


@pytest.mark.parametrize(
    ("document", "accepted", "refused"),
    [
        (
            "query ($v: Int) { indicators(where: { finalYear: { lt: $v } }) { totalCount } }",
            [0, -1, 32_768, 2**31 - 1, -(2**31)],
            [2**31, -(2**31) - 1, 2**63, 1.5, "1", True, 1e300],
        ),
        (
            "query ($v: [Int!]) { indicators(where: { finalYear: { in: $v } }) { totalCount } }",
            [[], [100_000, -100_000], 7],
            [[2**31], [None], ["x"]],
        ),
        (
            "query ($v: BigInt) { budgetLines(where: { planned: { gte: $v } }) { totalCount } }",
            [0, 2**53 - 1, -(2**53) + 1],
            [2**53, 2**63, 10**30, 1.5, "1", True],
        ),
        (
            "query ($v: Float) { indicators(where: { finalValue: { eq: $v } }) { totalCount } }",
            [0, 0.1, -0.0, 1e308, -1e308, 5e-324],
            ["1", True, "NaN", 2**53 + 1],
        ),
        (
            'query ($v: Date) { area(code: "00004", on: $v) { code } }',
            ["0001-01-01", "9999-12-31", "2024-02-29"],
            ["2025-02-29", "2025-1-1", "10000-01-01", "2025-07-01T00:00:00", "today", 1, ""],
        ),
        (
            "query ($v: DateTime) { targets(asOf: $v) { totalCount } }",
            ["2026-09-30T17:00:00+07:00", "2026-09-30T10:00:00Z", "9999-12-31T23:59:59Z"],
            [
                "2026-09-30T17:00:00",
                "2026-09-30",
                "0001-01-01T00:00:00+14:00",
                "9999-12-31T23:59:59-14:00",
                "infinity",
                0,
            ],
        ),
        (
            "query ($v: PartialDate) { documents(where: { issuedOn: { lt: $v } }) { totalCount } }",
            ["2026", "2026-09", "2026-09-30"],
            ["26", "2026-9", "2026-09-30T00:00", 2026, ""],
        ),
    ],
)
async def test_a_value_at_the_edge_is_taken_and_one_beyond_is_refused(
    callers: Callers,
    document: str,
    accepted: list[object],
    refused: list[object],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caller = await callers("hn.cong-an")
    for value in accepted:
        assert (await caller.send(document, v=value)).errors == [], value
    for value in refused:
        reply = await caller.send(document, v=value)
        assert set(reply.codes) == {"VARIABLES_INVALID"}, value
        assert reply.is_request_error
    assert caplog.records == []
