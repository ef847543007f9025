"""What was published is kept, or its end is announced."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from hub.api.evolution import CHANGES_FILE, PUBLISHED_FILE, find_broken_promises
from hub.api.operations import SCHEMA_FOLDER, print_sdl
from hub.cli.error_codes import (
    ERRORS_FILE,
    find_error_classes,
    find_shared_codes,
    print_error_codes,
)

if TYPE_CHECKING:
    from hub.errors import HubError

PUBLISHED = """
interface Named { name: String! }
enum Level { CITY WARD DISTRICT }
input AreaFilter { code: String level: Level }
type Area implements Named { name: String! code: String! level: Level! parent: Area }
type Query { areas(where: AreaFilter, first: Int): [Area!]! count: Int! }
"""

QUIET = "## Unreleased\n\nNothing yet.\n\n## 2026-11-22\n\n### Breaking\n- `Area.x was removed.`\n"

BREAKS = [
    ("level: Level! parent: Area", "level: Level!", "Field Area.parent was removed."),
    ("CITY WARD DISTRICT", "CITY WARD", "Enum value Level.DISTRICT was removed."),
    ("name: String! code", "name: String code", None),
    ("first: Int)", "first: Int!)", None),
    (", first: Int)", ")", "Argument Query.areas(first:) was removed."),
    ("code: String level", "code: String! level", None),
    ("type Area implements Named {", "type Area {", None),
]


def read(name: str) -> str:
    return (SCHEMA_FOLDER / name).read_text(encoding="utf-8")


def faults_of(current: str, changes: str = QUIET) -> list[HubError]:
    return list(find_broken_promises(PUBLISHED, current, changes))


def declaring(*changes: str) -> str:
    lines = "".join(f"- `{change}` Do without.\n" for change in changes)
    return f"# Changes\n\n## Unreleased\n\n### Breaking\n\n{lines}\n## 2026-11-22\n"


def test_the_schema_of_the_code_breaks_nothing_undeclared() -> None:
    assert list(find_broken_promises(read(PUBLISHED_FILE), print_sdl(), read(CHANGES_FILE))) == []


@pytest.mark.parametrize(("old", "new", "words"), BREAKS)
def test_a_break_is_named_until_it_is_declared_in_the_same_words(
    old: str, new: str, words: str | None
) -> None:
    current = PUBLISHED.replace(old, new)
    assert current != PUBLISHED
    [fault] = faults_of(current)
    assert fault.code == "SCHEMA_BREAK_UNDECLARED"
    change = str(fault.parts["change"])
    assert words in (None, change)
    assert change in str(fault)
    assert faults_of(current, declaring(change)) == []
    assert [found.code for found in faults_of(current, declaring(change[:-1]))] == [
        "SCHEMA_BREAK_UNDECLARED",
        "SCHEMA_BREAK_UNFOUNDED",
    ]


def test_two_breaks_need_two_declarations() -> None:
    current = PUBLISHED.replace(" parent: Area", "").replace(" DISTRICT", "")
    first, second = faults_of(current)
    assert faults_of(current, declaring(str(first.parts["change"])))[0].parts == second.parts


def test_additions_pass_undeclared() -> None:
    for old, new in [
        ("first: Int", 'first: Int on: String = "now"'),
        ("code: String level", "code: String name: String level"),
        ("parent: Area", "parent: Area children: [Area!]!"),
        ("DISTRICT", "DISTRICT NATION"),
    ]:
        assert faults_of(PUBLISHED.replace(old, new)) == []


def test_a_declaration_of_an_older_version_excuses_nothing() -> None:
    older = QUIET + "- `Field Area.parent was removed.`\n"
    [fault] = faults_of(PUBLISHED.replace(" parent: Area", ""), older)
    assert fault.code == "SCHEMA_BREAK_UNDECLARED"


def test_a_declared_break_that_does_not_happen_is_found() -> None:
    [fault] = faults_of(PUBLISHED, declaring("Field Area.parent was removed."))
    assert fault.code == "SCHEMA_BREAK_UNFOUNDED"


@pytest.mark.parametrize("changes", ["", "# Changes\n", QUIET + QUIET])
def test_there_is_one_place_for_changes_to_come(changes: str) -> None:
    [fault] = faults_of(PUBLISHED, changes)
    assert fault.code == "SCHEMA_CHANGES_UNREADABLE"


@pytest.mark.parametrize(
    ("old", "place"),
    [
        ("parent: Area", "Area.parent"),
        ("WARD DISTRICT", "Level.DISTRICT"),
        ("code: String level: Level", "AreaFilter.level"),
        ("where: AreaFilter, first: Int", "Query.areas(first:)"),
    ],
)
def test_what_is_deprecated_says_what_to_do_and_until_when(old: str, place: str) -> None:
    advice = '"Ask path. Leaves after 2027-06-30."'
    assert faults_of(PUBLISHED.replace(old, f"{old} @deprecated(reason: {advice})")) == []
    for reason in ("", '(reason: "Old.")', '(reason: "Leaves after 2027-06-30.")'):
        [fault] = faults_of(PUBLISHED.replace(old, f"{old} @deprecated{reason}"))
        assert fault.code == "DEPRECATION_VAGUE"
        assert fault.parts["place"] == place


def test_the_published_error_codes_are_those_of_the_code() -> None:
    assert read(ERRORS_FILE) == print_error_codes()
    listed = json.loads(read(ERRORS_FILE))
    assert {entry["code"] for entry in listed} == {kind.code for kind in find_error_classes()}
    assert [entry for entry in listed if not (entry["vi"] and entry["en"])] == []


def test_a_code_is_given_once() -> None:
    assert list(find_shared_codes()) == []


def test_both_sentences_of_an_error_say_the_same_parts() -> None:
    """A part that is itself in words is given in each language, and named after it."""

    def parts(sentence: str) -> set[str]:
        named = [piece.split("}")[0] for piece in sentence.split("{")[1:]]
        return {re.sub("(^|_)(vi|en)$", "", name) for name in named}

    for entry in json.loads(read(ERRORS_FILE)):
        assert parts(entry["vi"]) >= parts(entry["en"]), entry["code"]
