"""Reporting periods: two calendars, each of which covers every day once."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.model.periods import DECREE_09_2019, GREGORIAN, OWN, Period, periods_of
from hub.model.vocabulary import CALENDAR, PERIOD_KIND

CALENDARS = (GREGORIAN, DECREE_09_2019)
TILING = ("month", "quarter", "half", "year")
YEARS = st.integers(2, 9997)
DAY = timedelta(days=1)


def of(year: int, calendar: str, kind: str) -> list[Period]:
    """Return the year's periods of one calendar and length, in the order they are made."""
    return [
        period for period in periods_of(year) if (period.calendar, period.kind) == (calendar, kind)
    ]


@pytest.mark.parametrize("calendar", CALENDARS)
@pytest.mark.parametrize("kind", TILING)
@given(year=YEARS)
def test_periods_of_one_length_tile_the_years(calendar: str, kind: str, year: int) -> None:
    """No day lies between two periods and none in both, within a year and from year to year."""
    periods = of(year, calendar, kind) + of(year + 1, calendar, kind)[:1]
    assert all(period.starts_on <= period.ends_on for period in periods)
    assert all(after.starts_on == before.ends_on + DAY for before, after in pairwise(periods))


@pytest.mark.parametrize("calendar", CALENDARS)
@given(year=YEARS)
def test_longer_periods_are_whole_months_of_the_same_year(calendar: str, year: int) -> None:
    months = of(year, calendar, "month")
    spans = {
        "quarter": [months[at : at + 3] for at in (0, 3, 6, 9)],
        "half": [months[:6], months[6:]],
        "nine-months": [months[:9]],
        "year": [months],
    }
    for kind, expected in spans.items():
        found = [(period.starts_on, period.ends_on) for period in of(year, calendar, kind)]
        assert found == [(span[0].starts_on, span[-1].ends_on) for span in expected]


@given(year=YEARS)
def test_a_label_names_one_period_of_each_calendar(year: int) -> None:
    """The calendars share their labels; calendar and label together are a key."""
    by_calendar = {
        calendar: [period.label for period in periods]
        for calendar, periods in groupby(periods_of(year), key=lambda period: period.calendar)
    }
    gregorian, decree = by_calendar[GREGORIAN], by_calendar[DECREE_09_2019]
    assert gregorian == decree
    assert len(set(gregorian)) == len(gregorian) == 12 + 4 + 2 + 1 + 1


def test_the_year_2026_under_the_decree_begins_and_ends_in_mid_december() -> None:
    [year] = of(2026, DECREE_09_2019, "year")
    assert (year.starts_on, year.ends_on) == (date(2025, 12, 15), date(2026, 12, 14))
    january, *_, december = of(2026, DECREE_09_2019, "month")
    assert (january.starts_on, january.ends_on) == (date(2025, 12, 15), date(2026, 1, 14))
    assert (december.starts_on, december.ends_on) == (date(2026, 11, 15), date(2026, 12, 14))


def test_the_calendar_year_2026_is_the_gregorian_one() -> None:
    [year] = of(2026, GREGORIAN, "year")
    assert (year.label, year.starts_on, year.ends_on) == (
        "2026",
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    february = of(2028, GREGORIAN, "month")[1]
    assert (february.label, february.ends_on) == ("2028-02", date(2028, 2, 29))


def test_calendars_and_lengths_are_those_of_the_vocabulary() -> None:
    made = list(periods_of(2026))
    assert {period.calendar for period in made} | {OWN} == set(CALENDAR.values)
    assert {period.kind for period in made} == set(PERIOD_KIND.values)
