"""The queue of work (hàng đợi công việc): what is to be done beside serving.

The tables are pgqueuer's own, in a schema of their own; a migration makes them. They are declared
here as far as the hub asks for them: nothing is made from this.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Enum,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    func,
)

SCHEMA: Final = "jobs"

QUEUE: Final = MetaData(schema=SCHEMA)
"""The tables of the queue; the hub's own are in ``METADATA``."""

_STATUS: Final = Enum(
    "queued",
    "picked",
    "successful",
    "exception",
    "canceled",
    "deleted",
    "failed",
    name="pgqueuer_status",
    metadata=QUEUE,
)

job: Final = Table(
    "pgqueuer",
    QUEUE,
    Column("id", BigInteger, primary_key=True),
    Column("priority", Integer, nullable=False),
    Column("created", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("heartbeat", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("execute_after", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("status", _STATUS, nullable=False),
    Column("entrypoint", String, nullable=False),
    Column("dedupe_key", String),
    Column("payload", LargeBinary),
    Column("attempts", Integer, nullable=False, server_default="0"),
)
"""A job that waits (``queued``), is under way (``picked``) or was given up (``failed``).

``entrypoint`` is its kind, ``payload`` the key of what it is about; it holds no data.
"""

job_log: Final = Table(
    "pgqueuer_log",
    QUEUE,
    Column("id", BigInteger, primary_key=True),
    Column("created", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("job_id", BigInteger, nullable=False),
    Column("status", _STATUS, nullable=False),
)
"""Each step of each job; kept for a while after its end."""

job_schedule: Final = Table("pgqueuer_schedules", QUEUE, Column("id", BigInteger, primary_key=True))
"""What runs by the clock, once for all workers."""

job_statistic: Final = Table(
    "pgqueuer_statistics",
    QUEUE,
    Column("id", BigInteger, primary_key=True),
    Column("created", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
"""How many jobs came to which end, by the second."""

QUEUE_TABLES: Final = (job, job_log, job_schedule, job_statistic)
