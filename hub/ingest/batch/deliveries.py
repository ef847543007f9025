"""What was sent, kept as it was sent: one file a content, in the data folder, by source."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, Final, Self
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ARRIVING: Final = "arriving"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something that was sent: where it is, its SHA-256, its size."""

    path: Path
    digest: str
    size: int


class Arriving:
    """A delivery on its way in, written down piece by piece."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path = path
        self._file = file
        self._hash = sha256()
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Add *piece*."""
        self._file.write(piece)
        self._hash.update(piece)
        self.size += len(piece)

    def end(self) -> Delivery:
        """Return what has come, once it is on disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return Delivery(self._path, self._hash.hexdigest(), self.size)


class Deliveries:
    """The folder of deliveries; nobody else may look into it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def of(cls, home: Path) -> Self:
        """Return the deliveries of the data folder *home*."""
        return cls(home / "deliveries")

    @contextmanager
    def receive(self) -> Iterator[Arriving]:
        """Take in one delivery; what is not kept is gone at the end."""
        folder = self._made(self._folder / _ARRIVING)
        path = folder / uuid4().hex
        try:
            with path.open("xb") as file:
                path.chmod(0o600)
                yield Arriving(path, file)
        finally:
            path.unlink(missing_ok=True)

    def keep(self, source: str, delivery: Delivery) -> Path:
        """Keep *delivery* of *source* under its digest, as long as its file is there."""
        kept = self.path(source, delivery.digest)
        self._made(kept.parent)
        # A second name of the same file: whoever received it may take the first away.
        with suppress(FileExistsError):
            os.link(delivery.path, kept)
        _sync(kept.parent)
        return kept

    def path(self, source: str, digest: str) -> Path:
        """Return where what *source* sent with *digest* is kept."""
        return self._folder / "kept" / source / digest

    def forget(self, source: str, digest: str) -> None:
        """Keep it no longer."""
        self.path(source, digest).unlink(missing_ok=True)

    def kept(self) -> list[tuple[str, str, datetime]]:
        """Return what is kept: of which source, under which digest, since when."""
        found = []
        for path in self._folder.glob("kept/*/*"):
            # One that goes meanwhile is kept no longer.
            with suppress(FileNotFoundError):
                since = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                found.append((path.parent.name, path.name, since))
        return found

    def forget_arriving(self, moment: datetime) -> None:
        """Take away what began to arrive before *moment*: whoever took it in has died."""
        for path in self._folder.glob(f"{_ARRIVING}/*"):
            if path.stat().st_mtime < moment.timestamp():
                path.unlink(missing_ok=True)

    def _made(self, folder: Path) -> Path:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder


def _sync(folder: Path) -> None:
    """Have the names in *folder* on disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
