"""The folders of spools: one for each process, and what became of those whose process is gone.

A folder belongs to whoever holds its lock, which the kernel lets go when the process ends, however
it ends. One with a lock file that nobody holds was left behind: its last file is handed on without
a half line, and with an entry that says that the trail has a gap there.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_hex
from time import time
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_OID, uuid5

from hub.audit.access import Access, Origin
from hub.audit.entry import entry_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hub.clock import Clock

OPEN: Final = ".open"
FINISHED: Final = ".jsonl"
_LOCK: Final = "lock"


@dataclass(frozen=True, slots=True)
class Folder:
    """A process's folder, and the lock that it holds it by."""

    path: Path
    lock: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is spooled and not in the database yet; *oldest_seconds* is how long it waits."""

    files: int
    size: int
    oldest_seconds: float


def open_folder(root: Path, clock: Clock) -> Folder:
    """Return a new folder under *root*, held by this process."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{clock():%Y%m%dT%H%M%S}-{os.getpid()}-{token_hex(4)}"
    # Locked before it has its name: nobody finds it unlocked.
    draft = root / f".{name}"
    draft.mkdir(mode=0o700)
    lock = os.open(draft / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    return Folder(draft.rename(root / name), lock)


def close_folder(folder: Folder, *, is_whole: bool) -> None:
    """Leave *folder* to be merged; one that is not whole is left as if the process had died."""
    if is_whole:
        (folder.path / _LOCK).unlink(missing_ok=True)
    os.close(folder.lock)


def close_abandoned(root: Path, clock: Clock, key: bytes) -> list[str]:
    """Close the folders that processes left behind, each with an entry of its gap; name them."""
    return [folder.name for folder in _folders(root) if _close_if_abandoned(folder, clock, key)]


def finished_files(root: Path) -> list[Path]:
    """Return the files that are complete, oldest first; whoever has merged one removes it."""
    return sorted(
        (path for folder in _folders(root) for path in folder.glob(f"*{FINISHED}")),
        key=lambda path: (path.parent.name, path.name),
    )


def remove_empty(root: Path) -> None:
    """Remove the folders of ended processes of which nothing is left to merge."""
    for folder in _folders(root):
        if not (folder / _LOCK).exists():
            with suppress(OSError):
                folder.rmdir()


def backlog(root: Path) -> Backlog:
    """Return how much of the spools under *root* is not in the database yet."""
    found = []
    for folder in _folders(root):
        for path in (*folder.glob(f"*{OPEN}"), *folder.glob(f"*{FINISHED}")):
            with suppress(FileNotFoundError):
                found.append(path.stat())
    oldest = min((each.st_mtime for each in found), default=None)
    waiting = 0.0 if oldest is None else max(0.0, time() - oldest)
    return Backlog(len(found), sum(each.st_size for each in found), waiting)


def _folders(root: Path) -> Iterator[Path]:
    if root.is_dir():
        yield from sorted(
            path for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")
        )


def _close_if_abandoned(folder: Path, clock: Clock, key: bytes) -> bool:
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not (folder / _LOCK).exists():
            return False
        _write_gap(folder, clock, key)
        (folder / _LOCK).unlink()
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True


def _write_gap(folder: Path, clock: Clock, key: bytes) -> None:
    """Hand the folder's last file on, a half line left out, the gap said at its end."""
    gap = Access(
        clock(), "gap", "broken", Origin("job"), reason="ENDED_ABRUPTLY", target=folder.name
    )
    line = entry_of(gap, uuid5(NAMESPACE_OID, folder.name), key).line()
    written = sorted(folder.glob(f"*{OPEN}"))
    last = written[-1] if written else folder / f"{0:09}{OPEN}"
    with last.open("a+b") as file:
        file.seek(0)
        whole = file.read().rpartition(b"\n")
        file.truncate(len(whole[0]) + len(whole[1]))
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    for path in (*written, last):
        if path.exists():
            path.rename(path.with_suffix(FINISHED))
