"""Errors say in the reader's language what to do, and nothing of how the hub is made."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import asyncpg
import pytest

from hub.api.execution import Executor
from hub.clock import system_clock
from hub.errors import Language
from tests.callers import Callers

if TYPE_CHECKING:
    from hub.database.engine import Database
    from tests.callers import Caller


@pytest.mark.parametrize(
    ("document", "variables", "code"),
    [
        ("{", {}, "GRAPHQL_PARSE_FAILED"),
        ("", {}, "GRAPHQL_PARSE_FAILED"),
        ("{ programmes { " * 5_000, {}, "DOCUMENT_TOO_LONG"),
        ("{ nonsense }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query ($x: Int) { viewer { reader } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query ($x: String) { areas(first: $x) { totalCount } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("fragment F on Area { code }", {}, "OPERATION_UNKNOWN"),
        ("query A { viewer { reader } } query B { viewer { reader } }", {}, "OPERATION_UNKNOWN"),
        ("query ($x: Int) { areas(first: $x) { totalCount } }", {"x": "1"}, "VARIABLES_INVALID"),
        ("query ($x: String!) { area(code: $x) { code } }", {}, "VARIABLES_INVALID"),
        ('query ($x: String = "1") { area(code: $x) { code } }', {"x": None}, "VARIABLES_INVALID"),
        ("{ areas(first: 101) { totalCount } }", {}, "PAGE_SIZE"),
        ("subscription { viewer }", {}, "OPERATION_UNSUPPORTED"),
    ],
)
async def test_an_error_has_a_code_and_a_sentence_in_the_language_asked_for(
    public: Caller, document: str, variables: dict[str, object], code: str
) -> None:
    sentences = []
    for language in Language:
        reply = await replace(public, language=language).send(document, **variables)
        assert set(reply.codes) == {code}
        sentences.append(reply.errors[0]["message"])
    vietnamese, english = sentences
    assert vietnamese != english
    assert not vietnamese.isascii()


MISSPELT: list[tuple[str, dict[str, object]]] = [
    ('{ programm(code: "x") { code } }', {}),
    ("{ programmes { nods { code } } }", {}),
    ("{ programmes { node { code } } }", {}),
    ("{ programmes(frist: 1) { totalCount } }", {}),
    ("{ programmes(where: { scop: { eq: LOCAL } }) { totalCount } }", {}),
    ("{ programmes(where: { scope: { eq: LOCL } }) { totalCount } }", {}),
    ("{ programmes(where: { scope: { eql: LOCAL } }) { totalCount } }", {}),
    ("{ programmes(orderBy: CODE_ASK) { totalCount } }", {}),
    ("query ($x: ProgrammeScop) { programmes(where: { scope: { eq: $x } }) { totalCount } }", {}),
    ('{ node(id: "x") { ... on Programe { code } } }', {}),
    ("{ programmes @skp(if: true) { totalCount } }", {}),
    (
        "query ($x: ProgrammeScope) { programmes(where: { scope: { eq: $x } }) { totalCount } }",
        {"x": "LOCL"},
    ),
    (
        "query ($x: ProgrammeFilter) { programmes(where: $x) { totalCount } }",
        {"x": {"scop": None}},
    ),
    ("query ($x: [ProgrammeOrder!]) { programmes(orderBy: $x) { totalCount } }", {"x": "CODE_ASK"}),
    ("{ observation { totalCount } }", {}),
    ("{ indicators { nodes { observation { totalCount } } } }", {}),
]


async def test_a_misspelt_name_is_not_put_right(public: Caller) -> None:
    """Nobody learns a name by asking for one like it."""
    for document, variables in MISSPELT:
        for language in Language:
            reply = await replace(public, language=language).send(document, **variables)
            assert reply.is_request_error
            text = str(reply.errors)
            assert "Did you mean" not in text
            assert "observations" not in text
            for name in ("'LOCAL'", "'CODE_ASC'", "'nodes'", "'skip'"):
                assert name not in text


async def test_a_null_where_none_may_be_is_the_requests_fault(
    public: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    """Though it shows only when the field is reached; the rest is answered."""
    document = """query ($code: String = "1", $if: Boolean = true) {
      area(code: $code) { code }
      viewer { reader @include(if: $if) }
    }"""
    reply = await public.send(document, code=None)
    assert reply.codes == ["VARIABLES_INVALID"]
    assert reply.data == {"area": None, "viewer": {"reader": "PUBLIC"}}
    assert caplog.records == []


async def break_table(database: Database, table: str) -> None:
    """Take a table from the standing agencies, as a botched deployment might."""
    connection = await asyncpg.connect(database.address.url)
    await connection.execute(f"REVOKE SELECT ON {table} FROM hub_standing")
    await connection.close()


@pytest.mark.parametrize("language", Language)
async def test_a_failure_inside_is_masked_and_told_to_the_log_once(
    scratch: Database, caplog: pytest.LogCaptureFixture, language: Language
) -> None:
    """However many fields it fails; each of them says that something failed, and no more."""
    await break_table(scratch, "period")
    caller = await Callers(scratch, Executor(scratch, system_clock))("hn.cong-an")
    document = "{ observations(first: 40) { nodes { indicator { code } period { label } } } }"
    with caplog.at_level(logging.DEBUG, logger="hub"):
        reply = await replace(caller, language=language).send(document)
    nodes = reply.data["observations"]["nodes"]
    assert len(nodes) == len(reply.errors) == 40
    assert all(node["period"] is None and node["indicator"]["code"] for node in nodes)
    assert set(reply.codes) == {"INTERNAL"}
    [sentence] = {error["message"] for error in reply.errors}
    for word in ("permission", "denied", "table", "period", "asyncpg", "Insufficient", "SELECT"):
        assert word not in sentence
    [record] = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], asyncpg.InsufficientPrivilegeError)
    assert "39" in record.getMessage()


async def test_two_failures_of_two_kinds_are_told_apart(
    scratch: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """The one that broke the transaction comes first; what then found it broken follows once."""
    await break_table(scratch, "period")
    caller = await Callers(scratch, Executor(scratch, system_clock))("hn.cong-an")
    document = "{ observations(first: 40) { nodes { period { label } indicator { code } } } }"
    reply = await caller.send(document)
    assert len(reply.errors) == 80
    assert set(reply.codes) == {"INTERNAL"}
    failures = [record.exc_info[1] for record in caplog.records if record.exc_info]
    assert [type(failure) for failure in failures] == [
        asyncpg.InsufficientPrivilegeError,
        asyncpg.InFailedSQLTransactionError,
    ]


async def test_a_failure_leaves_nothing_behind_for_the_next_answer(scratch: Database) -> None:
    await break_table(scratch, "period")
    caller = await Callers(scratch, Executor(scratch, system_clock))("hn.cong-an")
    for _ in range(20):
        assert (await caller.send("{ periods { totalCount } }")).codes == ["INTERNAL"]
    assert (await caller.ask("{ areas { totalCount } }"))["areas"]["totalCount"] > 600
