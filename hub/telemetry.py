"""Facts that the code reports and others decide about: who logs, who counts, who ignores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatementRan:
    """A statement ran in a transaction and gave *rows* after *seconds*."""

    sql: str
    rows: int
    seconds: float


Fact = StatementRan
Observer = Callable[[Fact], None]


def ignore(fact: Fact) -> None:
    """Hear *fact* and do nothing."""
