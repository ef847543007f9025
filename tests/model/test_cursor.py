"""Cursors open where they were made and nowhere else."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hub.errors import Language
from hub.model.cursor import InvalidCursorError, Sealer

KEY = b"\x07" * 32
SEALER = Sealer(KEY, "observations by period")
VALUES = st.lists(st.none() | st.text(), max_size=4).map(tuple)


def is_refused(sealer: Sealer, cursor: str, count: int) -> bool:
    """Return whether *sealer* refuses *cursor*."""
    try:
        sealer.open(cursor, count)
    except InvalidCursorError:
        return True
    return False


@given(VALUES)
def test_a_cursor_gives_back_what_was_sealed(values: tuple[str | None, ...]) -> None:
    """Null and the empty text stay two things."""
    assert SEALER.open(SEALER.seal(json.dumps(values)), len(values)) == values


@given(VALUES)
def test_a_cursor_fits_an_address(values: tuple[str | None, ...]) -> None:
    cursor = SEALER.seal(json.dumps(values))
    assert cursor.isascii()
    assert cursor.replace("-", "").replace("_", "").isalnum()


@given(VALUES, st.data())
def test_one_bent_letter_is_refused(values: tuple[str | None, ...], data: st.DataObject) -> None:
    """Not the spare bits of the last letter, either: a cursor is written in one way only."""
    cursor = SEALER.seal(json.dumps(values))
    at = data.draw(st.integers(0, len(cursor) - 1))
    letter = data.draw(st.sampled_from("ABab01-_=/+ \n\0é\ud800"))
    assume(letter != cursor[at])
    assert is_refused(SEALER, cursor[:at] + letter + cursor[at + 1 :], len(values))


@given(VALUES, st.data())
def test_letters_more_or_less_are_refused(
    values: tuple[str | None, ...], data: st.DataObject
) -> None:
    cursor = SEALER.seal(json.dumps(values))
    at = data.draw(st.integers(0, len(cursor)))
    more = data.draw(st.text(alphabet="ABab01-_=/+ \n\0é\ud800", min_size=1, max_size=4))
    assert is_refused(SEALER, cursor[:at] + more + cursor[at:], len(values))
    assert is_refused(SEALER, cursor[: min(at, len(cursor) - 1)], len(values))


@given(st.text(max_size=60))
def test_whatever_was_not_sealed_is_refused(text: str) -> None:
    assert is_refused(SEALER, text, 1)


@given(VALUES)
def test_another_list_refuses_it_and_so_does_another_hub(values: tuple[str | None, ...]) -> None:
    cursor = SEALER.seal(json.dumps(values))
    assert is_refused(Sealer(KEY, "observations by area"), cursor, len(values))
    assert is_refused(Sealer(b"\x08" * 32, "observations by period"), cursor, len(values))


@given(VALUES)
def test_an_order_of_another_length_refuses_it(values: tuple[str | None, ...]) -> None:
    assert is_refused(SEALER, SEALER.seal(json.dumps(values)), len(values) + 1)


@pytest.mark.parametrize("language", Language)
def test_the_refusal_says_what_to_do(language: Language) -> None:
    """It speaks of the filter and the order, and not of what the cursor held."""
    sentence = InvalidCursorError().sentence(language)
    assert ("filter" if language is Language.EN else "bộ lọc") in sentence
