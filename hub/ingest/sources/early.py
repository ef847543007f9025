"""What a system gave before its period was over: it waits, and is offered again on another day.

A system that is asked for what has changed gives a record once; a figure of this month would be
lost when it is not taken before the month has ended.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from hub.clock import VIETNAM
from hub.ingest.formats.table import HUB_COLUMNS, fold_heading
from hub.ingest.sources.failures import SourceTooEarlyError
from hub.ingest.sources.incremental import text_of
from hub.ingest.sources.pages import Page, line_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from hub.ingest.formats import ReadOptions
    from hub.ingest.sources.pages import Record, Rejected, State

_NOT_FINISHED: Final = "PERIOD_NOT_FINISHED"
_MOST: Final = 50_000
_TELLING: Final = frozenset({"indicator", "area", "period", "facility", "disaggregation"})


class Early:
    """The records that wait, the newest of each figure, in the order in which they came."""

    def __init__(self, options: ReadOptions, now: datetime, state: State | None) -> None:
        found: Any = state or {}
        self._mapped = {fold_heading(heading): name for heading, name in options.columns.items()}
        self._today = now.astimezone(VIETNAM).date().isoformat()
        self._day = found.get("day")
        self._lines: dict[str, str] = {}
        for line in found.get("records", ()):
            self._lines[self._figure(json.loads(line))] = line

    @property
    def state(self) -> State:
        """What is to be kept of it: lines, for as text they may hold anything."""
        return {"day": self._today, "records": list(self._lines.values())}

    def page(self) -> Page | None:
        """Return what is to be offered again; None where nothing waits, or it is the same day."""
        if not self._lines or self._day == self._today:
            return None
        return Page([json.loads(line) for line in self._lines.values()], None)

    def take(self, records: Sequence[Record], rejected: Rejected) -> bool:
        """Have those of *records* wait that were *rejected* as early; tell whether any does."""
        if not self._lines and _NOT_FINISHED not in rejected.values():
            return False
        for place, record in enumerate(records, 1):
            figure = self._figure(record)
            # Whatever came later of a figure is what counts.
            self._lines.pop(figure, None)
            if rejected.get(place) == _NOT_FINISHED:
                self._lines[figure] = line_of(record)
        if len(self._lines) > _MOST:
            raise SourceTooEarlyError(limit=_MOST)
        return True

    def forget(self) -> None:
        """Have nothing wait any longer."""
        self._lines.clear()

    def _figure(self, record: Record) -> str:
        """Return what *record* says of which figure it is."""
        said = {}
        for heading, value in record.items():
            folded = fold_heading(heading)
            name = self._mapped.get(folded, folded if folded in HUB_COLUMNS else "")
            if name in _TELLING:
                said[name] = str(value)
        return text_of(said)
