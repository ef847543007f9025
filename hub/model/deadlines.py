"""When a form may be filled in for a period (hạn nộp, khóa sổ), as conditions over rows.

A period may be reported from the day after its last one until its form's grace has run out; a form
knows no period that begins before the form is in force or ends after it.
"""

from __future__ import annotations

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


def of(form: FromClause, period: FromClause) -> ColumnElement[bool]:
    """Return the condition that *form* is in force for the whole of *period*."""
    return and_(
        form.c.valid_from <= period.c.starts_on,
        or_(form.c.valid_to.is_(None), period.c.ends_on <= form.c.valid_to),
    )


def phase_of(submission: FromClause, day: date) -> ColumnElement[str]:
    """Return the phase on *day* of a row that knows its days."""
    return case(
        (submission.c.opens_on > day, literal(Phase.AHEAD)),
        (submission.c.due_on >= day, literal(Phase.OPEN)),
        (submission.c.closes_on >= day, literal(Phase.LATE)),
        else_=literal(Phase.CLOSED),
    )
