"""What pgqueuer's tables are called here, whatever the environment says of its own defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.settings import DBSettings, Durability
from pgqueuer.domain.types import Channel

from hub.model.jobs import SCHEMA, job, job_log, job_schedule, job_statistic

if TYPE_CHECKING:
    from pgqueuer.ports.driver import Driver

CHANNEL: Final = Channel("ch_pgqueuer")
"""Where the database tells that there is work."""

NAMES: Final = DBSettings(
    prefix="",
    db_schema=SCHEMA,
    channel=CHANNEL,
    function="fn_pgqueuer_changed",
    statistics_table=job_statistic.name,
    queue_status_type="pgqueuer_status",
    queue_table=job.name,
    queue_table_log=job_log.name,
    trigger="tg_pgqueuer_changed",
    schedules_table=job_schedule.name,
    durability=Durability.durable,
)


def queries_of(driver: Driver) -> Queries:
    """Return what pgqueuer asks the database through *driver*, by these names."""
    return Queries(
        driver,
        qbe=QueryBuilderEnvironment(NAMES),
        qbq=QueryQueueBuilder(NAMES),
        qbs=QuerySchedulerBuilder(NAMES),
    )
