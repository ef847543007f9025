"""Facilities, money and training."""

from __future__ import annotations

from typing import Final

from hub.model.vocabulary.closed_list import Vocabulary

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
