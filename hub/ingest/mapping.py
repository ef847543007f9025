"""A row as a typed draft, or everything that is wrong with it.

A draft is a frozen class whose fields are declared with ``cell``: the declaration is the header to
expect, the type and the check, all at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast, dataclass_transform

from hub.ingest.cells import UnexpectedCellError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hub.ingest.cells import Parse
    from hub.ingest.readers import Row
    from hub.ingest.rejections import Rejection

T = TypeVar("T")

_CELL: Final = "cell"


@dataclass(frozen=True, slots=True)
class Cell:
    """How one field of a draft is read.

    Attributes:
        column: of the file.
        refers_to: the file whose key the value, or each value listed, must be.
    """

    column: str
    parse: Parse[Any]  # the field's own type, which its declaration states
    refers_to: str | None


_CELLS: Final[dict[type[object], Mapping[str, Cell]]] = {}
"""What ``cells_of`` has found: it is asked for with every row."""


def cell(column: str, parse: Parse[T], *, refers_to: str | None = None) -> T:
    """Declare a field of a draft: what *parse* makes of *column*."""
    declared = field(metadata={_CELL: Cell(column, parse, refers_to)})
    # Whoever reads the field sees what the parser returns, never this declaration.
    return cast("T", declared)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(cell,))
def draft(declared: type[T]) -> type[T]:
    """Make a frozen class of *declared*, whose fields are declared with ``cell``."""
    return dataclass(frozen=True, slots=True, kw_only=True)(declared)


@draft
class Draft:
    """A row of a file, every cell understood."""

    row: Row


D = TypeVar("D", bound=Draft)


@dataclass(frozen=True, slots=True)
class Refused:
    """A row of which at least one cell was not understood."""

    rejections: tuple[Rejection, ...]


def cells_of(draft: type[Draft]) -> Mapping[str, Cell]:
    """Return the declared cells of *draft* by field."""
    known = _CELLS.get(draft)
    if known is None:
        cells = ((each.name, each.metadata.get(_CELL)) for each in fields(draft))
        known = _CELLS[draft] = {name: cell for name, cell in cells if cell is not None}
    return known


@dataclass(frozen=True, slots=True)
class File(Generic[D]):
    """A file of the data: what its rows are, what tells them apart, and columns nobody reads."""

    name: str
    draft: type[D]
    key: tuple[str, ...] = ("code",)
    unread: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that the header must name."""
        read = dict.fromkeys(cell.column for cell in cells_of(self.draft).values())
        return (*read, *self.unread)

    def key_of(self, row: Row) -> tuple[str, ...]:
        """Return what tells *row* apart from the others."""
        return tuple(row.cells[column] for column in self.key)


def map_row(row: Row, draft: type[D]) -> D | Refused:
    """Return *row* as a *draft*, or all that is wrong with it."""
    values: dict[str, object] = {"row": row}
    rejections: list[Rejection] = []
    for name, declared in cells_of(draft).items():
        try:
            values[name] = declared.parse(row.cells[declared.column])
        except UnexpectedCellError as error:
            rejections.append(row.refuse(declared.column, error.expected))
    return Refused(tuple(rejections)) if rejections else draft(**cast("dict[str, Any]", values))


def references_of(draft: Draft) -> Iterator[tuple[Cell, str]]:
    """Yield each key of another file that *draft* names, with the cell that names it."""
    for name, declared in cells_of(type(draft)).items():
        if declared.refers_to is None:
            continue
        value = getattr(draft, name)
        for key in value if isinstance(value, tuple) else (value,):
            if key is not None:
                yield declared, key
