"""A cell's text as a value, or what the cell should have held."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from hub.ingest.rejections import Expected

if TYPE_CHECKING:
    from hub.model.vocabulary import Vocabulary

T = TypeVar("T")
Parse: TypeAlias = Callable[[str], T]
"""Returns a cell's value, or raises ``UnexpectedCellError``."""

LIST_MARK: Final = "|"

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_WHOLE = re.compile(r"[0-9]{1,9}")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but tab and line feed, and halves of characters."""


class UnexpectedCellError(ValueError):
    """The cell holds something else than *expected*."""

    def __init__(self, expected: Expected) -> None:
        self.expected = expected
        super().__init__(expected.en)


def text(cell: str) -> str:
    """Return the words of *cell*, composed (NFC), without space around them."""
    words = unicodedata.normalize("NFC", cell.replace("\r\n", "\n")).strip()
    if not words:
        raise UnexpectedCellError(Expected("ô không trống", "a cell that is not empty"))
    if _CONTROLS.search(words):
        raise UnexpectedCellError(
            Expected("chữ không kèm ký tự điều khiển", "text without control characters")
        )
    return words


def code(cell: str) -> str:
    """Return a public code: lower-case ASCII, dots for levels, hyphens inside a level."""
    if not _CODE.fullmatch(cell):
        raise UnexpectedCellError(
            Expected("một mã như “hn.so-y-te”", "a code such as “hn.so-y-te”")
        )
    return cell


def digits(count: int) -> Parse[str]:
    """Return a parser of an official code of *count* digits, whose zeros are kept."""

    def parse(cell: str) -> str:
        if not (len(cell) == count and cell.isascii() and cell.isdigit()):
            raise UnexpectedCellError(Expected(f"mã {count} chữ số", f"a code of {count} digits"))
        return cell

    return parse


def choice(vocabulary: Vocabulary) -> Parse[str]:
    """Return a parser of one value of *vocabulary*."""

    def parse(cell: str) -> str:
        if cell not in vocabulary.terms:
            values = ", ".join(vocabulary.values)
            raise UnexpectedCellError(Expected(f"một trong: {values}", f"one of: {values}"))
        return cell

    return parse


def year(cell: str) -> int:
    """Return a year of the twentieth or twenty-first century."""
    if not _YEAR.fullmatch(cell):
        raise UnexpectedCellError(Expected("một năm như “2026”", "a year such as “2026”"))
    return int(cell)


def number(cell: str) -> Decimal:
    """Return a number written with digits and at most one point, exactly as it stands."""
    if not _NUMBER.fullmatch(cell):
        raise UnexpectedCellError(
            Expected("một số như “80” hoặc “2.97”", "a number such as “80” or “2.97”")
        )
    return Decimal(cell)


def whole(least: int, most: int) -> Parse[int]:
    """Return a parser of a whole number from *least* to *most*, neither of them negative."""

    def parse(cell: str) -> int:
        if not (_WHOLE.fullmatch(cell) and least <= int(cell) <= most):
            raise UnexpectedCellError(
                Expected(
                    f"một số nguyên từ {least} đến {most}", f"a whole number, {least} to {most}"
                )
            )
        return int(cell)

    return parse


def boolean(cell: str) -> bool:
    """Return what ``true`` or ``false`` says."""
    if cell not in {"true", "false"}:
        raise UnexpectedCellError(Expected("“true” hoặc “false”", "“true” or “false”"))
    return cell == "true"


def day(cell: str) -> date:
    """Return a day of the calendar."""
    try:
        if _DAY.fullmatch(cell):
            return date.fromisoformat(cell)
    except ValueError:
        pass
    raise UnexpectedCellError(Expected("một ngày như “2025-07-01”", "a day such as “2025-07-01”"))


def partial_date(cell: str) -> str:
    """Return a day, month or year as it stands: no more precise than its source."""
    if not (_YEAR.fullmatch(cell) or _MONTH.fullmatch(cell)):
        try:
            day(cell)
        except UnexpectedCellError as error:
            raise UnexpectedCellError(
                Expected(
                    "ngày, tháng hoặc năm như “2025-05-31”, “2025-05”, “2025”",
                    "a day, month or year such as “2025-05-31”, “2025-05”, “2025”",
                )
            ) from error
    return cell


def optional(parse: Parse[T]) -> Parse[T | None]:
    """Return a parser that takes an empty cell for silence of the sources."""
    return lambda cell: parse(cell) if cell.strip() else None


def listed(parse: Parse[T]) -> Parse[tuple[T, ...]]:
    """Return a parser of values between ``|``, each given once; an empty cell lists nothing."""

    def parse_list(cell: str) -> tuple[T, ...]:
        values = tuple(map(parse, cell.split(LIST_MARK))) if cell.strip() else ()
        if len(set(values)) < len(values):
            raise UnexpectedCellError(Expected("mỗi giá trị một lần", "each value once"))
        return values

    return parse_list
