"""Why somebody may see something, in words; or that they may not, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from strawberry import UNSET
from strawberry.types import Info

from hub.access.policies import OPEN_TABLES, PROTECTED_TABLES, classes_of
from hub.access.readers import Reader
from hub.api.context import Context
from hub.api.enums import LANG, add_enum
from hub.api.identity import read_global_id
from hub.api.inputs.texts import storable
from hub.api.registry import argument, object_type
from hub.api.registry import field as declare
from hub.api.types.sentences import said_of
from hub.errors import Language
from hub.model.catalogue import BY_NAME, CATALOGUE
from hub.model.catalogue.audit import AUDIT_ENTRY
from hub.model.catalogue.programme import PROJECT
from hub.model.entities import ToOne

if TYPE_CHECKING:
    from strawberry.types.field import StrawberryField

    from hub.loaders.rows import Row

Asked = Info[Context, None]

_NOT_SEEN: Final = {
    Language.VI: "Bạn không được xem, hoặc không có đối tượng này.",
    Language.EN: "You may not see this, or there is no such thing.",
}
_OPEN: Final = {
    Language.VI: "Danh mục, địa bàn, văn bản và mục tiêu thì ai cũng được xem.",
    Language.EN: "Definitions, areas, documents and targets are open to everyone.",
}
_OWN: Final = {
    Language.VI: "Đây là phần việc hoặc dữ liệu của chính đơn vị bạn.",
    Language.EN: "This is your own unit's task or data.",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why *row* may be seen; None stands for what may not, or is not there."""

    row: Row | None


def explanation_field() -> StrawberryField:
    """Return the root field ``explainAccess``."""
    kinds = {entity.name: entity.description for entity in CATALOGUE if entity.is_node}
    add_enum("NodeType", kinds, "Types that have ids (loại đối tượng).")
    object_type(
        "AccessExplanation",
        "Why you may see something, or that you may not (giải thích quyền xem).",
        [
            declare(
                "maySee",
                "bool",
                "Whether you may see it (được xem).",
                lambda self: self.row is not None,
            ),
            declare(
                "sentences", "list[str]", "Why, one sentence a reason (lý do).", _sentences, [LANG]
            ),
        ],
    )
    return declare(
        "explainAccess",
        "AccessExplanation",
        "Why you may see something, in words; or that you may not, without telling whether it "
        "exists (vì sao tôi được xem).",
        _explain,
        [
            argument("type", "NodeType", "What kind of thing (loại)."),
            argument("id", "ID | None", "Its id, or"),
            argument("code", "str | None", "its code (mã)."),
        ],
    )


async def _explain(info: Asked, **given: Any) -> Explanation:  # noqa: ANN401
    entity = BY_NAME[given["type"].value]
    text, code = given.get("id", UNSET), given.get("code", UNSET)
    key: tuple[object, ...] | None = None
    if isinstance(text, str):
        found = read_global_id(text)
        key = found[1] if found is not None and found[0] is entity else None
    elif isinstance(code, str) and [column.name for column in entity.key] == ["code"]:
        key = (storable(code),)
    row = None if key is None else await info.context.bundle.by_key(entity, key)
    return Explanation(row)


async def _sentences(self: Explanation, info: Asked, **given: Any) -> list[str]:  # noqa: ANN401
    language = Language(given["lang"].value)
    row = self.row
    if row is None:
        return [_NOT_SEEN[language]]
    if row.entity.table in OPEN_TABLES or (row.entity is PROJECT and row.record["is_national"]):
        return [_OPEN[language]]
    grants = await _grants(row, info.context)
    if not grants:
        return [_OWN[language]]
    return [await said_of(grant, info.context, language) for grant in grants]


async def _grants(row: Row, context: Context) -> list[Row]:
    if context.principal.reader is Reader.STANDING:
        return await context.bundle.grants_at_large("standing")
    if context.principal.reader is Reader.FEED and row.entity is not AUDIT_ENTRY:
        return await context.bundle.grants_at_large(None)
    if row.entity is AUDIT_ENTRY:
        return [] if await _is_own(row, context) else await context.bundle.grants_to_audit()
    if row.entity is PROJECT:
        classes = classes_of(row.entity.table)
        return await context.bundle.grants_reaching(row.record["id"], classes, None)
    project_id = row.record.get("project_id")
    if project_id is None:
        owner = await _owner(row, context)
        return [] if owner is None else await _grants(owner, context)
    area_id = row.record.get("reporting_area_id", row.record.get("area_id"))
    area_ids = [] if area_id is None else [area_id]
    return await context.bundle.grants_reaching(project_id, classes_of(row.entity.table), area_ids)


async def _is_own(entry: Row, context: Context) -> bool:
    link = entry.entity.by_name["agency"]
    assert isinstance(link, ToOne)  # noqa: S101  (the catalogue is ours)
    agency = await context.bundle.linked(entry, link)
    return agency is not None and agency.record["code"] == context.principal.agency


async def _owner(row: Row, context: Context) -> Row | None:
    """Return the row that *row* is a part of, if it is one: it is seen by the right to that."""
    for link in row.entity.to_one:
        if BY_NAME[link.target].table in PROTECTED_TABLES:
            return await context.bundle.linked(row, link)
    return None
