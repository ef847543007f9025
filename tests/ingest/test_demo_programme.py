"""What the demonstration says of facilities, tasks, money and wards holds together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, case, exists, func, not_, or_, select

from hub.model.duties import task, task_progress
from hub.model.facilities import eligibility, facility, facility_condition, facility_type
from hub.model.intake import data_source
from hub.model.organisation import agency
from hub.model.programme import project
from hub.model.resources import budget_line, funding_source, training
from hub.model.situations import (
    area_status,
    area_status_evidence,
    finding,
    pilot_model,
    review,
)
from hub.model.territory import area, jurisdiction
from tests.ingest.rows import fetch, size

if TYPE_CHECKING:
    from hub.database.engine import Database


async def test_who_runs_a_facility_and_whose_it_is(database: Database) -> None:
    """A service point is its ward's; a centre or a methadone site is none of its ward's."""
    f = facility.c
    found = await fetch(
        database,
        select(
            facility_type.c.code,
            project.c.code,
            func.count(),
            func.count(f.area_id),
            func.count(f.reporting_area_id),
            func.count(agency.c.id.distinct()).filter(agency.c.synthetic),
            func.bool_and(agency.c.area_id.is_not_distinct_from(f.reporting_area_id)),
        )
        .join_from(facility, facility_type, f.facility_type_id == facility_type.c.id)
        .join(project, f.project_id == project.c.id)
        .join(agency, f.managed_by_id == agency.c.id)
        .where(f.synthetic)
        .group_by(facility_type.c.code, project.c.code)
        .order_by(facility_type.c.code),
    )
    assert found == [
        ("co-so-cai-nghien-cong-lap", "hn.ctmtqg-2030.da5", 7, 7, 0, 7, True),
        ("co-so-dieu-tri-methadone", "hn.ctmtqg-2030.da6", 10, 10, 0, 3, True),
        ("diem-dich-vu-cai-nghien-tu-nguyen", "hn.ctmtqg-2030.da5", 20, 20, 20, 0, True),
    ]
    parent = agency.alias()
    centres = (
        select(agency.c.code, parent.c.code, agency.c.kind, agency.c.level, jurisdiction.c.code)
        .join_from(agency, parent, agency.c.parent_id == parent.c.id)
        .join(jurisdiction, agency.c.jurisdiction_id == jurisdiction.c.id)
        .where(agency.c.code.like("demo.hn.cscn-%"))
        .order_by(agency.c.code)
    )
    assert await fetch(database, centres) == [
        (f"demo.hn.cscn-{number}", "hn.cong-an", "service_unit", "city", "hn")
        for number in range(1, 8)
    ]


async def test_conditions_rest_on_the_rules_of_their_day(database: Database) -> None:
    """Land by the kind of place, room, zones; checked while the 2021 decrees were in force."""
    c = facility_condition.c
    found = await fetch(
        database,
        select(
            c.legal_basis,
            func.count(c.facility_id.distinct()),
            func.count(c.criterion_vi.distinct()),
        )
        .group_by(c.legal_basis)
        .order_by(c.legal_basis),
    )
    assert found == [
        ("Nghị định 109/2021/NĐ-CP, Điều 3", 7 + 126, 3),
        ("Nghị định 116/2021/NĐ-CP, Điều 6", 7, 5),
    ]
    [[met, unmet, unchecked, loose]] = await fetch(
        database,
        select(
            func.count().filter(c.is_met),
            func.count().filter(not_(c.is_met)),
            func.count().filter(c.checked_on.is_(None)),
            func.count().filter(c.is_met.is_(None) != c.checked_on.is_(None)),
        ),
    )
    assert min(met, unmet, unchecked) > 0
    assert loose == 0
    [[last]] = await fetch(database, select(func.max(c.checked_on)))
    assert last.isoformat() < "2026-07-01"


async def test_only_who_meets_the_conditions_may_determine_addiction(database: Database) -> None:
    e, c, f = eligibility.c, facility_condition.c, facility.c
    by_type = (
        select(facility_type.c.code, func.count(), func.count(f.reporting_area_id), agency.c.code)
        .join_from(eligibility, facility, e.facility_id == f.id)
        .join(facility_type, f.facility_type_id == facility_type.c.id)
        .join(agency, e.decided_by_id == agency.c.id)
        .where(e.reporting_area_id.is_not_distinct_from(f.reporting_area_id))
        .group_by(facility_type.c.code, agency.c.code)
        .order_by(facility_type.c.code)
    )
    [centres, stations] = await fetch(database, by_type)
    assert centres == ("co-so-cai-nghien-cong-lap", 4, 0, "hn.so-y-te")
    assert stations[0] == "tram-y-te"
    assert 60 < stations[1] == stations[2] < 100
    assert await size(database, eligibility) == 4 + stations[1]
    lacking = and_(
        c.facility_id == e.facility_id,
        c.legal_basis.like("Nghị định 109/2021%"),
        or_(c.is_met.is_not(True), c.checked_on >= e.valid_from),
    )
    assert await fetch(database, select(e.code).where(exists().where(lacking))) == []
    unfit = select(func.count(c.facility_id.distinct())).where(
        c.legal_basis.like("Nghị định 109/2021%"),
        c.is_met.is_not(True),
        not_(exists().where(e.facility_id == c.facility_id)),
    )
    assert await fetch(database, unfit) == [(7 + 126 - 4 - stations[1],)]


async def test_tasks_progress_as_those_who_have_them_report(database: Database) -> None:
    """Sixty of the city's; a task of all wards by some of them; what is stuck says why."""
    t, p = task.c, task_progress.c
    owner = agency.alias()
    reported = task_progress.join(task, p.task_id == t.id).join(agency, p.agency_id == agency.c.id)
    is_own = or_(agency.c.id == t.agency_id, agency.c.group_id == t.agency_id)
    found = await fetch(
        database,
        select(
            func.count(t.id.distinct()),
            func.count(t.id.distinct()).filter(agency.c.group_id == t.agency_id),
            func.bool_and(is_own),
            func.bool_and(t.code.like("hn.%")),
            func.bool_and(p.percent_done.is_(None) | p.percent_done.between(0, 100)),
            func.bool_and(or_(p.status == "blocked", p.status == "overdue", p.obstacles.is_(None))),
            func.bool_and(p.status.like("done%") == p.result.is_not(None)),
        ).select_from(reported.join(owner, t.agency_id == owner.c.id)),
    )
    assert found == [(60, 8, True, True, True, True, True)]
    statuses = {status for (status,) in await fetch(database, select(p.status).distinct())}
    assert statuses == {
        "not_started",
        "in_progress",
        "done_on_time",
        "done_late",
        "overdue",
        "blocked",
    }


async def test_money_is_planned_then_allocated_then_spent(database: Database) -> None:
    """Mostly; some lines are odd. Of years to come there is the plan alone."""
    b = budget_line.c
    rows = await size(database, budget_line)
    [[years, projects, wards, integrated, beyond, overspent, silent]] = await fetch(
        database,
        select(
            func.count(b.year.distinct()),
            func.count(b.project_id.distinct()),
            func.count(b.area_id.distinct()),
            func.count().filter(b.is_integrated),
            func.count().filter(b.allocated > b.planned),
            func.count().filter(b.disbursed > b.allocated),
            func.count().filter(b.allocated.is_not(None), b.disbursed.is_(None)),
        ),
    )
    assert (years, projects, wards) == (6, 7, 126)
    assert integrated > 100
    assert all(0 < odd < rows / 20 for odd in (beyond, overspent, silent))
    loose = select(func.count()).where(
        or_(
            b.planned % 1_000_000 != 0,
            b.planned.is_(None),
            and_(b.year > 2026, b.allocated.is_not(None)),
            and_(b.year <= 2026, b.allocated.is_(None)),
        )
    )
    assert await fetch(database, loose) == [(0,)]
    misplaced = (
        select(func.count())
        .join_from(budget_line, agency, b.agency_id == agency.c.id)
        .join(funding_source, b.funding_source_id == funding_source.c.id)
        .where(
            or_(
                agency.c.area_id.is_distinct_from(b.area_id),
                b.is_integrated != (funding_source.c.kind == "integrated"),
            )
        )
    )
    assert await fetch(database, misplaced) == [(0,)]


async def test_training_counts_people_and_certifies_no_more_than_came(database: Database) -> None:
    t = training.c
    [[courses, audiences, projects, strange]] = await fetch(
        database,
        select(
            func.count(),
            func.count(t.audience.distinct()),
            func.count(t.project_id.distinct()),
            func.count().filter(
                or_(t.certified > t.attended, (t.certificate == "none") != (t.certified == 0))
            ),
        ),
    )
    assert (courses, audiences, projects, strange) == (40, 6, 4, 0)


async def test_every_ward_has_a_status_with_what_was_found(database: Database) -> None:
    """Of 2025 and 2026, by the rules of 2025; what is key by three criteria shows three."""
    a, e = area_status.c, area_status_evidence.c
    by_year = (
        select(a.year, a.ruleset, a.legal_basis, func.count(a.area_id.distinct()))
        .group_by(a.year, a.ruleset, a.legal_basis)
        .order_by(a.year)
    )
    rules = ("qd-28-2025", "Quyết định 28/2025/QĐ-TTg", 126)
    assert await fetch(database, by_year) == [(2025, *rules), (2026, *rules)]
    met = func.count().filter(e.is_met)
    fewest = func.min(met).over(partition_by=a.status)
    most = func.max(met).over(partition_by=a.status)
    found = await fetch(
        database,
        select(a.status, fewest, most)
        .distinct()
        .join_from(area_status, area_status_evidence, e.area_status_id == a.id)
        .group_by(a.id, a.status),
    )
    spans = {status: (low, high) for status, low, high in found}
    assert set(spans) == {"drug_free", "has_drugs", "key_1", "key_2", "key_3"}
    assert spans["drug_free"] == spans["has_drugs"] == (0, 0)
    assert spans["key_3"] == (1, 1)
    assert min(spans["key_1"][0], spans["key_2"][0]) >= 3
    free = case((a.status == "drug_free", 1), else_=0)
    [[before], [now]] = await fetch(
        database, select(func.sum(free)).group_by(a.year).order_by(a.year)
    )
    assert 15 < before < now < 60
    recognised = select(a.status).where(a.stage == "recognised").distinct()
    assert await fetch(database, recognised) == [("drug_free",)]


async def test_pilots_are_in_every_phase(database: Database) -> None:
    p = pilot_model.c
    found = await fetch(
        database,
        select(func.count(), func.count(p.area_id.distinct()), func.count(p.phase.distinct()))
        .join_from(pilot_model, agency, p.agency_id == agency.c.id)
        .where(agency.c.area_id == p.area_id),
    )
    assert found == [(6, 6, 5)]


async def test_findings_are_issued_answered_or_held_back(database: Database) -> None:
    """Of wards by the city and the health department; of the centres none is issued yet."""
    f, r = finding.c, review.c
    found = await fetch(
        database,
        select(
            r.code,
            r.kind,
            func.count(),
            func.count(f.issued_on),
            func.count(f.answer),
            func.count(f.area_id),
            func.bool_and(f.project_id == r.project_id),
            func.bool_and(f.issued_on.is_(None) | (f.issued_on > r.held_on)),
        )
        .join_from(finding, review, f.review_id == r.id)
        .group_by(r.code, r.kind)
        .order_by(r.code),
    )
    assert found == [
        ("demo.hn.kiem-tra-2026-1", "inspection", 15, 15, 3, 15, True, True),
        ("demo.hn.kiem-tra-2026-2", "inspection", 15, 0, 0, 0, True, True),
        ("demo.hn.so-ket-da6-2026", "interim", 15, 12, 3, 15, True, True),
    ]
    of_another = (
        select(func.count())
        .join_from(finding, agency, f.agency_id == agency.c.id)
        .outerjoin(area, f.area_id == area.c.id)
        .where(agency.c.area_id.is_distinct_from(f.area_id))
    )
    assert await fetch(database, of_another) == [(0,)]


async def test_sources_of_every_kind_have_an_owner(database: Database) -> None:
    d = data_source.c
    found = select(d.kind, func.count(), func.count(d.owner_id)).group_by(d.kind).order_by(d.kind)
    assert await fetch(database, found) == [
        ("api", 2, 2),
        ("database", 1, 1),
        ("demo", 1, 1),
        ("dump", 1, 1),
        ("push", 2, 2),
        ("workbook", 1, 1),
    ]
