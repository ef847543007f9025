"""How far a load has come, told to whoever shows it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Follows a load step by step."""

    def expect(self, steps: int) -> None:
        """Take note that *steps* more steps are to come."""

    def advance(self, label: str) -> None:
        """Take note that a step begins; *label* names it in Vietnamese."""


class Unwatched:
    """Follows nothing."""

    def expect(self, steps: int) -> None:
        """Ignore it."""

    def advance(self, label: str) -> None:
        """Ignore it."""
