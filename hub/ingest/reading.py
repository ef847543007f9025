"""The reference files read as one: all drafts, or all rejections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, assert_never

from hub.ingest import files
from hub.ingest.checks import check
from hub.ingest.files import ReferenceData
from hub.ingest.mapping import Draft, Refused, map_row, references_of
from hub.ingest.readers import Row, read_csv
from hub.ingest.rejections import Expected, RejectedDataError, Rejection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hub.ingest.mapping import File

D = TypeVar("D", bound=Draft)


def read_reference(folder: Path) -> ReferenceData:
    """Return what the files in *folder* say, or raise ``RejectedDataError`` with all that is wrong.

    What must hold between rows is asked only once every row is right by itself.
    """
    desk = _Desk(folder)
    data = ReferenceData(
        jurisdictions=desk.read(files.JURISDICTIONS),
        documents=desk.read(files.DOCUMENTS),
        programmes=desk.read(files.PROGRAMMES),
        projects=desk.read(files.PROJECTS),
        agencies=desk.read(files.AGENCIES),
        assignments=desk.read(files.ASSIGNMENTS),
        indicators=desk.read(files.INDICATORS),
        disaggregations=desk.read(files.DISAGGREGATIONS),
        targets=desk.read(files.TARGETS),
        wards=desk.read(files.WARDS),
        closed_wards=desk.read(files.CLOSED_WARDS),
        lineage=desk.read(files.LINEAGE),
        facility_types=desk.read(files.FACILITY_TYPES),
        facilities=desk.read(files.FACILITIES),
        tasks=desk.read(files.TASKS),
        funding_sources=desk.read(files.FUNDING_SOURCES),
        reporting_duties=desk.read(files.REPORTING_DUTIES),
        reporting_regimes=desk.read(files.REPORTING_REGIMES),
        reporting_periods=desk.read(files.REPORTING_PERIODS),
        report_forms=desk.read(files.REPORT_FORMS),
        form_cells=desk.read(files.FORM_CELLS),
        quality_checks=desk.read(files.QUALITY_CHECKS),
        glossary=desk.read(files.GLOSSARY),
        decided_grants=desk.read(files.DECIDED_GRANTS),
        role_rights=desk.read(files.ROLES),
    )
    if rejections := [*desk.rejections, *desk.unmet_references()] or list(check(data)):
        raise RejectedDataError(rejections)
    return data


def read_file(path: Path, file: File[D]) -> tuple[D, ...]:
    """Return the rows of the one file at *path*, whose columns are those of *file*.

    Raises ``RejectedDataError`` with all that is wrong in it.
    """
    desk = _Desk(path.parent)
    drafts = desk.read(replace(file, name=path.name))
    if desk.rejections:
        raise RejectedDataError(desk.rejections)
    return drafts


class _Desk:
    """Reads file after file and keeps what is wrong."""

    def __init__(self, folder: Path) -> None:
        self.rejections: list[Rejection] = []
        self._folder = folder
        self._drafts: list[Draft] = []
        self._keys: dict[str, dict[tuple[str, ...], Row]] = {}
        self._torn: set[str] = set()

    def read(self, file: File[D]) -> tuple[D, ...]:
        """Return the drafts of *file*; what has none is among the rejections."""
        keys = self._keys[file.name] = {}
        drafts: list[D] = []
        for line in read_csv(self._folder / file.name, file.columns):
            match line:
                case Row():
                    self._note(file, line, keys)
                    match map_row(line, file.draft):
                        case Refused(rejections):
                            self.rejections += rejections
                        case draft:
                            drafts.append(draft)
                case Rejection():
                    self._torn.add(file.name)
                    self.rejections.append(line)
                case unreachable:
                    assert_never(unreachable)
        self._drafts += drafts
        return tuple(drafts)

    def unmet_references(self) -> Iterator[Rejection]:
        """Yield each reference to a row that is not there; torn files are given the doubt."""
        for draft in self._drafts:
            for cell, key in references_of(draft):
                file = cell.refers_to or ""
                if file not in self._torn and (key,) not in self._keys[file]:
                    row = draft.row
                    expected = Expected(f"một mã có trong {file}", f"a code that is in {file}")
                    yield Rejection(row.file, row.line, cell.column, key, expected)

    def _note(self, file: File[D], row: Row, keys: dict[tuple[str, ...], Row]) -> None:
        key = file.key_of(row)
        first = keys.setdefault(key, row)
        if first is not row:
            expected = Expected(
                f"một khóa chưa có (đã có ở dòng {first.line})",
                f"a key not yet used (it is on line {first.line})",
            )
            self.rejections.append(
                Rejection(row.file, row.line, ", ".join(file.key), ", ".join(key), expected)
            )
