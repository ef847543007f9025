"""Programmes (chương trình), their project trees (dự án) and the documents behind them (văn bản).

A national project node is a definition; a local row is one place's carrying-out of it, and is seen
through a grant. ``project`` in the source files is the national code: with the jurisdiction it
gives the local row.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, SmallInteger, Table, UniqueConstraint

from hub.model.columns import (
    METADATA,
    choice,
    code,
    flag,
    link,
    named,
    provenance,
    sort_key,
    surrogate_key,
    word_list,
    words,
)
from hub.model.vocabulary import (
    DOCUMENT_RELATION,
    DOCUMENT_STATUS,
    DOCUMENT_TYPE,
    NODE_TYPE,
    PROGRAMME_SCOPE,
)

programme: Final = Table(
    "programme",
    METADATA,
    surrogate_key(),
    code(),
    *named(),
    choice("scope", PROGRAMME_SCOPE, nullable=False),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("parent_id", "programme.id"),
    Column("period_start", SmallInteger),
    Column("period_end", SmallInteger),
    link("standing_agency_id", "agency.id"),
    *provenance(),
)

project: Final = Table(
    "project",
    METADATA,
    surrogate_key(),
    code(),
    choice("node_type", NODE_TYPE, nullable=False),
    words("number"),
    flag("is_national"),
    link("programme_id", "programme.id", nullable=False),
    link("jurisdiction_id", "jurisdiction.id", nullable=False),
    link("parent_id", "project.id"),
    link("national_project_id", "project.id", index=False),
    words("name_vi"),
    words("name_en"),
    sort_key("name_vi"),
    Column("period_start", SmallInteger),
    Column("period_end", SmallInteger),
    link("lead_agency_id", "agency.id"),
    link("plan_document_id", "document.id"),
    *provenance(),
    Index(None, "national_project_id", "jurisdiction_id"),
)

document: Final = Table(
    "document",
    METADATA,
    surrogate_key(),
    code(),
    words("number"),
    choice("doc_type", DOCUMENT_TYPE, nullable=False),
    choice("status", DOCUMENT_STATUS, nullable=False),
    words("title_vi", nullable=False),
    words("title_en"),
    sort_key("title_vi"),
    words("issued_on"),
    link("issuer_id", "agency.id"),
    link("jurisdiction_id", "jurisdiction.id"),
    link("programme_id", "programme.id"),
    link("project_id", "project.id"),
    link("national_project_id", "project.id"),
    words("signatory_title"),
    words("published_at"),
    word_list("named_in"),
    *provenance(),
)

document_link: Final = Table(
    "document_link",
    METADATA,
    surrogate_key(),
    link("document_id", "document.id", nullable=False),
    choice("relation", DOCUMENT_RELATION, nullable=False),
    link("programme_id", "programme.id"),
    link("related_document_id", "document.id"),
    UniqueConstraint(
        "document_id",
        "relation",
        "programme_id",
        "related_document_id",
        postgresql_nulls_not_distinct=True,
    ),
)
