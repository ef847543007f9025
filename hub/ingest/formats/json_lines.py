"""NDJSON: one object a line, its numbers taken as they are written."""

from __future__ import annotations

import json
import unicodedata
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from hub.ingest.delivered import RowFault, SourceRow, Trouble
from hub.ingest.formats.lines import check_text, read_lines
from hub.ingest.formats.options import Encoding, Format
from hub.ingest.formats.table import Columns
from hub.ingest.rejections import Expected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hub.ingest.formats.options import ReadOptions
    from hub.ingest.guards import Guard

_OBJECT = Expected(
    "một đối tượng JSON, mỗi khóa một lần, không lồng nhau",
    "one JSON object, each key once, nothing nested",
)


_MOST_BESIDE: Final = 20


class _NotFlatError(ValueError):
    """Something else than a plain value stands where one should."""


def read_json_lines(path: Path, options: ReadOptions, guard: Guard) -> Iterator[SourceRow]:
    """Yield the objects of the file at *path*; a line that is none is a row with that trouble."""
    check_text(path, Format.NDJSON, options.limits)
    columns = Columns(options, guard)
    for number, line in enumerate(read_lines(path, Encoding.UTF_8, options.limits), 1):
        if not line.strip():
            continue
        try:
            found = _DECODER.decode(line)
        except (ValueError, RecursionError):
            guard.see([line.strip()], None, number)
            yield _no_row(number)
            continue
        cells = _read_object(found, columns)
        if cells is None:
            columns.look_into(number, _leaves(found))
            yield _no_row(number)
        else:
            yield columns.finish(None, number, cells)


def _no_row(number: int) -> SourceRow:
    return SourceRow(None, number, {}, (Trouble("", RowFault.ROW_UNREADABLE, "", _OBJECT),))


def _read_object(found: object, columns: Columns) -> dict[str, str] | None:
    """Return the cells of *found*; None where it is no object of plain values."""
    if not isinstance(found, _Pairs):
        return None
    try:
        cells = {columns.name_of(key): _cell(value) for key, value in found}
    except _NotFlatError:
        return None
    return cells if len(cells) == len(found) else None


def _leaves(found: object) -> Iterator[tuple[str, str]]:
    """Yield the plain values in *found*, at whatever depth, by the names of what they stand in."""
    waiting = [("", found)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, _Pairs):
            prefix = f"{name}." if name else ""
            waiting += [(f"{prefix}{key}", each) for key, each in reversed(value)]
        elif isinstance(value, list):
            # Its objects are like rows; its plain values stand beside each other, as in one.
            places = (min(place, _MOST_BESIDE) for place in count(1))
            named = [
                (name if isinstance(each, list) else f"{name}#{place}", each)
                for place, each in zip(places, value, strict=False)
            ]
            waiting += reversed(named)
        else:
            yield name, _cell(value)


class _Pairs(list[tuple[str, Any]]):
    """What an object holds, a key that comes twice included; anything may be its value."""


def _refuse_constant(name: str) -> None:
    raise _NotFlatError(name)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_Pairs, parse_float=str, parse_int=str, parse_constant=_refuse_constant
)


def _cell(value: object) -> str:
    match value:
        case str():
            return value.strip() if value.isascii() else _composed(value)
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            raise _NotFlatError


def _composed(value: str) -> str:
    return unicodedata.normalize("NFC", value).strip()
