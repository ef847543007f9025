"""What may be exported: columns, their Vietnamese names, and rows under the reader's rights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Select, and_, not_, or_, select

from hub.database.transaction import Mode, begin
from hub.errors import HubError
from hub.model.measurement import indicator, observation, period
from hub.model.organisation import agency
from hub.model.programme import project
from hub.model.territory import area

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    import asyncpg
    from sqlalchemy import ColumnElement

    from hub.access.principal import Principal
    from hub.database.engine import Database


class UnknownDatasetError(HubError):
    """There is no such dataset."""

    code = "DATASET_UNKNOWN"
    vi = "Không có tập dữ liệu “{name}”; hiện có: {known}."
    en = "There is no dataset “{name}”; there are: {known}."


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table to take away.

    Attributes:
        name: what it is asked for by.
        of: the type whose rows these are.
        columns: header → its Vietnamese wording, in order; the statement's columns are the same.
        statement: its rows, in a lasting order.
    """

    name: str
    of: str
    columns: Mapping[str, str]
    statement: Select[Any]


def _newest() -> ColumnElement[bool]:
    newer = observation.alias("newer")
    seen_later = select(newer.c.id).where(
        newer.c.origin_id == observation.c.origin_id,
        newer.c.revision > observation.c.revision,
    )
    is_newest = or_(observation.c.superseded_at.is_(None), not_(seen_later.exists()))
    return and_(is_newest, not_(observation.c.is_withdrawn))


OBSERVATIONS: Final = Dataset(
    "observations",
    "Observation",
    {
        "project": "Dự án",
        "indicator": "Mã chỉ tiêu",
        "indicator_name": "Tên chỉ tiêu",
        "unit": "Đơn vị tính",
        "area": "Mã địa bàn",
        "area_name": "Tên địa bàn",
        "agency": "Đơn vị báo cáo",
        "period": "Kỳ",
        "period_start": "Từ ngày",
        "period_end": "Đến ngày",
        "calendar": "Lịch kỳ",
        "numerator": "Tử số",
        "denominator": "Mẫu số",
        "value": "Giá trị",
        "status": "Trạng thái",
        "revision": "Lần sửa",
        "recorded_at": "Thời điểm ghi nhận",
        "source": "Nguồn",
        "synthetic": "Số liệu minh họa",
    },
    select(
        project.c.code.label("project"),
        indicator.c.code.label("indicator"),
        indicator.c.name_vi.label("indicator_name"),
        indicator.c.unit,
        area.c.code.label("area"),
        area.c.name.label("area_name"),
        agency.c.code.label("agency"),
        period.c.label.label("period"),
        period.c.starts_on.label("period_start"),
        period.c.ends_on.label("period_end"),
        period.c.calendar,
        observation.c.numerator,
        observation.c.denominator,
        observation.c.value,
        observation.c.status,
        observation.c.revision,
        observation.c.recorded_at,
        observation.c.source,
        observation.c.synthetic,
    )
    .join_from(observation, indicator, indicator.c.id == observation.c.indicator_id)
    .join(area, area.c.id == observation.c.area_id)
    .join(agency, agency.c.id == observation.c.agency_id)
    .join(period, period.c.id == observation.c.period_id)
    .outerjoin(project, project.c.id == observation.c.project_id)
    .where(_newest())
    .order_by(
        indicator.c.code, period.c.starts_on, period.c.ends_on, area.c.code, observation.c.id
    ),
)

DATASETS: Final = {dataset.name: dataset for dataset in (OBSERVATIONS,)}

_BATCH = 1000


def find_dataset(name: str) -> Dataset:
    """Return the dataset called *name*, or raise ``UnknownDatasetError``."""
    if name not in DATASETS:
        raise UnknownDatasetError(name=name, known=", ".join(DATASETS))
    return DATASETS[name]


async def stream_rows(
    database: Database, principal: Principal, dataset: Dataset
) -> AsyncGenerator[list[asyncpg.Record]]:
    """Yield the rows that *principal* may see, in batches, from one snapshot.

    A connection is held until the last is taken, or it is closed.
    """
    async with begin(database, principal, Mode.READ) as transaction:
        batch: list[asyncpg.Record] = []
        async for record in transaction.stream(dataset.statement, batch=_BATCH):
            batch.append(record)
            if len(batch) == _BATCH:
                yield batch
                batch = []
        if batch:
            yield batch
