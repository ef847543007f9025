"""Who is asking, and what they may do."""

from __future__ import annotations

from typing import Any

from strawberry.types import Info

from hub.api.context import Context
from hub.api.enums import LANG, vocabulary_enum
from hub.api.registry import field as declare
from hub.api.registry import object_type
from hub.api.types.sentences import said_of
from hub.errors import Language
from hub.loaders.rows import Listing, Page, Row
from hub.model.catalogue.authority import GRANT, NOTICE
from hub.model.catalogue.organisation import AGENCY
from hub.model.orders import total_order
from hub.model.validity import in_force
from hub.model.vocabulary import Vocabulary

Asked = Info[Context, None]

_MOST_GRANTS = 1000
_MOST_NOTICES = 100

READER = Vocabulary(
    "ReaderKind",
    "Kind of reader, which decides what the schema shows (loại người đọc).",
    {
        "public": "everybody without a token (công chúng)",
        "scoped": "an agency that sees what its grants reach (cơ quan theo phân công)",
        "standing": "a standing agency (cơ quan thường trực)",
        "feed": "a reporting feed (kênh báo cáo)",
    },
)


class Viewer:
    """Whoever asks."""


class HeldGrant:
    """A grant as its holder sees it."""

    def __init__(self, row: Row) -> None:
        self.row = row


def _reader(self: Viewer, info: Asked) -> Any:  # noqa: ANN401  (an enum class made at run time)
    return vocabulary_enum(READER)(info.context.principal.reader.removeprefix("hub_"))


async def _agency(self: Viewer, info: Asked) -> Row | None:
    code = info.context.principal.agency
    if code is None:
        return None
    return await info.context.bundle.by_key(AGENCY, (code,))


async def _grants(self: Viewer, info: Asked) -> list[HeldGrant]:
    page = Page(total_order(GRANT, ()), limit=_MOST_GRANTS)
    held = in_force(GRANT, "validFrom", "validUntil", info.context.clock())
    found = await info.context.bundle.page(GRANT, Listing(held), page)
    return [HeldGrant(row) for row in found.rows]


async def _notices(self: Viewer, info: Asked) -> list[Row]:
    page = Page(total_order(NOTICE, ()), limit=_MOST_NOTICES)
    return (await info.context.bundle.page(NOTICE, Listing(), page)).rows


async def _sentence(self: HeldGrant, info: Asked, **given: Any) -> str:  # noqa: ANN401
    return await said_of(self.row, info.context, Language(given["lang"].value))


def _grant(self: HeldGrant) -> Row:
    return self.row


vocabulary_enum(READER)

object_type(
    "ViewerGrant",
    "A right that you hold, as data and in words (quyền của bạn).",
    [
        declare(
            "sentence",
            "str",
            "What it allows, in one sentence (diễn giải).",
            _sentence,
            [LANG],
        ),
        declare("grant", "Grant", "The right itself (quyền).", _grant),
    ],
)
object_type(
    "Viewer",
    "Who you are and what you may do (bạn là ai).",
    [
        declare("reader", "ReaderKind", "What kind of reader you are (loại người đọc).", _reader),
        declare("agency", "Agency | None", "Your agency; null for the public (cơ quan).", _agency),
        declare(
            "grants",
            "list[ViewerGrant]",
            "The rights you hold now, those of everybody included (các quyền).",
            _grants,
        ),
        declare(
            "notices",
            "list[Notice]",
            f"What your agency was told, newest first, {_MOST_NOTICES} at most (thông báo).",
            _notices,
        ),
    ],
)
