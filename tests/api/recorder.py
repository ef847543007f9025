"""Hears every statement that an answer takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.callers import Caller, Callers


@dataclass(frozen=True, slots=True)
class Recorder:
    """Callers, and the statements run for them."""

    callers: Callers
    statements: list[str]

    async def heard(self, caller: Caller, document: str, **variables: object) -> tuple[Any, int]:
        """Return the data of an answer without errors, and how many statements it took."""
        self.statements.clear()
        data = await caller.ask(document, **variables)
        return data, len(self.statements)
