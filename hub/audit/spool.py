"""What was only read, on its way into the trail: append-only files of one process.

The request path puts an access into a queue and goes on. A thread writes what is queued, one JSON
line an entry, and syncs it, several times a second: a process that is killed loses what was queued
since, a fraction of a second, and the gap is told. Files are handed on under another name once a
second. While nothing can be written, nothing is answered: ``check`` raises.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from contextlib import suppress
from itertools import count
from secrets import token_hex
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Final, Self

from hub.audit.access import Access, Origin
from hub.audit.entry import line_of
from hub.audit.errors import TrailBehindError
from hub.audit.folders import FINISHED, OPEN, close_abandoned, close_folder, open_folder

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from hub.clock import Clock

_LOG: Final = logging.getLogger(__name__)

TURN_SECONDS: Final = 0.2
"""How long an access waits at most before it is written and synced."""

_ROLL_SECONDS: Final = 1.0
_ROLL_BYTES: Final = 4_000_000
PATIENCE_SECONDS: Final = 5.0
"""How long nothing may have been written before nothing is answered any more."""
MOST_WAITING: Final = 10_000
"""How many accesses may wait to be written before nothing is answered any more."""


class Spool:
    """The one writer of a process's spool, under ``HOME/spool``; runs while it is open."""

    def __init__(self, home: Path, clock: Clock, key: bytes) -> None:
        self._root = home / "spool"
        self._clock = clock
        self._key = key
        self._waiting: deque[Access] = deque()
        self._lost = 0
        self._unwritten = bytearray()
        self._last_good = monotonic()
        self._reason = "…"
        self._ids = count(1)
        self._stopping = Event()
        self._thread = Thread(target=self._work, name="audit spool", daemon=True)
        self._file: _File | None = None
        self._numbers = count(1)
        self._has_failed_entries = False

    async def __aenter__(self) -> Self:
        self._start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what is queued and hand it on; what cannot be written is told in the log."""
        self._stopping.set()
        self._thread.join(PATIENCE_SECONDS)
        close_folder(self._folder, is_whole=not self._waiting and not self._unwritten)

    @property
    def pending(self) -> int:
        """Return how many accesses wait to be written."""
        return len(self._waiting) + self._unwritten.count(b"\n")

    @property
    def root(self) -> Path:
        """Return the folder of this spool and of those of its neighbours on this machine."""
        return self._root

    @property
    def lag_seconds(self) -> float:
        """Return how long ago everything that was told had been written and synced."""
        return monotonic() - self._last_good

    def check(self) -> None:
        """Raise ``TrailBehindError`` while accesses cannot be recorded."""
        is_behind = monotonic() - self._last_good > PATIENCE_SECONDS
        if is_behind or len(self._waiting) > MOST_WAITING:
            raise TrailBehindError(folder=self._root, reason=self._reason)

    def tell(self, access: Access) -> None:
        """Have *access* written within a second; never waits, never fails."""
        if len(self._waiting) > 2 * MOST_WAITING:
            # Only requests that were under way when the spool failed, and refusals, come here.
            self._lost += 1
            return
        self._waiting.append(access)

    def _start(self) -> None:
        for name in close_abandoned(self._root, self._clock, self._key):
            _LOG.warning("process %s ended abruptly: its last second may be missing", name)
        self._folder = open_folder(self._root, self._clock)
        self._last_good = monotonic()
        self._thread.start()

    def _work(self) -> None:
        while not self._stopping.wait(TURN_SECONDS):
            self._turn()
        self._turn()
        with suppress(OSError):
            self._hand_on()

    def _turn(self) -> None:
        """Write and sync what waits, whole lines or nothing of it."""
        begun = monotonic()
        self._write_down()
        try:
            if self._unwritten:
                file = self._file = self._file or _File(self._folder.path, next(self._numbers))
                file.append(self._unwritten)
                self._unwritten.clear()
            if self._file is not None and self._file.is_full:
                self._hand_on()
        except OSError as error:
            if self._reason != (error.strerror or ""):
                _LOG.exception("the audit trail cannot be written to %s", self._root)
            self._reason = error.strerror or ""
            return
        self._reason, self._last_good = "…", begun

    def _write_down(self) -> None:
        if self._lost:
            lost, self._lost = self._lost, 0
            self._waiting.appendleft(self._gap("OVERFLOW", str(lost)))
        while self._waiting and len(self._unwritten) < _ROLL_BYTES:
            access = self._waiting[0]
            self._unwritten += self._line(access)
            self._waiting.popleft()

    def _line(self, access: Access) -> bytes:
        """Return the line of *access*; of one that cannot be written down, that of a gap."""
        identity = f"{_PREFIX}{next(self._ids):016x}"
        try:
            return line_of(access, identity, self._key)
        except Exception:  # noqa: BLE001  (whatever it is, the others are written)
            if not self._has_failed_entries:
                _LOG.exception("an entry of the audit trail cannot be written: a gap is told of it")
            self._has_failed_entries = True
        return line_of(self._gap("UNWRITABLE", access.origin.request_id), identity, self._key)

    def _gap(self, reason: str, target: str | None) -> Access:
        return Access(self._clock(), "gap", "broken", Origin("job"), reason=reason, target=target)

    def _hand_on(self) -> None:
        if self._file is not None:
            self._file.hand_on()
            self._file = None


_PREFIX: Final = token_hex(8)
"""The first half of the ids of this process's entries."""


class _File:
    """One file, open to append to."""

    def __init__(self, folder: Path, number: int) -> None:
        self._path = folder / f"{number:09}{OPEN}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND
        self._descriptor = os.open(self._path, flags, 0o600)
        self._size = 0
        self._until = monotonic() + _ROLL_SECONDS

    @property
    def is_full(self) -> bool:
        return self._size >= _ROLL_BYTES or monotonic() >= self._until

    def append(self, lines: bytearray) -> None:
        """Add *lines* and sync them; of what cannot be written whole, nothing stays."""
        left = memoryview(bytes(lines))
        try:
            while left:
                left = left[os.write(self._descriptor, left) :]
            os.fsync(self._descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._descriptor, self._size)
            raise
        self._size += len(lines)

    def hand_on(self) -> None:
        self._path.rename(self._path.with_suffix(FINISHED))
        os.close(self._descriptor)
