"""The closed lists: every value a choice may take, with its Vietnamese term."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """A closed list of values.

    Attributes:
        name: the GraphQL enum.
        description: what the list says, with the Vietnamese term.
        terms: stored value → what it means, with the Vietnamese term.
    """

    name: str
    description: str
    terms: dict[str, str]

    @property
    def values(self) -> tuple[str, ...]:
        """Return the stored values, in order."""
        return tuple(self.terms)


def graphql_name(value: str) -> str:
    """Return the GraphQL enum value of a stored *value*: ``nd-09-2019`` → ``ND_09_2019``."""
    return value.upper().replace("-", "_").replace(" ", "_")


JURISDICTION_LEVEL: Final = Vocabulary(
    "JurisdictionLevel",
    "Level of a jurisdiction (cấp của địa phương).",
    {
        "national": "the country (toàn quốc)",
        "city": "centrally run city (thành phố trực thuộc trung ương)",
        "province": "province (tỉnh)",
        "foreign_province": "province of a neighbouring country (tỉnh nước ngoài)",
    },
)
JURISDICTION_ROLE: Final = Vocabulary(
    "JurisdictionRole",
    "Part a jurisdiction plays in the programmes (vai trò của địa phương).",
    {
        "national": "issues the programmes (ban hành)",
        "implementing": "carries them out (thực hiện)",
        "foreign_partner": "partner across the border (đối tác nước ngoài)",
    },
)
AREA_LEVEL: Final = Vocabulary(
    "AreaLevel",
    "Level of an administrative unit (cấp đơn vị hành chính).",
    {
        "city": "city or province (cấp tỉnh)",
        "district": "district level, abolished on 2025-07-01 (cấp huyện)",
        "ward": "commune level (cấp xã)",
    },
)
AREA_TYPE: Final = Vocabulary(
    "AreaType",
    "Type of an administrative unit (loại đơn vị hành chính).",
    {
        "thanh-pho": "city (thành phố)",
        "quan": "urban district (quận)",
        "huyen": "rural district (huyện)",
        "thi-xa": "district-level town (thị xã)",
        "phuong": "ward (phường)",
        "xa": "commune (xã)",
        "thi-tran": "township (thị trấn)",
    },
)
LINEAGE_SHARE: Final = Vocabulary(
    "LineageShare",
    "How much of a closed unit went to a new one (phần sáp nhập).",
    {"whole": "all its land (toàn bộ)", "part": "some of its land (một phần)"},
)
AGENCY_KIND: Final = Vocabulary(
    "AgencyKind",
    "Kind of an agency (loại cơ quan).",
    {
        "legislature": "National Assembly (Quốc hội)",
        "government": "Government (Chính phủ)",
        "office": "office of a body (văn phòng)",
        "ministry": "ministry (bộ)",
        "ministry_unit": "unit of a ministry (đơn vị thuộc bộ)",
        "national_committee": "national committee (ủy ban quốc gia)",
        "procuracy": "procuracy (viện kiểm sát)",
        "court": "court (tòa án)",
        "police": "police (công an)",
        "military": "military (quân sự)",
        "force": "specialised force (lực lượng chuyên trách)",
        "department": "department of a city or province (sở)",
        "department_unit": "unit of a department (đơn vị thuộc sở)",
        "peoples_committee": "People's Committee (ủy ban nhân dân)",
        "peoples_council": "People's Council (hội đồng nhân dân)",
        "party": "Party body (cơ quan Đảng)",
        "front": "Fatherland Front (Mặt trận Tổ quốc)",
        "mass_organisation": "mass organisation (đoàn thể)",
        "union": "trade union (công đoàn)",
        "media": "press or broadcaster (báo chí, phát thanh, truyền hình)",
        "steering_committee": "steering committee (ban chỉ đạo)",
        "coordinating_council": "coordinating council (hội đồng phối hợp)",
        "support_body": "support body (cơ quan giúp việc)",
        "liaison_office": "liaison office (văn phòng liên lạc)",
        "office_holder": "office held by one person (chức danh)",
        "volunteer_team": "volunteer team (đội tình nguyện)",
        "service_unit": "public service unit (đơn vị sự nghiệp)",
        "project_owner": "owner of a project (chủ dự án, chủ đầu tư)",
        "international": "international body (tổ chức quốc tế)",
        "agency_group": "class of agencies (nhóm cơ quan)",
    },
)
AGENCY_LEVEL: Final = Vocabulary(
    "AgencyLevel",
    "Level at which an agency works (cấp hoạt động).",
    {
        "national": "national (trung ương)",
        "province": "province (tỉnh)",
        "city": "city (thành phố)",
        "district": "district (cấp huyện)",
        "ward": "commune level (cấp xã)",
        "international": "international (quốc tế)",
    },
)
PROGRAMME_SCOPE: Final = Vocabulary(
    "ProgrammeScope",
    "Whether a programme is the national one or one place's carrying-out (phạm vi).",
    {"national": "national (quốc gia)", "local": "of one locality (địa phương)"},
)
NODE_TYPE: Final = Vocabulary(
    "ProjectNodeType",
    "Kind of a node in a programme's project tree (loại dự án).",
    {
        "project": "project (dự án)",
        "subproject": "sub-project (tiểu dự án)",
        "component": "content heading of a plan (nội dung)",
        "project_group": "projects meant but not named (nhóm dự án)",
    },
)
DOCUMENT_TYPE: Final = Vocabulary(
    "DocumentType",
    "Kind of a document (loại văn bản).",
    {
        "news_article": "news article (bài báo)",
        "plan": "plan (kế hoạch)",
        "resolution": "resolution (nghị quyết)",
        "law": "law (luật)",
        "decision": "decision (quyết định)",
        "guidance": "guidance (hướng dẫn)",
        "regulation": "regulation (quy định, quy chế)",
        "criteria": "criteria (tiêu chí)",
        "treaty": "treaty (điều ước quốc tế)",
        "report": "report (báo cáo)",
    },
)
DOCUMENT_STATUS: Final = Vocabulary(
    "DocumentStatus",
    "Whether a document exists yet (tình trạng văn bản).",
    {"issued": "issued (đã ban hành)", "planned": "the plans say it will be made (dự kiến)"},
)
DOCUMENT_RELATION: Final = Vocabulary(
    "DocumentRelation",
    "What a document does for a programme or another document (quan hệ văn bản).",
    {
        "approves": "approves the programme (phê duyệt)",
        "implements": "carries it out (triển khai)",
        "reviews": "reviews it (tổng kết)",
    },
)
ROLE: Final = Vocabulary(
    "AssignmentRole",
    "Part an agency has in a programme or project (vai trò được phân công).",
    {
        "standing": "standing agency (thường trực)",
        "lead": "leads (chủ trì)",
        "coordinating": "coordinates (phối hợp)",
        "guiding": "guides (hướng dẫn)",
        "executing": "carries out (thực hiện)",
        "advising": "advises (tham mưu)",
        "oversight": "follows and inspects (theo dõi, kiểm tra)",
        "directing": "directs (chỉ đạo)",
        "approving": "approves (phê duyệt, thông qua, quyết định)",
        "accountable": "answers for it (chịu trách nhiệm)",
    },
)
ASSIGNMENT_MODE: Final = Vocabulary(
    "AssignmentMode",
    "Whether an agency is instructed or asked (giao hay đề nghị).",
    {
        "assigned": "instructed (giao)",
        "requested": "asked (đề nghị)",
        "unassigned": "named without either (không nêu)",
    },
)
COVERAGE: Final = Vocabulary(
    "AssignmentCoverage",
    "Whether a role stands on the whole or on a named duty (phạm vi vai trò).",
    {
        "whole": "the project or programme itself (toàn bộ)",
        "part": "a named duty within it (một phần)",
    },
)
UNIT: Final = Vocabulary(
    "Unit",
    "Unit of measure (đơn vị tính).",
    {
        "percent": "percent, 0 to 100 (phần trăm)",
        "count": "count (số lượng)",
        "vnd": "đồng, without fractions (đồng)",
    },
)
COMPARATOR: Final = Vocabulary(
    "Comparator",
    "How a value is held against its target (phép so sánh).",
    {
        "eq": "reaches exactly (đạt)",
        "gte": "at least (ít nhất)",
        "gt": "more than (trên)",
        "lte": "at most (nhiều nhất)",
        "lt": "less than (dưới)",
    },
)
DIRECTION: Final = Vocabulary(
    "Direction",
    "Which way is better (chiều hướng).",
    {"up": "more is better (tăng)", "down": "less is better (giảm)"},
)
TARGET_KIND: Final = Vocabulary(
    "TargetKind",
    "How an indicator's goal is put (loại chỉ tiêu).",
    {
        "quantified": "a figure (định lượng)",
        "directional": "a rise or a fall (tăng hoặc giảm)",
        "qualitative": "words only (định tính)",
        "milestone": "done or not (mốc hoàn thành)",
    },
)
TARGET_TYPE: Final = Vocabulary(
    "TargetType",
    "Whether a target is the plan's headline or one year's step (loại mục tiêu).",
    {"headline": "headline (mức chung)", "yearly": "of one year (từng năm)"},
)
ANOMALY: Final = Vocabulary(
    "TargetAnomaly",
    "What is odd about a target as its source states it (điểm bất thường).",
    {
        "non_monotonic": "falls where the path should rise (không đơn điệu)",
        "headline_mismatch": "differs from the headline (lệch mức chung)",
        "comparator_change": "the comparator changes within the path (đổi phép so sánh)",
        "overlap": "overlaps another indicator (trùng phạm vi)",
        "year_unstated": "the source names no year (không nêu năm)",
        "value_unstated": "the source names no value (không nêu số)",
    },
)
FREQUENCY: Final = Vocabulary(
    "Frequency",
    "How often something is due (tần suất).",
    {
        "once": "once (một lần)",
        "annual": "every year (hằng năm)",
        "periodic": "periodically, period not stated (định kỳ)",
        "continuous": "all the time (thường xuyên)",
        "ad_hoc": "when asked (đột xuất)",
        "monthly": "every month (hằng tháng)",
    },
)
CALENDAR: Final = Vocabulary(
    "PeriodCalendar",
    "Calendar a reporting period belongs to (lịch kỳ báo cáo).",
    {
        "calendar": "Gregorian months, quarters and years (dương lịch)",
        "nd-09-2019": "reporting periods of Decree 09/2019/NĐ-CP, Article 12 (kỳ báo cáo)",
    },
)
PERIOD_KIND: Final = Vocabulary(
    "PeriodKind",
    "Length of a reporting period (loại kỳ).",
    {
        "month": "month (tháng)",
        "quarter": "quarter (quý)",
        "half": "half-year (sáu tháng)",
        "nine-months": "nine months (chín tháng)",
        "year": "year (năm)",
    },
)
OBSERVATION_STATUS: Final = Vocabulary(
    "ObservationStatus",
    "How far a figure has come (trạng thái số liệu).",
    {
        "draft": "being written by its unit (bản nháp)",
        "submitted": "submitted by its unit (đã nộp)",
        "returned": "sent back for correction (trả lại)",
        "approved": "approved by the guiding agency (đã duyệt)",
        "accepted": "accepted by the standing agency (đã chấp nhận)",
        "published": "published (đã công bố)",
    },
)
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
AGGREGATION: Final = Vocabulary(
    "Aggregation",
    "How an indicator's figures add up over areas (cách tổng hợp).",
    {
        "ratio_of_sums": "sum of numerators over sum of denominators (tỷ số của tổng)",
        "sum": "sum (tổng)",
        "none": "they do not add up (không tổng hợp)",
    },
)
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
FACILITY_CATEGORY: Final = Vocabulary(
    "FacilityCategory",
    "What a kind of facility is for (nhóm cơ sở).",
    {
        "rehabilitation": "rehabilitation (cai nghiện)",
        "treatment": "treatment (điều trị)",
        "health": "health care (y tế)",
        "reintegration": "reintegration (hòa nhập)",
        "outreach_site": "place to reach people (địa bàn tiếp cận)",
    },
)
FACILITY_STATUS: Final = Vocabulary(
    "FacilityStatus",
    "Whether a facility works (tình trạng cơ sở).",
    {
        "operating": "operating (đang hoạt động)",
        "upgrading": "being upgraded or rebuilt (đang nâng cấp)",
        "closed": "closed (đã đóng)",
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
FUNDING_KIND: Final = Vocabulary(
    "FundingKind",
    "Where money comes from (loại nguồn vốn).",
    {
        "state_budget": "state budget (ngân sách nhà nước)",
        "central_budget": "central budget (ngân sách trung ương)",
        "local_budget": "local budget (ngân sách địa phương)",
        "integrated": "integrated from other programmes (lồng ghép)",
        "mobilised": "mobilised from society (huy động)",
        "public_investment": "public investment (đầu tư công)",
        "credit": "credit (tín dụng)",
        "international": "international (quốc tế)",
        "other_legal": "other lawful sources (nguồn hợp pháp khác)",
        "unspecified": "not said (không nêu)",
    },
)
BUDGET_LEVEL: Final = Vocabulary(
    "BudgetLevel",
    "Level of a budget (cấp ngân sách).",
    {
        "national": "national (trung ương)",
        "city": "city (thành phố)",
        "ward": "commune level (cấp xã)",
    },
)
EXPENDITURE_KIND: Final = Vocabulary(
    "ExpenditureKind",
    "Kind of expenditure (loại chi).",
    {
        "investment": "investment (đầu tư)",
        "recurrent": "recurrent (thường xuyên)",
    },
)
AUDIENCE: Final = Vocabulary(
    "TrainingAudience",
    "Who is trained (đối tượng tập huấn).",
    {
        "manager": "programme managers (cán bộ quản lý)",
        "ward_officer": "commune-level officers (cán bộ cấp xã)",
        "judge": "judges (thẩm phán)",
        "health_worker": "health workers (nhân viên y tế)",
        "police": "police (công an)",
        "volunteer": "volunteers (tình nguyện viên)",
    },
)
CERTIFICATE: Final = Vocabulary(
    "CertificateKind",
    "What those trained receive (loại chứng nhận).",
    {
        "chung-chi": "certificate of competence (chứng chỉ)",
        "chung-nhan": "certificate of completion (chứng nhận)",
        "none": "none (không)",
    },
)
DRUG_STATUS: Final = Vocabulary(
    "DrugStatus",
    "What an area is in respect of drugs (tình trạng địa bàn về ma túy).",
    {
        "drug_free": "drug-free (không ma túy)",
        "has_drugs": "with drugs (có ma túy)",
        "key_1": "key area, type I (địa bàn trọng điểm loại I)",
        "key_2": "key area, type II (địa bàn trọng điểm loại II)",
        "key_3": "key area, type III (địa bàn trọng điểm loại III)",
    },
)
STATUS_STAGE: Final = Vocabulary(
    "AreaStatusStage",
    "How far the finding has come (bước xác định).",
    {
        "registered": "registered by the area (đăng ký)",
        "assessed": "assessed by rule (đánh giá)",
        "recognised": "recognised by decision (công nhận)",
    },
)
PILOT_PHASE: Final = Vocabulary(
    "PilotPhase",
    "How far a pilot has come (giai đoạn thí điểm).",
    {
        "proposed": "proposed (đề xuất)",
        "pilot": "being tried (thí điểm)",
        "reviewed": "reviewed (sơ kết)",
        "replicated": "replicated (nhân rộng)",
        "stopped": "stopped (dừng)",
    },
)
REVIEW_KIND: Final = Vocabulary(
    "ReviewKind",
    "Kind of a review (loại đánh giá).",
    {
        "inspection": "inspection (kiểm tra)",
        "interim": "interim review (sơ kết)",
        "final": "final review (tổng kết)",
    },
)
FINDING_KIND: Final = Vocabulary(
    "FindingKind",
    "Kind of a finding (loại kết luận).",
    {
        "achievement": "achieved (kết quả đạt được)",
        "weakness": "weakness (tồn tại, hạn chế)",
        "cause": "cause (nguyên nhân)",
        "lesson": "lesson (bài học)",
        "recommendation": "recommendation (kiến nghị)",
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
TERM_CATEGORY: Final = Vocabulary(
    "TermCategory",
    "Field a term belongs to (lĩnh vực thuật ngữ).",
    {
        "drug_control": "drug control (phòng, chống ma túy)",
        "governance": "governance (quản lý)",
        "legal": "law (pháp lý)",
        "organisation": "organisation (tổ chức)",
        "rehabilitation": "rehabilitation (cai nghiện)",
        "finance": "finance (tài chính)",
        "communication": "communication (truyền thông)",
        "system": "information systems (hệ thống)",
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
