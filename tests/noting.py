"""An observer that notes the statements which run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.telemetry import StatementRan

if TYPE_CHECKING:
    from hub.telemetry import Fact, Observer


def noting(ran: list[str]) -> Observer:
    """Return an observer that adds each statement that runs to *ran*."""

    def hear(fact: Fact) -> None:
        if isinstance(fact, StatementRan):
            ran.append(fact.sql)

    return hear
