"""CSV: cells between commas, semicolons or tabs, some of them quoted."""

from __future__ import annotations

import csv
from collections import Counter
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Final

from hub.ingest.formats.encodings import find_encoding
from hub.ingest.formats.lines import check_text, read_lines
from hub.ingest.formats.options import Format
from hub.ingest.formats.refusals import MalformedDeliveryError
from hub.ingest.formats.table import fold_heading, known_headings, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from hub.ingest.delivered import SourceRow
    from hub.ingest.formats.options import ReadOptions
    from hub.ingest.guards import Guard

_DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE: Final = 50


def read_delimited(path: Path, options: ReadOptions, guard: Guard) -> Iterator[SourceRow]:
    """Yield the rows of the file at *path*; quotes are as RFC 4180 has them."""
    check_text(path, Format.CSV, options.limits)
    encoding = options.encoding or find_encoding(path)
    delimiter = options.delimiter
    if delimiter is None:
        with closing(read_lines(path, encoding, options.limits)) as lines:
            delimiter = _find_delimiter(list(islice(lines, _SAMPLE)), options)
    lines = read_lines(path, encoding, options.limits)
    yield from read_table(None, _rows(lines, delimiter), options, guard)


def _rows(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begins = 1
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise MalformedDeliveryError(line=begins) from error


def _find_delimiter(lines: Sequence[str], options: ReadOptions) -> str:
    """Return what stands between the cells: what names most known columns, or makes most cells."""
    known = known_headings(options)
    return max(_DELIMITERS, key=lambda delimiter: _score(lines, delimiter, known))


def _score(lines: Iterable[str], delimiter: str, known: frozenset[str]) -> tuple[int, int]:
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return (0, 0)
    named = max((len(known.intersection(map(fold_heading, row))) for row in rows), default=0)
    ((width, times),) = Counter(map(len, filter(None, rows))).most_common(1) or [(0, 0)]
    return (named, times if width > 1 else 0)
