"""A workbook sent back: made anew from its form, with what was entered and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hub.ingest.workbook.layout import ENTERED
from hub.ingest.workbook.reading import entered
from hub.ingest.workbook.writing import Entered, Pointer, write_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from hub.ingest.batch.reports import ReportedRow
    from hub.ingest.delivered import SourceRow
    from hub.ingest.workbook.forms import Form
    from hub.ingest.workbook.writing import Key

_WARNED: Final = "warned"
_NAMES: Final = {
    "numerator": "Tử số",
    "denominator": "Mẫu số",
    "value": "Giá trị",
    "state": "Ghi nhận",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What is wrong on a line of a workbook that was sent.

    Attributes:
        line: of the sheet, counted from 1; 0 where the whole workbook is meant.
        column: as a delivery calls it; empty where the whole line is meant.
        sentence: what is wrong and what to do, in Vietnamese.
    """

    line: int
    column: str
    sentence: str


def marks_of_batch(rows: Iterable[ReportedRow]) -> Iterator[Mark]:
    """Yield what a batch tells of those of *rows* that it did not take; of a warning nothing."""
    for row in rows:
        if row.outcome == _WARNED:
            continue
        parts = [f"thấy “{row.found}”"] if row.found else []
        if row.expected:
            parts.append(f"cần {row.expected}")
        if row.candidates:
            parts.append(f"có thể là {', '.join(row.candidates)}")
        said = f"{', '.join(parts)} ({row.code})" if parts else row.code
        yield Mark(row.line, row.column or "", said[0].upper() + said[1:])


def marks_of(rows: Iterable[SourceRow]) -> Iterator[Mark]:
    """Yield what reading alone found wrong with *rows*."""
    for row in rows:
        for trouble in row.troubles:
            found = f"thấy “{trouble.found}”, " if trouble.found else ""
            place = _NAMES.get(trouble.column)
            words = f"{found}cần {trouble.expected.vi}."
            sentence = f"{place}: {words}" if place else words[0].upper() + words[1:]
            yield Mark(row.line, trouble.column, sentence)


def mark(form: Form, path: Path, marks: Iterable[Mark]) -> bytes:
    """Return *form* with what was entered in the workbook at *path* and *marks* beside it.

    Nothing else of what was sent is in it: labels, sheets and styles are the hub's.
    """
    known = {line.key for line in form.lines}
    keys: dict[int, Key] = {}
    cells: dict[Key, dict[str, str]] = {}
    for row in entered(path):
        key = (row.cells["indicator"], row.cells.get("facility", ""))
        if key in known and key not in cells:
            keys[row.line] = key
            cells[key] = {name: row.cells[name] for name in ENTERED if row.cells[name]}
    pointers: dict[Key, list[Pointer]] = {}
    elsewhere: list[str] = []
    for each in marks:
        if each.line in keys:
            pointers.setdefault(keys[each.line], []).append(Pointer(each.column, each.sentence))
        else:
            elsewhere.append(f"Dòng {each.line}: {each.sentence}" if each.line else each.sentence)
    return write_form(form, Entered(cells, pointers, elsewhere))
