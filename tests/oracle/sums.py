"""What a list adds up to, as the published descriptions of the aggregates say it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.oracle.rights import Row

_CELL: Final = {
    "indicator": {"indicator", "project"},
    "area": {"area", "agency", "facility"},
    "period": {"period", "year"},
}
"""What a figure is of, and the groups that divide it."""


class _Lazy(dict[str, Any]):
    """The measure of whichever field is asked for."""

    def __init__(self, rows: list[Row], measure: str, hidden: frozenset[str]) -> None:
        super().__init__()
        self._rows, self._measure, self._hidden = rows, measure, hidden

    def __missing__(self, name: str) -> Any:
        values = [row[name] for row in self._rows if row[name] is not None]
        if not values or name in self._hidden:
            return None
        match self._measure:
            case "sum":
                return sum(values)
            case "avg":
                return sum(Fraction(value) for value in values) / len(values)
            case "min":
                return min(values)
            case _:
                return max(values)


def summed(rows: list[Row], indicators: Mapping[int, Row] | None) -> dict[str, Any]:
    """Return the aggregate of *rows*; with *indicators* they are figures, some of them rates."""
    kinds = {} if indicators is None else {r["#"]: _kind(indicators, r) for r in rows}
    rates = [r for r in rows if kinds.get(r["#"]) == "RATIO_OF_SUMS"]
    hidden = frozenset[str]() if set(kinds.values()) <= {"SUM"} else frozenset({"value"})
    both = [r for r in rates if r["numerator"] is not None and r["denominator"] is not None]
    below = sum(r["denominator"] for r in both)
    above = sum(r["numerator"] for r in both)
    return {
        "count": len(rows),
        "sum": _Lazy(rows, "sum", hidden),
        "avg": _Lazy(rows, "avg", hidden),
        "min": _Lazy(rows, "min", frozenset()),
        "max": _Lazy(rows, "max", frozenset()),
        "rate": Fraction(100 * above, below) if below else None,
    }


def expected_combinations(rows: list[Row], whole: list[Row], by: tuple[str, ...]) -> dict[str, int]:
    """Return how many figures are there of those that the list, or its group, should have."""
    there = {tuple(r[part] for part in _CELL) for r in rows if r["value"] is not None}
    expected = 1
    for part, dividing in _CELL.items():
        expected *= len({r[part] for r in (rows if dividing & set(by) else whole)})
    return {"reported": len(there), "expected": expected}


def group_order(key: tuple[Any, ...], ranks: list[dict[Any, int]]) -> tuple[tuple[bool, Any], ...]:
    """Return where a group stands: by its keys, rows in their own order, nothing last."""
    return tuple(
        (value is None, 0 if value is None else (rank[value] if rank else value))
        for value, rank in zip(key, ranks, strict=True)
    )


def _kind(indicators: Mapping[int, Row], row: Row) -> str:
    return str(indicators[row["indicator"]]["aggregation"])
