"""Files as rows that know where they stand."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hub.ingest.rejections import Expected, Rejection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_HEADER_LINE = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file: *line* is where it begins, *cells* are its texts by column."""

    file: str
    line: int
    cells: Mapping[str, str]

    def refuse(self, column: str, expected: Expected) -> Rejection:
        """Return the rejection of what stands in *column*."""
        return Rejection(self.file, self.line, column, self.cells[column], expected)


def read_csv(path: Path, columns: Sequence[str]) -> Iterator[Row | Rejection]:
    """Yield the rows of the file at *path*, whose header names exactly *columns*, in any order.

    The file is UTF-8 and written as RFC 4180 says; lines end in CRLF or LF. Where the rest cannot
    be understood (no such file, another encoding, a wrong header, an open quote), the rejection
    that says so is the last thing yielded.
    """
    file = path.name
    try:
        content = path.read_bytes()
    except OSError as error:
        expected = Expected("một tệp đọc được", "a file that can be read")
        yield Rejection(file, 0, "", error.strerror or "", expected)
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = " ".join(f"{byte:02X}" for byte in content[error.start : error.end])
        yield Rejection(file, line, "", found, Expected("văn bản UTF-8", "UTF-8 text"))
        return
    yield from _rows(file, text, columns)


def _rows(file: str, text: str, columns: Sequence[str]) -> Iterator[Row | Rejection]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 0
    try:
        header = next(reader, [])
        if wrong := list(_wrong_header(file, header, columns)):
            yield from wrong
            return
        line = reader.line_num
        for cells in reader:
            begins, line = line + 1, reader.line_num
            if len(cells) == len(header):
                yield Row(file, begins, dict(zip(header, cells, strict=True)))
            elif cells:
                expected = Expected(f"{len(header)} ô", f"{len(header)} cells")
                yield Rejection(file, begins, "", str(len(cells)), expected)
    except csv.Error as error:
        expected = Expected("một dòng viết theo RFC 4180", "a line written as RFC 4180 says")
        yield Rejection(file, line + 1, "", str(error), expected)


def _wrong_header(file: str, header: Sequence[str], columns: Sequence[str]) -> Iterator[Rejection]:
    for column, times in Counter(header).items():
        if column not in columns:
            expected = Expected(
                f"một trong các cột: {', '.join(columns)}", f"one of: {', '.join(columns)}"
            )
            yield Rejection(file, _HEADER_LINE, column, column, expected)
        elif times > 1:
            expected = Expected("mỗi cột một lần", "each column once")
            yield Rejection(file, _HEADER_LINE, column, column, expected)
    for column in columns:
        if column not in header:
            expected = Expected(f"cột “{column}”", f"a column “{column}”")
            yield Rejection(file, _HEADER_LINE, column, "", expected)
