"""Folders that tests begin from, each made once in a run, by whichever process is first."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

from hub.database.keeper import hold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def is_shared() -> bool:
    """Return whether other processes take part in this run."""
    return "PYTEST_XDIST_WORKER" in os.environ


def made_once(paths: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder *name* of this run, filled by *make*; it is only copied.

    Whoever comes while it is made waits.
    """
    base = paths.getbasetemp()
    folder = (base.parent if is_shared() else base) / name
    with hold(folder.with_suffix(".lock"), fcntl.LOCK_EX):
        if not folder.exists():
            unfinished = folder.with_suffix(".unfinished")
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder
