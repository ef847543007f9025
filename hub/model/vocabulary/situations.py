"""How areas fare, and what is tried and found there."""

from __future__ import annotations

from typing import Final

from hub.model.vocabulary.closed_list import Vocabulary

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
