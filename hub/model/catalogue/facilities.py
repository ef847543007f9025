"""Facilities, their conditions, and their fitness to determine addiction status."""

from __future__ import annotations

from typing import Final

from hub.model import vocabulary as v
from hub.model.catalogue.members import (
    amount,
    choice,
    code_of,
    jurisdiction_of,
    listed,
    local_project_of,
    many,
    name_of,
    named_in_of,
    one,
    provenance_of,
    synthetic_of,
    text,
)
from hub.model.entities import Entity, Field, Localized, Scalar
from hub.model.facilities import eligibility, facility, facility_condition, facility_type
from hub.model.measurement import observation
from hub.model.organisation import agency
from hub.model.programme import document
from hub.model.territory import area

_t, _f, _c, _e = facility_type.c, facility.c, facility_condition.c, eligibility.c

FACILITY_TYPE: Final = Entity(
    "FacilityType",
    "facilityTypes",
    facility_type,
    (_t.code,),
    "A kind of facility that the plans name (loại cơ sở).",
    (
        code_of(facility_type),
        name_of(facility_type),
        choice("category", _t.category, v.FACILITY_CATEGORY, "What it is for (nhóm)."),
        text("functions", _t.functions, "What it does, in Vietnamese (chức năng)."),
        text("requirements", _t.requirements, "What it needs, in Vietnamese (yêu cầu)."),
        Field(
            "indicatorCodes",
            _t.indicator_codes,
            Scalar.CODE,
            "Codes of the indicators it counts in (chỉ tiêu).",
            is_list=True,
        ),
        one("managedBy", "Agency", _t.managed_by_id, agency.c.id, "Who runs such (quản lý)."),
        many("facilities", "Facility", _t.id, _f.facility_type_id, "Those you may see (cơ sở)."),
        named_in_of(facility_type),
        *provenance_of(facility_type),
    ),
    ("CODE_ASC",),
    lookup=_t.code,
    is_provenanced=True,
    groups=("category",),
)

FACILITY: Final = Entity(
    "Facility",
    "facilities",
    facility,
    (_f.code,),
    "A place that treats, helps or rehabilitates, seen by right (cơ sở).",
    (
        code_of(facility),
        name_of(facility),
        text("address", _f.address, "Address, where known (địa chỉ)."),
        amount("capacity", _f.capacity, Scalar.INT, "Places, where known (quy mô)."),
        choice("status", _f.status, v.FACILITY_STATUS, "Whether it works (tình trạng)."),
        one("type", "FacilityType", _f.facility_type_id, _t.id, "Its kind (loại)."),
        one("managedBy", "Agency", _f.managed_by_id, agency.c.id, "Who runs it (quản lý)."),
        one("area", "Area", _f.area_id, area.c.id, "Where it stands (địa bàn)."),
        jurisdiction_of(facility),
        local_project_of(facility),
        listed(
            "conditions",
            "FacilityCondition",
            _f.id,
            _c.facility_id,
            "What it must meet, and whether it does (điều kiện).",
        ),
        listed(
            "eligibilities",
            "Eligibility",
            _f.id,
            _e.facility_id,
            "Decisions that it may determine addiction status (đủ điều kiện xác định nghiện).",
        ),
        many(
            "observations",
            "Observation",
            _f.id,
            observation.c.facility_id,
            "Its figures that you may see (số liệu).",
        ),
        *provenance_of(facility),
    ),
    ("CODE_ASC",),
    lookup=_f.code,
    is_provenanced=True,
    is_searched=True,
    groups=("status", "type", "managedBy", "area"),
)

FACILITY_CONDITION: Final = Entity(
    "FacilityCondition",
    "",
    facility_condition,
    (_c.code,),
    "Something a facility must meet (điều kiện của cơ sở).",
    (
        code_of(facility_condition),
        Localized(
            "criterion", _c.criterion_vi, _c.criterion_en, None, "What is asked for (tiêu chí)."
        ),
        Field("isMet", _c.is_met, Scalar.BOOLEAN, "Whether it is met, once checked (đạt)."),
        Field("checkedOn", _c.checked_on, Scalar.DATE, "When it was checked (ngày kiểm tra)."),
        text("legalBasis", _c.legal_basis, "Rule it rests on, in Vietnamese (căn cứ)."),
        one("document", "Document", _c.document_id, document.c.id, "That rule (văn bản)."),
        one("facility", "Facility", _c.facility_id, _f.id, "Of which facility (cơ sở)."),
        synthetic_of(facility_condition),
    ),
    ("CODE_ASC",),
)

ELIGIBILITY: Final = Entity(
    "Eligibility",
    "eligibilities",
    eligibility,
    (_e.code,),
    "A decision that a facility may determine addiction status (đủ điều kiện xác định tình trạng "
    "nghiện).",
    (
        code_of(eligibility),
        Field("validFrom", _e.valid_from, Scalar.DATE, "From which day (hiệu lực từ)."),
        Field("validTo", _e.valid_to, Scalar.DATE, "Until which day, if limited (đến)."),
        text("notes", _e.notes, "Remark, in Vietnamese (ghi chú)."),
        one("facility", "Facility", _e.facility_id, _f.id, "Which facility (cơ sở)."),
        one("decidedBy", "Agency", _e.decided_by_id, agency.c.id, "Who decided (quyết định)."),
        one("document", "Document", _e.document_id, document.c.id, "The decision (văn bản)."),
        jurisdiction_of(eligibility),
        local_project_of(eligibility),
        synthetic_of(eligibility),
    ),
    ("CODE_ASC",),
    groups=("decidedBy",),
)

ENTITIES: Final = (FACILITY_TYPE, FACILITY, FACILITY_CONDITION, ELIGIBILITY)
