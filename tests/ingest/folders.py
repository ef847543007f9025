"""The reference files as they stand, and copies of their folder to be spoiled."""

from __future__ import annotations

import csv
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


def lines(file: str) -> list[dict[str, str]]:
    """Return the rows of a reference file as they stand."""
    with (REFERENCE_FOLDER / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def drop_line(folder: Path, file: str, beginning: str) -> None:
    """Remove from *file* the one line that begins so."""
    path = folder / file
    kept = path.read_bytes().splitlines(keepends=True)
    [gone] = [line for line in kept if line.startswith(beginning.encode())]
    path.write_bytes(b"".join(line for line in kept if line is not gone))
