"""Trusted operations (câu hỏi tin cậy) that were registered while the hub served."""

from __future__ import annotations

from typing import Final

from sqlalchemy import CheckConstraint, Column, DateTime, Index, Table, func

from hub.model.columns import METADATA, choice, link, surrogate_key, words
from hub.model.vocabulary import OPERATION_AUDIENCE

trusted_operation: Final = Table(
    "trusted_operation",
    METADATA,
    surrogate_key(),
    words("sha256", nullable=False),
    words("name", nullable=False),
    words("text", nullable=False),
    choice("audience", OPERATION_AUDIENCE, nullable=False),
    link("owner_id", "agency.id", nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    words("added_by", nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("ended_at", DateTime(timezone=True)),
    CheckConstraint("length(sha256) = 64", name="digest"),
)
"""A text, known by the SHA-256 of its canonical form. A row is ended, never deleted or altered."""

Index(
    "trusted_operation_in_force",
    trusted_operation.c.sha256,
    trusted_operation.c.audience,
    unique=True,
    postgresql_where=trusted_operation.c.ended_at.is_(None),
)
