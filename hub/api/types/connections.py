"""Connections: pages of rows, with their totals and cursors read only where asked for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from hub.api.registry import NAMESPACE, object_type
from hub.api.registry import field as declare
from hub.api.types.summaries import summary_fields

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from hub.loaders.bundle import Bundle
    from hub.loaders.rows import Grouping, Listing, Page, Row, Slice, Summary
    from hub.model.cursor import Sealer
    from hub.model.entities import Entity, ToMany


class Source(Protocol):
    """Where the rows of a list come from: all of an entity, or those linked to a row."""

    def page(self, listing: Listing, page: Page) -> Awaitable[Slice]:
        """Return one page."""

    def count(self, listing: Listing) -> Awaitable[int]:
        """Return how many rows there are."""

    def beyond(self, listing: Listing, page: Page) -> Awaitable[bool]:
        """Return whether rows lie on the other side of the page's edge."""

    def summary(self, listing: Listing, grouping: Grouping) -> Awaitable[list[Summary]]:
        """Return what the rows add up to, for each group."""


@dataclass(frozen=True, slots=True)
class Whole:
    """All rows of *entity*."""

    bundle: Bundle
    entity: Entity

    def page(self, listing: Listing, page: Page) -> Awaitable[Slice]:
        """Return one page."""
        return self.bundle.page(self.entity, listing, page)

    def count(self, listing: Listing) -> Awaitable[int]:
        """Return how many rows there are."""
        return self.bundle.count(self.entity, listing)

    def beyond(self, listing: Listing, page: Page) -> Awaitable[bool]:
        """Return whether rows lie on the other side of the page's edge."""
        return self.bundle.beyond(self.entity, listing, page)

    def summary(self, listing: Listing, grouping: Grouping) -> Awaitable[list[Summary]]:
        """Return what the rows add up to, for each group."""
        return self.bundle.summary(self.entity, listing, grouping)


@dataclass(frozen=True, slots=True)
class Related:
    """The rows that *relation* leads to from *row*."""

    bundle: Bundle
    row: Row
    relation: ToMany

    def page(self, listing: Listing, page: Page) -> Awaitable[Slice]:
        """Return one page."""
        return self.bundle.relation_page(self.row, self.relation, listing, page)

    def count(self, listing: Listing) -> Awaitable[int]:
        """Return how many rows there are."""
        return self.bundle.relation_count(self.row, self.relation, listing)

    def beyond(self, listing: Listing, page: Page) -> Awaitable[bool]:
        """Return whether rows lie on the other side of the page's edge."""
        return self.bundle.relation_beyond(self.row, self.relation, listing, page)

    def summary(self, listing: Listing, grouping: Grouping) -> Awaitable[list[Summary]]:
        """Return what the rows add up to, for each group."""
        return self.bundle.relation_summary(self.row, self.relation, listing, grouping)


@dataclass(slots=True)
class Connection:
    """A page that is read once, when the first field needs it."""

    source: Source
    listing: Listing
    page: Page
    sealer: Sealer
    _slice: asyncio.Future[Slice] | None = field(default=None, repr=False)

    async def slice(self) -> Slice:
        """Return the page's rows."""
        if self._slice is None:
            self._slice = asyncio.ensure_future(self.source.page(self.listing, self.page))
        return await self._slice

    def cursor(self, row: Row) -> str:
        """Return the cursor of *row*."""
        return self.sealer.seal(row.position)


@dataclass(frozen=True, slots=True)
class Edge:
    """A row in its place."""

    connection: Connection
    node: Row


async def _nodes(self: Connection) -> list[Row]:
    return (await self.slice()).rows


async def _edges(self: Connection) -> list[Edge]:
    return [Edge(self, row) for row in (await self.slice()).rows]


def _page_info(self: Connection) -> Connection:
    return self


async def _total_count(self: Connection) -> int:
    return await self.source.count(self.listing)


def _edge_cursor(self: Edge) -> str:
    return self.connection.cursor(self.node)


def _edge_node(self: Edge) -> Row:
    return self.node


async def _has_next_page(self: Connection) -> bool:
    if not self.page.backward:
        return (await self.slice()).more
    return self.page.before is not None and await self.source.beyond(self.listing, self.page)


async def _has_previous_page(self: Connection) -> bool:
    if self.page.backward:
        return (await self.slice()).more
    return self.page.after is not None and await self.source.beyond(self.listing, self.page)


async def _start_cursor(self: Connection) -> str | None:
    rows = (await self.slice()).rows
    return self.cursor(rows[0]) if rows else None


async def _end_cursor(self: Connection) -> str | None:
    rows = (await self.slice()).rows
    return self.cursor(rows[-1]) if rows else None


object_type(
    "PageInfo",
    "Where a page stands in its list (thông tin trang).",
    [
        declare(
            "hasNextPage",
            "bool",
            "Whether rows follow; going backward, whether any lie at or after ``before``.",
            _has_next_page,
        ),
        declare(
            "hasPreviousPage",
            "bool",
            "Whether rows precede; going forward, whether any lie at or before ``after``.",
            _has_previous_page,
        ),
        declare("startCursor", "str | None", "Cursor of the first row, if any.", _start_cursor),
        declare("endCursor", "str | None", "Cursor of the last row, if any.", _end_cursor),
    ],
)


def connection_type(entity: Entity) -> str:
    """Make the connection of *entity* and return its name."""
    name = f"{entity.name}Connection"
    if name in NAMESPACE:
        return name
    object_type(
        f"{entity.name}Edge",
        f"A {entity.name} in its place in a list.",
        [
            declare("cursor", "str", "The place, for ``after`` and ``before``.", _edge_cursor),
            declare("node", entity.name, "The row.", _edge_node),
        ],
    )
    object_type(
        name,
        f"A page of {entity.name} rows (danh sách).",
        [
            declare("nodes", f"list[{entity.name}]", "The page's rows, in order.", _nodes),
            declare("edges", f"list[{entity.name}Edge]", "The rows with their cursors.", _edges),
            declare("pageInfo", "PageInfo", "Where the page stands in the list.", _page_info),
            declare(
                "totalCount",
                "int",
                "How many rows the whole list has that you may see (tổng số).",
                _total_count,
            ),
            *summary_fields(entity),
        ],
    )
    return name
