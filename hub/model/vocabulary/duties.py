"""What is to be done, reported and submitted."""

from __future__ import annotations

from typing import Final

from hub.model.vocabulary.closed_list import Vocabulary

FORM_SUBJECT: Final = Vocabulary(
    "FormSubject",
    "What a form is filled in for (đối tượng báo cáo).",
    {
        "area": "the unit's own area, or the whole place (địa bàn)",
        "facility": "each facility of a kind (cơ sở)",
    },
)

SUBMISSION_PHASE: Final = Vocabulary(
    "SubmissionPhase",
    "Where the clock has brought a submission (giai đoạn nộp).",
    {
        "ahead": "its period is not over (chưa đến kỳ)",
        "open": "it may be filled in (đang mở)",
        "late": "the day it was due has passed, and it is still taken (quá hạn)",
        "closed": "it is not taken any more (đã khóa)",
    },
)

SUBMISSION_STATUS: Final = Vocabulary(
    "SubmissionStatus",
    "How far a submission has come (trạng thái báo cáo).",
    {
        "expected": "due, nothing submitted (chưa nộp)",
        "draft": "being filled in by its unit (bản nháp)",
        "submitted": "submitted by its unit (đã nộp)",
        "returned": "sent back for correction (trả lại)",
        "approved": "approved by the guiding agency (đã duyệt)",
        "accepted": "accepted by the standing agency (đã chấp nhận)",
        "published": "published (đã công bố)",
    },
)

TASK_KIND: Final = Vocabulary(
    "TaskKind",
    "What kind of task it is (loại nhiệm vụ).",
    {
        "duty": "duty of an agency (nhiệm vụ của cơ quan)",
        "activity": "activity of a project (hoạt động của dự án)",
        "focus_content": "general content (nội dung trọng tâm)",
        "requirement": "requirement (yêu cầu)",
    },
)

TASK_STATUS: Final = Vocabulary(
    "TaskStatus",
    "How far a task has come (tiến độ nhiệm vụ).",
    {
        "not_started": "not started (chưa thực hiện)",
        "in_progress": "in progress (đang thực hiện)",
        "done_on_time": "done on time (hoàn thành đúng hạn)",
        "done_late": "done late (hoàn thành quá hạn)",
        "overdue": "overdue (quá hạn)",
        "blocked": "blocked (vướng mắc)",
    },
)

REPORT_KIND: Final = Vocabulary(
    "ReportKind",
    "What is to be reported (loại báo cáo).",
    {
        "plan": "plan (kế hoạch)",
        "periodic_report": "periodic report (báo cáo định kỳ)",
        "summary_report": "consolidated report (báo cáo tổng hợp)",
        "issue_report": "report of a difficulty (báo cáo vướng mắc)",
        "proposal": "proposal (đề xuất, kiến nghị)",
        "information_sharing": "sharing of information (chia sẻ thông tin)",
        "public_disclosure": "publication (công bố)",
        "data_update": "update of data (cập nhật dữ liệu)",
    },
)
