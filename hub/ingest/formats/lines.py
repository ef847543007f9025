"""Lines of a file of text, one at a time, whatever their number."""

from __future__ import annotations

import unicodedata
from functools import partial
from typing import TYPE_CHECKING

from hub.ingest.formats.refusals import (
    CellTooLargeError,
    DeliveryTooLargeError,
    UnreadableTextDeliveryError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hub.ingest.formats.options import Encoding, Limits

_LONGEST_LINE = 1_000_000


def read_lines(path: Path, encoding: Encoding, limits: Limits) -> Iterator[str]:
    """Yield the lines of the file at *path*, composed (NFC), each with its end."""
    if (size := path.stat().st_size) > limits.size:
        raise DeliveryTooLargeError(size=size, limit=limits.size)
    number = 0
    try:
        with path.open(encoding=encoding, newline="") as file:
            for number, line in enumerate(iter(partial(file.readline, _LONGEST_LINE), ""), 1):
                if len(line) == _LONGEST_LINE:
                    raise CellTooLargeError(line=number, limit=limits.cell)
                yield line if line.isascii() else unicodedata.normalize("NFC", line)
    except UnicodeError as error:
        raise UnreadableTextDeliveryError from error
