"""Lines of a file of text, one at a time, whatever their number."""

from __future__ import annotations

import codecs
import unicodedata
from functools import partial
from typing import TYPE_CHECKING, Final

from hub.ingest.formats.encodings import decode_tcvn3
from hub.ingest.formats.options import Encoding
from hub.ingest.formats.refusals import (
    DeliveryTooLargeError,
    UnreadableTextDeliveryError,
    WrongFormatError,
)
from hub.ingest.guards import CellTooLargeError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from hub.ingest.formats.options import Format, Limits

_LONGEST_LINE: Final = 1_000_000
_BEGINNING: Final = 4_096
_OTHERS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"<", b"{\\rtf")


def read_lines(path: Path, encoding: Encoding, limits: Limits) -> Generator[str]:
    """Yield the lines of the file at *path*, composed (NFC), each with its end."""
    is_tcvn3 = encoding is Encoding.TCVN3
    codec = "latin-1" if is_tcvn3 else encoding.value
    try:
        with path.open(encoding=codec, newline="") as file:
            for number, line in enumerate(iter(partial(file.readline, _LONGEST_LINE), ""), 1):
                if len(line) == _LONGEST_LINE:
                    raise CellTooLargeError(line=number, limit=limits.cell)
                if line.isascii():
                    yield line
                else:
                    letters = decode_tcvn3(line) if is_tcvn3 else line
                    yield unicodedata.normalize("NFC", letters)
    except UnicodeError as error:
        raise UnreadableTextDeliveryError from error


def check_text(path: Path, format_: Format, limits: Limits) -> None:
    """Refuse the file at *path* if it is too large, or begins as something else than text does."""
    if (size := path.stat().st_size) > limits.size:
        raise DeliveryTooLargeError(size=size, limit=limits.size)
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    is_utf_16 = beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if beginning.lstrip().startswith(_OTHERS) or (b"\0" in beginning and not is_utf_16):
        raise WrongFormatError(format=format_.upper())
