"""Tables with a heading as rows with named cells."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Final

from hub.ingest.cells import UnexpectedCellError
from hub.ingest.delivered import RowFault, SourceRow, Trouble
from hub.ingest.formats.refusals import ColumnTwiceError, HeadingMissingError, TooManyColumnsError
from hub.ingest.formats.values import conversions_of
from hub.ingest.rejections import Expected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hub.ingest.formats.options import ReadOptions
    from hub.ingest.guards import Guard

HUB_COLUMNS: Final = frozenset(
    {
        "indicator",
        "area",
        "period",
        "numerator",
        "denominator",
        "value",
        "facility",
        "disaggregation",
        "version",
        "withdrawn",
    }
)
"""What the hub itself calls the columns of a delivery; these need no mapping."""

_HEADING_WITHIN: Final = 50
_TOTAL = re.compile(r"(tổng cộng|tổng số|tổng|cộng|cộng dồn|toàn thành phố|total)\s*:?")


def known_headings(options: ReadOptions) -> frozenset[str]:
    """Return the folded headings by which a table of this source is known."""
    return HUB_COLUMNS | {fold_heading(heading) for heading in options.columns}


class Columns:
    """The names that a delivery's headings stand for, and what becomes of their cells."""

    def __init__(self, options: ReadOptions, guard: Guard) -> None:
        self._guard = guard
        self._mapped = {fold_heading(heading): name for heading, name in options.columns.items()}
        self._limit = options.limits.columns
        self._constants = dict(options.constants)
        self._conversions = conversions_of(options)
        self._names: dict[str, str] = {}

    def name_of(self, heading: str) -> str:
        """Return the name of the column under *heading*: its own, if the mapping has none."""
        if (known := self._names.get(heading)) is not None:
            return known
        if len(self._names) >= self._limit:
            raise TooManyColumnsError(limit=self._limit)
        folded = fold_heading(heading)
        own = folded if folded in HUB_COLUMNS else " ".join(heading.split())
        name = self._names[heading] = self._mapped.get(folded, own)
        return name

    def names_of(self, headings: Sequence[str]) -> list[str]:
        """Return the names of a table's columns; one without heading goes by its place."""
        if len(headings) > self._limit:
            raise TooManyColumnsError(limit=self._limit)
        return [
            self.name_of(heading) if heading else f"#{place}"
            for place, heading in enumerate(headings, 1)
        ]

    def finish(
        self,
        sheet: str | None,
        line: int,
        cells: dict[str, str],
        troubles: tuple[Trouble, ...] = (),
    ) -> SourceRow:
        """Return the row of *cells* past the guard, its values written as the hub writes them."""
        for name, conversion in self._conversions:
            if cell := cells.get(name):
                try:
                    cells[name] = conversion.convert(cell)
                except UnexpectedCellError as error:
                    trouble = Trouble(name, conversion.fault, cell, error.expected)
                    troubles = (*troubles, trouble)
        row = self._guard.take(SourceRow(sheet, line, cells, troubles))
        if not self._constants:
            return row
        # What they cover was looked at: it is kept as it was sent.
        row.cells.update(self._constants)
        if row.troubles:
            left = tuple(each for each in row.troubles if each.column not in self._constants)
            row = row._replace(troubles=left)
        return row

    def look_into(self, line: int, pairs: Iterable[tuple[str, str]]) -> None:
        """Have the guard look at *pairs* of heading and cell of a line that is no row."""
        rows: list[dict[str, str]] = []
        times: Counter[str] = Counter()
        for heading, cell in pairs:
            name = self.name_of(heading)
            if times[name] == len(rows):
                rows.append({})
            rows[times[name]][name] = cell
            times[name] += 1
        for cells in rows:
            self._guard.take(SourceRow(None, line, cells))


def fold_heading(heading: str) -> str:
    """Return what two spellings of one heading have in common."""
    return " ".join(unicodedata.normalize("NFC", heading).casefold().split())


def read_table(
    sheet: str | None, rows: Iterator[tuple[int, list[str]]], options: ReadOptions, guard: Guard
) -> Iterator[SourceRow]:
    """Yield what stands below the heading among *rows*, which know their line.

    Empty lines, repeated headings and, where the mapping says so, totals are left out.
    """
    columns = Columns(options, guard)
    first = list(islice(rows, _HEADING_WITHIN))
    for line, row in first:
        guard.see(row, sheet, line)
    names, begin = _find_heading(first, columns, options)
    heading = first[begin - 1][1]
    width = len(names)
    has_totals = options.has_totals
    for line, row in chain(first[begin:], rows):
        cells = list(map(str.strip, row))
        if not any(cells) or row == heading or (has_totals and _is_total(cells)):
            guard.see(cells, sheet, line)
        elif len(cells) == width:
            yield columns.finish(sheet, line, dict(zip(names, cells, strict=True)))
        else:
            yield _finish_uneven(sheet, line, names, cells, columns)
            guard.see(cells[width:], sheet, line)


def _finish_uneven(
    sheet: str | None, line: int, names: Sequence[str], cells: list[str], columns: Columns
) -> SourceRow:
    """Return the row of *cells* that are fewer or more than the columns."""
    width = len(names)
    troubles: tuple[Trouble, ...] = ()
    if any(cells[width:]):
        expected = Expected(f"{width} ô", f"{width} cells")
        troubles = (Trouble("", RowFault.CELLS_TOO_MANY, str(len(cells)), expected),)
    named = dict(zip_longest(names, cells[:width], fillvalue=""))
    return columns.finish(sheet, line, named, troubles)


def _is_total(cells: Sequence[str]) -> bool:
    words = islice(filter(None, cells), 2)
    return any(_TOTAL.fullmatch(fold_heading(cell)) for cell in words)


def _find_heading(
    rows: Sequence[tuple[int, list[str]]], columns: Columns, options: ReadOptions
) -> tuple[list[str], int]:
    """Return the names of the columns, and where among *rows* the heading has ended."""
    wanted = options.required or frozenset(options.columns.values())
    height = options.heading_lines
    for begin in range(len(rows) - height + 1):
        headings = _joined([row for _, row in rows[begin : begin + height]])
        if not any(headings):
            continue
        names = columns.names_of(headings)
        found = wanted.intersection(names)
        if found == wanted or (not options.required and len(found) > 1):
            for name in found:
                if names.count(name) > 1:
                    raise ColumnTwiceError(column=name)
            return _told_apart(names), begin + height
    raise HeadingMissingError(columns=", ".join(sorted(wanted)) or "…")


def _told_apart(names: Sequence[str]) -> list[str]:
    """Return *names*, each once: what is not asked for may be called alike."""
    seen: dict[str, int] = {}
    apart = []
    for name in names:
        seen[name] = times = seen.get(name, 0) + 1
        apart.append(name if times == 1 else f"{name} ({times})")
    return apart


def _joined(lines: Sequence[Sequence[str]]) -> list[str]:
    """Return the headings of a heading of several lines, whose upper cells may be merged."""
    width = max(map(len, lines))
    above = [""] * width
    for depth, line in enumerate(lines):
        cells = [" ".join(cell.split()) for cell in line] + [""] * (width - len(line))
        if depth < len(lines) - 1:
            below = lines[depth + 1]
            for place in range(1, width):
                is_over_some = place < len(below) and below[place].strip()
                if not cells[place] and is_over_some:
                    cells[place] = cells[place - 1]
        above = [" / ".join(filter(None, parts)) for parts in zip(above, cells, strict=True)]
    return above
