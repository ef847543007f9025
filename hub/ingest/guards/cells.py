"""What a single row is refused for, though it reads well."""

from __future__ import annotations

import re
from typing import Final

from hub.ingest.delivered import DeliveryRefusedError, RowFault
from hub.ingest.rejections import Expected

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
"""Control characters but tab and line feed, halves of characters, and what turns text around."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
_NEGATIVE = re.compile(r"-[0-9]+([.,][0-9]+)*")
_ERROR = re.compile(r"#(DIV/0!|REF!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")

NOTHING_SAID: Final = frozenset({"-", "–", "—"})
"""What tables hold where they have nothing to say."""

_EXPECTED: Final = {
    RowFault.CONTROL_CHARACTER: Expected(
        "chữ không kèm ký tự điều khiển", "text without control characters"
    ),
    RowFault.FORMULA_IN_CELL: Expected(
        "một giá trị, không phải công thức (ô không bắt đầu bằng = + - @)",
        "a value and no formula (nothing that begins with = + - @)",
    ),
    RowFault.CELL_IN_ERROR: Expected(
        "một giá trị, không phải lỗi của công thức", "a value and no formula's error"
    ),
    RowFault.NEGATIVE_NUMBER: Expected("một số không âm", "a number that is not negative"),
}


class CellTooLargeError(DeliveryRefusedError):
    """A cell or line is longer than any figure or name."""

    code = "CELL_TOO_LARGE"
    vi = "Dòng {line}: một ô dài hơn {limit} ký tự."
    en = "Line {line}: a cell has more than {limit} characters."


def find_fault(cell: str) -> RowFault | None:
    """Return what is wrong with *cell*, whatever column it stands in."""
    if _CONTROLS.search(cell):
        return RowFault.CONTROL_CHARACTER
    if cell.startswith(_FORMULA):
        return RowFault.NEGATIVE_NUMBER if _NEGATIVE.fullmatch(cell) else RowFault.FORMULA_IN_CELL
    return RowFault.CELL_IN_ERROR if _ERROR.fullmatch(cell) else None


def expected_instead(fault: RowFault) -> Expected:
    """Return what should have stood in the cell."""
    return _EXPECTED[fault]
