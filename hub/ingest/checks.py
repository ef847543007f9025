"""What must hold between the rows and files of the reference data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.ingest.local import LocalRows
from hub.ingest.rejections import Expected
from hub.ingest.rows.facilities import station_kinds
from hub.ingest.rows.territory import CITY_JURISDICTION
from hub.ingest.territory_names import DISTRICT_TYPES, WARD_TYPES, split_name
from hub.model.periods import OWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hub.ingest.drafts.authority import DecidedGrant
    from hub.ingest.drafts.duties import Task
    from hub.ingest.drafts.facilities import Facility, FacilityType
    from hub.ingest.drafts.measurement import Indicator
    from hub.ingest.drafts.organisation import Agency, Assignment
    from hub.ingest.drafts.programme import Document, Programme, Project
    from hub.ingest.drafts.sourced import InProgramme, InProject
    from hub.ingest.drafts.territory import Jurisdiction, Unit
    from hub.ingest.files import ReferenceData
    from hub.ingest.readers import Row
    from hub.ingest.rejections import Rejection


def check(data: ReferenceData) -> Iterator[Rejection]:
    """Yield what is wrong between the rows of *data*, each of which is right by itself."""
    local = LocalRows.of(data)
    for rows in (data.jurisdictions, data.programmes, data.projects, data.agencies):
        yield from _circles(rows)
    yield from _one_row_a_place(data)
    yield from _national_nodes(data, local)
    yield from _places_own_rows(data, local)
    yield from _components(data, local)
    yield from _plans_of_projects(data, local)
    yield from _one_lead(data.assignments)
    yield from _every_role(data)
    yield from _names(data)
    yield from _main_successors(data)
    yield from _own_periods(data)
    yield from _forms(data)
    yield from _disaggregations(data)
    yield from _form_cells(data)


def _circles(
    rows: Sequence[Jurisdiction] | Sequence[Programme] | Sequence[Project] | Sequence[Agency],
) -> Iterator[Rejection]:
    parents = {row.code: row.parent for row in rows}
    for row in rows:
        if _reaches_itself(row.code, parents):
            yield row.row.refuse(
                "parent",
                Expected(
                    "một cấp trên không nằm dưới chính nó", "a parent that is not below the row"
                ),
            )


def _reaches_itself(code: str, parents: Mapping[str, str | None]) -> bool:
    seen = set()
    above = parents[code]
    while above is not None and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parents[above]
    return False


def _one_row_a_place(data: ReferenceData) -> Iterator[Rejection]:
    first: dict[tuple[str, str, str], Row] = {}
    carried_out: list[tuple[str, str | None, Programme | Project]] = [
        *(("parent", row.parent, row) for row in data.programmes),
        *(("instance_of", row.instance_of, row) for row in data.projects),
    ]
    for column, national, row in carried_out:
        if national is None:
            continue
        earlier = first.setdefault((column, national, row.jurisdiction), row.row)
        if earlier is not row.row:
            yield row.row.refuse(
                column,
                Expected(
                    f"một mã chưa dùng cho “{row.jurisdiction}” (đã có ở dòng {earlier.line})",
                    f"a code not yet used for “{row.jurisdiction}” (it is on line {earlier.line})",
                ),
            )


def _national_nodes(data: ReferenceData, local: LocalRows) -> Iterator[Rejection]:
    expected = Expected("mã của một dự án quốc gia", "the code of a national project node")
    for row in data.projects:
        if row.instance_of and local.nodes[row.instance_of].jurisdiction not in local.nations:
            yield row.row.refuse("instance_of", expected)
    others: list[InProject | Document] = [*_in_projects(data), *data.documents]
    for other in others:
        if other.project and local.nodes[other.project].jurisdiction not in local.nations:
            yield other.row.refuse("project", expected)


def _places_own_rows(data: ReferenceData, local: LocalRows) -> Iterator[Rejection]:
    in_programmes: list[InProgramme] = [*data.projects, *_in_projects(data)]
    for row in in_programmes:
        if local.find_programme(row.programme, row.jurisdiction) is None:
            yield row.row.refuse(
                "programme",
                Expected(
                    f"chương trình có dòng riêng của “{row.jurisdiction}”",
                    f"a programme that “{row.jurisdiction}” has a row of its own for",
                ),
            )
    in_projects: list[InProject | DecidedGrant] = [*_in_projects(data), *data.decided_grants]
    for held in in_projects:
        if held.project is None or held.jurisdiction in local.nations:
            continue
        if local.find_project(held.project, held.jurisdiction) is None:
            place = held.jurisdiction or ""
            yield held.row.refuse(
                "project",
                Expected(
                    f"dự án có dòng riêng của “{place}”",
                    f"a project that “{place}” has a row of its own for",
                ),
            )


def _in_projects(data: ReferenceData) -> list[InProject]:
    return [
        *data.assignments,
        *data.indicators,
        *data.tasks,
        *data.funding_sources,
        *data.reporting_duties,
        *data.report_forms,
    ]


def _components(data: ReferenceData, local: LocalRows) -> Iterator[Rejection]:
    rows: list[Indicator | Task] = [*data.indicators, *data.tasks]
    for row in rows:
        if row.component is None:
            continue
        own = local.find_project(row.project, row.jurisdiction)
        if own is None or local.nodes[row.component].parent != own:
            yield row.row.refuse(
                "component",
                Expected(
                    "một nội dung của dự án ở cột project",
                    "a component of the project in column project",
                ),
            )


def _plans_of_projects(data: ReferenceData, local: LocalRows) -> Iterator[Rejection]:
    rows: list[tuple[Facility | FacilityType, str]] = [
        *((row, row.jurisdiction) for row in data.facilities),
        *((kind, CITY_JURISDICTION) for kind in station_kinds(data)),
    ]
    for row, jurisdiction in rows:
        if local.find_project_of_plan(row.source_document, jurisdiction) is None:
            yield row.row.refuse(
                "source_document",
                Expected(
                    f"văn bản về một dự án mà “{jurisdiction}” có dòng riêng",
                    f"a document about a project that “{jurisdiction}” has a row of its own for",
                ),
            )


def _one_lead(assignments: Sequence[Assignment]) -> Iterator[Rejection]:
    leads: dict[tuple[str, str], Assignment] = {}
    for row in assignments:
        if row.role != "lead" or row.covers != "whole" or row.project is None:
            continue
        first = leads.setdefault((row.project, row.jurisdiction), row)
        if first.agency != row.agency:
            yield row.row.refuse(
                "agency",
                Expected(
                    f"cơ quan chủ trì “{first.agency}” như ở dòng {first.row.line}",
                    f"the leading agency “{first.agency}” as on line {first.row.line}",
                ),
            )


def _every_role(data: ReferenceData) -> Iterator[Rejection]:
    known = {right.role for right in data.role_rights}
    for row in data.assignments:
        if row.role not in known:
            yield row.row.refuse(
                "role",
                Expected("một vai trò có trong roles.csv", "a role that roles.csv knows"),
            )


def _names(data: ReferenceData) -> Iterator[Rejection]:
    units: list[Unit] = [*data.wards, *data.closed_wards]
    for ward in units:
        kind = split_name(ward.name)
        if kind is None or kind[0] != ward.type or ward.type not in WARD_TYPES:
            yield ward.row.refuse(
                "name",
                Expected("tên bắt đầu bằng loại của đơn vị", "a name that begins with its type"),
            )
    districts: dict[str, str] = {}
    for closed in data.closed_wards:
        kind = split_name(closed.district_name)
        if kind is None or kind[0] not in DISTRICT_TYPES:
            yield closed.row.refuse(
                "district_name",
                Expected(
                    "tên bắt đầu bằng Quận, Huyện hoặc Thị xã",
                    "a name that begins with Quận, Huyện or Thị xã",
                ),
            )
        name = districts.setdefault(closed.district_code, closed.district_name)
        if name != closed.district_name:
            yield closed.row.refuse(
                "district_name",
                Expected(
                    f"“{name}” như các dòng khác của {closed.district_code}",
                    f"“{name}” as on the other lines of {closed.district_code}",
                ),
            )


def _main_successors(data: ReferenceData) -> Iterator[Rejection]:
    for row in data.lineage:
        if (row.share == "part") is (row.main_successor is None):
            yield row.row.refuse(
                "main_successor",
                Expected(
                    "“true” hoặc “false” khi share là part, để trống khi là whole",
                    "“true” or “false” where share is part, nothing where it is whole",
                ),
            )


def _own_periods(data: ReferenceData) -> Iterator[Rejection]:
    own = {row.code for row in data.reporting_regimes if row.calendar == OWN}
    for row in data.reporting_periods:
        if row.regime not in own:
            expected = Expected(f"một chế độ có calendar là {OWN}", f"a regime of calendar {OWN}")
            yield row.row.refuse("regime", expected)
        if row.ends_on < row.starts_on:
            expected = Expected("một ngày không trước starts_on", "no day before starts_on")
            yield row.row.refuse("ends_on", expected)


def _forms(data: ReferenceData) -> Iterator[Rejection]:
    for row in data.report_forms:
        if row.project is None:
            yield row.row.refuse("project", Expected("dự án của biểu mẫu", "the form's project"))
        if (row.subject == "facility") is (row.facility_type is None):
            yield row.row.refuse(
                "facility_type",
                Expected(
                    "một loại cơ sở khi subject là facility, để trống khi là area",
                    "a kind of facility where subject is facility, nothing where it is area",
                ),
            )
        if row.valid_to is not None and row.valid_to < row.valid_from:
            yield row.row.refuse(
                "valid_to", Expected("một ngày không trước valid_from", "no day before valid_from")
            )


def _disaggregations(data: ReferenceData) -> Iterator[Rejection]:
    indicators = {row.code: (row.jurisdiction, row.project, row.unit) for row in data.indicators}
    # No part has parts, or is one of two.
    taken = {row.indicator for row in data.disaggregations}
    for row in data.disaggregations:
        if indicators[row.part] != indicators[row.indicator] or row.part in taken:
            yield row.row.refuse(
                "part",
                Expected(
                    "một chỉ tiêu khác cùng dự án và đơn vị tính, chưa là và không có phân tổ",
                    "another indicator of its project and unit that is no part yet and has none",
                ),
            )
        taken.add(row.part)


def _form_cells(data: ReferenceData) -> Iterator[Rejection]:
    forms = {row.code: (row.jurisdiction, row.project) for row in data.report_forms}
    indicators = {row.code: (row.jurisdiction, row.project) for row in data.indicators}
    taken: set[tuple[str, int]] = set()
    for row in data.form_cells:
        if forms[row.form] != indicators[row.indicator]:
            yield row.row.refuse(
                "indicator",
                Expected("một chỉ tiêu của dự án của biểu", "an indicator of the form's project"),
            )
        if (row.form, row.position) in taken:
            yield row.row.refuse(
                "position",
                Expected("mỗi thứ tự một lần trong biểu", "each position once in a form"),
            )
        taken.add((row.form, row.position))
