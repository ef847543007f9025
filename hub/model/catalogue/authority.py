"""Grants, as their holders see them."""

from __future__ import annotations

from typing import Final

from hub.model import vocabulary as v
from hub.model.authority import access_grant, notice
from hub.model.catalogue.members import (
    code_of,
    jurisdiction_of,
    local_project_of,
)
from hub.model.entities import Entity, Field, Scalar, ToOne
from hub.model.programme import programme
from hub.model.territory import area

GRANT: Final = Entity(
    "Grant",
    "",
    access_grant,
    (access_grant.c.code,),
    "A right that an agency holds: it allows what it says as a whole, and is never combined with "
    "another (quyền).",
    (
        code_of(access_grant),
        Field(
            "origin",
            access_grant.c.origin,
            Scalar.TEXT,
            "Where it comes from (nguồn gốc).",
            vocabulary=v.GRANT_ORIGIN,
        ),
        Field(
            "role",
            access_grant.c.role,
            Scalar.TEXT,
            "Assigned part it follows from, if it does (vai trò).",
            vocabulary=v.ROLE,
        ),
        Field(
            "dataClasses",
            access_grant.c.data_classes,
            Scalar.TEXT,
            "Data it opens (loại dữ liệu).",
            vocabulary=v.DATA_CLASS,
            is_list=True,
        ),
        Field(
            "capabilities",
            access_grant.c.capabilities,
            Scalar.TEXT,
            "What it lets you do (quyền).",
            vocabulary=v.CAPABILITY,
            is_list=True,
        ),
        Field(
            "states",
            access_grant.c.states,
            Scalar.TEXT,
            "States of figures it opens; empty for submitted and later (trạng thái).",
            vocabulary=v.OBSERVATION_STATUS,
            is_list=True,
        ),
        Field(
            "areaScope",
            access_grant.c.area_scope,
            Scalar.TEXT,
            "Where it holds (phạm vi địa bàn).",
            vocabulary=v.AREA_SCOPE,
        ),
        Field(
            "limits",
            access_grant.c.limits,
            Scalar.TEXT,
            "Limit in words, if any (giới hạn).",
            is_orderable=False,
        ),
        Field(
            "basis",
            access_grant.c.basis,
            Scalar.TEXT,
            "Document and section it rests on (căn cứ).",
            is_orderable=False,
        ),
        Field(
            "validFrom",
            access_grant.c.valid_from,
            Scalar.INSTANT,
            "When it begins, if limited (hiệu lực từ).",
        ),
        Field(
            "validUntil",
            access_grant.c.valid_until,
            Scalar.INSTANT,
            "When it lapses, if limited (hiệu lực đến).",
        ),
        jurisdiction_of(access_grant),
        ToOne(
            "programme",
            "Programme",
            access_grant.c.programme_id,
            programme.c.id,
            "Programme it is in, if of one (chương trình).",
        ),
        local_project_of(access_grant),
        ToOne("area", "Area", access_grant.c.area_id, area.c.id, "Own area, if so (địa bàn)."),
    ),
    ("CODE_ASC",),
)

NOTICE: Final = Entity(
    "Notice",
    "",
    notice,
    (notice.c.id,),
    "Something that your agency is told about its data (thông báo).",
    (
        Field("kind", notice.c.kind, Scalar.TEXT, "What of (loại).", vocabulary=v.NOTICE_KIND),
        Field(
            "reason",
            notice.c.reason,
            Scalar.TEXT,
            "Why, in the words of who did it (lý do).",
            is_orderable=False,
        ),
        Field("notedAt", notice.c.noted_at, Scalar.INSTANT, "When (thời điểm)."),
    ),
    ("NOTED_AT_DESC",),
)

ENTITIES: Final = (GRANT, NOTICE)
