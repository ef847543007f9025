"""The root fields: for every entity its rows and, where it has a code, one row."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from strawberry.types import Info

from hub.api.context import Context
from hub.api.errors import TooManyIdsError
from hub.api.explanation import explanation_field
from hub.api.identity import read_global_id
from hub.api.inputs.pages import page_arguments, read_listing, read_page
from hub.api.inputs.texts import storable
from hub.api.registry import argument, object_type
from hub.api.registry import field as declare
from hub.api.types.connections import Connection, Whole, connection_type
from hub.api.types.viewer import Viewer
from hub.clock import VIETNAM
from hub.loaders.rows import Listing, Page, Row
from hub.model.catalogue import CATALOGUE
from hub.model.catalogue.territory import AREA
from hub.model.conditions import Compare, Condition, Operator
from hub.model.entities import Entity, Field
from hub.model.limits import PAGE_LIMIT
from hub.model.orders import total_order
from hub.model.validity import borne_on

if TYPE_CHECKING:
    from strawberry.types.field import StrawberryField

Asked = Info[Context, None]


class Root:
    """Where a query begins."""


def declare_query() -> type:
    """Make the query type."""
    fields = [_viewer(), explanation_field(), _node(), _nodes()]
    for entity in CATALOGUE:
        if entity.lookup is not None:
            fields.append(_area() if entity is AREA else _one(entity))
        if entity.plural:
            fields.append(_many(entity))
    return object_type("Query", "Where every question begins (truy vấn).", fields)


def _viewer() -> StrawberryField:
    def resolve() -> Viewer:
        return Viewer()

    return declare("viewer", "Viewer", "Who you are and what you may do (bạn là ai).", resolve)


def _node() -> StrawberryField:
    async def resolve(info: Asked, **given: Any) -> Row | None:  # noqa: ANN401
        return await _find(info.context, given["id"])

    identified = argument("id", "ID", "The id (định danh).")
    text = "The object with this id; null if there is none that you may see (đối tượng)."
    return declare("node", "Node | None", text, resolve, [identified])


def _nodes() -> StrawberryField:
    async def resolve(info: Asked, **given: Any) -> list[Row | None]:  # noqa: ANN401
        if len(given["ids"]) > PAGE_LIMIT:
            raise TooManyIdsError(given=len(given["ids"]), limit=PAGE_LIMIT)
        return await asyncio.gather(*(_find(info.context, text) for text in given["ids"]))

    identified = argument("ids", "list[ID]", "The ids (định danh).", within=(0, PAGE_LIMIT))
    text = "The objects with these ids, null where there is none that you may see (đối tượng)."
    return declare("nodes", "list[Node | None]", text, resolve, [identified])


async def _find(context: Context, text: str) -> Row | None:
    found = read_global_id(text)
    if found is None:
        return None
    entity, key = found
    return await context.bundle.by_key(entity, key)


def _one(entity: Entity) -> StrawberryField:
    code = entity.by_name["code"]
    assert isinstance(code, Field)  # noqa: S101  (the catalogue is ours)

    async def resolve(info: Asked, **given: Any) -> Row | None:  # noqa: ANN401
        return await _first(
            info.context, entity, Compare(code, Operator.EQ, storable(given["code"]))
        )

    text = f"The {entity.name} with this code; null if there is none that you may see."
    return declare(
        entity.singular,
        f"{entity.name} | None",
        text,
        resolve,
        [argument("code", "str", "Its code (mã).")],
    )


def _area() -> StrawberryField:
    async def resolve(info: Asked, **given: Any) -> Row | None:  # noqa: ANN401
        on = given.get("on") or info.context.clock().astimezone(VIETNAM).date()
        return await _first(info.context, AREA, borne_on(storable(given["code"]), on))

    return declare(
        "area",
        "Area | None",
        "The unit that bore this code on that day. Codes were given anew on 2025-07-01, so the "
        "same code names another unit before (địa bàn).",
        resolve,
        [
            argument("code", "str", "Its code, zeros kept (mã)."),
            argument("on", "date | None", "On which day; today where left out (ngày)."),
        ],
    )


async def _first(context: Context, entity: Entity, condition: Condition) -> Row | None:
    page = Page(total_order(entity, ()), limit=1)
    rows = (await context.bundle.page(entity, Listing(condition), page)).rows
    return rows[0] if rows else None


def _many(entity: Entity) -> StrawberryField:
    def resolve(info: Asked, **given: Any) -> Connection:  # noqa: ANN401
        listing = read_listing(entity, given)
        page, sealer = read_page(entity, given, listing, info.context, entity.plural)
        return Connection(Whole(info.context.bundle, entity), listing, page, sealer)

    text = f"The {entity.name} rows that you may see. {entity.description}"
    return declare(entity.plural, connection_type(entity), text, resolve, page_arguments(entity))
