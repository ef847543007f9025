"""Whatever the library finds wrong with a request is told in the reader's language."""

from __future__ import annotations

import json
import re
from time import perf_counter
from typing import TYPE_CHECKING, Any

from hub.api.errors import (
    DocumentInvalidError,
    DocumentUnreadableError,
    VariablesInvalidError,
)
from hub.api.execution import Request
from hub.api.library_words import WORDINGS, find_vietnamese, find_wording, in_vietnamese
from hub.errors import Language
from tests.api.faulty import FAULTY, Faulty

if TYPE_CHECKING:
    import pytest

    from tests.callers import Caller, Callers

LEADS = {
    kind.code: {language: getattr(kind, language.value).partition("{")[0] for language in Language}
    for kind in (DocumentInvalidError, DocumentUnreadableError, VariablesInvalidError)
}
TERMS = {"enum", "fragment", "query", "mutation", "subscription", "null", "label", "unicode", "bit"}
TYPES = {"int", "float", "string", "boolean", "id", "bigint", "partialdate", "date", "datetime"}


async def details(caller: Caller, faulty: Faulty, language: Language) -> list[str]:
    """Return what is said of *faulty* after the hub's own words, each once."""
    request = Request(
        faulty.document, faulty.operation, faulty.variables, None, caller.principal, language
    )
    errors = json.loads((await caller.executor.execute(request)).body)["errors"]
    said: dict[str, Any] = {}
    for error in errors:
        lead = LEADS[error["extensions"]["code"]][language]
        assert error["message"].startswith(lead)
        said[error["message"].removeprefix(lead)] = None
    return list(said)


async def test_what_the_library_says_is_known_word_for_word(callers: Callers) -> None:
    """English is the library's own; an upgrade that says it otherwise is found here."""
    caller = await callers("hn.cong-an")
    met = set()
    for faulty in FAULTY:
        for english in await details(caller, faulty, Language.EN):
            said = english
            while wording := find_wording(said):
                met.add(wording)
                # What is wrong with a value comes after where it is.
                said = said.partition(": ")[2] if wording.endswith("{inner}") else ""
            assert said == "", f"no wording for: {said}"
    assert set(WORDINGS) == met, "nobody can cause the others"


async def test_to_a_vietnamese_reader_the_library_speaks_vietnamese(
    callers: Callers, caplog: pytest.LogCaptureFixture
) -> None:
    caller = await callers("hn.cong-an")
    english = {
        word
        for wording in WORDINGS
        for word in re.findall(r"[a-z]{2,}", re.sub(r"{\w+}|U\+|`.*`", " ", wording.lower()))
    }
    foreign = english - TERMS - TYPES
    assert len(foreign) > 100
    for faulty in FAULTY:
        given = set(re.findall(r"\w+", f"{faulty.document} {faulty.variables}".lower()))
        said = await details(caller, faulty, Language.VI)
        assert said
        for detail in said:
            assert not detail.isascii()
            words = set(re.findall(r"\w+", re.sub(r"“[^”]*”|@\w+", "", detail).lower()))
            assert not (words & foreign) - given, detail
    assert caplog.records == []


async def test_every_fault_has_a_sentence_of_its_own(callers: Callers) -> None:
    caller = await callers("hn.cong-an")
    for faulty, sentence in (
        (Faulty("{ viewer {"), "cần tên nhưng gặp chỗ hết tài liệu."),
        (Faulty("{ nonsense }"), "kiểu “Query” không có trường “nonsense”."),
        (
            Faulty("query ($x: AreaFilter) { areas(where: $x) { totalCount } }", {"x": {"y": 1}}),
            "“$x”: kiểu “AreaFilter” không có trường “y”: {'y': 1}.",
        ),
        (
            Faulty("{ areas { x: totalCount } areas { x: pageInfo { endCursor } } }"),
            (
                "các trường “areas” xung đột: trường con “x” xung đột: “totalCount” và “pageInfo” "
                "là hai trường khác nhau. Hãy đặt bí danh khác nhau nếu muốn lấy cả hai."
            ),
        ),
    ):
        assert await details(caller, faulty, Language.VI) == [sentence]


async def test_a_number_too_long_to_be_read_is_the_requests_fault(
    public: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    """And is told without the words of whoever could not read it."""
    for language in Language:
        faulty = Faulty(f"{{ areas(first: {'9' * 5000}) {{ totalCount }} }}")
        [detail] = await details(public, faulty, language)
        assert "4300" not in detail
        assert "sys." not in detail
    assert caplog.records == []


def test_what_the_library_never_said_stays_as_it_is() -> None:
    assert find_vietnamese("Something else.") is None
    assert in_vietnamese("Something else.") == "Something else."


def test_no_text_makes_telling_slow() -> None:
    """The work grows with the length of what is quoted, however that looks like a sentence."""
    longest = 0.0
    for piece in (
        "' does not exist in '",
        "', found: ",
        "' and 'x' are different fields and subfields 'x' conflict because ",
        " (value is too large)",
        "Variable '$x' has invalid value at .x: ",
        ": ",
        "'",
        "\n",
        "a",
    ):
        text = piece * (32 * 1024 // len(piece))
        for wording in WORDINGS:
            message = text.join(re.split(r"{\w+}", wording))
            for hostile in (message, f"{message}\0"):
                began = perf_counter()
                in_vietnamese(hostile)
                longest = max(longest, perf_counter() - began)
    assert longest < 0.3


async def test_a_hostile_document_is_refused_as_soon_in_vietnamese(public: Caller) -> None:
    piece = "', found: ' does not exist in 'x' enum. "
    text = piece * (30_000 // len(piece))
    faults = [
        Faulty(f'{{ programmes(where: {{ scope: {{ eq: "{text}" }} }}) {{ totalCount }} }}'),
        Faulty(f'{{ areas(where: {{ cod: "{text}" }}) {{ totalCount }} }}'),
        Faulty(f'{{ areas "{text}" }}'),
        Faulty("query ($x: AreaFilter) { areas(where: $x) { totalCount } }", {"x": {text: text}}),
    ]
    for faulty in faults:
        began = perf_counter()
        assert await details(public, faulty, Language.VI)
        assert perf_counter() - began < 0.5
