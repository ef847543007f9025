"""Administrative units, what became of them, and what a text was found to mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An administrative unit; *valid_to* is its last day, and *parent* the key of another."""

    key: int
    code: str
    name: str
    short_name: str
    level: str
    type: str
    valid_from: date | None = None
    valid_to: date | None = None
    parent: int | None = None

    def has_begun(self, on: date) -> bool:
        """Tell whether the unit was there on that day, or had been."""
        return self.valid_from is None or self.valid_from <= on

    def has_ended(self, on: date) -> bool:
        """Tell whether the unit was no longer there on that day."""
        return self.valid_to is not None and self.valid_to < on

    def holds(self, on: date) -> bool:
        """Tell whether the unit is in force on that day."""
        return self.has_begun(on) and not self.has_ended(on)


@dataclass(frozen=True, slots=True)
class Succession:
    """Land that went from one unit to another, all of the predecessor's or a part of it."""

    predecessor: int
    successor: int
    is_whole: bool


class Via(StrEnum):
    """How a unit was found."""

    CODE = "code"
    NAME = "name"
    LINEAGE = "lineage"
    SHARES = "shares"


class Problem(StrEnum):
    """Why no unit was found."""

    UNKNOWN = "AREA_UNKNOWN"
    AMBIGUOUS = "AREA_AMBIGUOUS"
    DIVIDED = "AREA_DIVIDED"
    CLOSED = "AREA_CLOSED"
    NOT_YET = "AREA_NOT_YET"


@dataclass(frozen=True, slots=True)
class Part:
    """The share of a divided unit's figures that counts for a successor."""

    area: Area
    share: Decimal


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a text means: one unit, or the parts of a divided one, or why neither.

    Attributes:
        code: why there is none; empty where there is.
        candidates: codes of the units in force that it could be, the likeliest first.
        predecessor: the unit of before that was written, where its figures count for others.
    """

    area: Area | None = None
    via: Via | None = None
    code: Problem | None = None
    candidates: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    predecessor: Area | None = None
