"""What a delivery says, row by row, and the base of all reasons to refuse one as a whole."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from hub.errors import HubError

if TYPE_CHECKING:
    from hub.ingest.rejections import Expected


class DeliveryRefusedError(HubError):
    """The base of what has a delivery refused as a whole; nothing of it may be kept or repeated."""


class RowFault(StrEnum):
    """Why a single row cannot be taken, known by reading alone."""

    ROW_UNREADABLE = "ROW_UNREADABLE"
    CELLS_TOO_MANY = "CELLS_TOO_MANY"
    CELL_IN_ERROR = "CELL_IN_ERROR"
    CONTROL_CHARACTER = "CONTROL_CHARACTER"
    FORMULA_IN_CELL = "FORMULA_IN_CELL"
    NEGATIVE_NUMBER = "NEGATIVE_NUMBER"
    NUMBER_UNREADABLE = "NUMBER_UNREADABLE"
    DAY_UNREADABLE = "DAY_UNREADABLE"
    PERIOD_UNREADABLE = "PERIOD_UNREADABLE"
    COMPULSORY_EMPTY = "COMPULSORY_EMPTY"
    STATE_CONTRADICTED = "STATE_CONTRADICTED"


class Trouble(NamedTuple):
    """Why a row cannot be taken: *column* is empty where the whole row is meant."""

    column: str
    code: RowFault
    found: str
    expected: Expected


class SourceRow(NamedTuple):
    """A row as a source delivered it.

    Attributes:
        sheet: of a workbook; None where the format has no sheets.
        line: where the row begins, counted from 1 as whoever sent it counts.
        cells: texts by column name, composed (NFC), without space around them; a column that the
            mapping does not name goes by its heading. An empty or missing cell says nothing.
        troubles: why the row cannot be taken; empty for a row that reads well.
        calendar: whose period it names, where the delivery itself says so; else it is the source's.
    """

    sheet: str | None
    line: int
    cells: dict[str, str]
    troubles: tuple[Trouble, ...] = ()
    calendar: str = ""
