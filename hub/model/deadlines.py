"""When a form may be filled in for a period (hạn nộp, khóa sổ): pure, and the same in SQL.

A period may be reported from the day after its last one until its form's grace has run out; a form
knows no period that begins before the form is in force or ends after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, literal, or_

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement, FromClause


class Phase(StrEnum):
    """Where the clock has brought a form and a period."""

    AHEAD = "ahead"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a form: in force from *valid_from* until *valid_to*, which may be open.

    Attributes:
        due_days: from a period's last day to the last on which it is in time.
        grace_days: from then to the last day on which it is taken at all.
    """

    valid_from: date
    valid_to: date | None
    due_days: int
    grace_days: int

    def due_on(self, ends_on: date) -> date:
        """Return the last day on which a period that *ends_on* is in time."""
        return ends_on + timedelta(days=self.due_days)

    def closes_on(self, ends_on: date) -> date:
        """Return the last day on which a period that *ends_on* is taken."""
        return self.due_on(ends_on) + timedelta(days=self.grace_days)


def is_of(terms: Terms, starts_on: date, ends_on: date) -> bool:
    """Tell whether the form knows the period from *starts_on* to *ends_on*."""
    return terms.valid_from <= starts_on and (terms.valid_to is None or ends_on <= terms.valid_to)


def phase_on(terms: Terms, ends_on: date, day: date) -> Phase:
    """Return the phase on *day* of a period that *ends_on*."""
    if day <= ends_on:
        return Phase.AHEAD
    if day <= terms.due_on(ends_on):
        return Phase.OPEN
    return Phase.LATE if day <= terms.closes_on(ends_on) else Phase.CLOSED


def is_open(terms: Terms, starts_on: date, ends_on: date, day: date) -> bool:
    """Tell whether the form may be filled in on *day* for the period *starts_on* to *ends_on*."""
    may_be_sent = phase_on(terms, ends_on, day) in {Phase.OPEN, Phase.LATE}
    return is_of(terms, starts_on, ends_on) and may_be_sent


def of(form: FromClause, period: FromClause) -> ColumnElement[bool]:
    """Return the condition that *form* knows *period*: ``is_of`` over rows."""
    return and_(
        form.c.valid_from <= period.c.starts_on,
        or_(form.c.valid_to.is_(None), period.c.ends_on <= form.c.valid_to),
    )


def open_on(form: FromClause, period: FromClause, day: date) -> ColumnElement[bool]:
    """Return the condition that *form* is open for *period* on *day*: ``is_open`` over rows."""
    closes_on = period.c.ends_on + form.c.due_days + form.c.grace_days
    return and_(of(form, period), period.c.ends_on < day, closes_on >= day)


def phase_of(submission: FromClause, day: date) -> ColumnElement[str]:
    """Return the phase on *day* of a row that knows its days: ``phase_on`` over rows."""
    return case(
        (submission.c.opens_on > day, literal(Phase.AHEAD)),
        (submission.c.due_on >= day, literal(Phase.OPEN)),
        (submission.c.closes_on >= day, literal(Phase.LATE)),
        else_=literal(Phase.CLOSED),
    )
