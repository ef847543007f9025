"""What was left in a folder and not taken whole comes back: in a folder beside it, marked."""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hub.access.principal import LOADER
from hub.errors import HubError
from hub.ingest.workbook import (
    FormOutdatedError,
    Mark,
    load_form,
    mark,
    marks_of_batch,
    read_identity,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hub.database.engine import Database
    from hub.ingest.batch.reports import BatchReport
    from hub.ingest.batch.sources import Source

CORRECTIONS: Final = "can-sua"
"""The folder, within that of the source, in which a file comes back under its own name."""

_LOG: Final = logging.getLogger(__name__)
_REPORT: Final = ".txt"
_HERE: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW


@dataclass(frozen=True, slots=True)
class GivingBack:
    """Gives back what the files of *source* in *folder* must be corrected in."""

    database: Database
    source: Source
    folder: Path

    async def __call__(self, name: str, content: Path, report: BatchReport) -> None:
        """Give back the file *name*, whose *content* was sent, if *report* finds fault with it.

        A form of the owner's comes back marked; of anything else it is said, in a text beside it,
        what is wrong. What was said of an earlier file of that name is gone. A folder that cannot
        be written to is told in the log: the batch says it all.
        """
        answers: dict[str, bytes | None] = {name: None, name + _REPORT: None}
        if report.refusal is not None or report.counts.held or report.counts.rejected:
            book = await self._marked(content, report)
            if book is None:
                answers[name + _REPORT] = _words(report).encode()
            else:
                answers[name] = book
        try:
            await asyncio.to_thread(_put, self.folder, answers)
        except OSError as error:
            _LOG.warning("Source %s: nothing can be given back (%s)", self.source.code, error.errno)

    async def _marked(self, content: Path, report: BatchReport) -> bytes | None:
        """Return the form in *content*, marked; None if it is none of the owner's, or refused.

        One that has changed comes as it is by now, with the figures that were entered.
        """
        if report.refusal not in {None, FormOutdatedError.code}:
            return None
        try:
            said = await asyncio.to_thread(read_identity, content)
            if said.agency != self.source.owner:
                return None
            form = await load_form(
                self.database, LOADER, form=said.form, period=said.period, ward=said.area
            )
        except HubError:
            return None
        marks = [*marks_of_batch(report.rows)]
        if report.refusal is not None:
            marks = [Mark(0, "", report.sentence or report.refusal)]
        return await asyncio.to_thread(mark, form, content, marks)


def _words(report: BatchReport) -> str:
    if report.refusal is not None:
        return f"Lô bị từ chối ({report.refusal}): {report.sentence or ''}\n"
    return "".join(f"Dòng {each.line}: {each.sentence}\n" for each in marks_of_batch(report.rows))


def _put(folder: Path, answers: dict[str, bytes | None]) -> None:
    """Write each answer under its name, or have nothing there.

    Others write into the folder too: no link of theirs is followed out of it.
    """
    if any(answers.values()):
        (folder / CORRECTIONS).mkdir(exist_ok=True)
    elif not (folder / CORRECTIONS).is_dir():
        return
    with _opened(folder / CORRECTIONS) as place:
        for name, content in answers.items():
            with suppress(FileNotFoundError):
                os.unlink(name, dir_fd=place)
            if content is not None:
                with os.fdopen(os.open(name, _NEW, 0o660, dir_fd=place), "wb") as file:
                    file.write(content)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    place = os.open(folder, _HERE)
    try:
        yield place
    finally:
        os.close(place)
