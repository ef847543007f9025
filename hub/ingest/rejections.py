"""What is wrong in a file: where it stands, what was found there, what was expected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from hub.errors import HubError, Language

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True)
class Expected:
    """What should have stood there, as the end of a sentence in either language."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a row, or a whole file, is refused.

    Attributes:
        line: of the file, counted from 1, where the row begins; 0 where the file itself is missing.
        column: empty where the whole line is meant.
    """

    file: str
    line: int
    column: str
    found: str
    expected: Expected

    def sentence(self, language: Language) -> str:
        """Return place, finding and expectation in *language*."""
        found = self.found
        if len(found) > _LONGEST_QUOTE:
            found = f"{found[:_LONGEST_QUOTE]}…"
        if language is Language.VI:
            place = self._place("dòng", "cột")
            return f"{place}: thấy “{found}”, cần {self.expected.vi}"
        place = self._place("line", "column")
        return f"{place}: found “{found}”, expected {self.expected.en}"

    def _place(self, line: str, column: str) -> str:
        parts = [self.file]
        if self.line:
            parts.append(f"{line} {self.line}")
        if self.column:
            parts.append(f"{column} {self.column}")
        return ", ".join(parts)


class RejectedDataError(HubError):
    """Data was refused as a whole; nothing was written."""

    code = "DATA_REJECTED"
    vi = "Dữ liệu bị từ chối, chưa ghi gì; cần sửa {count} chỗ:"
    en = "The data is refused and nothing was written; places to correct: {count}"

    def __init__(self, rejections: Sequence[Rejection]) -> None:
        self.rejections = tuple(rejections)
        super().__init__(count=len(self.rejections))

    @override
    def sentence(self, language: Language) -> str:
        """Return the heading and every rejection on a line of its own."""
        lines = (rejection.sentence(language) for rejection in self.rejections)
        return "\n".join((super().sentence(language), *lines))


class RowInUseError(HubError):
    """A row that vanished from the files is still in use."""

    code = "ROW_IN_USE"
    vi = (
        "Chưa ghi gì: bảng “{table}” vẫn dùng một dòng không còn trong tệp dữ liệu. "
        "Hãy trả dòng đó lại."
    )
    en = (
        "Nothing was written: table “{table}” still uses a row that has vanished from the files. "
        "Put that row back."
    )
