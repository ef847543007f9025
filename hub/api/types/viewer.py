"""Who is asking, and what they may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from strawberry.types import Info

from hub.api.context import Context
from hub.api.enums import LANG, vocabulary_enum
from hub.api.registry import field as declare
from hub.api.registry import object_type
from hub.api.types.sentences import said_of
from hub.errors import Language
from hub.jobs.sight import Standing
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


JOB_STATE = Vocabulary(
    "JobState",
    "How far a job in the queue has come (trạng thái công việc).",
    {
        "queued": "waits (đang chờ)",
        "picked": "is under way (đang làm)",
        "failed": "was given up (không làm được)",
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


async def _queue(self: Viewer, info: Asked) -> list[Standing]:
    return await info.context.bundle.queue()


def _state(self: Standing) -> Any:  # noqa: ANN401  (an enum class made at run time)
    return vocabulary_enum(JOB_STATE)(self.state)


async def _sentence(self: HeldGrant, info: Asked, **given: Any) -> str:  # noqa: ANN401
    return await said_of(self.row, info.context, Language(given["lang"].value))


def _of(name: str) -> Callable[[Standing], Any]:
    def read(self: Standing) -> Any:  # noqa: ANN401  (whatever it is)
        return getattr(self, name)

    return read


def _grant(self: HeldGrant) -> Row:
    return self.row


vocabulary_enum(READER)
vocabulary_enum(JOB_STATE)

object_type(
    "QueuedWork",
    "Jobs of one kind and state in the queue of work (công việc trong hàng đợi).",
    [
        declare(
            "kind", "str", "What is to be done, such as ``batch`` (loại công việc).", _of("kind")
        ),
        declare("state", "JobState", "How far they have come (trạng thái).", _state),
        declare("count", "int", "How many they are (số lượng).", _of("count")),
        declare("since", "datetime", "When the oldest was queued (từ lúc).", _of("since")),
    ],
)
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
        declare(
            "queue",
            "list[QueuedWork]",
            "Work that waits or is under way for batches that you may see (hàng đợi).",
            _queue,
        ),
    ],
)
