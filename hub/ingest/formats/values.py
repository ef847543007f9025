"""Numbers, days and periods as Vietnam writes them, given on as the hub writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from hub.ingest.cells import UnexpectedCellError
from hub.ingest.delivered import RowFault
from hub.ingest.formats.options import NumberStyle
from hub.ingest.rejections import Expected

if TYPE_CHECKING:
    from collections.abc import Callable

    from hub.ingest.formats.options import ReadOptions

_PLAIN = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?")
_VIETNAMESE = re.compile(r"-?([0-9]{1,3}(\.[0-9]{3}){1,12}|[0-9]{1,40})(,[0-9]{1,40})?")
_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_PERIOD = re.compile(r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]|9M))?")
_YEAR = r"(?:\s*[/-]\s*|\s+năm\s+|\s+)(?P<year>(?:19|20)[0-9]{2})"
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_PERIODS: Final[list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]] = [
    # Spreadsheets make a day of what looks like a month.
    (re.compile(r"(?P<month>(19|20)[0-9]{2}-(0[1-9]|1[0-2]))-01"), lambda found: found["month"]),
    (
        re.compile(rf"(?:tháng\s*|t\.?\s*)?(?P<month>0?[1-9]|1[0-2]){_YEAR}"),
        lambda found: f"{found['year']}-{int(found['month']):02}",
    ),
    (
        re.compile(rf"(?:quý\s*|q\.?\s*)(?P<quarter>[1-4]|i{{1,3}}|iv){_YEAR}"),
        lambda found: f"{found['year']}-Q{_ROMAN.get(found['quarter'], found['quarter'])}",
    ),
    (
        re.compile(rf"(?:6|sáu)\s*tháng\s+(?P<half>đầu|cuối)(?:\s+năm)?{_YEAR}"),
        lambda found: f"{found['year']}-H{1 if found['half'] == 'đầu' else 2}",
    ),
    (
        re.compile(rf"(?:9|chín)\s*tháng(?:\s+đầu)?(?:\s+năm)?{_YEAR}"),
        lambda found: f"{found['year']}-9M",
    ),
    (
        re.compile(r"(?:cả\s+)?năm\s+(?P<year>(?:19|20)[0-9]{2})"),
        lambda found: found["year"],
    ),
]


@dataclass(frozen=True, slots=True)
class Conversion:
    """What becomes of the cells of a column, and what a cell is called that does not fit."""

    fault: RowFault
    convert: Callable[[str], str]


def conversions_of(options: ReadOptions) -> list[tuple[str, Conversion]]:
    """Return what becomes of the cells, by column; what needs nothing is not among them."""
    conversions = [
        (name, Conversion(RowFault.PERIOD_UNREADABLE, read_period))
        for name in sorted(options.period_columns)
    ]
    conversions += [
        (name, Conversion(RowFault.DAY_UNREADABLE, read_day))
        for name in sorted(options.day_columns)
    ]
    for name in sorted(options.number_columns | options.factors.keys()):
        factor = options.factors.get(name, 1)
        if factor != 1 or options.numbers is not NumberStyle.PLAIN:
            read = _number_reader(options.numbers, factor)
            conversions.append((name, Conversion(RowFault.NUMBER_UNREADABLE, read)))
    return conversions


def _number_reader(style: NumberStyle, factor: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        plain = read_vietnamese_number(cell) if style is NumberStyle.VIETNAMESE else cell
        if factor == 1:
            return plain
        if not _PLAIN.fullmatch(plain):
            raise UnexpectedCellError(Expected("một số như “1234.5”", "a number such as “1234.5”"))
        return write_number(Decimal(plain) * factor)

    return read


def read_vietnamese_number(cell: str) -> str:
    """Return the number that *cell* writes as ``1.234.567,89``, without its groups."""
    if not _VIETNAMESE.fullmatch(cell):
        raise UnexpectedCellError(
            Expected("một số như “1.234.567,89”", "a number such as “1.234.567,89”")
        )
    return cell.replace(".", "").replace(",", ".")


def write_number(number: Decimal) -> str:
    """Return *number* with all its digits and no exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=10_000)
def read_day(cell: str) -> str:
    """Return the day that *cell* writes as ``dd/mm/yyyy`` or ``yyyy-mm-dd``."""
    try:
        if found := _DAY.fullmatch(cell):
            day, month, year = map(int, found.groups())
            return date(year, month, day).isoformat()
        return date.fromisoformat(cell).isoformat()
    except ValueError:
        raise UnexpectedCellError(
            Expected("một ngày như “31/12/2026”", "a day such as “31/12/2026”")
        ) from None


@lru_cache(maxsize=10_000)
def read_period(cell: str) -> str:
    """Return the label of the period that *cell* writes: ``2026-09``, ``2026-Q3``, ``2026``."""
    if _PERIOD.fullmatch(cell):
        return cell
    words = " ".join(cell.casefold().split())
    for written, label in _PERIODS:
        if found := written.fullmatch(words):
            return label(found)
    raise UnexpectedCellError(
        Expected(
            "một kỳ như “2026-09”, “2026-Q3”, “2026”, “Tháng 9/2026”",
            "a period such as “2026-09”, “2026-Q3”, “2026”",
        )
    )
