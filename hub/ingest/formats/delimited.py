"""CSV: cells between commas, semicolons or tabs, some of them quoted."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from hub.ingest.formats.lines import read_lines
from hub.ingest.formats.options import Encoding
from hub.ingest.formats.refusals import MalformedDeliveryError
from hub.ingest.formats.table import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hub.ingest.delivered import SourceRow
    from hub.ingest.formats.options import ReadOptions


def read_delimited(path: Path, options: ReadOptions) -> Iterator[SourceRow]:
    """Yield the rows of the file at *path*; quotes are as RFC 4180 has them."""
    encoding = options.encoding or Encoding.UTF_8
    delimiter = options.delimiter or ","
    lines = read_lines(path, encoding, options.limits)
    return read_table(None, _rows(lines, delimiter), options)


def _rows(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begins = 1
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise MalformedDeliveryError(line=begins) from error
