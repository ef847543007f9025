"""Words and the days on which they hold: what telling them apart has in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    Word = tuple[str, str]
    """A word of a column, and the period that it is used of."""
    Windows = Mapping[str, "Window"]
    Terms = Mapping[tuple[str, str], Iterable["Term"]]
    """A source's own words, by kind and word."""

BETWEEN: Final = "\x1f"
"""Between the parts of what is handed to a statement as one text; in no delivery."""


@dataclass(frozen=True, slots=True)
class Window:
    """A period as a source may write of it; *trouble* says why not, where it may not."""

    id: int
    starts_on: date
    ends_on: date
    trouble: str


@dataclass(frozen=True, slots=True)
class Term:
    """A source's own word; *since* and *until* bound the days on which it means *code*."""

    code: str
    since: date
    until: date


def code_of(terms: Terms, kind: str, word: str, on: date | None) -> str:
    """Return the code that *word* is the source's own word for; else *word* itself."""
    for term in terms.get((kind, word), ()):
        if on is not None and term.since <= on < term.until:
            return term.code
    return word


def day_of(windows: Windows, label: str) -> date | None:
    """Return the day on which the words of a row hold: the last one that it speaks of."""
    window = windows.get(label)
    return None if window is None else window.ends_on


def columns_of(rows: Iterable[tuple[object, ...]], width: int) -> tuple[list[object], ...]:
    """Return *rows* column by column; there are *width* of them even if there are no rows."""
    columns = tuple(map(list, zip(*rows, strict=True)))
    return columns or tuple([] for _ in range(width))


def qualified(calendar: str, label: str) -> str:
    """Return *label* as one of *calendar*; where that is empty, as one of the source's own.

    No label names a calendar by itself.
    """
    own = label.replace(BETWEEN, " ")
    return f"{calendar}{BETWEEN}{own}" if calendar else own


def parted(period: str) -> tuple[str, str]:
    """Return calendar and label of what ``qualified`` made; without a calendar that is empty."""
    calendar, _, label = period.rpartition(BETWEEN)
    return calendar, label
