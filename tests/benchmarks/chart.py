"""The figures as a picture: each variant's requests a second beside the hub's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageFont

from tests.benchmarks.bars import BUSY
from tests.benchmarks.readers import STANDING
from tests.benchmarks.results import VARIANTS, Cell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.benchmarks.results import Results

_COLOURS: Final = dict(
    zip(VARIANTS, ("#1b6ca8", "#9bbfd8", "#7a7a7a", "#3d3d3d", "#c8553d"), strict=True)
)
_LEFT: Final = 330
_BAR: Final = 420
_LINE: Final = 20
_WIDTH: Final = 960


def draw(results: Results, operations: Sequence[str], path: Path) -> None:
    """Draw bars as long as each variant is fast against the hub, cut off at twice the hub's."""
    small, large = (ImageFont.load_default(size) for size in (13, 16))
    lines = len(operations) * (len(VARIANTS) + 1) + 2
    image = Image.new("RGB", (_WIDTH, lines * _LINE + 20), "white")
    pen = ImageDraw.Draw(image)
    title = f"Requests a second against the hub's: {STANDING.name}, {BUSY} connections"
    pen.text((20, 10), title, "black", large)
    top = 2 * _LINE + 5
    for operation in operations:
        hub = results.find(Cell(operation, STANDING.name, BUSY, "hub"))
        pen.text((20, top), operation, "black", large)
        for variant in VARIANTS:
            found = results.find(Cell(operation, STANDING.name, BUSY, variant))
            pen.text((_LEFT - 110, top), variant, "black", small)
            if hub is None or found is None or not hub.median_rps or not found.median_rps:
                pen.text((_LEFT, top), "not measured", "#888888", small)
            else:
                share = found.median_rps / hub.median_rps
                length = max(2, round(min(share, 2) * _BAR / 2))
                pen.rectangle((_LEFT, top + 2, _LEFT + length, top + 16), _COLOURS[variant])
                said = f"{found.median_rps:,.1f}   {share:.2f}"
                pen.text((_LEFT + length + 8, top), said, "black", small)
            top += _LINE
        top += _LINE
    # The hub's own length, down the whole picture.
    pen.line((_LEFT + _BAR / 2, 2 * _LINE, _LEFT + _BAR / 2, top - _LINE), "#bbbbbb")
    image.save(path)
