"""How far what is owed has come by the figures that are there, until people take it further.

A submission is ``expected`` while no figure stands for any cell of its form; then ``draft``, until
every compulsory cell has a figure and none of its figures is a draft: then it is ``submitted``.
One that was returned, approved or more is left to whoever decided that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, case, column, func, literal, or_, select, table, update

from hub.model.measurement import observation
from hub.model.reporting import form_cell, submission

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Subquery, Update

_BY_FIGURES: Final = ("expected", "draft", "submitted")
_CHANGED: Final = ("new", "revised", "withdrawn")
_JUDGED: Final = table("judged", column("indicator_id"), column("period_id"), column("fate")).alias(
    "judged"
)


def bring(which: ColumnElement[bool]) -> Update:
    """Return the statement that brings the submissions *which* to where their figures are."""
    come = _come(which)
    return (
        update(submission)
        .values(status=come.c.status)
        .where(submission.c.id == come.c.id, submission.c.status != come.c.status)
    )


def owed_by(agency_id: int) -> ColumnElement[bool]:
    """Return the condition that *agency_id* owes it and ``judged`` changes a cell of it."""
    owed = submission.alias("owed")
    touched = (
        select(owed.c.id)
        .join(form_cell, form_cell.c.form_id == owed.c.form_id)
        .join(
            _JUDGED,
            and_(
                _JUDGED.c.indicator_id == form_cell.c.indicator_id,
                _JUDGED.c.period_id == owed.c.period_id,
            ),
        )
        .where(owed.c.agency_id == agency_id, or_(*(_JUDGED.c.fate == each for each in _CHANGED)))
    )
    return submission.c.id.in_(touched)


def _come(which: ColumnElement[bool]) -> Subquery:
    """Return for each of the submissions *which* how far its figures have brought it."""
    s, c, o = submission.c, form_cell.c, observation.c
    of_its_place = case(
        (s.facility_id.is_not(None), o.facility_id == s.facility_id),
        else_=and_(o.facility_id.is_(None), or_(s.area_id.is_(None), o.area_id == s.area_id)),
    )
    stands = and_(
        o.agency_id == s.agency_id,
        o.indicator_id == c.indicator_id,
        o.period_id == s.period_id,
        o.superseded_at.is_(None),
        ~o.is_withdrawn,
        ~o.synthetic,
        of_its_place,
    )
    missing = func.count().filter(c.is_compulsory, o.id.is_(None))
    drafts = func.count().filter(o.status == "draft")
    status = case(
        (func.count(o.id) == 0, literal("expected")),
        (or_(missing > 0, drafts > 0), literal("draft")),
        else_=literal("submitted"),
    )
    return (
        select(s.id, status.label("status"))
        .select_from(submission)
        .join(form_cell, c.form_id == s.form_id)
        .outerjoin(observation, stands)
        .where(or_(*(s.status == each for each in _BY_FIGURES)), which)
        .group_by(s.id)
        .subquery("come")
    )
