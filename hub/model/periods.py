"""Reporting periods (kỳ báo cáo) that follow from a rule, made ahead for the years spoken of.

Under Decree 09/2019/NĐ-CP, Article 12, a month runs from the 15th of the month before to the 14th,
and the other periods follow: the year 2026 is 2025-12-15 to 2026-12-14. Calendar periods are the
Gregorian ones. The two are never the same period, though their labels are. A regime may have
periods of its own besides, which no rule makes: they are listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

GREGORIAN: Final = "calendar"
DECREE_09_2019: Final = "nd-09-2019"
OWN: Final = "own"

_CUT_OFF_DAY = 15


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period: *ends_on* is its last day."""

    calendar: str
    kind: str
    label: str
    starts_on: date
    ends_on: date


def periods_of(year: int) -> Iterator[Period]:
    """Yield every period of reporting year *year*, in both calendars."""
    for calendar in (GREGORIAN, DECREE_09_2019):
        for kind, label, first_month, months in _spans(year):
            starts_on = _begin(calendar, year, first_month)
            ends_on = _begin(calendar, year, first_month + months) - timedelta(days=1)
            yield Period(calendar, kind, label, starts_on, ends_on)


def _spans(year: int) -> Iterator[tuple[str, str, int, int]]:
    for month in range(1, 13):
        yield "month", f"{year}-{month:02}", month, 1
    for quarter in range(1, 5):
        yield "quarter", f"{year}-Q{quarter}", 3 * quarter - 2, 3
    yield "half", f"{year}-H1", 1, 6
    yield "half", f"{year}-H2", 7, 6
    yield "nine-months", f"{year}-9M", 1, 9
    yield "year", f"{year}", 1, 12


def _begin(calendar: str, year: int, month: int) -> date:
    """Return the first day of the *month*-th month of *year*; month 13 is the next January."""
    whole_years, index = divmod(month - 1, 12)
    if calendar == GREGORIAN:
        return date(year + whole_years, index + 1, 1)
    if index == 0:
        return date(year + whole_years - 1, 12, _CUT_OFF_DAY)
    return date(year + whole_years, index, _CUT_OFF_DAY)
