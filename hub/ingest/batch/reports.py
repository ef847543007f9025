"""What came of a batch: how many rows of each fate, and what is said of those not taken."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_ROWS: Final = 1_000
"""How many rows a report says something of; the batch keeps all of them."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of a batch: received is the sum of the six that follow; warned ones are among them."""

    received: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    held: int = 0
    rejected: int = 0
    warned: int = 0

    @classmethod
    def of(cls, row: Mapping[str, int]) -> Self:
        """Return the counts that *row* has under their names."""
        return cls(**{name: row[name] for name in cls.names()})

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return what is counted."""
        return tuple(field.name for field in fields(cls))

    def changed_by(self, *, received: int, held: int) -> Self:
        """Return these with so many more received and held."""
        return replace(self, received=self.received + received, held=self.held + held)

    def columns(self) -> dict[str, int]:
        """Return them by column of a batch."""
        return {f"rows_{name}": getattr(self, name) for name in self.names()}


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """A row that was not taken, or was taken with a warning."""

    sheet: str | None
    line: int
    column: str | None
    found: str | None
    expected: str | None
    code: str
    outcome: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What came of a batch.

    Attributes:
        refusal: the code of why all of it was refused, and *sentence* what is said of that.
        rows: of the first ``MOST_ROWS`` that there is something to say of.
    """

    status: str
    counts: Counts = Counts()
    rows: tuple[ReportedRow, ...] = ()
    refusal: str | None = None
    sentence: str | None = None
