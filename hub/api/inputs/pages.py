"""The arguments of a connection, and the page and listing that they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hub.api.enums import order_enum
from hub.api.errors import PageDirectionError, PageSizeError
from hub.api.inputs.filters import filter_input, read_where
from hub.api.registry import argument
from hub.loaders.rows import History, Listing, Page
from hub.model.conditions import written
from hub.model.cursor import Sealer, context_of
from hub.model.limits import PAGE_LIMIT
from hub.model.orders import total_order

if TYPE_CHECKING:
    from strawberry.types.arguments import StrawberryArgument

    from hub.api.context import Context
    from hub.model.entities import Entity

_PAGE: Final = (0, PAGE_LIMIT)


def listing_arguments(entity: Entity) -> list[StrawberryArgument]:
    """Return the arguments that decide which rows of *entity* a list has, and in which order."""
    arguments = [
        argument("where", f"{filter_input(entity)} | None", "Which rows (bộ lọc)."),
        argument(
            "orderBy",
            f"list[{order_enum(entity)}] | None",
            "In which order, the first key first; the row's key completes it (thứ tự).",
        ),
    ]
    if entity.revisions is not None:
        arguments += [
            argument(
                "asOf",
                "datetime | None",
                "As it was known at that moment; now where left out (tính đến).",
            ),
            argument(
                "allRevisions",
                "bool | None",
                "True for every revision, not the newest alone (mọi lần sửa).",
            ),
        ]
    return arguments


def page_arguments(entity: Entity) -> list[StrawberryArgument]:
    """Return the arguments of a connection of *entity*."""
    return [
        *listing_arguments(entity),
        argument("first", "int | None", "So many from the beginning (từ đầu).", within=_PAGE),
        argument("after", "str | None", "Only rows after this cursor (sau con trỏ)."),
        argument("last", "int | None", "So many from the end (từ cuối).", within=_PAGE),
        argument("before", "str | None", "Only rows before this cursor (trước con trỏ)."),
    ]


def read_listing(entity: Entity, given: dict[str, Any]) -> Listing:
    """Return which rows the arguments *given* ask for."""
    history = History(as_of=given.get("asOf"), all=bool(given.get("allRevisions")))
    return Listing(read_where(entity, given.get("where")), history)


def read_page(
    entity: Entity, given: dict[str, Any], listing: Listing, context: Context, place: str
) -> tuple[Page, Sealer]:
    """Return the page that the arguments ask for, and what seals its cursors.

    *place* tells lists of the same entity apart: a cursor of one is of no use in another.
    """
    first, last = given.get("first"), given.get("last")
    if first is not None and last is not None:
        raise PageDirectionError
    for name, size in (("first", first), ("last", last)):
        if size is not None and not 0 <= size <= PAGE_LIMIT:
            raise PageSizeError(argument=name, given=size, limit=PAGE_LIMIT)
    names = [value.value for value in given.get("orderBy") or ()]
    order = total_order(entity, names)
    principal = context.principal
    history = listing.history
    bound_to = context_of(
        place,
        tuple(names),
        written(listing.condition),
        (history.as_of, history.all),
        (principal.reader.value, principal.account),
    )
    sealer = Sealer(context.cursor_key, bound_to)
    after, before = given.get("after"), given.get("before")
    size = last if last is not None else first
    page = Page(
        order=order,
        limit=PAGE_LIMIT if size is None else size,
        backward=last is not None,
        after=None if after is None else sealer.open(after, len(order)),
        before=None if before is None else sealer.open(before, len(order)),
    )
    return page, sealer
