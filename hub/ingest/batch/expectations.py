"""What is wrong with rows, by code, and what was expected instead, said to whoever sent them."""

from __future__ import annotations

from typing import Final

HELD_CODES: Final = frozenset({"AREA_AMBIGUOUS", "AREA_DIVIDED", "AREA_SHARED"})
"""Of rows that wait for a person's decision: what they mean can be found out, but not guessed."""

EXPECTED: Final = {
    "INDICATOR_UNKNOWN": "mã một chỉ tiêu của hub",
    "INDICATOR_WITHOUT_FIGURES": "một chỉ tiêu có đơn vị tính, thuộc một dự án của địa phương",
    "INDICATOR_NOT_WITHIN_RIGHT": "một chỉ tiêu mà nguồn này được ghi",
    "PERIOD_UNKNOWN": "một kỳ của chế độ báo cáo, như 2026-09, 2026-Q3, 2026",
    "PERIOD_NOT_FINISHED": "một kỳ đã kết thúc",
    "PERIOD_CLOSED": "một kỳ còn mở để nộp",
    "AREA_UNKNOWN": "mã hoặc tên một xã, phường vào kỳ đó",
    "AREA_AMBIGUOUS": "mã xã, phường: tên này chỉ nhiều nơi",
    "AREA_DIVIDED": "mã xã, phường mới: đơn vị cũ đã chia cho nhiều nơi",
    "AREA_SHARED": "một số liệu của đơn vị mới: nhiều đơn vị cũ cùng thuộc về nó",
    "AREA_CLOSED": "mã xã, phường: đơn vị này không còn",
    "AREA_NOT_YET": "một đơn vị đã có vào kỳ đó",
    "AREA_NOT_WITHIN_RIGHT": "một địa bàn mà nguồn này được ghi",
    "FACILITY_UNKNOWN": "mã một cơ sở của địa phương",
    "FACILITY_NOT_WITHIN_RIGHT": "một cơ sở mà nguồn này được ghi",
    "DISAGGREGATION_UNKNOWN": "mã một phân tổ của chỉ tiêu, hoặc để trống",
    "VERSION_UNREADABLE": "một số nguyên không âm, hoặc thời điểm như 2026-09-30T08:00:00Z",
    "VERSION_MISSING": "phiên bản của số liệu, vì nguồn đã gửi số liệu này có phiên bản",
    "VERSION_REUSED": "một phiên bản mới hơn: phiên bản này đã có số liệu khác",
    "WITHDRAWAL_UNREADABLE": "true hoặc false",
    "WITHDRAWAL_WITH_FIGURE": "để trống số liệu khi rút lại",
    "NUMBER_NOT_FINITE": "một số hữu hạn",
    "NUMBER_UNREADABLE": "một số như 1234.5",
    "NEGATIVE_NUMBER": "một số không âm",
    "NUMBER_TOO_LARGE": "một số không quá 1.000.000.000.000.000",
    "NUMBER_NOT_WHOLE": "một số nguyên",
    "VALUE_AND_PARTS": "hoặc giá trị, hoặc tử số và mẫu số, không cả hai",
    "FIGURE_MISSING": "giá trị, hoặc tử số và mẫu số",
    "PARTS_NOT_EXPECTED": "giá trị: chỉ tiêu này không phải tỷ lệ",
    "NUMERATOR_ABOVE_DENOMINATOR": "tử số không lớn hơn mẫu số",
    "PERCENT_ABOVE_HUNDRED": "một tỷ lệ từ 0 đến 100",
    "ROW_DUPLICATED": "mỗi số liệu một dòng",
    "QUALITY_BOUNDS": "giá trị trong khoảng cho phép",
    "QUALITY_PARTS": "giá trị bằng tổng các thành phần",
    "QUALITY_LAST_PERIOD": "giá trị không lệch nhiều so với kỳ trước",
    "QUALITY_OUTLIER": "giá trị gần với các kỳ trước",
}
"""In Vietnamese, as the end of “cần …”."""
