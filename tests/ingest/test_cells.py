"""A cell is understood exactly, or what it should have held is said."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.ingest import cells
from hub.ingest.rejections import Expected
from hub.model.vocabulary import UNIT

if TYPE_CHECKING:
    from decimal import Decimal

    from hub.ingest.cells import Parse

PARSERS = {
    "text": cells.text,
    "code": cells.code,
    "digits": cells.digits(5),
    "choice": cells.choice(UNIT),
    "year": cells.year,
    "whole": cells.whole(1, 31),
    "number": cells.number,
    "boolean": cells.boolean,
    "day": cells.day,
    "partial date": cells.partial_date,
}

every_parser = pytest.mark.parametrize("parse", PARSERS.values(), ids=PARSERS)


def understood(parse: Parse[object], found: str) -> object:
    """Return what *parse* makes of *found*, or what it expected."""
    try:
        return parse(found)
    except cells.UnexpectedCellError as error:
        return error.expected


@every_parser
@given(st.one_of(st.text(), st.from_regex(r"[-0-9a-z.|]{0,12}", fullmatch=True)))
def test_any_text_is_understood_or_refused_with_words(parse: Parse[object], found: str) -> None:
    match understood(parse, found):
        case Expected(vi, en):
            assert vi
            assert en
        case value:
            assert value is not None


@every_parser
def test_an_empty_cell_is_a_value_only_where_silence_is_allowed(parse: Parse[object]) -> None:
    with pytest.raises(cells.UnexpectedCellError):
        parse("")
    assert cells.optional(parse)(" ") is None
    assert cells.listed(parse)("") == ()


@given(st.decimals(-(10**14), 10**14, places=6))
def test_a_number_is_kept_exactly(value: Decimal) -> None:
    assert cells.number(f"{value:f}") == value


@pytest.mark.parametrize("found", ["1e3", "1,5", "NaN", "٣", "+1", ".5", "1.", " 1", "1" * 16])
def test_only_plain_numbers_are_numbers(found: str) -> None:
    with pytest.raises(cells.UnexpectedCellError):
        cells.number(found)


@given(st.integers(0, 99))
def test_a_whole_number_is_within_its_bounds(value: int) -> None:
    found = understood(cells.whole(1, 31), str(value))
    assert found == value if 1 <= value <= 31 else isinstance(found, Expected)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_date_keeps_its_precision(day: date) -> None:
    whole = day.isoformat()
    assert cells.day(whole) == day
    for shortened in (whole, whole[:7], whole[:4]):
        assert cells.partial_date(shortened) == shortened


@pytest.mark.parametrize("found", ["2025-13", "2025-02-30", "31/5/2025", "20250531", "25", "1899"])
def test_what_is_no_date_is_refused(found: str) -> None:
    with pytest.raises(cells.UnexpectedCellError):
        cells.partial_date(found)


@pytest.mark.parametrize("found", ["hn.so-y-te", "ctmtqg-2030.da7.tda1", "ct.ctmtqg.ii-1.chung"])
def test_codes_are_codes(found: str) -> None:
    assert cells.code(found) == found


@pytest.mark.parametrize("found", ["Hn", "hn.", ".hn", "hn..a", "hn_a", "đ", "a b", "a-", "a\n"])
def test_what_is_no_code_is_refused(found: str) -> None:
    with pytest.raises(cells.UnexpectedCellError):
        cells.code(found)


@given(st.lists(st.from_regex(r"[a-z0-9]{1,4}", fullmatch=True), unique=True))
def test_a_list_is_what_stands_between_bars(values: list[str]) -> None:
    assert cells.listed(cells.code)("|".join(values)) == tuple(values)


@pytest.mark.parametrize("found", ["a|", "|a", "a||b", "a|a"])
def test_a_list_has_no_gap_and_nothing_twice(found: str) -> None:
    with pytest.raises(cells.UnexpectedCellError):
        cells.listed(cells.code)(found)


def test_text_is_composed_and_bare() -> None:
    decomposed = unicodedata.normalize("NFD", "  Ủy ban nhân dân phường ")
    assert cells.text(decomposed) == "Ủy ban nhân dân phường"


@pytest.mark.parametrize("found", ["a\0b", "a\x1bb", "a\x7f"])
def test_text_has_no_control_characters(found: str) -> None:
    with pytest.raises(cells.UnexpectedCellError):
        cells.text(found)


def test_the_zeros_of_an_official_code_are_kept() -> None:
    assert cells.digits(5)("00004") == "00004"
