"""How long to wait before a source is asked again."""

from __future__ import annotations

import random
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

MOST_TRIES: Final = 6
MOST_WAIT_SECONDS: Final = 300.0
_FIRST_WAIT_SECONDS: Final = 0.5

_chance = random.SystemRandom()


def backed_off(tries: int) -> float:
    """Return the seconds to wait after so many failures: doubled each time, half of it chance."""
    most: float = min(_FIRST_WAIT_SECONDS * 2**tries, MOST_WAIT_SECONDS)
    return most / 2 + _chance.uniform(0, most / 2)


def read_retry_after(header: str | None, now: datetime) -> float | None:
    """Return the seconds that ``Retry-After`` asks for, written as seconds or as a date."""
    if header is None:
        return None
    if header.isascii() and header.isdigit():
        return float(header)
    try:
        return max((parsedate_to_datetime(header) - now).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return None
