"""Loading again writes what differs and nothing else, whole or not at all."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, not_, or_, select

from hub.ingest.accounts import load_development_accounts
from hub.ingest.reference import load_reference
from hub.ingest.rejections import RejectedDataError, RowInUseError
from hub.model.authority import access_grant, account, scope
from hub.model.duties import (
    reporting_duty,
    reporting_duty_document,
    reporting_regime,
    task,
    task_document,
    task_indicator,
    task_partner,
)
from hub.model.facilities import facility, facility_type
from hub.model.measurement import disaggregation, indicator, period, target
from hub.model.organisation import agency, assignment, assignment_partner
from hub.model.programme import document, document_link, programme, project
from hub.model.reporting import form_cell, report_form
from hub.model.resources import funding_source, funding_source_document, funding_source_manager
from hub.model.situations import glossary_term
from hub.model.territory import area, area_lineage, jurisdiction
from tests.ingest.folders import copied, drop_line, replaced
from tests.ingest.rows import contents, counts, fetch, known, moment

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database


LOADED = (
    jurisdiction,
    area,
    area_lineage,
    agency,
    document,
    document_link,
    programme,
    project,
    assignment,
    assignment_partner,
    indicator,
    target,
    period,
    facility_type,
    facility,
    task,
    task_partner,
    task_indicator,
    task_document,
    reporting_duty,
    reporting_duty_document,
    reporting_regime,
    report_form,
    form_cell,
    disaggregation,
    funding_source,
    funding_source_manager,
    funding_source_document,
    glossary_term,
    access_grant,
    scope,
)


async def test_loading_again_changes_nothing(undemonstrated: Database) -> None:
    """Not a row, not an id, not a scope, not an account; and the report says so."""
    before = await contents(undemonstrated, *LOADED, account)
    report = await load_reference(undemonstrated)
    accounts = await load_development_accounts(undemonstrated)
    assert not report.is_change
    assert not accounts.is_change
    assert sum(table.unchanged for table in report.tables) > 3500
    assert await contents(undemonstrated, *LOADED, account) == before


async def test_only_what_differs_is_written(undemonstrated: Database, tmp_path: Path) -> None:
    """A changed, a new and a vanished line are one change each; ids stay, other rows stay."""
    before = {row[1]: row for row in (await contents(undemonstrated, task))["task"]}
    folder = copied(tmp_path)
    replaced(folder, "tasks.csv", "Danh sách được công bố", "Danh sách đã công bố")
    drop_line(folder, "tasks.csv", "hn.da5.vii-1.mttq,")
    with (folder / "tasks.csv").open("a", encoding="utf-8") as opened:
        opened.write(
            "hn.moi,hn,ctmtqg-2030,,,hn.cong-an,lead,assigned,duty,,Việc mới.,,,,,,,,,,"
            "hn.kh-da5,VI.1,false,,\r\n"
        )
    report = await load_reference(undemonstrated, folder)
    assert counts(report, task) == (1, 1, 1)
    assert {each.table for each in report.tables if each.is_change} == {"task", "task_document"}

    after = {row[1]: row for row in (await contents(undemonstrated, task))["task"]}
    changed, gone = "hn.da5.vi-2-b.so-y-te.1", "hn.da5.vii-1.mttq"
    assert after[changed][0] == before[changed][0]
    assert {code for code in before if after.get(code) != before[code]} == {changed, gone}
    assert set(after) - set(before) == {"hn.moi"}

    await load_reference(undemonstrated)
    restored = {row[1]: row[2:] for row in (await contents(undemonstrated, task))["task"]}
    assert restored == {code: row[2:] for code, row in before.items()}


async def test_a_changed_target_becomes_a_revision(
    undemonstrated: Database, tmp_path: Path
) -> None:
    """What the plan said before can be asked for, and what it no longer says is withdrawn."""
    changed, gone = "hn.da5.tu-van-cai-nghien.2026", "hn.da5.tu-van-cai-nghien.2030"
    folder = copied(tmp_path)
    file = "indicator_targets.csv"
    replaced(folder, file, "yearly,2026,40,eq", "yearly,2026,45,gte")
    drop_line(folder, file, f"{gone},")
    first = await moment(undemonstrated)
    report = await load_reference(undemonstrated, folder)
    assert counts(report, target) == (0, 1, 1)
    assert {each.table for each in report.tables if each.is_change} == {"target"}
    second = await moment(undemonstrated)
    await load_reference(undemonstrated)
    third = await moment(undemonstrated)

    codes = or_(target.c.code == changed, target.c.code == gone)
    seen = [
        dict(
            await fetch(
                undemonstrated, known(target, at, target.c.code, target.c.value, where=codes)
            )
        )
        for at in (first, second, third)
    ]
    assert seen == [{changed: 40, gone: 80}, {changed: 45}, {changed: 40, gone: 80}]
    t = target.c
    kept = select(t.code, t.revision, t.value, t.is_withdrawn, t.superseded_at.is_(None))
    assert await fetch(undemonstrated, kept.where(codes).order_by(t.code, t.revision)) == [
        (changed, 1, 40, False, False),
        (changed, 2, 45, False, False),
        (changed, 3, 40, False, True),
        (gone, 1, 80, False, False),
        (gone, 2, 80, True, False),
        (gone, 3, 80, False, True),
    ]
    others = select(func.max(t.revision)).where(not_(codes))
    assert await fetch(undemonstrated, others) == [(1,)]


async def test_with_whom_is_part_of_an_assignment(undemonstrated: Database, tmp_path: Path) -> None:
    """Another partner makes a revision; the former one keeps the partners it had."""
    code = "hn.ctmtqg-2030.da7.tda4.mttq.guiding"
    folder = copied(tmp_path)
    partners = "hn.ubnd-cap-xa|hn.chu-du-an-thanh-phan|hn.chu-dau-tu"
    replaced(folder, "assignments.csv", partners, "hn.ubnd-cap-xa|hn.so-cong-thuong")
    report = await load_reference(undemonstrated, folder)
    assert counts(report, assignment) == (0, 1, 0)
    assert counts(report, assignment_partner) == (2, 0, 0)
    found = (
        select(assignment.c.revision, agency.c.code)
        .join_from(assignment, assignment_partner)
        .join(agency, assignment_partner.c.agency_id == agency.c.id)
        .where(assignment.c.code == code)
        .order_by(assignment.c.revision, agency.c.code)
    )
    assert await fetch(undemonstrated, found) == [
        (1, "hn.chu-dau-tu"),
        (1, "hn.chu-du-an-thanh-phan"),
        (1, "hn.ubnd-cap-xa"),
        (2, "hn.so-cong-thuong"),
        (2, "hn.ubnd-cap-xa"),
    ]
    assert not (await load_reference(undemonstrated, folder)).is_change


async def test_a_right_ends_when_its_line_is_gone(undemonstrated: Database, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    drop_line(folder, "grants_by_decision.csv", "hn.so-tai-chinh.budget,")
    reach = (
        select(scope.c.data_class)
        .join(agency, scope.c.holder_id == agency.c.id)
        .where(agency.c.code == "hn.so-tai-chinh")
        .distinct()
    )
    assert ("budget",) in await fetch(undemonstrated, reach)
    report = await load_reference(undemonstrated, folder)
    assert counts(report, access_grant) == (0, 0, 1)
    assert ("budget",) not in await fetch(undemonstrated, reach)


async def test_a_row_in_use_does_not_vanish(undemonstrated: Database, tmp_path: Path) -> None:
    """An agency with an account stays; the refusal leaves everything as it was."""
    before = await contents(undemonstrated, *LOADED)
    folder = copied(tmp_path)
    drop_line(folder, "agencies.csv", "hn.ubnd.phong-nc,")
    with pytest.raises(RowInUseError) as caught:
        await load_reference(undemonstrated, folder)
    assert caught.value.parts == {"table": "account"}
    assert await contents(undemonstrated, *LOADED) == before


async def test_a_spoiled_file_writes_nothing(bare: Database, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    line = replaced(folder, "indicator_targets.csv", ",2027,70,", ",2027,seventy,")
    with pytest.raises(RejectedDataError) as caught:
        await load_reference(bare, folder)
    [rejection] = caught.value.rejections
    assert (rejection.file, rejection.line, rejection.column, rejection.found) == (
        "indicator_targets.csv",
        line,
        "value",
        "seventy",
    )
    assert not any((await contents(bare, *LOADED)).values())


async def test_two_loads_at_once_take_turns(undemonstrated: Database, tmp_path: Path) -> None:
    """The second finds what the first has written, and has nothing left to do."""
    folder = copied(tmp_path)
    replaced(folder, "tasks.csv", "Danh sách được công bố", "Danh sách đã công bố")
    first, second = await asyncio.gather(
        load_reference(undemonstrated, folder), load_reference(undemonstrated, folder)
    )
    assert first.is_change is not second.is_change


async def test_progress_is_told_step_by_step(undemonstrated: Database) -> None:
    """As many steps as expected, each named."""
    told = Told()
    await load_reference(undemonstrated, progress=told)
    assert told.expected == len(told.labels)
    assert all(told.labels)


class Told:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.expected = 0
        self.labels: list[str] = []

    def expect(self, steps: int) -> None:
        """Add to what is expected."""
        self.expected += steps

    def advance(self, label: str) -> None:
        """Note the label."""
        self.labels.append(label)
