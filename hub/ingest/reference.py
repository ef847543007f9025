"""The hub's own data, loaded whole: read, checked, and merged in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, Protocol

import asyncpg

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.local import LocalRows
from hub.ingest.merge import merge, number, take_turn
from hub.ingest.progress import Unwatched
from hub.ingest.reading import read_reference
from hub.ingest.rejections import RowInUseError
from hub.ingest.rows import (
    authority,
    duties,
    facilities,
    intake,
    measurement,
    organisation,
    programme,
    reporting,
    resources,
    situations,
    territory,
)
from hub.ingest.rows.ids import Ids
from hub.model import duties as due
from hub.model import facilities as housed
from hub.model import measurement as measured
from hub.model import organisation as organised
from hub.model import programme as planned
from hub.model import reporting as asked
from hub.model import resources as funded
from hub.model import territory as placed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Table

    from hub.database.engine import Database
    from hub.database.transaction import Transaction
    from hub.ingest.files import ReferenceData
    from hub.ingest.history import History
    from hub.ingest.merge import RowSet
    from hub.ingest.progress import Progress
    from hub.ingest.rows.facilities import Station
    from hub.ingest.rows.organisation import Member
    from hub.ingest.rows.territory import Unit
    from hub.ingest.staging import Merged

REFERENCE_FOLDER: Final = Path(__file__).parents[1] / "reference"

_STEPS: Final = 4


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, table by table."""

    tables: tuple[Merged, ...]

    @property
    def is_change(self) -> bool:
        """Tell whether anything was written."""
        return any(table.is_change for table in self.tables)


class _Coded(Protocol):
    """A row with a public code."""

    @property
    def code(self) -> str: ...


class _TakenBackError(Exception):
    """Ends a transaction that was only a trial."""

    def __init__(self, report: LoadReport) -> None:
        self.report = report
        super().__init__()


async def load_reference(
    database: Database,
    folder: Path = REFERENCE_FOLDER,
    *,
    progress: Progress | None = None,
    dry_run: bool = False,
) -> LoadReport:
    """Bring the reference tables to hold what the files in *folder* say, or change nothing.

    A row keeps its id from load to load; loading the same files again changes nothing. Raises
    ``RejectedDataError`` with all that is wrong in the files, and ``RowInUseError`` where a row
    that vanished from them is still needed. A *dry_run* goes all the way, then takes it back.
    """
    watch = progress or Unwatched()
    watch.expect(_STEPS)
    watch.advance("Đọc dữ liệu gốc")
    data = read_reference(folder)
    try:
        async with begin(database, LOADER, Mode.WRITE) as transaction:
            await take_turn(transaction)
            watch.advance("Đối chiếu mã")
            deduced = _deduce(data)
            ids = await _number(transaction, data, deduced)
            watch.advance("Nạp danh mục, địa bàn, phân công, chỉ tiêu, nhiệm vụ")
            sets = _row_sets(data, deduced, ids)
            report = LoadReport(tuple(await merge(transaction, sets)))
            watch.advance("Kiểm tra ràng buộc và ghi nhận")
            await transaction.check_constraints()
            if dry_run:
                _take_back(report)
    except _TakenBackError as taken:
        return taken.report
    except asyncpg.ForeignKeyViolationError as error:
        raise RowInUseError(table=error.table_name) from error
    return report


def _take_back(report: LoadReport) -> NoReturn:
    raise _TakenBackError(report)


@dataclass(frozen=True, slots=True)
class _Deduced:
    """What no file lists: it follows from what the files say."""

    members: list[Member]
    units: list[Unit]
    stations: list[Station]


def _deduce(data: ReferenceData) -> _Deduced:
    members = organisation.members_of(data)
    return _Deduced(members, territory.units_of(data), facilities.stations_of(data, members))


async def _number(transaction: Transaction, data: ReferenceData, deduced: _Deduced) -> Ids:
    async def by_code(table: Table, *rows: Iterable[_Coded]) -> dict[str, int]:
        codes = [(row.code,) for row in chain(*rows)]
        ids = await number(transaction, table, ("code",), codes)
        return {str(code): id_ for (code,), id_ in ids.items()}

    areas = [unit.key for unit in deduced.units]
    area_ids = await number(transaction, placed.area, ("code", "valid_from"), areas)
    return Ids(
        jurisdiction=await by_code(placed.jurisdiction, data.jurisdictions),
        document=await by_code(planned.document, data.documents),
        programme=await by_code(planned.programme, data.programmes),
        project=await by_code(planned.project, data.projects),
        agency=await by_code(organised.agency, data.agencies, deduced.members),
        indicator=await by_code(measured.indicator, data.indicators),
        facility_type=await by_code(housed.facility_type, data.facility_types),
        facility=await by_code(housed.facility, data.facilities, deduced.stations),
        task=await by_code(due.task, data.tasks),
        funding_source=await by_code(funded.funding_source, data.funding_sources),
        reporting_duty=await by_code(due.reporting_duty, data.reporting_duties),
        reporting_regime=await by_code(due.reporting_regime, data.reporting_regimes),
        report_form=await by_code(asked.report_form, data.report_forms),
        area={unit.key: area_ids[unit.key] for unit in deduced.units},
    )


def _row_sets(data: ReferenceData, deduced: _Deduced, ids: Ids) -> list[RowSet | History]:
    local = LocalRows.of(data)
    return [
        territory.jurisdictions(data, ids),
        territory.areas(deduced.units, ids),
        territory.lineage(data, ids),
        organisation.agencies(data, deduced.members, ids),
        programme.documents(data, local, ids),
        programme.programmes(data, ids),
        programme.document_links(data, ids),
        programme.projects(data, local, ids),
        organisation.assignments(data, local, ids),
        measurement.indicators(data, local, ids),
        measurement.disaggregations(data, ids),
        measurement.targets(data, ids),
        facilities.facility_types(data, ids),
        facilities.facilities(data, deduced.stations, local, ids),
        duties.tasks(data, local, ids),
        *duties.task_links(data, ids),
        duties.reporting_duties(data, local, ids),
        duties.duty_links(data, ids),
        duties.reporting_regimes(data, ids),
        measurement.periods(data, ids),
        reporting.report_forms(data, local, ids),
        reporting.form_cells(data, ids),
        resources.funding_sources(data, local, ids),
        *resources.funding_links(data, ids),
        intake.quality_checks(data, ids),
        situations.glossary(data, ids),
        authority.grants(data, deduced.members, local, ids),
    ]
