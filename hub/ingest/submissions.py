"""What is owed, by the clock: periods and submissions made ahead, opened and closed.

Doing it again changes nothing; several at once take turns. Nothing is ever removed: what was owed
under a form that has ended since stays owed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    Integer,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from hub.access.principal import LOADER
from hub.clock import VIETNAM
from hub.database.transaction import Mode, begin
from hub.ingest.filling import bring
from hub.ingest.merge import insert_missing, take_turn
from hub.jobs.kinds import Chore
from hub.model.deadlines import Phase, of, phase_of
from hub.model.duties import reporting_regime
from hub.model.facilities import facility
from hub.model.measurement import period
from hub.model.organisation import agency
from hub.model.periods import periods_of
from hub.model.reporting import report_form, submission

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Insert, Subquery

    from hub.clock import Clock
    from hub.database.engine import Database
    from hub.database.transaction import Transaction

_AHEAD: Final = timedelta(days=92)
"""How long before it begins a period is made and owed: a quarter."""

_EACH_HOUR: Final = "1 * * * *"
"""Days begin in Việt Nam at 17:00 UTC."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the clock brought: periods and submissions made, submissions that changed phase."""

    periods: int
    made: int
    moved: int


async def keep_submissions(database: Database, clock: Clock) -> Kept:
    """Bring periods and submissions to what they shall be at this moment."""
    today = clock().astimezone(VIETNAM).date()
    async with begin(database, LOADER, Mode.WRITE) as transaction:
        await take_turn(transaction)
        periods = await _make_periods(transaction, today)
        made = await transaction.execute(_owed(today))
        phase = phase_of(submission, today)
        moved = await transaction.execute(
            update(submission).values(phase=phase).where(submission.c.phase != phase)
        )
        # A form may be made after figures that it asks for.
        await transaction.execute(bring(submission.c.phase != Phase.AHEAD))
    return Kept(periods, made, moved)


def keeping(database: Database, clock: Clock) -> Chore:
    """Return the chore that keeps what is owed by the clock."""

    async def keep() -> None:
        await keep_submissions(database, clock)

    return Chore("keep submissions", _EACH_HOUR, keep)


async def _make_periods(transaction: Transaction, today: date) -> int:
    last = (today + _AHEAD).year
    rows = [
        {
            "calendar": each.calendar,
            "kind": each.kind,
            "label": each.label,
            "starts_on": each.starts_on,
            "ends_on": each.ends_on,
        }
        for year in range(today.year, last + 2)
        for each in periods_of(year)
    ]
    made, _ = await insert_missing(transaction, period, ("calendar", "label"), rows)
    return made


def _owed(today: date) -> Insert:
    """Return the statement that makes what is missing of everything owed by *today* and soon."""
    form, unit = report_form, _units()
    due_on = period.c.ends_on + form.c.due_days
    closes_on = due_on + form.c.grace_days
    opens_on = period.c.ends_on + 1
    rows = (
        select(
            form.c.id,
            form.c.jurisdiction_id,
            form.c.project_id,
            unit.c.agency_id,
            unit.c.area_id,
            unit.c.facility_id,
            period.c.id,
            period.c.starts_on,
            opens_on,
            due_on,
            closes_on,
            case(
                (period.c.ends_on >= today, literal(Phase.AHEAD)),
                (due_on >= today, literal(Phase.OPEN)),
                (closes_on >= today, literal(Phase.LATE)),
                else_=literal(Phase.CLOSED),
            ),
            literal("expected"),
        )
        .select_from(form)
        .join(reporting_regime, reporting_regime.c.id == form.c.regime_id)
        .join(
            period,
            and_(
                period.c.calendar == reporting_regime.c.calendar,
                func.coalesce(period.c.regime_id, reporting_regime.c.id) == reporting_regime.c.id,
                period.c.kind == form.c.period_kind,
                period.c.starts_on <= today + _AHEAD,
                of(form, period),
            ),
        )
        .join(unit, unit.c.form_id == form.c.id)
    )
    columns = [column.name for column in submission.c if column.name != "id"]
    return insert(submission).from_select(columns, rows).on_conflict_do_nothing()


def _units() -> Subquery:
    """Return who fills in which form, and for what.

    A group's form is filled in by each member for its own area; one for facilities by whoever's
    area keeps the facility, or else by who runs it.
    """
    form, who, filler = report_form, agency, agency.alias("filler")
    by_members = and_(filler.c.is_group, who.c.group_id == filler.c.id, who.c.area_id.is_not(None))
    of_areas = (
        select(form.c.id.label("form_id"), who.c.id.label("agency_id"), who.c.area_id)
        .add_columns(cast(null(), Integer).label("facility_id"))
        .select_from(form)
        .join(filler, filler.c.id == form.c.filled_by_id)
        .join(who, or_(by_members, and_(~filler.c.is_group, who.c.id == filler.c.id)))
        .where(form.c.subject == "area")
    )
    of_facilities = (
        select(
            form.c.id,
            case(
                (filler.c.is_group, who.c.id),
                else_=func.coalesce(facility.c.managed_by_id, filler.c.id),
            ),
            case((filler.c.is_group, who.c.area_id)),
            facility.c.id,
        )
        .select_from(form)
        .join(filler, filler.c.id == form.c.filled_by_id)
        .join(
            facility,
            and_(
                facility.c.facility_type_id == form.c.facility_type_id,
                facility.c.jurisdiction_id == form.c.jurisdiction_id,
            ),
        )
        .outerjoin(who, and_(by_members, who.c.area_id == facility.c.reporting_area_id))
        .where(form.c.subject == "facility", or_(who.c.id.is_not(None), ~filler.c.is_group))
    )
    return union_all(of_areas, of_facilities).subquery("unit")
