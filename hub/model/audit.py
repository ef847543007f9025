"""The audit trail (nhật ký truy cập): who asked for what, what it gave, and what was refused.

Entries form one chain for the installation: each carries the hash of the one before. Nothing in
them is a value that somebody asked for or was given, and no token. ``audit_head`` are the chain's
heads, signed with a key that the database does not know.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    Table,
    Uuid,
)

from hub.model.columns import METADATA, choice, word_list, words
from hub.model.vocabulary import ACCOUNT_KIND, AUDIT_CHANNEL, AUDIT_EVENT, AUDIT_OUTCOME

audit_entry: Final = Table(
    "audit_entry",
    METADATA,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("id", Uuid, nullable=False, unique=True),
    Column("at", DateTime(timezone=True), nullable=False),
    choice("event", AUDIT_EVENT, nullable=False),
    choice("channel", AUDIT_CHANNEL, nullable=False),
    choice("outcome", AUDIT_OUTCOME, nullable=False),
    Column("account_id", Integer),
    words("account"),
    choice("account_kind", ACCOUNT_KIND),
    words("agency"),
    Column("agency_id", Integer),
    Column("jurisdiction_id", Integer),
    words("client"),
    words("source"),
    words("request_id"),
    words("operation"),
    words("document"),
    words("trusted"),
    words("variables"),
    words("target"),
    word_list("codes"),
    words("reason"),
    word_list("row_types"),
    Column("row_counts", ARRAY(Integer), nullable=False, server_default="{}"),
    Column("duration_us", Integer),
    words("version", nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index(None, "agency_id", "at"),
    Index(None, "jurisdiction_id", "at"),
    Index(None, "at"),
)
"""One entry, never changed. No foreign keys: what it names may go, the entry stays.

``document`` is the SHA-256 of the GraphQL document, ``variables`` a keyed digest, ``target`` what
an act was about, by its code or handle, ``codes`` the errors, ``reason`` the class of a refusal.
"""

audit_head: Final = Table(
    "audit_head",
    METADATA,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    Column("signed_at", DateTime(timezone=True), nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)
"""The hash that the chain had after ``sequence``; ``key`` is the Ed25519 public key."""
