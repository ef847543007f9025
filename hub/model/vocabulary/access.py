"""Accounts, rights, and the trail of what was asked."""

from __future__ import annotations

from typing import Final

from hub.model.vocabulary.closed_list import Vocabulary

ACCOUNT_KIND: Final = Vocabulary(
    "AccountKind",
    "Who is behind an account (loại tài khoản).",
    {
        "person": "a person in office (cán bộ)",
        "machine": "an agency's system (hệ thống)",
        "feed": "a reporting feed (kênh báo cáo)",
    },
)

DATA_CLASS: Final = Vocabulary(
    "DataClass",
    "Class of data that a grant opens (loại dữ liệu).",
    {
        "definition": "programmes, project nodes, indicators, code lists (danh mục)",
        "area": "administrative units (địa bàn)",
        "document": "legal documents (văn bản)",
        "target": "targets (mục tiêu)",
        "observation": "figures (số liệu)",
        "submission": "submissions (báo cáo nộp)",
        "task": "tasks (nhiệm vụ)",
        "budget": "budget lines (kinh phí)",
        "facility": "facilities (cơ sở)",
        "eligibility": "eligibility to determine addiction status (điều kiện xác định nghiện)",
        "training": "training (tập huấn)",
        "finding": "findings (kết luận kiểm tra)",
        "batch": "import batches (lô nhập)",
        "audit": "audit trail (nhật ký truy cập)",
        "account": "accounts and their rights (tài khoản)",
    },
)

CAPABILITY: Final = Vocabulary(
    "Capability",
    "What a grant lets its holder do (quyền).",
    {
        "read": "read (xem)",
        "write": "write (ghi)",
        "comment": "comment (nhận xét)",
        "return": "return for correction (trả lại)",
        "approve": "approve (duyệt)",
        "accept": "accept (chấp nhận)",
        "review": "review (rà soát)",
        "administer": "manage accounts and give what one holds (quản trị)",
    },
)

AREA_SCOPE: Final = Vocabulary(
    "AreaScope",
    "Where a grant holds (phạm vi địa bàn).",
    {
        "all": "all areas of the jurisdiction (toàn địa phương)",
        "own": "the holder's own area (địa bàn của mình)",
        "own facility": "the facilities the holder runs (cơ sở của mình)",
    },
)

GRANT_ORIGIN: Final = Vocabulary(
    "GrantOrigin",
    "Where a grant comes from (nguồn gốc quyền).",
    {
        "derived": "follows from an assignment (theo phân công)",
        "decided": "decided, because no assignment gives it (theo quyết định)",
        "explicit": "given for a time (cấp có thời hạn)",
    },
)

SOURCE_KIND: Final = Vocabulary(
    "DataSourceKind",
    "How a source's data come in (hình thức kết nối).",
    {
        "workbook": "workbook (bảng tính)",
        "api": "programming interface (API)",
        "database": "database (cơ sở dữ liệu)",
        "dump": "dump files (tệp kết xuất)",
        "push": "sent by the source (gửi tới)",
        "demo": "made up (minh họa)",
    },
)

NOTICE_KIND: Final = Vocabulary(
    "NoticeKind",
    "What an agency is told of (loại thông báo).",
    {"break_glass": "its drafts may be read for a time, for a reason (mở khẩn cấp)"},
)

OPERATION_AUDIENCE: Final = Vocabulary(
    "OperationAudience",
    "Who may ask a registered operation (đối tượng được hỏi).",
    {
        "public": "everybody (công chúng)",
        "machine": "agencies' systems (hệ thống)",
        "feed": "reporting feeds (kênh báo cáo)",
        "scoped": "agencies within their grants (cơ quan có phạm vi)",
        "standing": "standing agencies (cơ quan thường trực)",
    },
)

AUDIT_EVENT: Final = Vocabulary(
    "AuditEvent",
    "What an entry of the audit trail is about (loại việc được ghi).",
    {
        "operation": "a GraphQL operation, its answer sent (thao tác GraphQL)",
        "act": "a change, recorded in its own transaction (thay đổi)",
        "export": "a table taken away (kết xuất)",
        "refusal": "a request refused before anything was read (bị từ chối)",
        "gap": "entries were lost when a process ended abruptly (khoảng trống)",
    },
)

AUDIT_CHANNEL: Final = Vocabulary(
    "AuditChannel",
    "Which way somebody came (kênh truy cập).",
    {
        "http": "the GraphQL endpoint (điểm hỏi GraphQL)",
        "export": "the exports (kết xuất)",
        "cli": "the command line of whoever runs the hub (dòng lệnh)",
        "job": "the hub itself (tiến trình của hệ thống)",
    },
)

AUDIT_OUTCOME: Final = Vocabulary(
    "AuditOutcome",
    "What came of it (kết quả).",
    {
        "begun": "begun; an entry of the same request says how it ended (bắt đầu)",
        "answered": "answered whole (đã trả lời)",
        "partial": "answered, but for some fields (trả lời một phần)",
        "refused": "refused (bị từ chối)",
        "broken": "broken off, or failed (dở dang)",
    },
)
