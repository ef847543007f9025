"""Copies of the reference folder, to be spoiled."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from hub.ingest.reference import REFERENCE_FOLDER

if TYPE_CHECKING:
    from pathlib import Path


def copied(folder: Path) -> Path:
    """Return *folder*, now holding the reference files."""
    return shutil.copytree(REFERENCE_FOLDER, folder / "reference", copy_function=shutil.copyfile)


def replaced(folder: Path, file: str, old: str, new: str) -> int:
    """Replace the first *old* in *file* by *new*; return the line it stands on."""
    path = folder / file
    text = path.read_bytes().decode()
    before, found, after = text.partition(old)
    assert found
    path.write_bytes(f"{before}{new}{after}".encode())
    return before.count("\n") + 1
