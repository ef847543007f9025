"""What was sent, kept as it was sent: one file a content, in the data folder, by source."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, Final, Self
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime
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
        return kept

    def path(self, source: str, digest: str) -> Path:
        """Return where what *source* sent with *digest* is kept."""
        return self._folder / "kept" / source / digest

    def forget(self, source: str, digest: str) -> None:
        """Keep it no longer."""
        self.path(source, digest).unlink(missing_ok=True)

    def forget_before(self, moment: datetime, wanted: Collection[tuple[str, str]]) -> int:
        """Keep what came before *moment* no longer, but for those *wanted*, by source and digest.

        Return how many there were.
        """
        old = [
            path
            for path in _older(self._folder.glob("kept/*/*"), moment)
            if (path.parent.name, path.name) not in wanted
        ]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def forget_arriving(self, moment: datetime) -> None:
        """Take away what began to arrive before *moment*: whoever took it in has died."""
        for path in _older(self._folder.glob(f"{_ARRIVING}/*"), moment):
            path.unlink(missing_ok=True)

    def _made(self, folder: Path) -> Path:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder


def _older(paths: Iterable[Path], moment: datetime) -> list[Path]:
    """Return those of *paths* that were written before *moment*."""
    return [path for path in paths if path.stat().st_mtime < moment.timestamp()]
