"""The hub's own data, loaded whole: read, checked, and merged in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import asyncpg

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.local import LocalRows
from hub.ingest.merge import Merged, merge, number, take_turn
from hub.ingest.progress import Unwatched
from hub.ingest.reading import read_reference
from hub.ingest.rejections import RowInUseError
from hub.ingest.rows import authority, measurement, organisation, programme, territory
from hub.ingest.rows.ids import Ids
from hub.model import measurement as measured
from hub.model import organisation as organised
from hub.model import programme as planned
from hub.model import territory as placed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Table

    from hub.database.engine import Database
    from hub.database.transaction import Transaction
    from hub.ingest.files import ReferenceData
    from hub.ingest.merge import RowSet
    from hub.ingest.progress import Progress
    from hub.ingest.rows.organisation import Member
    from hub.ingest.rows.territory import Unit

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
            members = organisation.members_of(data)
            units = territory.units_of(data)
            ids = await _number(transaction, data, members, units)
            watch.advance("Nạp danh mục, địa bàn, phân công, chỉ tiêu")
            sets = _row_sets(data, members, units, ids)
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


async def _number(
    transaction: Transaction, data: ReferenceData, members: list[Member], units: list[Unit]
) -> Ids:
    async def by_code(table: Table, codes: Iterable[str]) -> dict[str, int]:
        ids = await number(transaction, table, ("code",), [(code,) for code in codes])
        return {str(code): id_ for (code,), id_ in ids.items()}

    areas = await number(
        transaction, placed.area, ("code", "valid_from"), [unit.key for unit in units]
    )
    return Ids(
        jurisdiction=await by_code(placed.jurisdiction, (r.code for r in data.jurisdictions)),
        document=await by_code(planned.document, (r.code for r in data.documents)),
        programme=await by_code(planned.programme, (r.code for r in data.programmes)),
        project=await by_code(planned.project, (r.code for r in data.projects)),
        agency=await by_code(
            organised.agency, [*(r.code for r in data.agencies), *(m.code for m in members)]
        ),
        assignment=await by_code(organised.assignment, (r.code for r in data.assignments)),
        indicator=await by_code(measured.indicator, (r.code for r in data.indicators)),
        target=await by_code(measured.target, (r.code for r in data.targets)),
        area={unit.key: areas[unit.key] for unit in units},
    )


def _row_sets(
    data: ReferenceData, members: list[Member], units: list[Unit], ids: Ids
) -> list[RowSet]:
    local = LocalRows.of(data)
    return [
        territory.jurisdictions(data, ids),
        territory.areas(units, ids),
        territory.lineage(data, ids),
        organisation.agencies(data, members, ids),
        programme.documents(data, local, ids),
        programme.programmes(data, ids),
        programme.document_links(data, ids),
        programme.projects(data, local, ids),
        organisation.assignments(data, local, ids),
        organisation.partners(data, ids),
        measurement.indicators(data, local, ids),
        measurement.targets(data, ids),
        measurement.periods(),
        authority.grants(data, members, local, ids),
    ]
