"""The parts of a workbook, looked through as they stream by."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from hub.ingest.formats.options import MEGABYTE, Format
from hub.ingest.formats.refusals import (
    ArchiveExpandsTooFarError,
    PartsUnseenError,
    TooManyCellsError,
    TooManyColumnsError,
    TooManyRowsError,
    WrongFormatError,
    XmlEntitiesError,
)
from hub.ingest.guards import CellTooLargeError

if TYPE_CHECKING:
    from hub.ingest.formats.options import Limits

_MOST_CELLS: Final = 2_000_000
_MOST_ELEMENTS: Final = 10_000_000
_MOST_LETTERS: Final = 100 * MEGABYTE
_MOST_NOTES: Final = 10_000
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)([.][0-9]+)?(E[+-]?[0-9]+)?", re.IGNORECASE)
_SERIAL = re.compile(
    r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b0x[0-9a-f]+\b", re.IGNORECASE
)
"""What programs tell their own things apart by: digits in it are nobody's."""

_TAG = re.compile(r"<[^>]*>")
_COUNT = re.compile(r"[0-9]{1,9}")
_LAST: Final = True
_UTF_8: Final = frozenset({None, "utf-8", "utf8", "us-ascii"})
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_WORDS: Final = frozenset(
    [
        "oddHeader",
        "oddFooter",
        "evenHeader",
        "evenFooter",
        "firstHeader",
        "firstFooter",
        "title",
        "subject",
        "keywords",
        "category",
        "description",
        "lpwstr",
        "contentStatus",
        "text",
    ]
)
_TEXTS: Final = frozenset({"v", "t"})
_CONTENTS: Final = frozenset({"v", "t", "is", "f"})


@dataclass(slots=True)
class Inspection:
    """What was seen of a workbook.

    Attributes:
        words: what stands in headers, footers, drawings, charts, comments, properties, and in what
            other programs have left.
        errors: what stands in cells that hold an error instead of a value, by part, line and
            column; both are counted from 1.
        targets: the part that stands behind a relation, by the relation's id.
        sheets: the relation of each sheet, by its name.
    """

    limits: Limits
    words: list[str] = field(default_factory=list)
    errors: dict[str, dict[int, dict[int, str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )
    targets: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    elements: int = 0
    letters: int = 0
    lengths: list[int] = field(default_factory=list)

    def begin(self, part: str) -> Part:
        """Return who looks through *part*, given piece by piece."""
        return Part(self, part)

    def note(self, text: str) -> None:
        """Take note of *text*; refuse what has more of them than can be looked at."""
        if not text.strip() or _NUMBER.fullmatch(text):
            return
        if len(self.words) >= _MOST_NOTES:
            raise PartsUnseenError(what_vi="quá nhiều ghi chú", what_en="too many notes")
        self.words.append(text)

    def see_drawing(self, content: bytes) -> None:
        """Take note of the texts in *content*, a drawing that need be no well-formed XML."""
        for text in _TAG.split(content.decode("utf-8", "replace")):
            self.note(html.unescape(text))

    def errors_of(self, sheet: str) -> dict[int, dict[int, str]]:
        """Return what stands in the cells of *sheet* that hold an error, by line and column."""
        target = self.targets.get(self.sheets.get(sheet, ""), "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        return self.errors.get(part, {})


class Part:
    """Looks through one part of a workbook."""

    def __init__(self, inspection: Inspection, name: str) -> None:
        self._seen = inspection
        self._name = name
        self._is_foreign = name.casefold().startswith("customxml/item")
        self._root = ""
        self._line = self._column = self._widest = self._occupied = 0
        self._type = ""
        self._text: list[str] | None = None
        self._length = 0
        self._is_first = True
        self._parser = parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = _refuse_declaration
        parser.StartElementHandler = self._started
        parser.EndElementHandler = self._ended
        parser.CharacterDataHandler = self._read

    def take(self, piece: bytes) -> None:
        """Look through *piece*, the next of the part."""
        if self._is_first and piece.startswith(_UTF_16):
            raise WrongFormatError(format=Format.XLSX.upper())
        self._is_first = False
        self._parser.Parse(piece)

    def end(self) -> None:
        """Take note that there are no more pieces."""
        self._parser.Parse(b"", _LAST)

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding and encoding.casefold()) not in _UTF_8:
            raise WrongFormatError(format=Format.XLSX.upper())

    def _started(self, tag: str, attributes: list[str]) -> None:
        seen = self._seen
        seen.elements += 1
        if seen.elements > _MOST_ELEMENTS:
            raise ArchiveExpandsTooFarError(limit=seen.limits.expanded_size)
        name = tag.rpartition(":")[2]
        if self._is_foreign:
            self._note_foreign(*attributes[1::2])
            return
        if not self._root:
            self._root = name
            _check_counts(attributes)
        if self._root == "worksheet":
            self._started_in_sheet(name, attributes)
        elif self._root == "sst":
            if name == "si":
                self._length = 0
            self._text = [] if name == "t" else None
        elif name in {"Relationship", "sheet"}:
            self._relate(name, dict(zip(attributes[::2], attributes[1::2], strict=True)))
        else:
            self._length = 0
            self._text = [] if name in _TEXTS or name in _WORDS else None

    def _note_foreign(self, *values: str) -> None:
        """Take note of *values* and of the text until here, where any element may hold text."""
        for text in ("".join(self._text or ()), *values):
            self._seen.note(_SERIAL.sub(" ", text))
        self._text = []
        self._length = 0

    def _started_in_sheet(self, name: str, attributes: list[str]) -> None:
        if name == "c":
            self._place(dict(zip(attributes[::2], attributes[1::2], strict=True)))
        elif name == "row":
            self._begin_row(dict(zip(attributes[::2], attributes[1::2], strict=True)))
        elif name in _CONTENTS:
            self._occupy()
            self._text = [] if name in _TEXTS else None
        elif name in _WORDS:
            self._length = 0
            self._text = []

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._column = 0
        try:
            self._line = int(attributes.get("r", self._line + 1))
        except ValueError:
            raise WrongFormatError(format=Format.XLSX.upper()) from None

    def _place(self, attributes: dict[str, str]) -> None:
        self._column += 1
        self._length = 0
        self._type = attributes.get("t", "")
        if "r" in attributes:
            found = _PLACE.fullmatch(attributes["r"])
            if not found or int(found[2]) != self._line:
                raise WrongFormatError(format=Format.XLSX.upper())
            self._column = 0
            for letter in found[1]:
                self._column = 26 * self._column + ord(letter) - ord("A") + 1
        if self._type:
            self._occupy()

    def _occupy(self) -> None:
        """Count the place of a cell that holds something, for a reader makes room up to it.

        Programs also write what is only formatted, down to the last row there can be.
        """
        seen, limits = self._seen, self._seen.limits
        if self._line != self._occupied:
            self._occupied = self._line
            seen.rows += 1
        if max(seen.rows, self._line) > limits.workbook_rows:
            raise TooManyRowsError(limit=limits.workbook_rows)
        if self._column > limits.columns:
            raise TooManyColumnsError(limit=limits.columns)
        self._widest = max(self._widest, self._column)
        if self._widest * self._line > _MOST_CELLS:
            raise TooManyCellsError(limit=_MOST_CELLS)

    def _read(self, text: str) -> None:
        if self._text is not None:
            self._length += len(text)
            if self._length > self._seen.limits.cell:
                if self._is_foreign:
                    raise PartsUnseenError(
                        what_vi="dữ liệu của chương trình khác", what_en="another program's data"
                    )
                raise CellTooLargeError(line=self._line, limit=self._seen.limits.cell)
            self._text.append(text)

    def _ended(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if self._is_foreign:
            self._note_foreign()
        elif self._root == "sst":
            if name == "si":
                self._seen.lengths.append(self._length)
            self._text = None
        elif self._text is not None and (name in _TEXTS or name in _WORDS):
            text = "".join(self._text)
            self._text = None
            if self._root == "worksheet" and name in _TEXTS:
                self._count(text)
            else:
                self._seen.note(text)

    def _count(self, value: str) -> None:
        seen = self._seen
        length = len(value)
        if self._type == "e":
            seen.errors[self._name][self._line][self._column] = value
        elif self._type == "s":
            if not (_COUNT.fullmatch(value) and int(value) < len(seen.lengths)):
                raise WrongFormatError(format=Format.XLSX.upper())
            length = seen.lengths[int(value)]
        seen.letters += length
        if seen.letters > _MOST_LETTERS:
            raise ArchiveExpandsTooFarError(limit=seen.limits.expanded_size)

    def _relate(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and self._root == "workbook":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            self._seen.sheets[attributes.get("name", "")] = relation
        elif name == "Relationship" and self._name.casefold().endswith("workbook.xml.rels"):
            self._seen.targets[attributes.get("Id", "")] = attributes.get("Target", "")


def _check_counts(attributes: list[str]) -> None:
    """Refuse a part that announces more than there may be: a reader would make room for it."""
    for name, value in zip(attributes[::2], attributes[1::2], strict=True):
        is_told = name.casefold().endswith("count")
        if is_told and not (_COUNT.fullmatch(value) and int(value) <= _MOST_CELLS):
            raise WrongFormatError(format=Format.XLSX.upper())


def _refuse_declaration(*_declared: object) -> None:
    raise XmlEntitiesError
