"""What is to be filled in: a form for one unit and one period."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator to be filled in, of a facility where the form is for facilities."""

    indicator: str
    name: str
    unit: str | None
    numerator: str | None
    denominator: str | None
    is_compulsory: bool
    facility: str | None = None
    facility_name: str | None = None

    @property
    def is_rate(self) -> bool:
        """Tell whether numerator and denominator are asked for, not a value."""
        return self.unit == "percent"

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells the line apart in its form."""
        return self.indicator, self.facility or ""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a workbook says of itself, where no person looks.

    Attributes:
        area: the code of the area that the figures are of.
        version: of the form as it was when the workbook was made (``version_of``).
    """

    form: str
    agency: str
    area: str
    period: str
    calendar: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form for one unit and one period."""

    code: str
    name: str
    agency: str
    agency_name: str
    area: str
    area_name: str
    period: str
    calendar: str
    starts_on: date
    ends_on: date
    due_on: date
    closes_on: date
    lines: tuple[Line, ...]

    @property
    def version(self) -> str:
        """Return what changes with what the form asks."""
        return version_of((each.indicator, each.unit, each.is_compulsory) for each in self.lines)

    @property
    def identity(self) -> Identity:
        """Return what the workbook says of itself."""
        return Identity(self.code, self.agency, self.area, self.period, self.calendar, self.version)

    @property
    def file_name(self) -> str:
        """Return what the workbook is called on a disk."""
        return f"{self.code}.{self.area}.{self.period}.xlsx"


def version_of(asked: Iterable[tuple[str, str | None, bool]]) -> str:
    """Return what changes with the indicators *asked*, their units and what is compulsory.

    In whatever order, and however often: of facilities, which come and go, each row is judged.
    """
    lines = sorted({f"{code} {unit} {is_compulsory}" for code, unit, is_compulsory in asked})
    return sha256("\n".join(lines).encode()).hexdigest()[:12]
