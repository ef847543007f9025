"""The demonstration loaded: everything made up, in one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hub.access.principal import LOADER
from hub.database.transaction import Mode, begin
from hub.ingest.demo import (
    conditions,
    duties,
    facilities,
    forms,
    measures,
    money,
    observations,
    reviews,
    sources,
    statuses,
    trainings,
)
from hub.ingest.demo.parts import disaggregation_rows
from hub.ingest.demo.world import read_world
from hub.ingest.merge import merge, number, take_turn
from hub.ingest.progress import Unwatched
from hub.ingest.reference import LoadReport
from hub.model.facilities import facility
from hub.model.intake import data_source
from hub.model.measurement import indicator
from hub.model.organisation import agency
from hub.model.reporting import report_form
from hub.model.situations import area_status, review

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Table

    from hub.clock import Clock
    from hub.database.engine import Database
    from hub.database.transaction import Transaction
    from hub.ingest.demo.facilities import Facility
    from hub.ingest.demo.world import World
    from hub.ingest.progress import Progress
    from hub.ingest.staging import Merged

_STEPS: Final = 4


async def load_demo(
    database: Database, *, seed: int, clock: Clock, progress: Progress | None = None
) -> LoadReport:
    """Add what a hub would hold by now had it been used: facilities, figures, money, reviews.

    The reference data is there already, and none of it is altered. The same seed makes the same
    things; a figure that is there is never altered, so loading again changes nothing but what has
    happened since.
    """
    watch = progress or Unwatched()
    watch.expect(_STEPS)
    async with begin(database, LOADER, Mode.WRITE) as transaction:
        await take_turn(transaction)
        watch.advance("Tạo dữ liệu minh họa")
        world = await read_world(transaction, seed=seed, now=clock())
        housed = facilities.facilities(world)
        ids = await _ids(transaction, agency, (each.code for each in facilities.operators()))
        houses = await _ids(transaction, facility, (each.code for each in housed))
        world = replace(
            world,
            agencies={**world.agencies, **ids},
            facilities={**world.facilities, **houses},
        )
        merged = await _merge(transaction, world, housed)
        watch.advance("Tạo số liệu minh họa")
        measured = await observations.read_measured(transaction)
        rows = list(observations.observation_rows(world, measured, housed))
        watch.advance("Nạp số liệu minh họa")
        merged.append(await observations.add_observations(transaction, rows))
        watch.advance("Ghi nhận số liệu minh họa")
    return LoadReport(tuple(merged))


async def _merge(transaction: Transaction, world: World, housed: list[Facility]) -> list[Merged]:
    known = statuses.statuses(world)
    held = reviews.reviews(world)
    systems = sources.SYSTEMS
    written = (code for each in systems for code in each.writes)
    measures_ids = await _ids(transaction, indicator, dict.fromkeys((*measures.codes(), *written)))
    source_ids = await _ids(transaction, data_source, (each.code for each in systems))
    status_ids = await _ids(transaction, area_status, (each.code for each in known))
    form_ids = await _ids(transaction, report_form, map(forms.form_code, forms.INVENTING))
    regime = await forms.read_regime(transaction)
    review_ids = await _ids(transaction, review, (each.code for each in held))
    return await merge(
        transaction,
        [
            facilities.agency_rows(world),
            facilities.facility_rows(world, housed),
            conditions.condition_rows(world, housed),
            conditions.eligibility_rows(world, housed),
            measures.indicator_rows(world, measures_ids),
            disaggregation_rows(measures_ids),
            measures.target_rows(world, measures_ids),
            forms.form_rows(world, form_ids, regime),
            forms.cell_rows(form_ids, measures_ids),
            duties.progress_rows(world),
            money.budget_rows(world),
            trainings.training_rows(world),
            statuses.status_rows(world, known, status_ids),
            statuses.evidence_rows(world, known, status_ids),
            reviews.pilot_rows(world),
            reviews.review_rows(world, held, review_ids),
            reviews.finding_rows(world, held, review_ids),
            sources.source_rows(world, source_ids),
            sources.right_rows(world, source_ids, measures_ids),
        ],
    )


async def _ids(transaction: Transaction, table: Table, codes: Iterable[str]) -> dict[str, int]:
    ids = await number(transaction, table, ("code",), [(code,) for code in codes])
    return {str(code): id_ for (code,), id_ in ids.items()}
