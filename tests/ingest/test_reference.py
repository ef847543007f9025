"""The programme's own data is loaded whole, once, and says what the files say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Table, and_, func, not_, or_, select

from hub.ingest.reference import load_reference
from hub.model.authority import access_grant, account
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
from hub.model.measurement import disaggregation, indicator, target
from hub.model.organisation import agency, assignment, assignment_partner
from hub.model.programme import document, document_link, programme, project
from hub.model.reporting import form_cell, report_form
from hub.model.resources import funding_source, funding_source_document, funding_source_manager
from hub.model.situations import glossary_term
from hub.model.territory import area, area_lineage, jurisdiction
from hub.web.development import ISSUER
from tests.ingest.folders import copied, lines
from tests.ingest.rows import counts, fetch, size

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database


@pytest.mark.parametrize(
    ("table", "file"),
    [
        (jurisdiction, "jurisdictions.csv"),
        (document, "documents.csv"),
        (programme, "programmes.csv"),
        (project, "projects.csv"),
        (assignment, "assignments.csv"),
        (indicator, "indicators.csv"),
        (target, "indicator_targets.csv"),
        (area_lineage, "ward_lineage.csv"),
        (facility_type, "facility_types.csv"),
        (task, "tasks.csv"),
        (reporting_duty, "reporting_duties.csv"),
        (reporting_regime, "reporting_regimes.csv"),
        (report_form, "report_forms.csv"),
        (form_cell, "form_cells.csv"),
        (disaggregation, "disaggregations.csv"),
        (funding_source, "funding_sources.csv"),
        (glossary_term, "glossary.csv"),
    ],
    ids=str,
)
async def test_every_line_is_a_row(loaded: Database, table: Table, file: str) -> None:
    assert await size(loaded, table) == len(lines(file))


@pytest.mark.parametrize(
    ("link", "file", "column"),
    [
        (assignment_partner, "assignments.csv", "partner_agencies"),
        (task_partner, "tasks.csv", "partner_agencies"),
        (task_indicator, "tasks.csv", "indicators"),
        (task_document, "tasks.csv", "related_documents"),
        (reporting_duty_document, "reporting_duties.csv", "related_documents"),
        (funding_source_manager, "funding_sources.csv", "managing_agencies"),
        (funding_source_document, "funding_sources.csv", "governing_documents"),
    ],
    ids=str,
)
async def test_every_code_in_a_cell_is_a_link(
    loaded: Database, link: Table, file: str, column: str
) -> None:
    [owner, other] = [key.column for c in link.primary_key for key in c.foreign_keys]
    found = select(owner.table.c.code, other.table.c.code).select_from(
        link.join(owner.table, link.primary_key.columns[0] == owner).join(
            other.table, link.primary_key.columns[1] == other
        )
    )
    assert sorted(await fetch(loaded, found)) == sorted(
        (line["code"], code) for line in lines(file) for code in line[column].split("|") if code
    )


async def test_every_unit_is_an_area(loaded: Database) -> None:
    """126 wards of today, 526 closed ones in 30 districts, and the city."""
    found = await fetch(
        loaded,
        select(area.c.level, area.c.valid_from, area.c.valid_to, func.count())
        .group_by(area.c.level, area.c.valid_from, area.c.valid_to)
        .order_by(func.count()),
    )
    first_day, last_day = date(2025, 7, 1), date(2025, 6, 30)
    assert found == [
        ("city", None, None, 1),
        ("district", None, last_day, 30),
        ("ward", first_day, None, 126),
        ("ward", None, last_day, 526),
    ]
    parent = area.alias()
    above = select(area.c.code, parent.c.code, area.c.short_name).join(
        parent, area.c.parent_id == parent.c.id
    )
    assert await fetch(loaded, above.where(area.c.code == "00004").order_by(parent.c.code)) == [
        ("00004", "001", "Trúc Bạch"),
        ("00004", "01", "Ba Đình"),
    ]
    assert await fetch(loaded, above.where(area.c.code == "269")) == [("269", "01", "Sơn Tây")]


async def test_where_the_land_went(loaded: Database) -> None:
    """26 wards have nothing but whole predecessors; 199 closed wards were divided."""
    is_whole = func.bool_and(area_lineage.c.share == "whole")
    wholes = (
        select(area_lineage.c.successor_id).group_by(area_lineage.c.successor_id).having(is_whole)
    )
    divided = (
        select(area_lineage.c.predecessor_id)
        .group_by(area_lineage.c.predecessor_id)
        .having(func.count() > 1)
    )
    assert len(await fetch(loaded, wholes)) == 26
    assert len(await fetch(loaded, divided)) == 199
    successors = select(func.count()).where(area_lineage.c.is_main_successor)
    assert await fetch(loaded, successors) == [(199,)]


async def test_every_ward_has_its_members_of_the_two_groups(loaded: Database) -> None:
    group = agency.alias()
    found = await fetch(
        loaded,
        select(group.c.code, func.count(), func.bool_and(agency.c.inferred))
        .join_from(agency, group, agency.c.group_id == group.c.id)
        .where(not_(agency.c.is_group), agency.c.area_id.is_not(None))
        .group_by(group.c.code)
        .order_by(group.c.code),
    )
    assert found == [("hn.cong-an-cap-xa", 126, True), ("hn.ubnd-cap-xa", 126, True)]
    names = select(agency.c.name_vi).where(agency.c.code.like("hn.%-cap-xa.00004"))
    assert set(await fetch(loaded, names)) == {
        ("Ủy ban nhân dân phường Ba Đình",),
        ("Công an phường Ba Đình",),
    }
    assert await size(loaded, agency) == len(lines("agencies.csv")) + 2 * 126


async def test_every_ward_has_a_health_station_kept_by_its_committee(loaded: Database) -> None:
    """Deduced, of the project whose plan speaks of such stations; nothing else is known of it."""
    f = facility.c
    found = await fetch(
        loaded,
        select(func.count(), func.count(f.area_id.distinct()), func.bool_and(f.inferred))
        .select_from(facility)
        .join(agency, f.managed_by_id == agency.c.id)
        .join(area, f.area_id == area.c.id)
        .where(
            f.reporting_area_id == f.area_id,
            agency.c.area_id == f.area_id,
            f.code == "hn.tram-y-te." + area.c.code,
            agency.c.code == "hn.ubnd-cap-xa." + area.c.code,
            area.c.valid_to.is_(None),
            f.capacity.is_(None),
            f.status.is_(None),
        ),
    )
    assert found == [(126, 126, True)]
    assert await size(loaded, facility) == 126 + len(lines("facilities.csv"))
    one = (
        select(f.name_vi, facility_type.c.code, project.c.code, document.c.code, f.source_section)
        .join(facility_type, f.facility_type_id == facility_type.c.id)
        .join(project, f.project_id == project.c.id)
        .join(document, f.source_document_id == document.c.id)
        .where(f.code == "hn.tram-y-te.00004")
    )
    assert await fetch(loaded, one) == [
        ("Trạm Y tế phường Ba Đình", "tram-y-te", "hn.ctmtqg-2030.da5", "hn.kh-da5", "II.2.e")
    ]


async def test_a_facility_that_a_text_names_is_of_the_project_of_that_text(
    undemonstrated: Database, tmp_path: Path
) -> None:
    folder = copied(tmp_path)
    with (folder / "facilities.csv").open("a", encoding="utf-8") as opened:
        opened.write(
            "hn.cscn-1,Cơ sở số 1,,co-so-cai-nghien-cong-lap,hn,hn.cong-an,Ba Vì,"
            "hn.kh-da5,IV.1,false,,\r\n"
        )
    report = await load_reference(undemonstrated, folder)
    assert counts(report, facility) == (1, 0, 0)
    found = (
        select(project.c.code, facility.c.address, facility.c.area_id)
        .join(project, facility.c.project_id == project.c.id)
        .where(facility.c.code == "hn.cscn-1")
    )
    assert await fetch(undemonstrated, found) == [("hn.ctmtqg-2030.da5", "Ba Vì", None)]


async def test_a_task_says_who_what_and_for_which_project(loaded: Database) -> None:
    """Its project is the place's own and the national one, its heading a part of the plan."""
    node, heading = project.alias(), project.alias()
    found = (
        select(agency.c.code, project.c.code, node.c.code, heading.c.code, task.c.role, task.c.mode)
        .join_from(task, agency, task.c.agency_id == agency.c.id)
        .join(project, task.c.project_id == project.c.id)
        .join(node, task.c.national_project_id == node.c.id)
        .outerjoin(heading, task.c.component_id == heading.c.id)
        .where(
            or_(task.c.code == "hn.da5.vi-2-b.so-y-te.1", task.c.code == "hn.da5.iv-1-a.cong-an")
        )
        .order_by(task.c.code)
    )
    own, national = "hn.ctmtqg-2030.da5", "ctmtqg-2030.da5"
    assert await fetch(loaded, found) == [
        ("hn.cong-an", own, national, f"{own}.nd1", "lead", "unassigned"),
        ("hn.so-y-te", own, national, None, "lead", "assigned"),
    ]
    nobody = select(func.count()).where(task.c.agency_id.is_(None))
    assert await fetch(loaded, nobody) == [
        (sum(not line["agency"] for line in lines("tasks.csv")),)
    ]


async def test_a_regime_sets_the_days_that_a_rule_states(loaded: Database) -> None:
    r = reporting_regime.c
    found = select(r.code, r.calendar, r.legal_basis, r.month_due_day, r.quarter_due_day)
    assert await fetch(loaded, found.order_by(r.code)) == [
        ("duong-lich", "calendar", "Thông tư 05/2011/TT-BLĐTBXH", 3, None),
        ("nd-09-2019", "nd-09-2019", "Nghị định 09/2019/NĐ-CP, Điều 12", 20, 20),
    ]


async def test_a_national_code_and_a_place_give_the_places_own_row(loaded: Database) -> None:
    """Hà Nội's indicators hang on Hà Nội's project, their national node is named beside it."""
    node = project.alias()
    own = (
        select(project.c.code, node.c.code, programme.c.code)
        .join_from(indicator, project, indicator.c.project_id == project.c.id)
        .join(node, indicator.c.national_project_id == node.c.id)
        .join(programme, indicator.c.programme_id == programme.c.id)
        .where(indicator.c.code == "hn.da5.tu-van-cai-nghien")
    )
    assert await fetch(loaded, own) == [("hn.ctmtqg-2030.da5", "ctmtqg-2030.da5", "hn.ctmtqg-2030")]


async def test_the_city_police_stand_for_their_city_only(loaded: Database) -> None:
    held = (
        select(jurisdiction.c.code, programme.c.code)
        .join_from(access_grant, agency, access_grant.c.holder_id == agency.c.id)
        .join(jurisdiction, access_grant.c.jurisdiction_id == jurisdiction.c.id)
        .join(programme, access_grant.c.programme_id == programme.c.id)
        .where(agency.c.code == "hn.cong-an", access_grant.c.role == "standing")
        .distinct()
    )
    assert await fetch(loaded, held) == [("hn", "hn.ctmtqg-2030")]


async def test_a_project_is_led_only_where_a_source_says_so(loaded: Database) -> None:
    led = (
        select(project.c.code, agency.c.code)
        .join(agency, project.c.lead_agency_id == agency.c.id)
        .order_by(project.c.code)
    )
    assert await fetch(loaded, led) == [
        ("hn.ctmtqg-2030.da5", "hn.cong-an"),
        ("hn.ctmtqg-2030.da9", "hn.cong-an"),
    ]


async def test_a_component_carries_out_what_the_project_above_it_does(loaded: Database) -> None:
    node = project.alias()
    found = (
        select(node.c.code, node.c.is_national, project.c.is_national)
        .join_from(project, node, project.c.national_project_id == node.c.id)
        .where(project.c.code == "hn.ctmtqg-2030.da5.nd4")
    )
    assert await fetch(loaded, found) == [("ctmtqg-2030.da5", True, False)]


async def test_targets_stand_as_printed(loaded: Database) -> None:
    """Dự án 5 II.2.d falls from 80 to 70, and says so."""
    found = (
        select(target.c.year, target.c.value, target.c.anomalies, document.c.code)
        .join_from(target, indicator, target.c.indicator_id == indicator.c.id)
        .join(document, target.c.source_document_id == document.c.id)
        .where(
            indicator.c.code == "hn.da5.ho-tro-phong-tai-nghien", target.c.target_type == "yearly"
        )
        .order_by(target.c.year)
    )
    odd = ["non_monotonic"]
    assert await fetch(loaded, found) == [
        (2026, 80, odd, "hn.kh-da5"),
        (2027, 70, odd, "hn.kh-da5"),
        (2028, 80, [], "hn.kh-da5"),
        (2029, 90, [], "hn.kh-da5"),
        (2030, 90, [], "hn.kh-da5"),
    ]


async def test_what_the_sources_leave_empty_is_null(loaded: Database) -> None:
    i = indicator.c
    assert await fetch(
        loaded,
        select(
            func.count(i.baseline_value), func.count(i.baseline_year), func.count(i.final_value)
        ),
    ) == [(0, 0, sum(bool(line["final_value"]) for line in lines("indicators.csv")))]
    stated = select(document.c.number, document.c.issued_on).where(
        document.c.code == "ct.kh-ctmtqg-2030"
    )
    assert await fetch(loaded, stated) == [(None, None)]


async def test_documents_say_what_they_do(loaded: Database) -> None:
    other = document.alias()
    found = (
        select(document.c.code, document_link.c.relation, programme.c.code, other.c.code)
        .join_from(document_link, document, document_link.c.document_id == document.c.id)
        .outerjoin(programme, document_link.c.programme_id == programme.c.id)
        .outerjoin(other, document_link.c.related_document_id == other.c.id)
        .where(document.c.code == "na.kh-133-kh-ubnd")
        .order_by(document_link.c.relation)
    )
    assert await fetch(loaded, found) == [
        ("na.kh-133-kh-ubnd", "implements", None, "na.kh-572-kh-ubnd"),
        ("na.kh-133-kh-ubnd", "reviews", "na.ctpcmt-2020", None),
    ]


async def test_decisions_are_grants_and_reach_each_member_of_a_group(loaded: Database) -> None:
    """Eight of the ten have one holder, or none; two are each ward's own."""
    g = access_grant.c
    decided = await fetch(
        loaded, select(g.code, g.is_public, g.holder_id, g.area_id).where(g.origin == "decided")
    )
    assert len(decided) == 8 + 2 * 126
    assert [code for code, is_public, _, _ in decided if is_public] == ["public.definitions"]
    assert {code for code, _, holder, _ in decided if holder is None} == {
        "public.definitions",
        "operator.own-facility",
    }
    assert sum(area_id is not None for *_, area_id in decided) == 2 * 126


async def test_every_body_has_an_account_of_the_development_issuer(loaded: Database) -> None:
    kinds = (
        select(account.c.issuer, account.c.kind, func.count(), func.min(account.c.subject))
        .join_from(
            account,
            agency,
            and_(account.c.agency_id == agency.c.id, account.c.subject == agency.c.code),
        )
        .where(not_(agency.c.is_group))
        .group_by(account.c.issuer, account.c.kind)
        .order_by(account.c.kind)
    )
    bodies = 2 * 126 + sum(line["is_group"] == "false" for line in lines("agencies.csv"))
    [feed, persons] = await fetch(loaded, kinds)
    assert feed == (ISSUER, "feed", 1, "vn.bo-cong-an")
    assert persons[:3] == (ISSUER, "person", bodies - 1)
    assert await size(loaded, account) == bodies
