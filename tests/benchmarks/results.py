"""What was measured, and what of it is kept: medians over the rounds."""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.benchmarks.load import Sample

VARIANTS: Final = ("hub", "resolvers", "bare", "pgbench", "postgraphile")
CONNECTIONS: Final = (1, 8)


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that is measured."""

    operation: str
    principal: str
    connections: int
    variant: str


@dataclass(frozen=True, slots=True)
class Figure:
    """The medians of a cell; None where it could not be measured, and then *why*."""

    operation: str
    principal: str
    connections: int
    variant: str
    median_rps: float | None
    median_ms: float | None
    rss_mb: float | None
    why: str | None = None


@dataclass
class Results:
    """Everything that was measured in one run.

    Attributes:
        alike: operation and principal for which the answer is the standing agency's, row by row.
    """

    alike: set[tuple[str, str]] = field(default_factory=set)
    _samples: defaultdict[Cell, list[tuple[Sample, float | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _reasons: dict[Cell, str] = field(default_factory=dict)

    def add(self, cell: Cell, sample: Sample, rss_mb: float | None) -> None:
        """Add a round's sample."""
        self._samples[cell].append((sample, rss_mb))

    def refuse(self, cell: Cell, reason: str) -> None:
        """Note why *cell* cannot be measured."""
        self._reasons[cell] = reason

    def figures(self) -> list[Figure]:
        """Return the medians over the rounds, in the order in which cells were first seen."""
        return [self._figure(cell) for cell in dict.fromkeys((*self._samples, *self._reasons))]

    def find(self, cell: Cell) -> Figure | None:
        """Return the figure of *cell*, if it has one."""
        return self._figure(cell) if self._samples.get(cell) else None

    def _figure(self, cell: Cell) -> Figure:
        place = (cell.operation, cell.principal, cell.connections, cell.variant)
        if not self._samples.get(cell):
            return Figure(*place, None, None, None, self._reasons[cell])
        samples = self._samples[cell]
        memory = [rss for _, rss in samples if rss is not None]
        return Figure(
            *place,
            round(statistics.median(sample.rps for sample, _ in samples), 2),
            round(statistics.median(sample.ms for sample, _ in samples), 3),
            max(memory, default=None),
        )


def write_figures(figures: Iterable[Figure], path: Path) -> None:
    """Write *figures* as JSON; a reason is written only where there is one."""
    rows = [asdict(figure) for figure in figures]
    for row in rows:
        if row["why"] is None:
            del row["why"]
    path.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def read_figures(path: Path) -> list[Figure]:
    """Return the figures that ``write_figures`` wrote."""
    return [Figure(**row) for row in json.loads(path.read_text(encoding="utf-8"))]
