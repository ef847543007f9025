"""The closed lists of what comes in: how it came, what became of it, what was odd about it."""

from __future__ import annotations

from typing import Final

from hub.model.vocabulary import Vocabulary

BATCH_CHANNEL: Final = Vocabulary(
    "BatchChannel",
    "Which way a batch came (kênh gửi).",
    {
        "push": "sent by a system (hệ thống gửi tới)",
        "upload": "sent on the upload page (trang nộp tệp)",
        "folder": "left in a drop folder (thư mục nhận tệp)",
        "pull": "fetched from a system (hub tự lấy)",
        "cli": "given on the command line (dòng lệnh)",
    },
)
DELIVERY_FORMAT: Final = Vocabulary(
    "DeliveryFormat",
    "What a batch was written in (định dạng).",
    {
        "ndjson": "one JSON object a line (NDJSON)",
        "csv": "delimited text (CSV)",
        "xlsx": "workbook (XLSX)",
        "rows": "rows read from another system (dòng dữ liệu)",
    },
)
BATCH_STATUS: Final = Vocabulary(
    "BatchStatus",
    "How far a batch has come (trạng thái lô).",
    {
        "queued": "waiting (đang chờ)",
        "running": "being checked and merged (đang xử lý)",
        "done": "merged; its rows say what was not taken (đã xong)",
        "refused": "refused as a whole; nothing of it was taken (bị từ chối)",
    },
)
ROW_OUTCOME: Final = Vocabulary(
    "BatchRowOutcome",
    "What became of a row (kết quả của dòng).",
    {
        "rejected": "not taken (bị loại)",
        "held": "waits for a person's decision (chờ quyết định)",
        "warned": "taken, with a warning (nhận, kèm cảnh báo)",
    },
)
ROW_DECISION: Final = Vocabulary(
    "BatchRowDecision",
    "What a person decided of a held row (quyết định).",
    {
        "accept": "taken as it is (nhận)",
        "correct": "taken as corrected (nhận sau khi sửa)",
        "drop": "not taken (bỏ)",
    },
)
QUALITY_RULE: Final = Vocabulary(
    "QualityRule",
    "What is looked at in a figure at the door (quy tắc kiểm tra).",
    {
        "bounds": "lies between two values (trong khoảng cho phép)",
        "parts": "is the sum of its parts (bằng tổng các thành phần)",
        "last_period": "does not leap from the period before (so với kỳ trước)",
        "outlier": "lies among its own earlier values (giá trị bất thường)",
    },
)
QUALITY_OUTCOME: Final = Vocabulary(
    "QualityOutcome",
    "What comes of a figure that fails a check (xử lý).",
    {
        "warn": "it is taken with a warning (cảnh báo)",
        "hold": "it waits for a person's decision (giữ lại)",
        "reject": "it is not taken (loại)",
    },
)
SOURCE_TERM_KIND: Final = Vocabulary(
    "SourceTermKind",
    "What a source's own word stands for (loại từ).",
    {
        "indicator": "indicator (chỉ tiêu)",
        "area": "area (địa bàn)",
        "facility": "facility (cơ sở)",
        "agency": "agency (cơ quan)",
    },
)
