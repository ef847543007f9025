"""One pass over all that a delivery says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from hub.ingest.delivered import RowFault, SourceRow, Trouble
from hub.ingest.guards.cells import NOTHING_SAID, CellTooLargeError, expected_instead, find_fault
from hub.ingest.guards.markings import MarkedDeliveryError, is_marked
from hub.ingest.guards.persons import (
    DIGITS_OF_AN_OLD_CARD,
    Kind,
    PersonsDeliveredError,
    find_heading_kind,
    find_kind,
    is_birth,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_Verdict: TypeAlias = tuple[Kind, RowFault | None]

_MOST_KNOWN: Final = 100_000
_LONGEST_KNOWN: Final = 100
_PLAIN = re.compile(r"(0|[1-9][0-9]{0,30})([.,][0-9]{1,20})?")
_FINE: Final[_Verdict] = (Kind.NOTHING, None)
_SILENT: Final[_Verdict] = (Kind.SILENCE, None)
_ENOUGH_NAMES: Final = 3
_MANY_NAMES: Final = 1_000
_MOSTLY: Final = 0.6


class Guard:
    """Refuses a delivery that is marked or about persons, and says what single rows suffer from.

    Texts come again and again: what was looked at is remembered, up to a bound.

    Attributes:
        figures: the columns that hold numbers, where nine digits are an amount.
        longest: how many characters a text may have.
        places: the columns that hold places, which bear names of people.
    """

    def __init__(
        self,
        figures: frozenset[str],
        longest: int,
        places: frozenset[str] = frozenset({"area"}),
    ) -> None:
        self.figures = figures
        self.longest = longest
        self.places = places
        self._fine = {""}
        self._known: dict[str, _Verdict] = {"": _FINE}
        self._columns: set[str] = set()
        self._suspects: dict[str, Kind] = {}
        self._names: dict[str, set[str]] = {}
        self._rows = 0

    def take(self, row: SourceRow) -> SourceRow:
        """Return *row* with the troubles of its cells; raise if the delivery must be refused."""
        cells = row.cells
        self._rows += 1
        if not cells.keys() <= self._columns:
            self._meet(cells)
        if self._suspects:
            for column, kind in self._suspects.items():
                if cells.get(column):
                    raise PersonsDeliveredError(kind, sheet=row.sheet, line=row.line, column=column)
        fine = self._fine
        for cell in cells.values():
            # Most cells were seen before, or are numbers too short to be anybody's.
            if cell not in fine and not (len(cell) < DIGITS_OF_AN_OLD_CARD and cell.isdigit()):
                return self._look_at(row)
        return row

    def _look_at(self, row: SourceRow) -> SourceRow:
        strange = []
        for column, cell in row.cells.items():
            verdict = self._known.get(cell) or self._look(cell, row.sheet, row.line, column)
            if verdict is not _FINE:
                strange.append((column, verdict))
        return self._judge(row, strange) if strange else row

    def see(self, words: Iterable[str], sheet: str | None = None, line: int = 0) -> None:
        """Look at texts that are no cells of rows: titles, headers and footers, notes."""
        for text in words:
            if text not in self._known:
                self._look(text.strip(), sheet, line, "")

    def see_sheet(self, sheet: str, rows: Iterable[Sequence[str]]) -> None:
        """Look at a sheet that is not read, but would be kept with the rest."""
        suspects: dict[int, Kind] = {}
        for line, row in enumerate(rows, 1):
            self.see(row, sheet, line)
            for place, cell in enumerate(row):
                if not cell.strip():
                    continue
                kind = find_heading_kind(cell)
                if kind is not Kind.NOTHING:
                    suspects[place] = kind
                elif place in suspects:
                    raise PersonsDeliveredError(
                        suspects[place], sheet=sheet, line=line, column=f"#{place + 1}"
                    )

    def end(self) -> None:
        """Take note that the delivery is over: a column of names refuses it."""
        for column in tuple(self._names):
            self._count_names(column)

    def _meet(self, cells: dict[str, str]) -> None:
        for column in cells.keys() - self._columns:
            self._columns.add(column)
            self.see([column])
            if (kind := find_heading_kind(column)) is not Kind.NOTHING:
                self._suspects[column] = kind

    def _look(self, text: str, sheet: str | None, line: int, column: str) -> _Verdict:
        """Return what *text* is, or refuse the delivery for it."""
        if len(text) > self.longest:
            raise CellTooLargeError(line=line, limit=self.longest)
        verdict = _FINE
        if text in NOTHING_SAID:
            verdict = _SILENT
        elif not _PLAIN.fullmatch(text) or len(text) == DIGITS_OF_AN_OLD_CARD:
            if is_marked(text):
                raise MarkedDeliveryError
            kind = find_kind(text)
            if Kind.NOTHING < kind < Kind.NAME:
                raise PersonsDeliveredError(kind, sheet=sheet, line=line, column=column)
            fault = find_fault(text)
            verdict = (kind, fault) if kind or fault else _FINE
        if len(text) <= _LONGEST_KNOWN:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
                self._fine.clear()
            self._known[text] = verdict
            if verdict is _FINE:
                self._fine.add(text)
        return verdict

    def _judge(self, row: SourceRow, strange: list[tuple[str, _Verdict]]) -> SourceRow:
        troubles = row.troubles
        kinds: dict[Kind, str] = {}
        named = ""
        is_about = False
        for column, (kind, fault) in strange:
            cell = row.cells[column]
            if kind is Kind.SILENCE:
                row.cells[column] = ""
            elif fault:
                troubles += (Trouble(column, fault, cell, expected_instead(fault)),)
            elif kind is Kind.NAME and column in self.places:
                named = column
            elif kind is not Kind.NOTHING and not self._is_usual(column, cell, kind):
                kinds[kind] = column
                # Reports of a ward that bears somebody's name have a day, but none of long ago.
                is_about |= kind is not Kind.DAY or is_birth(cell)
                if kind is Kind.NAME:
                    self._note_name(column, cell)
        if len(kinds) > 1 and Kind.NAME in kinds:
            raise PersonsDeliveredError(
                Kind.NAME, sheet=row.sheet, line=row.line, column=kinds[Kind.NAME]
            )
        if named and is_about:
            raise PersonsDeliveredError(Kind.NAME, sheet=row.sheet, line=row.line, column=named)
        return row if troubles is row.troubles else row._replace(troubles=troubles)

    def _is_usual(self, column: str, cell: str, kind: Kind) -> bool:
        """Tell whether what could be of a person is usual in *column*."""
        match kind:
            case Kind.NAME:
                return False
            case Kind.NINE_DIGITS:
                return column in self.figures or cell.endswith("000")
            case _:
                return column in {"period", "version"}

    def _note_name(self, column: str, name: str) -> None:
        names = self._names.setdefault(column, set())
        if len(names) < _MANY_NAMES:
            names.add(name)
            if len(names) == _MANY_NAMES:
                self._count_names(column)

    def _count_names(self, column: str) -> None:
        """Refuse the delivery if most rows so far have a name of their own in *column*."""
        names = len(self._names[column])
        if names >= _ENOUGH_NAMES and names > _MOSTLY * self._rows:
            raise PersonsDeliveredError(Kind.NAME, sheet=None, line=0, column=column)
