"""Rows sent to the database as they are read: never more than a few thousand are held."""

from __future__ import annotations

import asyncio
import csv
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol

from hub.ingest.batch.words import qualified

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from hub.database.transaction import Transaction
    from hub.ingest.delivered import SourceRow

CELLS: Final = (
    "indicator",
    "area",
    "period",
    "facility",
    "disaggregation",
    "numerator",
    "denominator",
    "value",
    "version",
    "withdrawn",
)
"""What a row of a delivery may say, by the name of its cell."""
_COLUMNS: Final = (
    *("n", "sheet", "line"),
    *CELLS,
    *("trouble", "trouble_column", "trouble_found", "trouble_expected"),
)
_PERIOD: Final = CELLS.index("period")
_AT_ONCE: Final = 2_000
_NUL: Final = "\x00"


class Watch(Protocol):
    """Hears how many rows have been read."""

    def __call__(self, rows: int, /) -> None:
        """Take note of it."""


async def stage_rows(
    transaction: Transaction, rows: Iterable[SourceRow], watch: Watch | None = None
) -> int:
    """Send *rows* into ``arrived``; return how many there were.

    What reading them raises, such as that all of the delivery is refused, is raised here.
    """
    failures: list[Exception] = []
    count = await transaction.send_csv("arrived", _COLUMNS, _written(rows, watch, failures))
    if failures:
        raise failures[0]
    return count


async def _written(
    rows: Iterable[SourceRow], watch: Watch | None, failures: list[Exception]
) -> AsyncIterator[bytes]:
    """Yield *rows* as CSV; reading ends where it fails, so that the connection stays in order."""
    records = _records(rows)
    count = 0
    while True:
        try:
            piece = list(islice(records, _AT_ONCE))
        except Exception as error:  # noqa: BLE001  (raised by whoever asked for the rows)
            failures.append(error)
            return
        if not piece:
            return
        text = StringIO()
        csv.writer(text, lineterminator="\n").writerows(piece)
        # Half a surrogate pair cannot be sent; the row that holds it is one that is not taken.
        yield text.getvalue().encode(errors="replace")
        count += len(piece)
        if watch is not None:
            watch(count)
        # Others have their turn between pieces.
        await asyncio.sleep(0)


def _records(rows: Iterable[SourceRow]) -> Iterator[tuple[object, ...]]:
    for number, (sheet, line, cells, troubles, calendar) in enumerate(rows, 1):
        get = cells.get
        said = [get(name, "") for name in CELLS]
        said[_PERIOD] = qualified(calendar, said[_PERIOD])
        if not troubles:
            yield (number, sheet or "", line, *said, "", "", "", "")
            continue
        trouble = troubles[0]
        yield (
            *(number, sheet or "", line),
            *(cell.replace(_NUL, "") for cell in said),
            *(trouble.code.value, trouble.column),
            trouble.found.replace(_NUL, ""),
            trouble.expected.vi,
        )
