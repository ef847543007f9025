"""How the deliveries of a source are written: what a mapping says besides the names."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MEGABYTE: Final = 1_000_000


class Format(StrEnum):
    """What a delivery may be written in."""

    NDJSON = "ndjson"
    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES: Final[Mapping[str, Format]] = {
    "application/x-ndjson": Format.NDJSON,
    "application/ndjson": Format.NDJSON,
    "application/jsonl": Format.NDJSON,
    "text/csv": Format.CSV,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Format.XLSX,
}
"""The format by the media type of a request, without parameters and in lower case."""


class Encoding(StrEnum):
    """How letters are written as bytes; the value is the codec's name."""

    UTF_8 = "utf-8-sig"
    UTF_16 = "utf-16"
    WINDOWS_1258 = "cp1258"
    TCVN3 = "tcvn3"


class NumberStyle(StrEnum):
    """How numbers are written: ``1234567.89``, or ``1.234.567,89`` as Vietnam writes them."""

    PLAIN = "plain"
    VIETNAMESE = "vietnamese"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one delivery may hold.

    Attributes:
        size: bytes of a file of text.
        workbook_size: bytes of a workbook.
        workbook_rows: rows of all its sheets together.
        expanded_size: bytes that a workbook may unfold into.
        cell: characters of one cell.
        columns: columns of a table.
    """

    size: int = 1_000 * MEGABYTE
    workbook_size: int = 20 * MEGABYTE
    workbook_rows: int = 50_000
    expanded_size: int = 200 * MEGABYTE
    cell: int = 4_000
    columns: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How a source writes; the defaults read what the hub itself proposes.

    Attributes:
        columns: the column's name by its heading; case, spaces and accents' composition do not
            matter. A heading over merged cells is written with its parts joined by " / ".
        required: names of columns that must be there; the heading is sought by them.
        constants: cells that every row has, whatever the delivery says.
        sheets: of a workbook, the names of those to read; none means its first visible one.
        heading_lines: how many lines a heading has.
        encoding: none means that it is found out, or the delivery refused.
        delimiter: none means that it is found out among comma, semicolon and tab.
        numbers: how numbers are written in *number_columns*.
        factors: what the numbers of a column are multiplied by, such as 1000 for thousands of đồng.
        day_columns: columns of days, also written ``dd/mm/yyyy``; given on as ``yyyy-mm-dd``.
        period_columns: columns of periods, also written “Tháng 9/2026”, “Quý III/2026”; given on as
            ``2026-09``, ``2026-Q3``, ``2026``.
        has_totals: rows of totals (“Tổng cộng”) are to be left out.
        forms_of: the code of the agency whose forms of the hub's are read; none means everybody's.
        forms: the version that each form has by now, by its code; none means that any is read.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    constants: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    heading_lines: int = 1
    encoding: Encoding | None = None
    delimiter: str | None = None
    numbers: NumberStyle = NumberStyle.PLAIN
    number_columns: frozenset[str] = frozenset({"numerator", "denominator", "value"})
    factors: Mapping[str, int] = field(default_factory=dict)
    day_columns: frozenset[str] = frozenset()
    period_columns: frozenset[str] = frozenset({"period"})
    has_totals: bool = False
    forms_of: str | None = None
    forms: Mapping[str, str] | None = None
    limits: Limits = field(default_factory=Limits)
