"""The bars that reads are held to, and how far each is passed or missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.benchmarks.readers import ASKERS, STANDING
from tests.benchmarks.results import CONNECTIONS, Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.benchmarks.results import Figure, Results

BUSY: Final = CONNECTIONS[-1]
MEMORY_MB: Final = 200

_RIVAL: Final = {"NestedPage": 2.5, "Lookup": 1.5}
_RIVAL_ELSE: Final = 2.0
_BARE: Final = {"Lookup": 0.85, "ObservationPage": 0.85, "ObservationPageDeep": 0.85}
_PGBENCH: Final = {"NestedPage": 0.9, "WardTable": 0.9, "Totals": 0.9}
_OTHERS: Final = 1.3
_LARGER: Final = 1.3
_FIRST_PAGE: Final = "ObservationPage"
_SCALED: Final = ("Lookup", "ObservationPage", "NestedPage")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what is compared, what came out, and what should."""

    name: str
    value: float
    limit: float
    is_most: bool = False

    @property
    def is_passed(self) -> bool:
        """Return whether the value is on the right side."""
        return self.value <= self.limit if self.is_most else self.value >= self.limit


def bars_of(results: Results, operations: Iterable[str]) -> Iterator[Bar]:
    """Yield the bars that can be told from *results*."""
    for operation in operations:
        wanted = (
            ("postgraphile", _RIVAL.get(operation, _RIVAL_ELSE)),
            ("bare", _BARE.get(operation)),
            ("pgbench", _PGBENCH.get(operation)),
        )
        for variant, limit in wanted:
            ratio = rate_ratio(results, operation, STANDING.name, BUSY, variant)
            if limit is not None and ratio is not None:
                yield Bar(f"{operation}: requests a second, hub / {variant}", ratio, limit)
        for asker in ASKERS[1:]:
            is_alike = (operation, asker.name) in results.alike or operation == _FIRST_PAGE
            ratio = time_ratio(results, operation, asker.name, BUSY)
            if is_alike and ratio is not None:
                name = f"{operation}: time, {asker.name} / {STANDING.name}"
                yield Bar(name, ratio, _OTHERS, is_most=True)
    memory = [
        figure.rss_mb
        for figure in results.figures()
        if figure.variant == "hub" and figure.rss_mb is not None
    ]
    if memory:
        yield Bar("resident memory of the hub, MB", max(memory), MEMORY_MB, is_most=True)


def bars_against(smaller: Iterable[Figure], results: Results) -> Iterator[Bar]:
    """Yield the bars that compare with the figures of a *smaller* city."""
    for figure in smaller:
        cell = Cell(figure.operation, figure.principal, figure.connections, figure.variant)
        is_asked = figure.operation in _SCALED and figure.variant == "hub"
        larger = results.find(cell)
        if is_asked and figure.connections == BUSY and larger and larger.median_ms:
            ratio = larger.median_ms / (figure.median_ms or larger.median_ms)
            name = f"{figure.operation}, {figure.principal}: time, larger / usual city"
            yield Bar(name, ratio, _LARGER, is_most=True)


def rate_ratio(
    results: Results, operation: str, principal: str, connections: int, variant: str
) -> float | None:
    """Return the hub's requests a second over those of *variant*."""
    ours = results.find(Cell(operation, principal, connections, "hub"))
    other = results.find(Cell(operation, principal, connections, variant))
    if ours is None or other is None or not ours.median_rps or not other.median_rps:
        return None
    return ours.median_rps / other.median_rps


def time_ratio(results: Results, operation: str, principal: str, connections: int) -> float | None:
    """Return the hub's time for *principal* over its time for the standing agency."""
    theirs = results.find(Cell(operation, principal, connections, "hub"))
    standing = results.find(Cell(operation, STANDING.name, connections, "hub"))
    if theirs is None or standing is None or not theirs.median_ms or not standing.median_ms:
        return None
    return theirs.median_ms / standing.median_ms
