"""The entities of the hub and how they hang together: what every executor follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hub.model import vocabulary as v
from hub.model.authority import access_grant
from hub.model.entities import (
    Entity,
    Field,
    First,
    Localized,
    Member,
    Revisions,
    Scalar,
    ToMany,
    ToOne,
)
from hub.model.measurement import indicator, observation, period, target
from hub.model.organisation import agency, assignment, assignment_partner
from hub.model.programme import document, document_link, programme, project
from hub.model.territory import area, area_lineage, jurisdiction

if TYPE_CHECKING:
    from sqlalchemy import Table


def _provenance(table: Table) -> tuple[Member, ...]:
    c = table.c
    return (
        ToOne(
            "sourceDocument",
            "Document",
            c.source_document_id,
            document.c.id,
            "The text this row is taken from (văn bản nguồn).",
        ),
        Field(
            "sourceSection",
            c.source_section,
            Scalar.TEXT,
            "Place in that text, as it numbers its sections (mục trong văn bản nguồn).",
            is_orderable=False,
        ),
        Field(
            "inferred",
            c.inferred,
            Scalar.BOOLEAN,
            "True where at least one value is deduced and not stated (có suy luận).",
        ),
        Field(
            "inferredFields",
            c.inferred_fields,
            Scalar.TEXT,
            "Source columns whose values are deduced (trường suy luận).",
            is_list=True,
        ),
        Field(
            "notes",
            c.notes,
            Scalar.TEXT,
            "Remark on the source, in Vietnamese (ghi chú).",
            is_orderable=False,
        ),
        _synthetic(table),
    )


def _synthetic(table: Table) -> Field:
    return Field(
        "synthetic",
        table.c.synthetic,
        Scalar.BOOLEAN,
        "True for demonstration data, which is made up (dữ liệu minh họa).",
    )


def _code(table: Table) -> Field:
    return Field("code", table.c.code, Scalar.CODE, "Public code (mã).")


def _name(table: Table) -> Localized:
    return Localized(
        "name",
        table.c.name_vi,
        table.c.name_en,
        "Official name in Vietnamese or its English gloss; null where no source gives one (tên).",
    )


def _named_in(table: Table) -> Field:
    return Field(
        "namedIn",
        table.c.named_in,
        Scalar.CODE,
        "Codes of the source texts that name it (được nêu trong).",
        is_list=True,
    )


def _jurisdiction_of(table: Table) -> ToOne:
    return ToOne(
        "jurisdiction",
        "Jurisdiction",
        table.c.jurisdiction_id,
        jurisdiction.c.id,
        "Place it belongs to (địa phương).",
    )


def _local_project_of(table: Table) -> ToOne:
    return ToOne(
        "project",
        "Project",
        table.c.project_id,
        project.c.id,
        "The place's own project, null unless you hold a right to it (dự án của địa phương).",
    )


def _national_project_of(table: Table) -> ToOne:
    return ToOne(
        "nationalProject",
        "Project",
        table.c.national_project_id,
        project.c.id,
        "The national node of that project, open to all (dự án quốc gia).",
    )


JURISDICTION: Final = Entity(
    "Jurisdiction",
    "jurisdictions",
    jurisdiction,
    (jurisdiction.c.code,),
    "A place that issues or carries out programmes (địa phương).",
    (
        _code(jurisdiction),
        _name(jurisdiction),
        Field(
            "level",
            jurisdiction.c.level,
            Scalar.TEXT,
            "Level (cấp).",
            vocabulary=v.JURISDICTION_LEVEL,
        ),
        Field(
            "role",
            jurisdiction.c.role,
            Scalar.TEXT,
            "Part it plays (vai trò).",
            vocabulary=v.JURISDICTION_ROLE,
        ),
        Field(
            "unitLevelsNamed",
            jurisdiction.c.unit_levels_named,
            Scalar.TEXT,
            "Administrative levels its text names (các cấp được nêu).",
            is_list=True,
        ),
        Field(
            "statusNotes",
            jurisdiction.c.status_notes,
            Scalar.TEXT,
            "Remark on its levels, in Vietnamese (ghi chú về cấp hành chính).",
            is_orderable=False,
        ),
        ToOne(
            "parent",
            "Jurisdiction",
            jurisdiction.c.parent_id,
            jurisdiction.c.id,
            "Place it lies in (trực thuộc).",
        ),
        ToMany(
            "programmes",
            "Programme",
            jurisdiction.c.id,
            (programme.c.jurisdiction_id,),
            "Programmes it issues or carries out (chương trình).",
        ),
        ToMany(
            "areas",
            "Area",
            jurisdiction.c.id,
            (area.c.jurisdiction_id,),
            "Its administrative units, in force and closed (địa bàn).",
        ),
        _named_in(jurisdiction),
        *_provenance(jurisdiction),
    ),
    ("CODE_ASC",),
    lookup=jurisdiction.c.code,
    is_provenanced=True,
)

PROGRAMME: Final = Entity(
    "Programme",
    "programmes",
    programme,
    (programme.c.code,),
    "A drug-prevention programme, national or as one place carries it out (chương trình).",
    (
        _code(programme),
        _name(programme),
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
        _jurisdiction_of(programme),
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
            "documents",
            "DocumentLink",
            programme.c.id,
            (document_link.c.programme_id,),
            "Documents that approve, carry out or review it (văn bản).",
        ),
        *_provenance(programme),
    ),
    ("CODE_ASC",),
    lookup=programme.c.code,
    is_provenanced=True,
)

PROJECT: Final = Entity(
    "Project",
    "projects",
    project,
    (project.c.code,),
    "A node of a programme's project tree: a national definition, or one place's carrying-out, "
    "which is seen through a grant (dự án, tiểu dự án).",
    (
        _code(project),
        _name(project),
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
        _jurisdiction_of(project),
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
        _national_project_of(project),
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
        *_provenance(project),
    ),
    ("CODE_ASC",),
    lookup=project.c.code,
    is_provenanced=True,
)

AGENCY: Final = Entity(
    "Agency",
    "agencies",
    agency,
    (agency.c.code,),
    "An agency, organisation, office, or class of them (cơ quan, đơn vị).",
    (
        _code(agency),
        _name(agency),
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
        _jurisdiction_of(agency),
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
            "observations",
            "Observation",
            agency.c.id,
            (observation.c.agency_id,),
            "Figures it reported that you may see (số liệu).",
        ),
        _named_in(agency),
        *_provenance(agency),
    ),
    ("CODE_ASC",),
    lookup=agency.c.code,
    is_provenanced=True,
)

ASSIGNMENT: Final = Entity(
    "Assignment",
    "assignments",
    assignment,
    (assignment.c.code,),
    "One agency's part in a programme or project (phân công).",
    (
        _code(assignment),
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
        _jurisdiction_of(assignment),
        ToOne(
            "programme",
            "Programme",
            assignment.c.programme_id,
            programme.c.id,
            "In which programme (chương trình).",
        ),
        _local_project_of(assignment),
        _national_project_of(assignment),
        ToMany(
            "partners",
            "AssignmentPartner",
            assignment.c.id,
            (assignment_partner.c.assignment_id,),
            "Agencies named beside it (cơ quan phối hợp).",
            is_plain_list=True,
        ),
        *_provenance(assignment),
    ),
    ("CODE_ASC",),
    is_provenanced=True,
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

DOCUMENT: Final = Entity(
    "Document",
    "documents",
    document,
    (document.c.code,),
    "A legal or administrative document, a news item, or one that is said to come (văn bản).",
    (
        _code(document),
        Field("number", document.c.number, Scalar.TEXT, "Number as printed (số, ký hiệu)."),
        Field("type", document.c.doc_type, Scalar.TEXT, "Kind (loại).", vocabulary=v.DOCUMENT_TYPE),
        Field(
            "status",
            document.c.status,
            Scalar.TEXT,
            "Whether it exists yet (tình trạng).",
            vocabulary=v.DOCUMENT_STATUS,
        ),
        Localized("title", document.c.title_vi, document.c.title_en, "Title (trích yếu)."),
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
        _jurisdiction_of(document),
        ToOne(
            "programme",
            "Programme",
            document.c.programme_id,
            programme.c.id,
            "Programme it is about (chương trình).",
        ),
        _local_project_of(document),
        _national_project_of(document),
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
        _named_in(document),
        *_provenance(document),
    ),
    ("CODE_ASC",),
    lookup=document.c.code,
    is_provenanced=True,
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

AREA: Final = Entity(
    "Area",
    "areas",
    area,
    (area.c.code, area.c.valid_from),
    "An administrative unit, in force or closed. Codes were given anew on 2025-07-01: a code alone "
    "names no unit, code and date together do (đơn vị hành chính).",
    (
        Field("code", area.c.code, Scalar.CODE, "Official code, zeros kept (mã)."),
        Field(
            "validFrom",
            area.c.valid_from,
            Scalar.DATE,
            "First day in force, null where unknown (hiệu lực từ).",
        ),
        Field(
            "validTo",
            area.c.valid_to,
            Scalar.DATE,
            "Last day in force, null while in force (hiệu lực đến).",
        ),
        Field("level", area.c.level, Scalar.TEXT, "Level (cấp).", vocabulary=v.AREA_LEVEL),
        Field("type", area.c.type, Scalar.TEXT, "Type (loại).", vocabulary=v.AREA_TYPE),
        Field("name", area.c.name, Scalar.TEXT, "Name with its type (tên đầy đủ)."),
        Field("shortName", area.c.short_name, Scalar.TEXT, "Name without its type (tên ngắn)."),
        Field(
            "areaKm2",
            area.c.area_km2,
            Scalar.DECIMAL,
            "Size in square kilometres (diện tích, km²).",
        ),
        Field(
            "latitude",
            area.c.latitude,
            Scalar.DECIMAL,
            "Latitude of its middle, in degrees (vĩ độ).",
            is_orderable=False,
        ),
        Field(
            "longitude",
            area.c.longitude,
            Scalar.DECIMAL,
            "Longitude of its middle, in degrees (kinh độ).",
            is_orderable=False,
        ),
        _jurisdiction_of(area),
        ToOne("parent", "Area", area.c.parent_id, area.c.id, "Unit it lies in (trực thuộc)."),
        ToMany("children", "Area", area.c.id, (area.c.parent_id,), "Units in it (gồm)."),
        ToMany(
            "predecessors",
            "AreaLineage",
            area.c.id,
            (area_lineage.c.successor_id,),
            "Closed units whose land it took over (hợp thành từ).",
            is_plain_list=True,
        ),
        ToMany(
            "successors",
            "AreaLineage",
            area.c.id,
            (area_lineage.c.predecessor_id,),
            "Units that took over its land (sáp nhập vào).",
            is_plain_list=True,
        ),
        ToMany(
            "agencies",
            "Agency",
            area.c.id,
            (agency.c.area_id,),
            "Agencies that work for it (cơ quan của địa bàn).",
        ),
        ToMany(
            "observations",
            "Observation",
            area.c.id,
            (observation.c.area_id,),
            "Figures about it that you may see (số liệu).",
        ),
        _synthetic(area),
    ),
    ("CODE_ASC", "VALID_FROM_ASC"),
    lookup=area.c.code,
)

AREA_LINEAGE: Final = Entity(
    "AreaLineage",
    "",
    area_lineage,
    (area_lineage.c.predecessor_id, area_lineage.c.successor_id),
    "One closed unit's land going to a unit of today. No weight is known for a part (sáp nhập).",
    (
        Field(
            "share",
            area_lineage.c.share,
            Scalar.TEXT,
            "All its land or some (phần).",
            vocabulary=v.LINEAGE_SHARE,
        ),
        Field(
            "isMainSuccessor",
            area_lineage.c.is_main_successor,
            Scalar.BOOLEAN,
            "True where the list names it first among several (đơn vị kế thừa chính).",
        ),
        ToOne(
            "predecessor",
            "Area",
            area_lineage.c.predecessor_id,
            area.c.id,
            "Closed unit (đơn vị cũ).",
        ),
        ToOne(
            "successor",
            "Area",
            area_lineage.c.successor_id,
            area.c.id,
            "Unit of today (đơn vị mới).",
        ),
    ),
    ("PREDECESSOR_CODE_ASC", "SUCCESSOR_CODE_ASC"),
)

INDICATOR: Final = Entity(
    "Indicator",
    "indicators",
    indicator,
    (indicator.c.code,),
    "Something that is measured or promised (chỉ tiêu).",
    (
        _code(indicator),
        _name(indicator),
        Field("unit", indicator.c.unit, Scalar.TEXT, "Unit (đơn vị tính).", vocabulary=v.UNIT),
        Field(
            "comparator",
            indicator.c.comparator,
            Scalar.TEXT,
            "How a value is held against the goal (phép so sánh).",
            vocabulary=v.COMPARATOR,
        ),
        Field(
            "direction",
            indicator.c.direction,
            Scalar.TEXT,
            "Which way is better (chiều hướng).",
            vocabulary=v.DIRECTION,
        ),
        Field(
            "targetKind",
            indicator.c.target_kind,
            Scalar.TEXT,
            "How its goal is put (loại chỉ tiêu).",
            vocabulary=v.TARGET_KIND,
        ),
        Field(
            "aggregation",
            indicator.c.aggregation,
            Scalar.TEXT,
            "How its figures add up over areas (cách tổng hợp).",
            vocabulary=v.AGGREGATION,
        ),
        Field("finalValue", indicator.c.final_value, Scalar.DECIMAL, "Goal (mức cuối kỳ)."),
        Field("finalYear", indicator.c.final_year, Scalar.INT, "Year of the goal (năm cuối)."),
        Field(
            "baselineValue",
            indicator.c.baseline_value,
            Scalar.DECIMAL,
            "Starting value; null, since no text gives one (giá trị gốc).",
        ),
        Field(
            "baselineYear", indicator.c.baseline_year, Scalar.INT, "Year of the baseline (năm gốc)."
        ),
        Field(
            "numeratorDefinition",
            indicator.c.numerator_vi,
            Scalar.TEXT,
            "What the numerator counts, in Vietnamese (tử số).",
            is_orderable=False,
        ),
        Field(
            "denominatorDefinition",
            indicator.c.denominator_vi,
            Scalar.TEXT,
            "What the denominator counts, in Vietnamese (mẫu số).",
            is_orderable=False,
        ),
        Field(
            "frequency",
            indicator.c.frequency,
            Scalar.TEXT,
            "How often it is due (tần suất).",
            vocabulary=v.FREQUENCY,
        ),
        _jurisdiction_of(indicator),
        ToOne(
            "programme",
            "Programme",
            indicator.c.programme_id,
            programme.c.id,
            "Programme it belongs to (chương trình).",
        ),
        _local_project_of(indicator),
        _national_project_of(indicator),
        ToOne(
            "component",
            "Project",
            indicator.c.component_id,
            project.c.id,
            "Content heading of the plan, null unless you may see it (nội dung).",
        ),
        ToMany(
            "targets",
            "Target",
            indicator.c.id,
            (target.c.indicator_id,),
            "Its targets, yearly and headline (mục tiêu).",
        ),
        ToMany(
            "observations",
            "Observation",
            indicator.c.id,
            (observation.c.indicator_id,),
            "Its figures that you may see (số liệu).",
        ),
        First(
            "latest",
            "observations",
            {"area": ("area", "code"), "period": ("period", "label")},
            ("PERIOD_END_DESC", "AREA_CODE_ASC"),
            "Its newest figure that you may see, in an area, in a period, or in any "
            "(số liệu mới nhất).",
        ),
        *_provenance(indicator),
    ),
    ("CODE_ASC",),
    lookup=indicator.c.code,
    is_provenanced=True,
)

TARGET: Final = Entity(
    "Target",
    "targets",
    target,
    (target.c.code,),
    "A value that an indicator shall reach, as its document states it (mục tiêu).",
    (
        _code(target),
        Field(
            "type",
            target.c.target_type,
            Scalar.TEXT,
            "Headline or of one year (loại).",
            vocabulary=v.TARGET_TYPE,
        ),
        Field("year", target.c.year, Scalar.INT, "Year, where stated (năm)."),
        Field("value", target.c.value, Scalar.DECIMAL, "Value, where stated (mức)."),
        Field(
            "comparator",
            target.c.comparator,
            Scalar.TEXT,
            "How a value is held against it (phép so sánh).",
            vocabulary=v.COMPARATOR,
        ),
        Field("unit", target.c.unit, Scalar.TEXT, "Unit (đơn vị tính).", vocabulary=v.UNIT),
        Field(
            "verbatim",
            target.c.verbatim,
            Scalar.TEXT,
            "The source's wording where it gives no figure, in Vietnamese (nguyên văn).",
            is_orderable=False,
        ),
        Field(
            "anomalies",
            target.c.anomalies,
            Scalar.TEXT,
            "What is odd about it; kept as stated, not mended (điểm bất thường).",
            vocabulary=v.ANOMALY,
            is_list=True,
        ),
        Field(
            "anomalyNote",
            target.c.anomaly_note,
            Scalar.TEXT,
            "The oddity in words, in Vietnamese (ghi chú điểm bất thường).",
            is_orderable=False,
        ),
        ToOne(
            "indicator", "Indicator", target.c.indicator_id, indicator.c.id, "Of what (chỉ tiêu)."
        ),
        _jurisdiction_of(target),
        ToOne(
            "area",
            "Area",
            target.c.area_id,
            area.c.id,
            "Area it binds; null where it binds the whole place (địa bàn).",
        ),
        ToOne(
            "document",
            "Document",
            target.c.source_document_id,
            document.c.id,
            "Document that sets it (văn bản ban hành).",
        ),
        *_provenance(target),
    ),
    ("YEAR_ASC", "CODE_ASC"),
    is_provenanced=True,
)

PERIOD: Final = Entity(
    "Period",
    "periods",
    period,
    (period.c.calendar, period.c.label),
    "A reporting period. Periods of different calendars bear the same labels and are never the "
    "same (kỳ báo cáo).",
    (
        Field("label", period.c.label, Scalar.TEXT, "2026-09, 2026-Q3, 2026-H1, 2026 (tên kỳ)."),
        Field("start", period.c.starts_on, Scalar.DATE, "First day (ngày đầu)."),
        Field("end", period.c.ends_on, Scalar.DATE, "Last day (ngày cuối)."),
        Field(
            "calendar",
            period.c.calendar,
            Scalar.TEXT,
            "Calendar it belongs to (lịch).",
            vocabulary=v.CALENDAR,
        ),
        Field("kind", period.c.kind, Scalar.TEXT, "Length (loại kỳ).", vocabulary=v.PERIOD_KIND),
    ),
    ("START_ASC", "END_DESC", "CALENDAR_ASC"),
)

OBSERVATION: Final = Entity(
    "Observation",
    "observations",
    observation,
    (observation.c.id,),
    "A figure reported for an indicator, an area and a period. Corrections are new revisions; of "
    "each figure you are shown the newest revision that you may see (số liệu).",
    (
        Field(
            "value",
            observation.c.value,
            Scalar.DECIMAL,
            "Value in the indicator's unit; null where it is missing (giá trị).",
        ),
        Field("numerator", observation.c.numerator, Scalar.BIGINT, "Numerator of a rate (tử số)."),
        Field(
            "denominator",
            observation.c.denominator,
            Scalar.BIGINT,
            "Denominator of a rate (mẫu số).",
        ),
        Field(
            "status",
            observation.c.status,
            Scalar.TEXT,
            "How far it has come (trạng thái).",
            vocabulary=v.OBSERVATION_STATUS,
        ),
        Field(
            "revision", observation.c.revision, Scalar.INT, "1 at first, then counting (lần sửa)."
        ),
        Field(
            "recordedAt",
            observation.c.recorded_at,
            Scalar.INSTANT,
            "When the hub recorded it (thời điểm ghi nhận).",
        ),
        Field(
            "note",
            observation.c.note,
            Scalar.TEXT,
            "Remark of who reported it (ghi chú).",
            is_orderable=False,
        ),
        Field(
            "source",
            observation.c.source,
            Scalar.TEXT,
            "Code of the source it came from (nguồn dữ liệu).",
        ),
        ToOne(
            "indicator",
            "Indicator",
            observation.c.indicator_id,
            indicator.c.id,
            "Of what (chỉ tiêu).",
        ),
        ToOne("area", "Area", observation.c.area_id, area.c.id, "Where (địa bàn)."),
        ToOne(
            "agency",
            "Agency",
            observation.c.agency_id,
            agency.c.id,
            "Unit that reported it (đơn vị báo cáo).",
        ),
        ToOne("period", "Period", observation.c.period_id, period.c.id, "When (kỳ báo cáo)."),
        _jurisdiction_of(observation),
        _local_project_of(observation),
        _synthetic(observation),
    ),
    ("PERIOD_START_DESC",),
    revisions=Revisions(
        observation.c.origin_id,
        observation.c.revision,
        observation.c.recorded_at,
        observation.c.superseded_at,
    ),
)

GRANT: Final = Entity(
    "Grant",
    "",
    access_grant,
    (access_grant.c.code,),
    "A right that an agency holds: it allows what it says as a whole, and is never combined with "
    "another (quyền).",
    (
        _code(access_grant),
        Field(
            "origin",
            access_grant.c.origin,
            Scalar.TEXT,
            "Where it comes from (nguồn gốc).",
            vocabulary=v.GRANT_ORIGIN,
        ),
        Field(
            "role",
            access_grant.c.role,
            Scalar.TEXT,
            "Assigned part it follows from, if it does (vai trò).",
            vocabulary=v.ROLE,
        ),
        Field(
            "dataClasses",
            access_grant.c.data_classes,
            Scalar.TEXT,
            "Data it opens (loại dữ liệu).",
            vocabulary=v.DATA_CLASS,
            is_list=True,
        ),
        Field(
            "capabilities",
            access_grant.c.capabilities,
            Scalar.TEXT,
            "What it lets you do (quyền).",
            vocabulary=v.CAPABILITY,
            is_list=True,
        ),
        Field(
            "states",
            access_grant.c.states,
            Scalar.TEXT,
            "States of figures it opens; empty for submitted and later (trạng thái).",
            vocabulary=v.OBSERVATION_STATUS,
            is_list=True,
        ),
        Field(
            "areaScope",
            access_grant.c.area_scope,
            Scalar.TEXT,
            "Where it holds (phạm vi địa bàn).",
            vocabulary=v.AREA_SCOPE,
        ),
        Field(
            "limits",
            access_grant.c.limits,
            Scalar.TEXT,
            "Limit in words, if any (giới hạn).",
            is_orderable=False,
        ),
        Field(
            "basis",
            access_grant.c.basis,
            Scalar.TEXT,
            "Document and section it rests on (căn cứ).",
            is_orderable=False,
        ),
        Field(
            "validFrom",
            access_grant.c.valid_from,
            Scalar.INSTANT,
            "When it begins, if limited (hiệu lực từ).",
        ),
        Field(
            "validUntil",
            access_grant.c.valid_until,
            Scalar.INSTANT,
            "When it lapses, if limited (hiệu lực đến).",
        ),
        _jurisdiction_of(access_grant),
        ToOne(
            "programme",
            "Programme",
            access_grant.c.programme_id,
            programme.c.id,
            "Programme it is in, if of one (chương trình).",
        ),
        _local_project_of(access_grant),
        ToOne("area", "Area", access_grant.c.area_id, area.c.id, "Own area, if so (địa bàn)."),
    ),
    ("CODE_ASC",),
)

CATALOGUE: Final = (
    JURISDICTION,
    PROGRAMME,
    PROJECT,
    AGENCY,
    ASSIGNMENT,
    ASSIGNMENT_PARTNER,
    DOCUMENT,
    DOCUMENT_LINK,
    AREA,
    AREA_LINEAGE,
    INDICATOR,
    TARGET,
    PERIOD,
    OBSERVATION,
    GRANT,
)
"""Every entity, in the order in which the schema introduces them."""

BY_NAME: Final = {entity.name: entity for entity in CATALOGUE}
