"""How a command is used wrongly, and where it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.commands import call

if TYPE_CHECKING:
    from pathlib import Path

VERBS = ("run", "serve", "migrate", "token", "ingest", "export", "doctor", "schema")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["walk"], "walk"),
        (["token"], "Thiếu 'AGENCY'."),
        (["token", "hn.so-y-te", "--forever"], "Không có tùy chọn --forever."),
        (["ingest"], "Thiếu 'SOURCE'."),
        (["export", "observations"], "Thiếu '--format'."),
        (["export", "observations", "--format", "pdf"], "'--format'"),
    ],
)
def test_a_misused_command_ends_with_two_and_one_sentence(
    home: Path, words: list[str], sentence: str
) -> None:
    outcome = call(*words, home=home)
    assert outcome.code == 2
    assert outcome.out == ""
    assert sentence in outcome.err
    assert "--help" in outcome.err
    assert outcome.err.count("\n") == 1


def test_help_is_vietnamese_and_names_every_verb(home: Path) -> None:
    outcome = call("--help", home=home)
    assert outcome.code == 0
    assert "Cách dùng: hub" in outcome.out
    for verb in VERBS:
        assert f"│ {verb} " in outcome.out


@pytest.mark.parametrize("verb", VERBS)
def test_the_frame_of_a_verbs_help_is_vietnamese(home: Path, verb: str) -> None:
    out = call(verb, "--help", home=home).out
    assert "Cách dùng" in out
    for word in ("Usage", "Options", "Arguments", "Commands", "Show this", "[required]"):
        assert word not in out
