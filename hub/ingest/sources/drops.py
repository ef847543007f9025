"""Finished files of a folder, such as treasury and budget systems leave there by night."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from hub.ingest.sources.failures import SourceUnreachableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hub.clock import Clock
    from hub.ingest.sources.pages import State

_UNFINISHED: Final = (".part", ".tmp", ".filepart", ".crdownload")
_CHUNK: Final = 1 << 20
_MOST_REMEMBERED: Final = 1_000
"""How many names are kept in mind of files that may come back; all that are there are, besides."""

_UNREAD: Final = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that was left, its SHA-256, and the state to save once it is dealt with.

    The SHA-256 is empty where the hub may not read the file.
    """

    path: Path
    digest: str
    state: State


class DropFolder:
    """A folder into which others write, perhaps at this moment.

    A file is finished when it has not changed for *quiet_seconds* and is not named as unfinished.
    Links, folders and hidden files are passed over. The same content under the same name is taken
    once; under another name it is taken again, and changes nothing.
    """

    def __init__(self, folder: Path, clock: Clock, *, quiet_seconds: float = 30) -> None:
        self._folder = folder
        self._clock = clock
        self._quiet_seconds = quiet_seconds

    def files(self, state: State | None = None) -> Iterator[Dropped]:
        """Yield the finished files that are not in *state*, in the order of their last changes.

        Raises ``SourceUnreachableError`` where the folder cannot be looked into.
        """
        taken = dict(state or {})
        try:
            paths = sorted(self._folder.iterdir(), key=_last_change)
        except OSError as error:
            raise SourceUnreachableError(tries=1, reason=type(error).__name__) from error
        here = {path.name for path in paths}
        for path in paths:
            before = taken.get(path.name)
            found = self._look(path, before)
            if found is None:
                continue
            taken.pop(path.name, None)
            taken[path.name] = found
            _forget_oldest(taken, here)
            if not (isinstance(before, list) and before[0] == found[0]):
                yield Dropped(path, str(found[0]), dict(taken))

    def _look(self, path: Path, before: object) -> list[object] | None:
        """Return the SHA-256, size and last change of a finished file, unless it is as *before*."""
        if path.name.startswith(".") or path.name.casefold().endswith(_UNFINISHED):
            return None
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except PermissionError:
            return self._look_from_outside(path, before)
        except OSError:
            return None
        try:
            about = os.fstat(descriptor)
            outside = self._outside(about)
            # A folder may keep years of dumps: what looks as it did is not read again.
            if outside is None or (isinstance(before, list) and before[1:] == outside):
                return None
            digest = sha256()
            while piece := os.read(descriptor, _CHUNK):
                digest.update(piece)
            return [digest.hexdigest(), *outside]
        finally:
            os.close(descriptor)

    def _look_from_outside(self, path: Path, before: object) -> list[object] | None:
        """Return what is known of a finished file that may not be read: that, once."""
        try:
            outside = self._outside(path.lstat())
        except OSError:
            return None
        is_known = isinstance(before, list) and before[1:] == outside
        return None if outside is None or is_known else [_UNREAD, *outside]

    def _outside(self, about: os.stat_result) -> list[object] | None:
        """Return the size and last change of a finished file; None for anything else."""
        age = self._clock().timestamp() - about.st_mtime
        if not stat.S_ISREG(about.st_mode) or age < self._quiet_seconds:
            return None
        return [about.st_size, about.st_ctime_ns]


def _last_change(path: Path) -> tuple[int, str]:
    try:
        return path.lstat().st_mtime_ns, path.name
    except FileNotFoundError:
        return 0, path.name


def _forget_oldest(taken: dict[str, object], here: set[str]) -> None:
    """Forget of *taken* what is no longer *here*, beyond what is worth remembering."""
    room = len(taken) - _MOST_REMEMBERED
    if room > 0:
        for name in [name for name in taken if name not in here][:room]:
            del taken[name]
