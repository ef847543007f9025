"""What comes in: sources (nguồn dữ liệu), their rights, batches (lô nhập) and rows not taken.

A source is a registered system that acts through an account of its own. ``batch`` is the record of
one delivery, ``batch_row`` of each of its rows that was not taken or was taken with a warning.
What a source has a right to write is ``source_right``, and nothing else.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from hub.model.columns import (
    METADATA,
    TEXT,
    choice,
    code,
    flag,
    link,
    named,
    surrogate_key,
    word_list,
    words,
)
from hub.model.intake_terms import (
    BATCH_CHANNEL,
    BATCH_STATUS,
    DELIVERY_FORMAT,
    QUALITY_OUTCOME,
    QUALITY_RULE,
    ROW_DECISION,
    ROW_OUTCOME,
    SOURCE_TERM_KIND,
)
from hub.model.vocabulary import CALENDAR, OBSERVATION_STATUS, SOURCE_KIND, UNIT

data_source: Final = Table(
    "data_source",
    METADATA,
    surrogate_key(),
    code(),
    *named(),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("owner_id", "agency.id", nullable=False),
    choice("kind", SOURCE_KIND, nullable=False),
    words("description"),
    flag("synthetic"),
    link("account_id", "account.id", index=False),
    link("area_id", "area.id", index=False),
    choice("calendar", CALENDAR, nullable=False, default="calendar"),
    Column("mapping_version", Integer, nullable=False, server_default="1"),
    words("schedule"),
    Column("open_from", Date),
    UniqueConstraint("account_id"),
)
"""``account_id`` is whom it acts as; without one nothing can be written for it. ``area_id`` is the
area of rows that name none, ``calendar`` that of its periods. Periods that began before
``open_from`` are closed to it. ``schedule`` is when it is fetched, as cron has it, in UTC."""

source_right: Final = Table(
    "source_right",
    METADATA,
    surrogate_key(),
    link("source_id", "data_source.id", nullable=False, index=False),
    link("indicator_id", "indicator.id", nullable=False, index=False),
    link("area_id", "area.id", index=False),
    UniqueConstraint("source_id", "indicator_id", "area_id", postgresql_nulls_not_distinct=True),
)
"""What a source may write: an indicator in an area, or in every area of its place."""

source_term: Final = Table(
    "source_term",
    METADATA,
    surrogate_key(),
    link("source_id", "data_source.id", nullable=False, index=False),
    choice("kind", SOURCE_TERM_KIND, nullable=False),
    words("term", nullable=False),
    words("code", nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    UniqueConstraint("source_id", "kind", "term", "valid_from", postgresql_nulls_not_distinct=True),
)
"""A source's own word for something, and the hub's code of it, from one day until another: the
first on which it does so no longer."""

source_share: Final = Table(
    "source_share",
    METADATA,
    surrogate_key(),
    link("source_id", "data_source.id", nullable=False, index=False),
    link("predecessor_id", "area.id", nullable=False, index=False),
    link("successor_id", "area.id", nullable=False, index=False),
    Column("share", Numeric, nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    UniqueConstraint(
        "source_id",
        "predecessor_id",
        "successor_id",
        "valid_from",
        name="source_share_natural_key",
        postgresql_nulls_not_distinct=True,
    ),
    CheckConstraint("share > 0 AND share <= 1", name="share"),
)
"""What share of a divided area's figures a source counts for a successor, from one day until
another; those of one area and day add up to one."""

source_checkpoint: Final = Table(
    "source_checkpoint",
    METADATA,
    link("source_id", "data_source.id", nullable=False, index=False),
    words("name", nullable=False),
    Column("state", JSONB, nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    PrimaryKeyConstraint("source_id", "name"),
)
"""How far a source has been fetched: the last page, watermark or file that was committed; and by
names of their own, records that wait for their period's end, and figures read since a register was
compared."""

batch: Final = Table(
    "batch",
    METADATA,
    Column("id", Uuid, primary_key=True, server_default=func.hub_new_id()),
    Column("code", TEXT, Computed("id::text", persisted=True), nullable=False, unique=True),
    link("source_id", "data_source.id", nullable=False, index=False),
    link("agency_id", "agency.id", nullable=False, index=False),
    link("jurisdiction_id", "jurisdiction.id", nullable=False, index=False),
    link("sent_by_id", "account.id", index=False),
    choice("channel", BATCH_CHANNEL, nullable=False),
    choice("format", DELIVERY_FORMAT, nullable=False),
    words("digest", nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    words("idempotency_key"),
    Column("mapping_version", Integer, nullable=False),
    choice("enters_as", OBSERVATION_STATUS, nullable=False),
    choice("status", BATCH_STATUS, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("started_at", DateTime(timezone=True)),
    Column("finished_at", DateTime(timezone=True)),
    Column("rows_received", Integer, nullable=False, server_default="0"),
    Column("rows_new", Integer, nullable=False, server_default="0"),
    Column("rows_revised", Integer, nullable=False, server_default="0"),
    Column("rows_unchanged", Integer, nullable=False, server_default="0"),
    Column("rows_withdrawn", Integer, nullable=False, server_default="0"),
    Column("rows_held", Integer, nullable=False, server_default="0"),
    Column("rows_rejected", Integer, nullable=False, server_default="0"),
    Column("rows_warned", Integer, nullable=False, server_default="0"),
    words("refusal"),
    words("refusal_place"),
    words("refusal_sentence"),
    UniqueConstraint("source_id", "idempotency_key"),
    Index(None, "source_id", "received_at"),
    Index(None, "agency_id", "received_at"),
    Index(None, "jurisdiction_id", "received_at"),
    CheckConstraint("enters_as IN ('draft', 'submitted')", name="never_approved"),
    CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest"),
    CheckConstraint("(status = 'refused') = (refusal IS NOT NULL)", name="refusal"),
)
"""``code`` is how it is asked for. ``digest`` is the SHA-256 of what was sent. Of a refused batch
only that and its size are kept; ``refusal`` is the code of why, ``refusal_place`` where, not what,
and ``refusal_sentence`` what the sender is told, in Vietnamese. Counts add up: received is new,
revised, unchanged, withdrawn, held and rejected; warned rows are among those that were taken."""

batch_row: Final = Table(
    "batch_row",
    METADATA,
    Column("id", Uuid, primary_key=True, server_default=func.hub_new_id()),
    Column("batch_id", ForeignKey("batch.id"), nullable=False),
    link("agency_id", "agency.id", nullable=False, index=False),
    link("jurisdiction_id", "jurisdiction.id", nullable=False, index=False),
    words("sheet"),
    Column("line", Integer, nullable=False),
    words("column_name"),
    words("found"),
    words("expected"),
    words("code", nullable=False),
    choice("outcome", ROW_OUTCOME, nullable=False),
    word_list("candidates"),
    Column("content", JSONB(none_as_null=True)),
    choice("decision", ROW_DECISION),
    Column("correction", JSONB(none_as_null=True)),
    link("decided_by_id", "account.id", index=False),
    Column("decided_at", DateTime(timezone=True)),
    Index(None, "batch_id", "line"),
    Index(None, "agency_id"),
    Index(None, "jurisdiction_id"),
    CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided"),
    CheckConstraint("outcome = 'held' OR decision IS NULL", name="held"),
)
"""A row that was not taken, or that was taken with a warning. ``content`` is the row as it was
read, kept of held ones for as long as nobody has decided; ``correction`` what was put instead."""

figure_version: Final = Table(
    "figure_version",
    METADATA,
    link("source_id", "data_source.id", nullable=False, index=False),
    Column("origin_id", Uuid, nullable=False),
    Column("version", BigInteger, nullable=False),
    PrimaryKeyConstraint("source_id", "origin_id"),
)
"""The newest version that a source has sent of a figure, whether it changed the figure or not."""

figure_contribution: Final = Table(
    "figure_contribution",
    METADATA,
    link("source_id", "data_source.id", nullable=False, index=False),
    Column("origin_id", Uuid, nullable=False),
    link("predecessor_id", "area.id", nullable=False, index=False),
    Column("revision", Integer, nullable=False),
    Column("numerator", BigInteger),
    Column("denominator", BigInteger),
    Column("value", Numeric),
    Column("is_withdrawn", Boolean, nullable=False),
    Column("version", BigInteger),
    Column("received_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("source_id", "origin_id", "predecessor_id"),
)
"""What a source has said last of an area of before, for the one that its figures count for. The
figure is the sum of those whose ``revision`` is its own; others were overtaken by what was said of
it as a whole."""

quality_check: Final = Table(
    "quality_check",
    METADATA,
    surrogate_key(),
    code(),
    link("indicator_id", "indicator.id"),
    choice("unit", UNIT),
    choice("rule", QUALITY_RULE, nullable=False),
    Column("lower_bound", Numeric),
    Column("upper_bound", Numeric),
    Column("limit_value", Numeric),
    word_list("parts"),
    choice("outcome", QUALITY_OUTCOME, nullable=False),
    words("why"),
)
"""A check of an indicator's figures, or of every indicator of a unit, or of all. ``limit_value`` is
the greatest change from the period before as a share of it, or the modified z-score beyond which a
value is an outlier; ``parts`` are the codes of the indicators whose sum the figure is."""
