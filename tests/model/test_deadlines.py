"""A form is open from the day after a period until its grace has run out, and never else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hub.model.deadlines import Phase, Terms, is_of, is_open, phase_on

TERMS = Terms(date(2026, 1, 1), date(2026, 12, 31), due_days=2, grace_days=10)
STARTS_ON, ENDS_ON = date(2026, 9, 1), date(2026, 9, 30)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date(2026, 9, 1), Phase.AHEAD),
        (date(2026, 9, 30), Phase.AHEAD),
        (date(2026, 10, 1), Phase.OPEN),
        (date(2026, 10, 2), Phase.OPEN),
        (date(2026, 10, 3), Phase.LATE),
        (date(2026, 10, 12), Phase.LATE),
        (date(2026, 10, 13), Phase.CLOSED),
        (date(2030, 1, 1), Phase.CLOSED),
    ],
)
def test_the_clock_moves_a_period_from_phase_to_phase(day: date, phase: Phase) -> None:
    """Before the 3rd is in time under a form that is due two days after the month."""
    assert phase_on(TERMS, ENDS_ON, day) is phase
    assert is_open(TERMS, STARTS_ON, ENDS_ON, day) is (phase in {Phase.OPEN, Phase.LATE})


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "known"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), True),
        (date(2026, 1, 1), date(2026, 12, 31), True),
        (date(2025, 12, 15), date(2026, 1, 14), False),
        (date(2026, 12, 15), date(2027, 1, 14), False),
    ],
)
def test_a_form_knows_the_periods_of_its_time_alone(
    starts_on: date, ends_on: date, *, known: bool
) -> None:
    assert is_of(TERMS, starts_on, ends_on) is known
    assert is_open(TERMS, starts_on, ends_on, ends_on + timedelta(days=1)) is known


def test_a_form_without_an_end_goes_on() -> None:
    endless = Terms(date(2026, 1, 1), None, due_days=2, grace_days=10)
    assert is_of(endless, date(2099, 1, 1), date(2099, 1, 31))
