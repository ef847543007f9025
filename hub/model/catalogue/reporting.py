"""Forms, their cells, and what each unit owes by them."""

from __future__ import annotations

from typing import Final

from hub.model import vocabulary as v
from hub.model.catalogue.members import (
    choice,
    code_of,
    jurisdiction_of,
    listed,
    local_project_of,
    many,
    name_of,
    national_project_of,
    one,
    provenance_of,
)
from hub.model.duties import reporting_regime
from hub.model.entities import Entity, Field, Scalar, ToOne
from hub.model.facilities import facility, facility_type
from hub.model.measurement import indicator, period
from hub.model.organisation import agency
from hub.model.reporting import form_cell, report_form, submission
from hub.model.territory import area

_f, _c, _s = report_form.c, form_cell.c, submission.c

REPORT_FORM: Final = Entity(
    "ReportForm",
    "reportForms",
    report_form,
    (_f.code,),
    "What is to be filled in, by whom, how often and until when (biểu mẫu báo cáo).",
    (
        code_of(report_form),
        name_of(report_form),
        choice("periodKind", _f.period_kind, v.PERIOD_KIND, "How long its periods are (loại kỳ)."),
        choice("subject", _f.subject, v.FORM_SUBJECT, "What it is filled in for (đối tượng)."),
        Field(
            "dueDays",
            _f.due_days,
            Scalar.INT,
            "Days from the end of a period to the last on which it is in time (hạn nộp).",
        ),
        Field(
            "graceDays",
            _f.grace_days,
            Scalar.INT,
            "Days from then to the last on which it is taken at all (thời gian gia hạn).",
        ),
        Field("validFrom", _f.valid_from, Scalar.DATE, "First day in force (ngày áp dụng)."),
        Field(
            "validTo",
            _f.valid_to,
            Scalar.DATE,
            "Last day in force; null while open (ngày hết áp dụng).",
        ),
        one(
            "regime",
            "ReportingRegime",
            _f.regime_id,
            reporting_regime.c.id,
            "Regime that its periods are of (chế độ báo cáo).",
        ),
        one(
            "filledBy",
            "Agency",
            _f.filled_by_id,
            agency.c.id,
            "Who fills it in: an agency, or each member of a group (đơn vị báo cáo).",
        ),
        one("recipient", "Agency", _f.recipient_id, agency.c.id, "Whom it goes to (nơi nhận)."),
        one(
            "facilityType",
            "FacilityType",
            _f.facility_type_id,
            facility_type.c.id,
            "Kind of facility that it is filled in for, if for facilities (loại cơ sở).",
        ),
        jurisdiction_of(report_form),
        local_project_of(report_form),
        national_project_of(report_form),
        listed("cells", "FormCell", _f.id, _c.form_id, "What it asks for (chỉ tiêu của biểu)."),
        many("submissions", "Submission", _f.id, _s.form_id, "What is owed by it (báo cáo)."),
        *provenance_of(report_form),
    ),
    ("CODE_ASC",),
    lookup=_f.code,
    is_provenanced=True,
    groups=("periodKind", "subject", "filledBy"),
)

FORM_CELL: Final = Entity(
    "FormCell",
    "",
    form_cell,
    (_c.form_id, _c.indicator_id),
    "An indicator that a form asks for (chỉ tiêu trong biểu).",
    (
        Field("position", _c.position, Scalar.INT, "Its line in the form, from 1 (thứ tự)."),
        Field(
            "isCompulsory",
            _c.is_compulsory,
            Scalar.BOOLEAN,
            "Whether it may not be left empty (bắt buộc).",
        ),
        one("indicator", "Indicator", _c.indicator_id, indicator.c.id, "Of what (chỉ tiêu)."),
        one("form", "ReportForm", _c.form_id, _f.id, "In which form (biểu mẫu)."),
    ),
    ("POSITION_ASC",),
)

SUBMISSION: Final = Entity(
    "Submission",
    "submissions",
    submission,
    (_s.id,),
    "What one unit owes for a form and a period, and how far it is; reviewers see that it is due "
    "before they see any figure of it (báo cáo phải nộp).",
    (
        choice("phase", _s.phase, v.SUBMISSION_PHASE, "Where the clock has brought it (kỳ nộp)."),
        choice("status", _s.status, v.SUBMISSION_STATUS, "How far it has come (trạng thái)."),
        Field("opensOn", _s.opens_on, Scalar.DATE, "First day it may be filled in (ngày mở)."),
        Field("dueOn", _s.due_on, Scalar.DATE, "Last day on which it is in time (hạn nộp)."),
        Field("closesOn", _s.closes_on, Scalar.DATE, "Last day on which it is taken (ngày khóa)."),
        one("form", "ReportForm", _s.form_id, _f.id, "By which form (biểu mẫu)."),
        ToOne(
            "period",
            "Period",
            _s.period_id,
            period.c.id,
            "For when (kỳ báo cáo).",
            carried=((period.c.starts_on, _s.period_start),),
        ),
        one("agency", "Agency", _s.agency_id, agency.c.id, "Who owes it (đơn vị nộp)."),
        one(
            "area",
            "Area",
            _s.area_id,
            area.c.id,
            "Area whose own unit it is of; null where the unit is no area's (địa bàn).",
        ),
        one(
            "facility",
            "Facility",
            _s.facility_id,
            facility.c.id,
            "For which facility, if for one and you may see it (cơ sở).",
        ),
        jurisdiction_of(submission),
        local_project_of(submission),
    ),
    ("DUE_ON_DESC",),
    groups=("phase", "status", "dueOn", "form", "period", "agency", "area"),
)

ENTITIES: Final = (REPORT_FORM, FORM_CELL, SUBMISSION)
