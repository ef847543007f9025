"""Facts that the code reports and others decide about: who logs, who counts, who ignores."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Final, NamedTuple

REQUEST_ID: Final[ContextVar[str]] = ContextVar("request_id", default="")
"""The number of the request that is being served; empty outside one."""


class StatementRan(NamedTuple):
    """A statement ran in a transaction and gave *rows* after *seconds*."""

    sql: str
    rows: int
    seconds: float


class PlanFound(NamedTuple):
    """For an operation a plan was ``kept``, ``made``, or there is ``none``, after *seconds*."""

    found: str
    seconds: float


Fact = StatementRan | PlanFound
Observer = Callable[[Fact], None]


def ignore(fact: Fact) -> None:
    """Hear *fact* and do nothing."""
