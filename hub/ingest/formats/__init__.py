"""Deliveries as rows, whatever they are written in.

In order of control flow: ``options`` says how a source writes, ``reading`` is the one way in.
``encodings`` finds out how letters are written, ``lines`` takes a text line by line. ``archive``
and ``inspection`` look through a workbook before it is opened. ``json_lines``, ``delimited`` and
``workbook`` make cells of NDJSON, CSV and XLSX; ``table`` finds the heading and names the cells by
it; ``values`` reads numbers, days and periods as Vietnam writes them. ``refusals`` are why a
delivery is not read.

Nothing is held that grows with the delivery: a workbook, which cannot be read otherwise, is
bounded before it is opened.
"""

from hub.ingest.delivered import DeliveryRefusedError, RowFault, SourceRow, Trouble
from hub.ingest.formats.options import (
    MEDIA_TYPES,
    Encoding,
    Format,
    Limits,
    NumberStyle,
    ReadOptions,
)
from hub.ingest.formats.reading import read_rows

__all__ = [
    "MEDIA_TYPES",
    "DeliveryRefusedError",
    "Encoding",
    "Format",
    "Limits",
    "NumberStyle",
    "ReadOptions",
    "RowFault",
    "SourceRow",
    "Trouble",
    "read_rows",
]
