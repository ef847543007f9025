"""Workbooks looked through before they are opened.

What is opened afterwards is a copy of exactly the bytes that were looked through: two readers of
one archive need not agree on what is in it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Final
from xml.parsers.expat import ExpatError

from hub.ingest.formats.inspection import Inspection
from hub.ingest.formats.options import MEGABYTE, Format
from hub.ingest.formats.refusals import (
    ArchiveExpandsTooFarError,
    DeliveryTooLargeError,
    MacrosError,
    PartsUnseenError,
    WrongFormatError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hub.ingest.formats.options import Limits

_MOST_PARTS: Final = 1_000
_LARGEST_DRAWING: Final = 10 * MEGABYTE
_PIECE: Final = 64 * 1024
_IN_MEMORY: Final = 16 * MEGABYTE
_ENCRYPTED: Final = 0x1
_UNSEEN: Final = {
    "/pivotcache/": ("bảng tổng hợp (PivotTable)", "pivot tables"),
    "/externallinks/": ("liên kết tới tệp khác", "links to other files"),
    "/embeddings/": ("tệp được nhúng", "embedded files"),
    "/activex/": ("đối tượng điều khiển", "controls"),
    "/media/": ("hình ảnh", "pictures"),
}
"""What is refused wherever it lies, and what it is called."""

_LOOKED_AT: Final = (".xml", ".rels", ".vml")
_HARMLESS = re.compile(r".*/|xl/printersettings/[^/]+\.bin|docprops/thumbnail\.[a-z]+")
"""Folders, what a printer is told, and the picture of the first sheet, which is looked at."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """A workbook that may be opened, and what was seen of it that rows do not tell."""

    copy: IO[bytes]
    inspection: Inspection


@contextmanager
def inspect_workbook(path: Path, limits: Limits) -> Iterator[Inspected]:
    """Look through the workbook at *path*, or raise why it must not be opened."""
    if (size := path.stat().st_size) > limits.workbook_size:
        raise DeliveryTooLargeError(size=size, limit=limits.workbook_size)
    inspection = Inspection(limits)
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        try:
            with zipfile.ZipFile(path) as archive:
                _copy(archive, copy, inspection, limits)
        # All that the library raises of a file that is no whole ZIP of XML; the last but one is of
        # a way to compress or to encrypt that it does not know.
        except (zipfile.BadZipFile, zlib.error, ExpatError, NotImplementedError, EOFError) as error:
            raise WrongFormatError(format=Format.XLSX.upper()) from error
        copy.seek(0)
        yield Inspected(copy, inspection)


def _copy(
    archive: zipfile.ZipFile, copy: IO[bytes], inspection: Inspection, limits: Limits
) -> None:
    parts = archive.infolist()
    names = {part.filename.casefold() for part in parts}
    if len(names) < len(parts) or any(part.flag_bits & _ENCRYPTED for part in parts):
        raise WrongFormatError(format=Format.XLSX.upper())
    if any("vbaproject" in name for name in names):
        raise MacrosError
    for name in sorted(names):
        _check_part(name)
    room = limits.expanded_size
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > room:
        raise ArchiveExpandsTooFarError(limit=room)
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as clean:
        for part in sorted(parts, key=_strings_first):
            name = part.filename.casefold()
            if name.endswith(".vml"):
                room -= _look_at_drawing(archive, part, inspection, min(room, _LARGEST_DRAWING))
            elif name.endswith((".xml", ".rels")):
                with archive.open(part) as file, clean.open(part.filename, "w") as kept:
                    seen = inspection.begin(part.filename)
                    while piece := file.read(_PIECE):
                        room -= len(piece)
                        if room < 0:
                            raise ArchiveExpandsTooFarError(limit=limits.expanded_size)
                        seen.take(piece)
                        kept.write(piece)
                    seen.end()


def _look_at_drawing(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, inspection: Inspection, room: int
) -> int:
    """Look at the drawing *part*, which no row is read from; return how large it is."""
    with archive.open(part) as file:
        content = file.read(room + 1)
    if len(content) > room:
        raise ArchiveExpandsTooFarError(limit=room)
    inspection.see_drawing(content)
    return len(content)


def _check_part(name: str) -> None:
    """Refuse a part that is kept as it was sent, and of which nobody can say what is in it."""
    for kind, said in _UNSEEN.items():
        if kind in name:
            raise PartsUnseenError(what_vi=said[0], what_en=said[1])
    if not (name.endswith(_LOOKED_AT) or _HARMLESS.fullmatch(name)):
        raise PartsUnseenError(what_vi="phần khác", what_en="other parts")


def _strings_first(part: zipfile.ZipInfo) -> bool:
    """Order the texts that cells refer to before the cells."""
    return not part.filename.casefold().endswith("sharedstrings.xml")
