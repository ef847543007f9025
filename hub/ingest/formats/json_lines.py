"""NDJSON: one object a line, its numbers taken as they are written."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

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


class _NotFlatError(ValueError):
    """The line holds something else than keys with plain values."""


def read_json_lines(path: Path, options: ReadOptions, guard: Guard) -> Iterator[SourceRow]:
    """Yield the objects of the file at *path*; a line that is none is a row with that trouble."""
    check_text(path, Format.NDJSON, options.limits)
    columns = Columns(options, guard)
    for number, line in enumerate(read_lines(path, Encoding.UTF_8, options.limits), 1):
        if not line.strip():
            continue
        try:
            cells = _read_object(line, columns)
        except (ValueError, RecursionError):
            guard.see([line.strip()], None, number)
            trouble = Trouble("", RowFault.ROW_UNREADABLE, "", _OBJECT)
            yield SourceRow(None, number, {}, (trouble,))
            continue
        yield columns.finish(None, number, cells)


def _read_object(line: str, columns: Columns) -> dict[str, str]:
    found = _DECODER.decode(line)
    if not isinstance(found, _Pairs):
        raise _NotFlatError
    cells = {columns.name_of(key): _cell(value) for key, value in found}
    if len(cells) < len(found):
        raise _NotFlatError
    return cells


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
