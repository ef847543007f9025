"""Numbers, days and periods as Vietnam writes them."""

from __future__ import annotations

import pytest

from hub.ingest.cells import UnexpectedCellError
from hub.ingest.formats.values import read_day, read_period, read_vietnamese_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1.234.567,89", "1234567.89"),
        ("1.234", "1234"),
        ("1234,5", "1234.5"),
        ("12", "12"),
        ("0,25", "0.25"),
        ("-1.000", "-1000"),
    ],
)
def test_a_number_is_read_without_its_groups(written: str, number: str) -> None:
    assert read_vietnamese_number(written) == number


@pytest.mark.parametrize(
    "written", ["1,234.5", "1.23", "12.34.567", "1.234.56", "1 234", "", "1,2,3", "abc", "1e5", "."]
)
def test_a_number_of_another_style_is_never_guessed(written: str) -> None:
    """1.23 may be one and a bit, or a group that lost a digit."""
    with pytest.raises(UnexpectedCellError):
        read_vietnamese_number(written)


@pytest.mark.parametrize(
    ("written", "day"),
    [("31/12/2026", "2026-12-31"), ("1/2/2026", "2026-02-01"), ("2026-09-30", "2026-09-30")],
)
def test_the_day_comes_before_the_month(written: str, day: str) -> None:
    assert read_day(written) == day


@pytest.mark.parametrize("written", ["31/02/2026", "12/31/2026", "1/2/26", "hôm qua", ""])
def test_what_is_no_day_is_no_day(written: str) -> None:
    with pytest.raises(UnexpectedCellError):
        read_day(written)


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("2026-09", "2026-09"),
        ("2026-Q3", "2026-Q3"),
        ("2026-H1", "2026-H1"),
        ("2026-9M", "2026-9M"),
        ("2026", "2026"),
        ("9/2026", "2026-09"),
        ("T9/2026", "2026-09"),
        ("Tháng 09 năm 2026", "2026-09"),
        ("THÁNG 12/2026", "2026-12"),
        ("Quý III/2026", "2026-Q3"),
        ("quý 3 năm 2026", "2026-Q3"),
        ("Quý IV-2026", "2026-Q4"),
        ("6 tháng đầu năm 2026", "2026-H1"),
        ("6 tháng cuối năm 2026", "2026-H2"),
        ("9 tháng năm 2026", "2026-9M"),
        ("Năm 2026", "2026"),
        ("cả năm 2026", "2026"),
        ("2026-09-01", "2026-09"),
    ],
)
def test_a_period_is_read_as_people_write_it(written: str, label: str) -> None:
    assert read_period(written) == label


@pytest.mark.parametrize(
    "written", ["13/2026", "Quý V/2026", "2026-13", "2026-09-15", "tháng 9", "1826", "Q5/2026", ""]
)
def test_what_is_no_period_is_no_period(written: str) -> None:
    with pytest.raises(UnexpectedCellError):
        read_period(written)
