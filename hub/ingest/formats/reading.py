"""The one way in: any delivery on disk as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from hub.ingest.formats.delimited import read_delimited
from hub.ingest.formats.json_lines import read_json_lines
from hub.ingest.formats.options import Format
from hub.ingest.formats.workbook import read_workbook_rows
from hub.ingest.guards import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hub.ingest.delivered import SourceRow
    from hub.ingest.formats.options import ReadOptions


def read_rows(path: Path, format_: Format, options: ReadOptions) -> Iterator[SourceRow]:
    """Yield the rows of the delivery at *path* past the guards, in a bounded amount of memory.

    Raises a ``DeliveryRefusedError`` where the delivery is refused as a whole, which may only show
    after rows were yielded: whoever takes rows takes back what was taken until then.
    """
    figures = options.number_columns | options.factors.keys()
    guard = Guard(figures, longest=options.limits.cell)
    match format_:
        case Format.NDJSON:
            yield from read_json_lines(path, options, guard)
        case Format.CSV:
            yield from read_delimited(path, options, guard)
        case Format.XLSX:
            yield from read_workbook_rows(path, options, guard)
        case unreachable:
            assert_never(unreachable)
    guard.end()
