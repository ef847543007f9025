"""The figures and the bars as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from tests.benchmarks.bars import rate_ratio, time_ratio
from tests.benchmarks.readers import ASKERS
from tests.benchmarks.results import CONNECTIONS, VARIANTS, Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.benchmarks.bars import Bar
    from tests.benchmarks.results import Results

_WIDTH = 190


def print_figures(results: Results, operations: Sequence[str]) -> None:
    """Print medians (requests a second, milliseconds) and the hub's ratios."""
    table = Table(title="requests a second (ms); ratios of the hub's requests a second")
    for heading in ("operation", "principal", "conn."):
        table.add_column(heading, no_wrap=True)
    for heading in (*VARIANTS, "/ postgraphile", "/ bare", "/ pgbench", "time / standing"):
        table.add_column(heading, justify="right", no_wrap=True)
    for operation in operations:
        for asker in ASKERS:
            for connections in CONNECTIONS:
                place = (operation, asker.name, connections)
                cells = [_measured(results, Cell(*place, variant)) for variant in VARIANTS]
                if not any(cells):
                    continue
                ratios = [
                    _ratio(rate_ratio(results, *place, variant))
                    for variant in ("postgraphile", "bare", "pgbench")
                ]
                is_alike = (operation, asker.name) in results.alike
                others = _ratio(time_ratio(results, *place)) + ("" if is_alike else " *")
                table.add_row(operation, asker.name, str(connections), *cells, *ratios, others)
        table.add_section()
    console = Console(width=_WIDTH)
    console.print(table)
    console.print("* other rows than the standing agency's")


def print_bars(bars: Iterable[Bar]) -> None:
    """Print each bar and whether it is passed."""
    table = Table(title="bars")
    for heading, side in (("", "left"), ("value", "right"), ("bar", "right"), ("", "left")):
        table.add_column(heading, justify="right" if side == "right" else "left")
    for bar in bars:
        sign = "≤" if bar.is_most else "≥"
        verdict = "passed" if bar.is_passed else "MISSED"
        table.add_row(bar.name, f"{bar.value:.2f}", f"{sign} {bar.limit:g}", verdict)
    Console(width=_WIDTH).print(table)


def _measured(results: Results, cell: Cell) -> str:
    figure = results.find(cell)
    if figure is None or figure.median_rps is None or figure.median_ms is None:
        return ""
    return f"{_short(figure.median_rps)} ({_short(figure.median_ms)})"


def _short(value: float) -> str:
    """Return *value* with three figures at least."""
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}"


def _ratio(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
