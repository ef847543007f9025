"""Who may: accounts (tài khoản), their agencies' grants (quyền), and the scopes policies read.

A grant is holder × capabilities × project subtree × area subtree × data classes × states ×
validity. ``scope`` is each grant written out, one row for every data class and project, so that a
row policy needs no walk through trees, and ``reach`` sums up what the scopes of one holder reach,
so that it needs one look-up; both are kept by the database itself.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
)

from hub.model.columns import (
    METADATA,
    TEXT,
    choice,
    choices,
    code,
    flag,
    link,
    surrogate_key,
    words,
)
from hub.model.vocabulary import (
    ACCOUNT_KIND,
    AREA_SCOPE,
    CAPABILITY,
    DATA_CLASS,
    GRANT_ORIGIN,
    NOTICE_KIND,
    OBSERVATION_STATUS,
    ROLE,
)

account: Final = Table(
    "account",
    METADATA,
    surrogate_key(),
    Column("handle", Uuid, nullable=False, unique=True, server_default=func.hub_new_id()),
    Column("issuer", TEXT, nullable=False),
    Column("subject", TEXT, nullable=False),
    choice("kind", ACCOUNT_KIND, nullable=False),
    link("agency_id", "agency.id", nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("suspended_at", DateTime(timezone=True)),
    UniqueConstraint("issuer", "subject"),
)

access_grant: Final = Table(
    "access_grant",
    METADATA,
    surrogate_key(),
    code(),
    choice("origin", GRANT_ORIGIN, nullable=False),
    link("holder_id", "agency.id"),
    flag("is_public"),
    choice("role", ROLE),
    link("jurisdiction_id", "jurisdiction.id"),
    link("programme_id", "programme.id"),
    link("project_id", "project.id"),
    choices("data_classes", DATA_CLASS),
    choices("capabilities", CAPABILITY),
    choices("states", OBSERVATION_STATUS),
    choice("area_scope", AREA_SCOPE, nullable=False),
    link("area_id", "area.id"),
    flag("is_break_glass"),
    link("given_by_id", "account.id"),
    words("limits"),
    words("basis"),
    words("why"),
    Column("valid_from", DateTime(timezone=True)),
    Column("valid_until", DateTime(timezone=True)),
)

scope: Final = Table(
    "scope",
    METADATA,
    surrogate_key(),
    link("grant_id", "access_grant.id", nullable=False, index=False),
    link("holder_id", "agency.id", nullable=False, index=False),
    choice("data_class", DATA_CLASS, nullable=False),
    choice("capability", CAPABILITY, nullable=False),
    link("project_id", "project.id", index=False),
    link("area_id", "area.id", index=False),
    flag("accepted_only"),
    flag("reveals_drafts"),
    Column("valid_from", DateTime(timezone=True)),
    Column("valid_until", DateTime(timezone=True)),
    Index(None, "holder_id", "data_class", "capability"),
    Index(None, "grant_id", "data_class", "capability"),
)

reach: Final = Table(
    "reach",
    METADATA,
    link("holder_id", "agency.id", nullable=False, index=False),
    choice("data_class", DATA_CLASS, nullable=False),
    Column("valid_from", DateTime(timezone=True), nullable=False),
    Column("valid_until", DateTime(timezone=True), nullable=False),
    Column("lists", ARRAY(Text), nullable=False),
    PrimaryKeyConstraint("holder_id", "data_class", "valid_from"),
)
"""What the scopes of a holder reach together, for every stretch of time in which none begins or
ends; kept by the database itself. ``lists`` has a list of keys for each part of ``hub_held``."""

access_epoch: Final = Table(
    "access_epoch",
    METADATA,
    Column("id", Boolean, CheckConstraint("id", name="single"), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
"""How often accounts and grants have changed; kept by the database itself, in the changing
transaction. What was found out about somebody holds for as long as it stays."""

notice: Final = Table(
    "notice",
    METADATA,
    Column("id", Uuid, primary_key=True, server_default=func.hub_new_id()),
    link("agency_id", "agency.id", nullable=False),
    choice("kind", NOTICE_KIND, nullable=False),
    link("grant_id", "access_grant.id"),
    words("reason"),
    Column("noted_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
"""What an agency is told about its data, such as that somebody broke the glass over its drafts."""
