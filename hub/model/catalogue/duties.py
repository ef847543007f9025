"""Tasks and how far they have come, reporting duties and regimes."""

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
    synthetic_of,
    text,
)
from hub.model.duties import (
    reporting_duty,
    reporting_duty_document,
    reporting_regime,
    task,
    task_document,
    task_indicator,
    task_partner,
    task_progress,
)
from hub.model.entities import Entity, Field, Localized, Scalar
from hub.model.measurement import indicator
from hub.model.organisation import agency
from hub.model.programme import document, programme, project
from hub.model.reporting import report_form

_t, _p, _d, _r = task.c, task_progress.c, reporting_duty.c, reporting_regime.c

TASK: Final = Entity(
    "Task",
    "tasks",
    task,
    (_t.code,),
    "One duty of one agency: who, what, by when, answering how, with what result (nhiệm vụ: rõ "
    "người, rõ việc, rõ thời gian, rõ trách nhiệm, rõ kết quả).",
    (
        code_of(task),
        Localized(
            "description",
            _t.description_vi,
            _t.description_en,
            None,
            "What is to be done (rõ việc).",
        ),
        choice("role", _t.role, v.ROLE, "What the agency answers for (rõ trách nhiệm)."),
        choice("mode", _t.mode, v.ASSIGNMENT_MODE, "Instructed or asked (giao hay đề nghị)."),
        choice("kind", _t.kind, v.TASK_KIND, "Kind (loại)."),
        Field(
            "itemPart",
            _t.item_part,
            Scalar.INT,
            "Which part of an item that holds several (phần của mục).",
        ),
        text("targetGroup", _t.target_group, "Whom it is for, in Vietnamese (đối tượng)."),
        Field(
            "deadline",
            _t.deadline,
            Scalar.PARTIAL_DATE,
            "By when, as far as stated (rõ thời gian).",
        ),
        text(
            "deadlineCondition",
            _t.deadline_condition,
            "Wording of the deadline where no date is given, in Vietnamese (điều kiện thời hạn).",
        ),
        choice("frequency", _t.frequency, v.FREQUENCY, "How often (tần suất)."),
        text(
            "expectedResult",
            _t.expected_result,
            "What shall come of it, in Vietnamese (rõ kết quả).",
        ),
        one("agency", "Agency", _t.agency_id, agency.c.id, "Who (rõ người)."),
        jurisdiction_of(task),
        one("programme", "Programme", _t.programme_id, programme.c.id, "Programme (chương trình)."),
        local_project_of(task),
        national_project_of(task),
        one(
            "component",
            "Project",
            _t.component_id,
            project.c.id,
            "Content heading of the plan, null unless you may see it (nội dung).",
        ),
        listed("partners", "TaskPartner", _t.id, task_partner.c.task_id, "With whom (phối hợp)."),
        listed(
            "indicators",
            "TaskIndicator",
            _t.id,
            task_indicator.c.task_id,
            "Indicators it serves (chỉ tiêu).",
        ),
        listed(
            "documents",
            "TaskDocument",
            _t.id,
            task_document.c.task_id,
            "Documents it names (văn bản).",
        ),
        listed(
            "progress",
            "TaskProgress",
            _t.id,
            _p.task_id,
            "How far it has come, as reported; empty where nobody reported (tiến độ).",
        ),
        *provenance_of(task),
    ),
    ("CODE_ASC",),
    lookup=_t.code,
    is_provenanced=True,
    is_searched=True,
    groups=("role", "mode", "kind", "frequency", "deadline", "agency", "project", "jurisdiction"),
)

TASK_PARTNER: Final = Entity(
    "TaskPartner",
    "",
    task_partner,
    (task_partner.c.task_id, task_partner.c.agency_id),
    "An agency that a task is done with (cơ quan phối hợp).",
    (
        one("agency", "Agency", task_partner.c.agency_id, agency.c.id, "Who (cơ quan)."),
        one("task", "Task", task_partner.c.task_id, _t.id, "In what (nhiệm vụ)."),
    ),
    ("AGENCY_CODE_ASC",),
)

TASK_INDICATOR: Final = Entity(
    "TaskIndicator",
    "",
    task_indicator,
    (task_indicator.c.task_id, task_indicator.c.indicator_id),
    "An indicator that a task serves (chỉ tiêu của nhiệm vụ).",
    (
        one(
            "indicator",
            "Indicator",
            task_indicator.c.indicator_id,
            indicator.c.id,
            "Which (chỉ tiêu).",
        ),
        one("task", "Task", task_indicator.c.task_id, _t.id, "By what (nhiệm vụ)."),
    ),
    ("INDICATOR_CODE_ASC",),
)

TASK_DOCUMENT: Final = Entity(
    "TaskDocument",
    "",
    task_document,
    (task_document.c.task_id, task_document.c.document_id),
    "A document that a task names (văn bản của nhiệm vụ).",
    (
        one("document", "Document", task_document.c.document_id, document.c.id, "Which (văn bản)."),
        one("task", "Task", task_document.c.task_id, _t.id, "In what (nhiệm vụ)."),
    ),
    ("DOCUMENT_CODE_ASC",),
)

TASK_PROGRESS: Final = Entity(
    "TaskProgress",
    "taskProgress",
    task_progress,
    (_p.code,),
    "How far a task has come, as one agency reports it (tiến độ nhiệm vụ).",
    (
        code_of(task_progress),
        choice("status", _p.status, v.TASK_STATUS, "How far (tiến độ)."),
        Field("percentDone", _p.percent_done, Scalar.INT, "Percent done, if said (phần trăm)."),
        Field("reportedOn", _p.reported_on, Scalar.DATE, "When it was reported (ngày báo cáo)."),
        text("result", _p.result, "What came of it, in Vietnamese (kết quả)."),
        text("obstacles", _p.obstacles, "What stands in its way, in Vietnamese (vướng mắc)."),
        one("task", "Task", _p.task_id, _t.id, "Of what (nhiệm vụ)."),
        one("agency", "Agency", _p.agency_id, agency.c.id, "Who reports (cơ quan)."),
        synthetic_of(task_progress),
    ),
    ("REPORTED_ON_DESC",),
    groups=("status", "agency"),
)

REPORTING_DUTY: Final = Entity(
    "ReportingDuty",
    "reportingDuties",
    reporting_duty,
    (_d.code,),
    "Who reports what to whom, and when (chế độ báo cáo theo kế hoạch).",
    (
        code_of(reporting_duty),
        choice("kind", _d.kind, v.REPORT_KIND, "Kind (loại)."),
        Localized("subject", _d.subject_vi, _d.subject_en, None, "What (nội dung)."),
        choice("frequency", _d.frequency, v.FREQUENCY, "How often (tần suất)."),
        Field(
            "deadline", _d.deadline, Scalar.PARTIAL_DATE, "By when, as far as stated (thời hạn)."
        ),
        text(
            "deadlineCondition",
            _d.deadline_condition,
            "Wording of the deadline where no date is given, in Vietnamese (điều kiện thời hạn).",
        ),
        one("reporter", "Agency", _d.reporter_id, agency.c.id, "Who reports (nơi báo cáo)."),
        one(
            "recipient",
            "Agency",
            _d.recipient_id,
            agency.c.id,
            "To whom; null where no source says (nơi nhận).",
        ),
        one("via", "Agency", _d.via_id, agency.c.id, "Through whom, if anyone (qua)."),
        jurisdiction_of(reporting_duty),
        one("programme", "Programme", _d.programme_id, programme.c.id, "Programme (chương trình)."),
        local_project_of(reporting_duty),
        national_project_of(reporting_duty),
        listed(
            "documents",
            "ReportingDutyDocument",
            _d.id,
            reporting_duty_document.c.duty_id,
            "Documents it names (văn bản).",
        ),
        *provenance_of(reporting_duty),
    ),
    ("CODE_ASC",),
    lookup=_d.code,
    is_provenanced=True,
    groups=("kind", "frequency", "reporter", "recipient", "jurisdiction"),
)

REPORTING_DUTY_DOCUMENT: Final = Entity(
    "ReportingDutyDocument",
    "",
    reporting_duty_document,
    (reporting_duty_document.c.duty_id, reporting_duty_document.c.document_id),
    "A document that a reporting duty names (văn bản của chế độ báo cáo).",
    (
        one(
            "document",
            "Document",
            reporting_duty_document.c.document_id,
            document.c.id,
            "Which (văn bản).",
        ),
        one(
            "duty", "ReportingDuty", reporting_duty_document.c.duty_id, _d.id, "In what (nội dung)."
        ),
    ),
    ("DOCUMENT_CODE_ASC",),
)

REPORTING_REGIME: Final = Entity(
    "ReportingRegime",
    "reportingRegimes",
    reporting_regime,
    (_r.code,),
    "Rules by which figures are due: a calendar and due days (chế độ báo cáo).",
    (
        code_of(reporting_regime),
        name_of(reporting_regime),
        choice("calendar", _r.calendar, v.CALENDAR, "Calendar of its periods (lịch kỳ)."),
        text("legalBasis", _r.legal_basis, "Rule it rests on, in Vietnamese (căn cứ)."),
        Field(
            "monthDueDay",
            _r.month_due_day,
            Scalar.INT,
            "Day of the month by which a month is due, if set (hạn báo cáo tháng).",
        ),
        Field(
            "quarterDueDay",
            _r.quarter_due_day,
            Scalar.INT,
            "Day of the month by which a quarter is due, if set (hạn báo cáo quý).",
        ),
        text("notes", _r.notes, "Remark, in Vietnamese (ghi chú)."),
        many(
            "forms",
            "ReportForm",
            _r.id,
            report_form.c.regime_id,
            "Forms whose periods are of it (biểu mẫu).",
        ),
    ),
    ("CODE_ASC",),
    lookup=_r.code,
)

ENTITIES: Final = (
    TASK,
    TASK_PARTNER,
    TASK_INDICATOR,
    TASK_DOCUMENT,
    TASK_PROGRESS,
    REPORTING_DUTY,
    REPORTING_DUTY_DOCUMENT,
    REPORTING_REGIME,
)
