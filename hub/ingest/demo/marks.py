"""How made-up rows say that they are, and how their chance is drawn."""

from __future__ import annotations

from random import Random
from typing import Final

SOURCE: Final = "demo.so-lieu"
"""The code of the source that made-up figures come from."""

NOTE: Final = "Dữ liệu minh họa, không lấy từ văn bản nào."

Row = dict[str, object]
"""A row of a table, by column."""


def name_vi(name: str) -> str:
    """Return *name* as a made-up thing bears it in Vietnamese."""
    return f"Minh họa: {name}"


def name_en(name: str) -> str:
    """Return *name* as a made-up thing bears it in English."""
    return f"Demonstration: {name}"


def draw(seed: int, *subject: object) -> Random:
    """Return the chance of one *subject* alone: what is drawn for another does not move it."""
    return Random("/".join(map(str, (seed, *subject))))  # noqa: S311 (no secrecy in made-up things)
