"""Members that many entities share, and short ways to declare the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hub.model.entities import Field, Localized, Member, Scalar, ToMany, ToOne
from hub.model.programme import document, project
from hub.model.territory import jurisdiction

if TYPE_CHECKING:
    from sqlalchemy import Column, Table

    from hub.model.vocabulary import Vocabulary


def text(name: str, column: Column[Any], description: str) -> Field:
    """Return a field of free words, which no list is ordered by."""
    return Field(name, column, Scalar.TEXT, description, is_orderable=False)


def choice(name: str, column: Column[Any], vocabulary: Vocabulary, description: str) -> Field:
    """Return a field closed to *vocabulary*."""
    return Field(name, column, Scalar.TEXT, description, vocabulary=vocabulary)


def amount(name: str, column: Column[Any], scalar: Scalar, description: str) -> Field:
    """Return a number that adds up over rows."""
    return Field(name, column, scalar, description, is_additive=True)


def one(name: str, target: str, local: Column[Any], remote: Column[Any], description: str) -> ToOne:
    """Return a link to one row."""
    return ToOne(name, target, local, remote, description)


def many(
    name: str, target: str, local: Column[Any], remote: Column[Any], description: str
) -> ToMany:
    """Return a connection to many rows."""
    return ToMany(name, target, local, (remote,), description)


def listed(
    name: str, target: str, local: Column[Any], remote: Column[Any], description: str
) -> ToMany:
    """Return a bounded list of rows."""
    return ToMany(name, target, local, (remote,), description, is_plain_list=True)


def provenance_of(table: Table) -> tuple[Member, ...]:
    """Return where the rows of *table* come from."""
    c = table.c
    return (
        ToOne(
            "sourceDocument",
            "Document",
            c.source_document_id,
            document.c.id,
            "The text this row is taken from (văn bản nguồn).",
        ),
        Field(
            "sourceSection",
            c.source_section,
            Scalar.TEXT,
            "Place in that text, as it numbers its sections (mục trong văn bản nguồn).",
            is_orderable=False,
        ),
        Field(
            "inferred",
            c.inferred,
            Scalar.BOOLEAN,
            "True where at least one value is deduced and not stated (có suy luận).",
        ),
        Field(
            "inferredFields",
            c.inferred_fields,
            Scalar.TEXT,
            "Source columns whose values are deduced (trường suy luận).",
            is_list=True,
        ),
        Field(
            "notes",
            c.notes,
            Scalar.TEXT,
            "Remark on the source, in Vietnamese (ghi chú).",
            is_orderable=False,
        ),
        synthetic_of(table),
    )


def synthetic_of(table: Table) -> Field:
    """Return whether a row of *table* is made up."""
    return Field(
        "synthetic",
        table.c.synthetic,
        Scalar.BOOLEAN,
        "True for demonstration data, which is made up (dữ liệu minh họa).",
    )


def code_of(table: Table) -> Field:
    """Return the code of *table*."""
    return Field("code", table.c.code, Scalar.CODE, "Public code (mã).")


def name_of(table: Table) -> Localized:
    """Return the name of *table* in both languages."""
    return Localized(
        "name",
        table.c.name_vi,
        table.c.name_en,
        table.c.name_vi_key,
        "Official name in Vietnamese or its English gloss; null where no source gives one (tên).",
    )


def named_in_of(table: Table) -> Field:
    """Return the texts that name a row of *table*."""
    return Field(
        "namedIn",
        table.c.named_in,
        Scalar.CODE,
        "Codes of the source texts that name it (được nêu trong).",
        is_list=True,
    )


def jurisdiction_of(table: Table) -> ToOne:
    """Return the link to the place a row of *table* belongs to."""
    return ToOne(
        "jurisdiction",
        "Jurisdiction",
        table.c.jurisdiction_id,
        jurisdiction.c.id,
        "Place it belongs to (địa phương).",
    )


def local_project_of(table: Table) -> ToOne:
    """Return the link to the place's own project, seen by right."""
    return ToOne(
        "project",
        "Project",
        table.c.project_id,
        project.c.id,
        "The place's own project, null unless you hold a right to it (dự án của địa phương).",
    )


def national_project_of(table: Table) -> ToOne:
    """Return the link to the national node, open to all."""
    return ToOne(
        "nationalProject",
        "Project",
        table.c.national_project_id,
        project.c.id,
        "The national node of that project, open to all (dự án quốc gia).",
    )
