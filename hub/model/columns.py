"""How a column is written: one naming convention, one collation, one form of provenance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    MetaData,
    SmallInteger,
    String,
    false,
    func,
    true,
)

if TYPE_CHECKING:
    from hub.model.vocabulary import Vocabulary

METADATA = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)

TEXT = String(collation="C")
"""Text in code-point order, so that every server sorts alike and indexes serve comparisons."""


def surrogate_key() -> Column[int]:
    """Return the table's internal key, which never leaves the hub."""
    return Column("id", Integer, Identity(always=False), primary_key=True)


def words(name: str, *, nullable: bool = True) -> Column[str]:
    """Return a text column."""
    return Column(name, TEXT, nullable=nullable)


def code() -> Column[str]:
    """Return the row's public code: lower-case ASCII, dots for levels, hyphens inside a level."""
    return Column("code", TEXT, nullable=False, unique=True)


def named() -> list[Column[str]]:
    """Return the columns of a name: official in Vietnamese, its English gloss, its sort key."""
    return [words("name_vi", nullable=False), words("name_en"), sort_key("name_vi")]


def sort_key(name: str) -> Column[str]:
    """Return the stored key that puts *name* into Vietnamese alphabetical order."""
    return Column(f"{name}_key", TEXT, Computed(f"hub_vi_key({name})", persisted=True))


def word_list(name: str) -> Column[list[str]]:
    """Return a list of texts, empty where nothing is known."""
    return Column(name, ARRAY(TEXT), nullable=False, server_default="{}")


def flag(name: str, *, default: bool = False) -> Column[bool]:
    """Return a yes-or-no column."""
    return Column(name, Boolean, nullable=False, server_default=true() if default else false())


def choice(
    name: str, vocabulary: Vocabulary, *, nullable: bool = True, default: str | None = None
) -> Column[str]:
    """Return a text column closed to *vocabulary*."""
    check = _within(name, vocabulary)
    return Column(name, TEXT, check, nullable=nullable, server_default=default)


def choices(name: str, vocabulary: Vocabulary) -> Column[list[str]]:
    """Return a list column closed to *vocabulary*."""
    listed = ", ".join(f"'{value}'" for value in vocabulary.values)
    check = CheckConstraint(f"{name} <@ ARRAY[{listed}]::varchar[]", name=name)
    return Column(name, ARRAY(TEXT), check, nullable=False, server_default="{}")


def link(name: str, target: str, *, nullable: bool = True, index: bool = True) -> Column[int]:
    """Return a foreign key to *target* (``table.column``), indexed unless another index serves.

    It is checked at commit: documents name agencies and agencies name documents, so whoever loads
    them needs a moment in which one of the two is not there yet.
    """
    key = ForeignKey(target, deferrable=True, initially="DEFERRED")
    return Column(name, Integer, key, nullable=nullable, index=index)


def revisions() -> list[Column[Any]]:
    """Return the columns of a row that keeps its history: a change is a new revision of its code.

    ``superseded_at`` says that a newer revision exists, ``is_withdrawn`` that this ends the row.
    """
    return [
        Column("revision", SmallInteger, nullable=False, server_default="1"),
        Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
        Column("superseded_at", DateTime(timezone=True)),
        flag("is_withdrawn"),
    ]


def provenance() -> list[Column[Any]]:
    """Return the columns that say where a row comes from and what in it is deduced."""
    return [
        link("source_document_id", "document.id", index=False),
        words("source_section"),
        flag("inferred"),
        word_list("inferred_fields"),
        words("notes"),
        flag("synthetic"),
    ]


def _within(name: str, vocabulary: Vocabulary) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in vocabulary.values)
    return CheckConstraint(f"{name} IN ({listed})", name=name)
