"""Indicators, targets, periods and figures."""

from __future__ import annotations

from typing import Final

from hub.model.vocabulary.closed_list import Vocabulary

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
        "own": "periods that a regime lists itself (kỳ riêng)",
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

AGGREGATION: Final = Vocabulary(
    "Aggregation",
    "How an indicator's figures add up over areas (cách tổng hợp).",
    {
        "ratio_of_sums": "sum of numerators over sum of denominators (tỷ số của tổng)",
        "sum": "sum (tổng)",
        "none": "they do not add up (không tổng hợp)",
    },
)
