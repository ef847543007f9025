"""Programmes, projects and documents."""

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
from hub.model.entities import Entity, Field, Localized, Scalar, ToMany, ToOne
from hub.model.facilities import facility
from hub.model.measurement import indicator, observation
from hub.model.organisation import agency, assignment
from hub.model.programme import document, document_link, programme, project
from hub.model.resources import budget_line, funding_source, training
from hub.model.situations import finding, pilot_model

PROGRAMME: Final = Entity(
    "Programme",
    "programmes",
    programme,
    (programme.c.code,),
    "A drug-prevention programme, national or as one place carries it out (chương trình).",
    (
        code_of(programme),
        name_of(programme),
        Field(
            "scope",
            programme.c.scope,
            Scalar.TEXT,
            "National or local (phạm vi).",
            vocabulary=v.PROGRAMME_SCOPE,
        ),
        Field(
            "periodStart",
            programme.c.period_start,
            Scalar.INT,
            "First year, where stated (năm bắt đầu).",
        ),
        Field(
            "periodEnd",
            programme.c.period_end,
            Scalar.INT,
            "Last year, where stated (năm kết thúc).",
        ),
        jurisdiction_of(programme),
        ToOne(
            "parent",
            "Programme",
            programme.c.parent_id,
            programme.c.id,
            "The national programme of a local one (chương trình quốc gia).",
        ),
        ToMany(
            "children",
            "Programme",
            programme.c.id,
            (programme.c.parent_id,),
            "Local carryings-out of a national programme (chương trình tại địa phương).",
        ),
        ToOne(
            "standingAgency",
            "Agency",
            programme.c.standing_agency_id,
            agency.c.id,
            "Standing agency, null where no source names one (cơ quan thường trực).",
        ),
        ToMany(
            "projects",
            "Project",
            programme.c.id,
            (project.c.programme_id,),
            "Its projects that you may see: national nodes are open to all (dự án).",
        ),
        ToMany(
            "indicators",
            "Indicator",
            programme.c.id,
            (indicator.c.programme_id,),
            "Its indicators (chỉ tiêu).",
        ),
        ToMany(
            "assignments",
            "Assignment",
            programme.c.id,
            (assignment.c.programme_id,),
            "Who has which part in it (phân công).",
        ),
        ToMany(
            "tasks",
            "Task",
            programme.c.id,
            (task.c.programme_id,),
            "Its tasks that you may see (nhiệm vụ).",
        ),
        ToMany(
            "fundingSources",
            "FundingSource",
            programme.c.id,
            (funding_source.c.programme_id,),
            "Sources of its money (nguồn kinh phí).",
        ),
        ToMany(
            "reportingDuties",
            "ReportingDuty",
            programme.c.id,
            (reporting_duty.c.programme_id,),
            "Who reports what (chế độ báo cáo).",
        ),
        ToMany(
            "documents",
            "DocumentLink",
            programme.c.id,
            (document_link.c.programme_id,),
            "Documents that approve, carry out or review it (văn bản).",
        ),
        *provenance_of(programme),
    ),
    ("CODE_ASC",),
    lookup=programme.c.code,
    is_provenanced=True,
    groups=("scope", "jurisdiction"),
    is_searched=True,
)

PROJECT: Final = Entity(
    "Project",
    "projects",
    project,
    (project.c.code,),
    "A node of a programme's project tree: a national definition, or one place's carrying-out, "
    "which is seen through a grant (dự án, tiểu dự án).",
    (
        code_of(project),
        name_of(project),
        Field(
            "nodeType",
            project.c.node_type,
            Scalar.TEXT,
            "Kind of node (loại).",
            vocabulary=v.NODE_TYPE,
        ),
        Field("number", project.c.number, Scalar.TEXT, "Number as the programme counts (số hiệu)."),
        Field(
            "isNational",
            project.c.is_national,
            Scalar.BOOLEAN,
            "True for the national definition (dự án quốc gia).",
        ),
        Field(
            "periodStart",
            project.c.period_start,
            Scalar.INT,
            "First year, where stated (năm bắt đầu).",
        ),
        Field(
            "periodEnd", project.c.period_end, Scalar.INT, "Last year, where stated (năm kết thúc)."
        ),
        ToOne(
            "programme",
            "Programme",
            project.c.programme_id,
            programme.c.id,
            "Programme it belongs to (chương trình).",
        ),
        jurisdiction_of(project),
        ToOne(
            "parent",
            "Project",
            project.c.parent_id,
            project.c.id,
            "The project it is part of, null where it has none or you may not see it "
            "(dự án cấp trên).",
        ),
        ToMany(
            "children",
            "Project",
            project.c.id,
            (project.c.parent_id,),
            "Its parts that you may see (dự án thành phần).",
        ),
        national_project_of(project),
        ToMany(
            "instances",
            "Project",
            project.c.id,
            (project.c.national_project_id,),
            "Places' carryings-out of a national node that you may see (dự án tại địa phương).",
        ),
        ToOne(
            "lead",
            "Agency",
            project.c.lead_agency_id,
            agency.c.id,
            "Agency that leads it, null where no source names one (cơ quan chủ trì).",
        ),
        ToMany(
            "assignments",
            "Assignment",
            project.c.id,
            (assignment.c.project_id, assignment.c.national_project_id),
            "Who has which part in it; of a national node, in every place (phân công).",
            is_plain_list=True,
        ),
        ToMany(
            "indicators",
            "Indicator",
            project.c.id,
            (indicator.c.project_id, indicator.c.national_project_id),
            "Its indicators; of a national node, those of every place (chỉ tiêu).",
        ),
        ToMany(
            "observations",
            "Observation",
            project.c.id,
            (observation.c.project_id,),
            "Its figures that you may see (số liệu).",
        ),
        ToMany(
            "tasks",
            "Task",
            project.c.id,
            (task.c.project_id, task.c.national_project_id),
            "Its tasks that you may see (nhiệm vụ).",
        ),
        ToMany(
            "budgetLines",
            "BudgetLine",
            project.c.id,
            (budget_line.c.project_id,),
            "Its money that you may see (dòng kinh phí).",
        ),
        ToMany(
            "facilities",
            "Facility",
            project.c.id,
            (facility.c.project_id,),
            "Facilities that work in it and that you may see (cơ sở).",
        ),
        ToMany(
            "trainings",
            "Training",
            project.c.id,
            (training.c.project_id,),
            "Training in it that you may see (tập huấn).",
        ),
        ToMany(
            "pilotModels",
            "PilotModel",
            project.c.id,
            (pilot_model.c.project_id,),
            "Ways of working tried in it that you may see (mô hình thí điểm).",
        ),
        ToMany(
            "findings",
            "Finding",
            project.c.id,
            (finding.c.project_id,),
            "What reviews found about it that you may see (kết luận).",
        ),
        ToMany(
            "reportingDuties",
            "ReportingDuty",
            project.c.id,
            (reporting_duty.c.project_id, reporting_duty.c.national_project_id),
            "Who reports what about it (chế độ báo cáo).",
        ),
        ToOne(
            "planDocument",
            "Document",
            project.c.plan_document_id,
            document.c.id,
            "Plan that lays it out (kế hoạch).",
        ),
        ToMany(
            "documents",
            "Document",
            project.c.id,
            (document.c.project_id, document.c.national_project_id),
            "Documents about it (văn bản).",
        ),
        *provenance_of(project),
    ),
    ("CODE_ASC",),
    lookup=project.c.code,
    is_provenanced=True,
    groups=("nodeType", "isNational", "jurisdiction", "programme", "lead"),
    is_searched=True,
)

DOCUMENT: Final = Entity(
    "Document",
    "documents",
    document,
    (document.c.code,),
    "A legal or administrative document, a news item, or one that is said to come (văn bản).",
    (
        code_of(document),
        Field("number", document.c.number, Scalar.TEXT, "Number as printed (số, ký hiệu)."),
        Field("type", document.c.doc_type, Scalar.TEXT, "Kind (loại).", vocabulary=v.DOCUMENT_TYPE),
        Field(
            "status",
            document.c.status,
            Scalar.TEXT,
            "Whether it exists yet (tình trạng).",
            vocabulary=v.DOCUMENT_STATUS,
        ),
        Localized(
            "title",
            document.c.title_vi,
            document.c.title_en,
            document.c.title_vi_key,
            "Title (trích yếu).",
        ),
        Field(
            "issuedOn",
            document.c.issued_on,
            Scalar.PARTIAL_DATE,
            "Date of issue, as far as printed (ngày ban hành).",
        ),
        Field(
            "signatoryTitle",
            document.c.signatory_title,
            Scalar.TEXT,
            "Office of who signed, in Vietnamese (chức danh người ký).",
            is_orderable=False,
        ),
        Field(
            "publishedAt",
            document.c.published_at,
            Scalar.TEXT,
            "Site or paper where it appeared (nơi đăng).",
            is_orderable=False,
        ),
        ToOne(
            "issuer",
            "Agency",
            document.c.issuer_id,
            agency.c.id,
            "Who issued it (cơ quan ban hành).",
        ),
        jurisdiction_of(document),
        ToOne(
            "programme",
            "Programme",
            document.c.programme_id,
            programme.c.id,
            "Programme it is about (chương trình).",
        ),
        local_project_of(document),
        national_project_of(document),
        ToMany(
            "carriesOut",
            "DocumentLink",
            document.c.id,
            (document_link.c.document_id,),
            "What it approves, carries out or reviews (căn cứ).",
            is_plain_list=True,
        ),
        ToMany(
            "carriedOutBy",
            "DocumentLink",
            document.c.id,
            (document_link.c.related_document_id,),
            "Documents that carry it out (văn bản triển khai).",
            is_plain_list=True,
        ),
        named_in_of(document),
        *provenance_of(document),
    ),
    ("CODE_ASC",),
    lookup=document.c.code,
    is_provenanced=True,
    groups=("type", "status", "jurisdiction", "issuer"),
    is_searched=True,
)

DOCUMENT_LINK: Final = Entity(
    "DocumentLink",
    "",
    document_link,
    (document_link.c.id,),
    "What one document does for a programme or for another document (quan hệ văn bản).",
    (
        Field(
            "relation",
            document_link.c.relation,
            Scalar.TEXT,
            "What it does (quan hệ).",
            vocabulary=v.DOCUMENT_RELATION,
        ),
        ToOne(
            "document", "Document", document_link.c.document_id, document.c.id, "Which (văn bản)."
        ),
        ToOne(
            "programme",
            "Programme",
            document_link.c.programme_id,
            programme.c.id,
            "For which programme (chương trình).",
        ),
        ToOne(
            "relatedDocument",
            "Document",
            document_link.c.related_document_id,
            document.c.id,
            "For which document (văn bản liên quan).",
        ),
    ),
    ("RELATION_ASC", "DOCUMENT_CODE_ASC"),
)

ENTITIES: Final = (PROGRAMME, PROJECT, DOCUMENT, DOCUMENT_LINK)
