"""Agencies and their assignments."""

from __future__ import annotations

from typing import Final

from hub.model import vocabulary as v
from hub.model.catalogue.members import (
    code_of,
    jurisdiction_of,
    local_project_of,
    name_of,
    named_in_of,
    national_project_of,
    provenance_of,
)
from hub.model.duties import reporting_duty, task
from hub.model.entities import Entity, Field, Localized, Revisions, Scalar, ToMany, ToOne
from hub.model.facilities import facility
from hub.model.measurement import observation
from hub.model.organisation import agency, assignment, assignment_partner
from hub.model.programme import programme
from hub.model.resources import budget_line
from hub.model.territory import area

AGENCY: Final = Entity(
    "Agency",
    "agencies",
    agency,
    (agency.c.code,),
    "An agency, organisation, office, or class of them (cơ quan, đơn vị).",
    (
        code_of(agency),
        name_of(agency),
        Field("abbreviation", agency.c.abbreviation, Scalar.TEXT, "Short form, if any (viết tắt)."),
        Field("kind", agency.c.kind, Scalar.TEXT, "Kind (loại).", vocabulary=v.AGENCY_KIND),
        Field("level", agency.c.level, Scalar.TEXT, "Level (cấp).", vocabulary=v.AGENCY_LEVEL),
        Field(
            "isGroup",
            agency.c.is_group,
            Scalar.BOOLEAN,
            "True for a class of bodies, not one body (nhóm).",
        ),
        Field(
            "alsoNamedAs",
            agency.c.also_named_as,
            Scalar.TEXT,
            "Other wordings in the sources (tên gọi khác).",
            is_list=True,
        ),
        jurisdiction_of(agency),
        ToOne("parent", "Agency", agency.c.parent_id, agency.c.id, "Agency above it (cấp trên)."),
        ToMany(
            "children",
            "Agency",
            agency.c.id,
            (agency.c.parent_id,),
            "Agencies below it (cấp dưới).",
        ),
        ToOne("group", "Agency", agency.c.group_id, agency.c.id, "Group it is a member of (nhóm)."),
        ToMany(
            "members",
            "Agency",
            agency.c.id,
            (agency.c.group_id,),
            "Members of a group (thành viên).",
        ),
        ToOne(
            "area",
            "Area",
            agency.c.area_id,
            area.c.id,
            "Administrative unit it works for, if it is of one (địa bàn).",
        ),
        ToMany(
            "assignments",
            "Assignment",
            agency.c.id,
            (assignment.c.agency_id,),
            "Its parts in programmes and projects (phân công).",
            is_plain_list=True,
        ),
        ToMany(
            "tasks",
            "Task",
            agency.c.id,
            (task.c.agency_id,),
            "Its tasks that you may see (nhiệm vụ).",
        ),
        ToMany(
            "reportingDuties",
            "ReportingDuty",
            agency.c.id,
            (reporting_duty.c.reporter_id,),
            "What it has to report (chế độ báo cáo).",
        ),
        ToMany(
            "facilities",
            "Facility",
            agency.c.id,
            (facility.c.managed_by_id,),
            "Facilities it runs that you may see (cơ sở).",
        ),
        ToMany(
            "budgetLines",
            "BudgetLine",
            agency.c.id,
            (budget_line.c.agency_id,),
            "Its money that you may see (dòng kinh phí).",
        ),
        ToMany(
            "observations",
            "Observation",
            agency.c.id,
            (observation.c.agency_id,),
            "Figures it reported that you may see (số liệu).",
        ),
        named_in_of(agency),
        *provenance_of(agency),
    ),
    ("CODE_ASC",),
    lookup=agency.c.code,
    is_provenanced=True,
    groups=("kind", "level", "jurisdiction", "group"),
    is_searched=True,
)

ASSIGNMENT: Final = Entity(
    "Assignment",
    "assignments",
    assignment,
    (assignment.c.code,),
    "One agency's part in a programme or project (phân công).",
    (
        code_of(assignment),
        Field("role", assignment.c.role, Scalar.TEXT, "Part (vai trò).", vocabulary=v.ROLE),
        Field(
            "mode",
            assignment.c.mode,
            Scalar.TEXT,
            "Instructed or asked (giao hay đề nghị).",
            vocabulary=v.ASSIGNMENT_MODE,
        ),
        Field(
            "covers",
            assignment.c.covers,
            Scalar.TEXT,
            "The whole or a named duty (phạm vi vai trò).",
            vocabulary=v.COVERAGE,
        ),
        Localized(
            "scope",
            assignment.c.scope_vi,
            assignment.c.scope_en,
            None,
            "What it covers, in short words (nội dung).",
        ),
        Field(
            "deadline",
            assignment.c.deadline,
            Scalar.PARTIAL_DATE,
            "Date it is due, as far as stated (thời hạn).",
        ),
        Field(
            "deadlineCondition",
            assignment.c.deadline_condition,
            Scalar.TEXT,
            "Wording of the deadline where no date is given, in Vietnamese (điều kiện thời hạn).",
            is_orderable=False,
        ),
        ToOne("agency", "Agency", assignment.c.agency_id, agency.c.id, "Who (cơ quan)."),
        jurisdiction_of(assignment),
        ToOne(
            "programme",
            "Programme",
            assignment.c.programme_id,
            programme.c.id,
            "In which programme (chương trình).",
        ),
        local_project_of(assignment),
        national_project_of(assignment),
        ToMany(
            "partners",
            "AssignmentPartner",
            assignment.c.id,
            (assignment_partner.c.assignment_id,),
            "Agencies named beside it (cơ quan phối hợp).",
            is_plain_list=True,
        ),
        *provenance_of(assignment),
    ),
    ("CODE_ASC",),
    is_provenanced=True,
    revisions=Revisions(
        assignment.c.code,
        assignment.c.revision,
        assignment.c.recorded_at,
        assignment.c.superseded_at,
        assignment.c.is_withdrawn,
    ),
    groups=("role", "mode", "covers", "jurisdiction", "agency", "nationalProject"),
)

ASSIGNMENT_PARTNER: Final = Entity(
    "AssignmentPartner",
    "",
    assignment_partner,
    (assignment_partner.c.assignment_id, assignment_partner.c.agency_id),
    "An agency named beside the one that is assigned (cơ quan phối hợp).",
    (
        ToOne("agency", "Agency", assignment_partner.c.agency_id, agency.c.id, "Who (cơ quan)."),
        ToOne(
            "assignment",
            "Assignment",
            assignment_partner.c.assignment_id,
            assignment.c.id,
            "Beside whom (phân công).",
        ),
    ),
    ("AGENCY_CODE_ASC",),
)

ENTITIES: Final = (AGENCY, ASSIGNMENT, ASSIGNMENT_PARTNER)
