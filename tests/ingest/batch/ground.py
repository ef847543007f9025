"""Sources that may write, and what they send."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import ARRAY, any_, insert, literal, select

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.batch.deliveries import Deliveries
from hub.ingest.batch.processing import Workshop, process_batch
from hub.ingest.batch.records import Sending, record_delivery
from hub.ingest.batch.sources import SOURCE_ISSUER, get_source
from hub.model.authority import account
from hub.model.columns import TEXT
from hub.model.intake import data_source, source_right
from hub.model.measurement import indicator, observation, period
from hub.model.organisation import agency
from hub.model.territory import area
from tests.ingest.rows import fetch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from uuid import UUID

    from hub.database.engine import Database
    from hub.ingest.batch.reports import BatchReport
    from hub.ingest.batch.sources import Source

NOW: Final = datetime(2026, 10, 20, 3, 0, tzinfo=UTC)
WARD: Final = "00004"
COMMITTEE: Final = f"hn.ubnd-cap-xa.{WARD}"
RATE: Final = "hn.da5.tu-van-cai-nghien"
COUNT: Final = "hn.da5.so-nguoi-nghien"


async def register(  # noqa: PLR0913  (each is asked for by name)
    database: Database,
    code: str,
    *,
    owner: str = COMMITTEE,
    kind: str = "push",
    indicators: Sequence[str] = (RATE, COUNT),
    areas: Sequence[str] = (WARD,),
) -> Source:
    """Register a source that may write *indicators* in *areas*, or everywhere where none is named.

    Its account is a machine of its owner; finished months of 2026 are open to it.
    """
    named = select(literal(SOURCE_ISSUER), literal(code), literal("machine"), agency.c.id)
    listed = any_(literal(list(areas), ARRAY(TEXT)))
    measured = any_(literal(list(indicators), ARRAY(TEXT)))
    async with begin(database, LOADER, Mode.WRITE) as transaction:
        await transaction.execute(
            insert(account).from_select(
                ["issuer", "subject", "kind", "agency_id"], named.where(agency.c.code == owner)
            )
        )
        [(owner_id, place, account_id)] = await transaction.fetch(
            select(agency.c.id, agency.c.jurisdiction_id, account.c.id)
            .join_from(agency, account, account.c.agency_id == agency.c.id)
            .where(agency.c.code == owner, account.c.subject == code)
        )
        await transaction.execute(
            insert(data_source).values(
                code=code,
                name_vi="Nguồn thử",
                jurisdiction_id=place,
                owner_id=owner_id,
                kind=kind,
                account_id=account_id,
                open_from=date(2026, 1, 1),
            )
        )
        [[source_id]] = await transaction.fetch(
            select(data_source.c.id).where(data_source.c.code == code)
        )
        where = select(area.c.id).where(area.c.code == listed, area.c.valid_to.is_(None))
        spots = [row[0] for row in await transaction.fetch(where)] if areas else [None]
        known = await transaction.fetch(select(indicator.c.id).where(indicator.c.code == measured))
        await transaction.insert(
            source_right,
            [
                {"source_id": source_id, "indicator_id": each[0], "area_id": spot}
                for each in known
                for spot in spots
            ],
        )
    return await get_source(database, code)


@dataclass
class Sender:
    """Sends rows of one source to a hub, and has them taken."""

    database: Database
    source: Source
    home: Path

    @property
    def shop(self) -> Workshop:
        """Return what its batches are worked on with."""
        return Workshop(self.database, Deliveries.of(self.home), lambda: NOW)

    async def send(self, *rows: object, key: str | None = None) -> BatchReport:
        """Send *rows* as NDJSON and return what came of them."""
        return await process_batch(self.shop, await self.record(*rows, key=key))

    async def record(self, *rows: object, key: str | None = None) -> UUID:
        """Record *rows* as a waiting batch."""
        with self.shop.deliveries.receive() as arriving:
            for row in rows:
                arriving.write(json.dumps(row).encode() + b"\n")
            recorded = await record_delivery(
                self.database,
                self.shop.deliveries,
                source=self.source,
                delivery=arriving.end(),
                sending=Sending("push", "ndjson", key),
            )
        return recorded.id


def rate(numerator: object, denominator: object, **more: object) -> dict[str, object]:
    """Return a row of the rate, of September in the ward."""
    row = {"indicator": RATE, "area": WARD, "period": "2026-09"}
    return {**row, "numerator": numerator, "denominator": denominator, **more}


def count(value: object, **more: object) -> dict[str, object]:
    """Return a row of the count, of September in the ward."""
    return {"indicator": COUNT, "area": WARD, "period": "2026-09", "value": value, **more}


async def figures(database: Database) -> list[tuple[object, ...]]:
    """Return every revision of every figure that is not made up, in order."""
    o = observation.c
    query = (
        select(
            indicator.c.code,
            area.c.code,
            period.c.label,
            o.revision,
            o.value,
            o.numerator,
            o.denominator,
            o.status,
            o.is_withdrawn,
            o.superseded_at.is_(None),
        )
        .select_from(observation)
        .join(indicator, indicator.c.id == o.indicator_id)
        .join(area, area.c.id == o.area_id)
        .join(period, period.c.id == o.period_id)
        .where(o.batch_id.is_not(None))
        .order_by(indicator.c.code, area.c.code, period.c.label, o.facility_id, o.revision)
    )
    return await fetch(database, query)
