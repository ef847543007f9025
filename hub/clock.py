"""The only source of the present moment, handed to whoever needs it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
"""The zone in which days, deadlines and reporting periods are counted."""


class Clock(Protocol):
    """Tells the present moment as an aware datetime."""

    def __call__(self) -> datetime:
        """Return the present moment."""


def system_clock() -> datetime:
    """Return the machine's present moment in UTC."""
    return datetime.now(UTC)
