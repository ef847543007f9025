"""The audit trail, as agencies see their own."""

from __future__ import annotations

from typing import Final

from hub.model import vocabulary as v
from hub.model.audit import audit_entry
from hub.model.catalogue.members import choice, text
from hub.model.entities import Entity, Field, Scalar, ToOne
from hub.model.organisation import agency
from hub.model.territory import jurisdiction

_C: Final = audit_entry.c

AUDIT_ENTRY: Final = Entity(
    "AuditEntry",
    "auditEntries",
    audit_entry,
    (_C.id,),
    "An access or an act, as the audit trail keeps it: no values, no tokens. A unit reads its own "
    "trail, the standing agency that of its place, and entries of nobody's (nhật ký truy cập).",
    (
        Field("sequence", _C.sequence, Scalar.BIGINT, "Its place in the chain (số thứ tự)."),
        Field("at", _C.at, Scalar.INSTANT, "When (thời điểm)."),
        choice("event", _C.event, v.AUDIT_EVENT, "What it is about (loại việc)."),
        choice("channel", _C.channel, v.AUDIT_CHANNEL, "Which way it came (kênh)."),
        choice("outcome", _C.outcome, v.AUDIT_OUTCOME, "What came of it (kết quả)."),
        Field(
            "account",
            _C.account,
            Scalar.CODE,
            "The account that asked, by its handle; null for the public (tài khoản).",
        ),
        choice(
            "accountKind", _C.account_kind, v.ACCOUNT_KIND, "Who is behind it (loại tài khoản)."
        ),
        ToOne(
            "agency",
            "Agency",
            _C.agency_id,
            agency.c.id,
            "Agency it acted for; null for the public (cơ quan).",
        ),
        ToOne(
            "jurisdiction",
            "Jurisdiction",
            _C.jurisdiction_id,
            jurisdiction.c.id,
            "Place of that agency (địa phương).",
        ),
        text("client", _C.client, "Program that asked, where it is known (phần mềm)."),
        text("source", _C.source, "Network address it came from (địa chỉ nguồn)."),
        text(
            "requestId", _C.request_id, "Number of the request, as its answer had it (mã yêu cầu)."
        ),
        text("operation", _C.operation, "Name of the operation or act (thao tác)."),
        text("document", _C.document, "SHA-256 of the GraphQL document (mã băm tài liệu)."),
        text("trusted", _C.trusted, "Hash of the trusted operation, if one (câu hỏi có sẵn)."),
        text("variables", _C.variables, "Keyed digest of the variables (dấu của biến)."),
        text("target", _C.target, "What an act was about, by code or handle (đối tượng)."),
        Field("codes", _C.codes, Scalar.CODE, "Codes of what went wrong (mã lỗi).", is_list=True),
        text("reason", _C.reason, "Class of a refusal (lý do từ chối)."),
        Field(
            "rowTypes",
            _C.row_types,
            Scalar.CODE,
            "Types of the rows that were given (loại dòng).",
            is_list=True,
        ),
        Field(
            "rowCounts",
            _C.row_counts,
            Scalar.INT,
            "How many of each, in the order of ``rowTypes`` (số dòng).",
            is_list=True,
        ),
        Field(
            "durationMicroseconds",
            _C.duration_us,
            Scalar.INT,
            "How long it took, in microseconds (thời gian).",
        ),
        text("version", _C.version, "Version of the hub (phiên bản)."),
    ),
    ("AT_DESC",),
    groups=("event", "channel", "outcome", "agency"),
)

ENTITIES: Final = (AUDIT_ENTRY,)
