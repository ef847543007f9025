"""Deliveries written to disk and read from there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from hub.ingest.formats import Format, ReadOptions, SourceRow, read_rows
from tests.ingest.formats.books import write_book

if TYPE_CHECKING:
    from collections.abc import Sequence

FILES: Final = Path(__file__).parent / "files"


class Reader:
    """Reads what it was given to write."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "delivery"

    def csv(self, text: str | bytes, options: ReadOptions | None = None) -> list[SourceRow]:
        """Return the rows of a CSV file."""
        return self._read(text, Format.CSV, options)

    def ndjson(self, text: str | bytes, options: ReadOptions | None = None) -> list[SourceRow]:
        """Return the rows of an NDJSON file."""
        return self._read(text, Format.NDJSON, options)

    def xlsx(self, *rows: Sequence[object], options: ReadOptions | None = None) -> list[SourceRow]:
        """Return the rows of a workbook with one sheet."""
        write_book(self.path, {"Số liệu": rows})
        return self.read(Format.XLSX, options)

    def read(self, format_: Format, options: ReadOptions | None = None) -> list[SourceRow]:
        """Return the rows of what was written."""
        return list(read_rows(self.path, format_, options or ReadOptions()))

    def _read(
        self, text: str | bytes, format_: Format, options: ReadOptions | None
    ) -> list[SourceRow]:
        self.path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self.read(format_, options)
