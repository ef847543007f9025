"""Where things stand in the workbook."""

from __future__ import annotations

from typing import Final

ENTRY_SHEET: Final = "Nhập số liệu"
GUIDE_SHEET: Final = "Hướng dẫn"
MARKS_SHEET: Final = "Cần sửa"
IDENTITY_SHEET: Final = "hub.form"

KEY: Final = "muc"
CONTENT: Final = "noi-dung"
"""The headings of the hidden sheet."""

LAYOUT: Final = "hub.form.1"
"""What the workbook says that it is: another layout has another number."""

HEADINGS: Final = (
    ("", "TT", 5),
    ("", "Chỉ tiêu", 46),
    ("", "Tử số, hoặc số cần đếm", 34),
    ("numerator", "Tử số", 14),
    ("", "Mẫu số", 34),
    ("denominator", "Mẫu số", 14),
    ("value", "Giá trị", 14),
    ("state", "Ghi nhận", 18),
    ("", "Cần sửa", 60),
    ("indicator", "", 0),
    ("facility", "", 0),
    ("compulsory", "", 0),
)
"""Each column: what the reader calls it, what a person does, and its width; 0 is hidden."""

COLUMNS: Final = {name: place for place, (name, _, _) in enumerate(HEADINGS) if name}
NAME_COLUMN: Final = 1
MARK_COLUMN: Final = 8
ENTERED: Final = ("numerator", "denominator", "value", "state")
"""The columns that a person fills in."""

HEADING_ROW: Final = 5
FIRST_ROW: Final = HEADING_ROW + 2
"""Below the heading that is shown stands the one that is read, hidden."""

NOTHING_YET: Final = "Chưa có số liệu"
STATES: Final = ("Có số liệu", NOTHING_YET)

MOST: Final = 10**12
"""More than anything that is counted here."""
