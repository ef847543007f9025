"""The statements of a batch, each in a file of its own."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent


@cache
def statement(name: str) -> str:
    """Return the statement *name*, as its file has it."""
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
