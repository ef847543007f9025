"""Connections and plain lists: a page of rows, where it stands, and what the whole adds up to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from typing_extensions import override

from hub.model.conditions import ALWAYS
from hub.model.limits import PAGE_LIMIT, WHOLE_LIST
from hub.model.orders import total_order
from hub.planner.compile.branches import Parts, branched, narrowing
from hub.planner.compile.conditions import joined
from hub.planner.compile.listing import names_of, read_listing, size_of
from hub.planner.compile.objects import object_text
from hub.planner.compile.orders import Ordering, ordering
from hub.planner.compile.summaries import Sums
from hub.planner.compile.writing import Counts, Piece, Rows, quoted
from hub.planner.errors import NotPlannedError
from hub.planner.parameters import Edge, SealKey
from hub.planner.values import Leaf

if TYPE_CHECKING:
    from hub.model.entities import ToMany
    from hub.model.orders import Term
    from hub.planner.compile.listing import Listing, Source
    from hub.planner.compile.writing import RowOf, Writer
    from hub.planner.parameters import List
    from hub.planner.selection import Asked

_SUMS = {"totalCount", "aggregate", "groups"}
_NUMBER, _MORE, _END, _KEY = "__n", "__more", "__end", "__k"


@dataclass
class Page:
    """A part of a list, in the making.

    Attributes:
        of: the list, as its cursors know it.
        after: the cursor that it begins behind, as it was given; *before* likewise.
        rows: the page's rows, as what is asked of them reads them.
        columns: aggregates over the page's rows.
    """

    listing: Listing
    of: List
    names: tuple[str, ...]
    limit: int
    backward: bool
    after: Leaf | None
    before: Leaf | None
    rows: Rows
    columns: list[str] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    has_more: bool = False
    has_positions: bool = False
    has_end: bool = False

    def source(self, writer: Writer) -> str:
        """Return SQL of the page's rows, numbered from 1 in the order they are read in."""
        rows = self._branches(writer)
        if rows is None:
            rows = self.part(writer, writer.alias("t"), self.listing)
        else:
            kept = self.kept("u")
            rows = (
                f"SELECT DISTINCT ON ({', '.join(kept.columns)}) u.* FROM ({rows}) AS u "
                f"{self.foremost(kept)}"
            )
        columns = f"row_number() OVER () AS {_NUMBER}"
        if self.has_more:
            columns += f", count(*) OVER () > {self.limit} AS {_MORE}"
        if self.has_end:
            end = f"least(count(*) OVER (), {self.limit})" if self.has_more else "count(*) OVER ()"
            columns += f", row_number() OVER () = {end} AS {_END}"
        return f"(SELECT q.*, {columns} FROM ({rows}) AS q)"

    def kept(self, alias: str) -> Ordering:
        """Return the list's order by what was read with the rows under *alias*."""
        keys = tuple(f"{alias}.{_KEY}{place}" for place in range(len(self._terms)))
        return Ordering(self._terms, keys, "")

    @property
    def _terms(self) -> tuple[Term, ...]:
        return total_order(self.listing.entity, self.names)

    @property
    def _limit(self) -> int:
        return self.limit + 1 if self.has_more else self.limit

    def _branches(self, writer: Writer) -> str | None:
        """Return SQL of rows that hold the page's, with what orders them, from several indexes."""
        entity, listing = self.listing.entity, self.listing
        if listing.source.relation is not None:
            return self._by_each_link(writer, listing.source.relation)
        if not self._is_long:
            return None
        if listing.condition == ALWAYS:
            return branched(entity, writer.reader, _Parts(self, writer))
        found = narrowing(writer, entity, listing.condition)
        if found is None:
            return None
        rest = replace(listing, condition=found.rest)
        part = self.part(writer, "b", rest, f"b.{found.column} = k.key", keyed=True)
        return f"SELECT x.* FROM ({found.keys}) AS k (key) CROSS JOIN LATERAL ({part}) AS x"

    def _by_each_link(self, writer: Writer, relation: ToMany) -> str | None:
        """Return SQL of rows that may be linked in one of several ways, each by its own index."""
        if len(relation.remote) == 1 or relation.is_plain_list:
            return None
        here = self.listing.source.here
        of_all = replace(self.listing, source=replace(self.listing.source, relation=None))
        parts = []
        for remote in relation.remote:
            alias = writer.alias("t")
            on = f"{alias}.{remote.name} = {here}"
            parts.append(f"({self.part(writer, alias, of_all, on, keyed=True)})")
        return " UNION ALL ".join(parts)

    def part(
        self,
        writer: Writer,
        alias: str,
        listing: Listing,
        *where: str,
        keyed: bool = False,
        of_first: bool = False,
    ) -> str:
        """Return SQL of the page's rows where *where* holds; *keyed* with what orders them.

        *of_first* nothing but that, of the first row.
        """
        ordered = ordering(writer, alias, self._terms)
        conditions = [*where, listing.where(writer, alias), *self._edges(writer, ordered)]
        read = [] if of_first else [f"{alias}.{name}" for name in self.rows.columns]
        if keyed or of_first or self.has_positions:
            read += [f"{each} AS {_KEY}{place}" for place, each in enumerate(ordered.columns)]
        return (
            f"SELECT {', '.join(read) or '1'} FROM {self.listing.entity.table.name} AS {alias}"
            f"{ordered.joins} WHERE {joined(conditions)} "
            f"{self.foremost(ordered, 1 if of_first else None)}"
        )

    def foremost(self, ordered: Ordering, limit: int | None = None) -> str:
        """Return in what order rows come that are *ordered*, and *limit*, a page's by default."""
        size = self._limit if limit is None else limit
        return f"ORDER BY {ordered.by(backward=self.backward)} LIMIT {size}"

    @property
    def _is_long(self) -> bool:
        reach = self.listing.entity.reach
        if reach is None:
            return False
        first = self._terms[0]
        return first.link is None and first.column is reach.order

    def _edges(self, writer: Writer, ordered: Ordering) -> list[str]:
        edges = []
        if self.after is not None:
            edges.append(ordered.past(writer, self.of, self.after, backward=False))
        if self.before is not None:
            edges.append(ordered.past(writer, self.of, self.before, backward=True))
        return edges

    def collected(self, text: str) -> str:
        """Return the name of a column that holds *text* of every row, in the list's order."""
        self.columns.append(
            f"string_agg({text}, ',' ORDER BY {self._place}{' DESC' if self.backward else ''})"
        )
        return f"x.v{len(self.columns)}"

    def one(self, aggregate: str) -> str:
        """Return the name of a column that holds *aggregate* over the rows."""
        self.columns.append(aggregate)
        return f"x.v{len(self.columns)}"

    @property
    def _place(self) -> str:
        return f"{self.rows.alias}.{_NUMBER}"

    def end(self, writer: Writer, *, last: bool) -> str:
        """Return the cursor of the page's first or last row as JSON text."""
        is_high = last != self.backward
        self.has_end |= is_high
        here = f"{self.rows.alias}.{_END}" if is_high else f"{self._place} = 1"
        position = self.one(f"string_agg({self.position}, ''::bytea) FILTER (WHERE {here})")
        return f"coalesce({sealed(writer, self.of, position)}, 'null')"

    def more(self, writer: Writer) -> str:
        """Return as JSON text whether the list goes on in the page's direction."""
        if self.limit == 0:
            alias = writer.alias("t")
            ordered = ordering(writer, alias, self._terms)
            return self._exists(writer, alias, ordered, *self._edges(writer, ordered))
        self.has_more = True
        return f"coalesce({self.one(f'bool_or({self.rows.alias}.{_MORE})')}, false)::text"

    def beyond(self, writer: Writer) -> str:
        """Return as JSON text whether rows lie on the other side of the page's edge."""
        edge = self.before if self.backward else self.after
        if edge is None:
            return "'false'"
        alias = writer.alias("t")
        ordered = ordering(writer, alias, self._terms)
        inside = ordered.past(writer, self.of, edge, backward=self.backward)
        return self._exists(writer, alias, ordered, f"NOT coalesce({inside}, false)")

    def _exists(self, writer: Writer, alias: str, ordered: Ordering, *where: str) -> str:
        conditions = joined([self.listing.where(writer, alias), *where])
        return (
            f"(EXISTS (SELECT 1 FROM {self.listing.entity.table.name} AS {alias}{ordered.joins} "
            f"WHERE {conditions}))::text"
        )

    @property
    def position(self) -> str:
        """Return a row's position, to make a cursor of."""
        self.has_positions = True
        return self.kept(self.rows.alias).position

    def check(self, writer: Writer) -> None:
        """Have cursors refused that are not the list's, though no row is read."""
        given = (edge for edge in (self.after, self.before) if edge is not None)
        writer.checks += [Edge(self.of, edge, 0, len(self._terms)) for edge in given]

    def read(self, writer: Writer) -> str:
        """Return SQL of one row: the columns over the page, and what was counted."""
        columns = ", ".join(f"{text} AS v{i}" for i, text in enumerate(self.columns, start=1))
        within = f" WHERE {self._place} <= {self.limit}" if self.has_more else ""
        return (
            f"(SELECT {columns or '1'}{self.counts.columns(summed=True)} FROM "
            f"{self.source(writer)} AS {self.rows.alias}{''.join(self.joins)}{within}) AS x"
        )


@dataclass(frozen=True, slots=True)
class _Parts(Parts):
    """The parts of a page."""

    page: Page
    writer: Writer

    @override
    def whole(self, alias: str, on: str) -> str:
        return self.page.part(self.writer, alias, self.page.listing, on, keyed=True)

    @override
    def first(self, alias: str, on: str) -> str:
        return self.page.part(self.writer, alias, self.page.listing, on, of_first=True)

    @override
    def foremost(self, alias: str) -> str:
        return self.page.foremost(self.page.kept(alias))


def sealed(writer: Writer, of: List, position: str) -> str:
    """Return the cursor of a row at *position* as JSON text."""
    key = writer.parameter(SealKey(of), "bytea")
    seal = f"substring(sha256({key} || sha256({key} || {position})) FROM 1 FOR 12)"
    encoded = f"rtrim(encode({seal} || {position}, 'base64'), '=')"
    return f"('\"' || translate({encoded}, E'+/\\n', '-_') || '\"')"


def connection(writer: Writer, source: Source, asked: Asked, place: str, row_of: RowOf) -> Piece:
    """Return SQL of one row: the connection as an object, and what was counted."""
    listing = read_listing(source, asked.arguments)
    page = _page(writer, listing, asked, place)
    sums = Sums.of(writer, listing, [each for each in asked.children if each.name in _SUMS])
    outer = Piece("")
    parts = []
    for each in asked.children:
        match each.name:
            case "nodes":
                text = _nodes(writer, page, each, row_of)
            case "edges":
                text = _edges(writer, page, each, row_of)
            case "pageInfo":
                text = _page_info(writer, page, each)
            case "totalCount":
                text = sums.count()
            case "aggregate":
                text = sums.aggregate(each, outer)
            case "groups":
                text = sums.groups(each, outer, row_of)
            case _:
                text = quoted(f'"{source.entity.name}Connection"')
        parts.append((each.key, text))
    text = object_text(parts)
    if page.columns:
        base = page.read(writer)
        outer.counts.take(page.counts, "x", may_be_missing=False)
    else:
        base = "(SELECT 1) AS x"
        page.check(writer)
    sql = f"SELECT {text} AS j{outer.counts.columns()} FROM {base}{''.join(outer.joins)}"
    return Piece(sums.keeping() + sql, counts=outer.counts)


def plain_list(writer: Writer, source: Source, asked: Asked, row_of: RowOf) -> Piece:
    """Return SQL of one row: the list as an array, and what was counted."""
    listing = read_listing(source, asked.arguments)
    names = names_of(asked.arguments, "orderBy")
    page = Page(
        listing,
        listing.named("", names),
        names,
        WHOLE_LIST,
        backward=False,
        after=None,
        before=None,
        rows=Rows(listing.entity, writer.alias("p")),
    )
    text = _nodes(writer, page, asked, row_of)
    counts = Counts()
    base = page.read(writer)
    counts.take(page.counts, "x", may_be_missing=False)
    return Piece(f"SELECT {text} AS j{counts.columns()} FROM {base}", counts=counts)


def _page(writer: Writer, listing: Listing, asked: Asked, place: str) -> Page:
    arguments = asked.arguments
    first = size_of(arguments, "first", PAGE_LIMIT)
    last = size_of(arguments, "last", PAGE_LIMIT)
    if first is not None and last is not None:
        raise NotPlannedError(asked.key)
    names = names_of(arguments, "orderBy")
    size = last if last is not None else first
    return Page(
        listing,
        listing.named(place, names),
        names,
        PAGE_LIMIT if size is None else size,
        backward=last is not None,
        after=_cursor(asked, "after"),
        before=_cursor(asked, "before"),
        rows=Rows(listing.entity, writer.alias("p")),
    )


def _cursor(asked: Asked, name: str) -> Leaf | None:
    leaf = asked.arguments.get(name)
    return leaf if isinstance(leaf, Leaf) and leaf.value is not None else None


def _nodes(writer: Writer, page: Page, asked: Asked, row_of: RowOf) -> str:
    inner = row_of(writer, page.rows, asked)
    _take_rows(page, inner)
    return f"'[' || coalesce({page.collected(inner.text)}, '') || ']'"


def _edges(writer: Writer, page: Page, asked: Asked, row_of: RowOf) -> str:
    parts = []
    for each in asked.children:
        match each.name:
            case "node":
                inner = row_of(writer, page.rows, each)
                _take_rows(page, inner)
                text = inner.text
            case "cursor":
                text = sealed(writer, page.of, page.position)
            case _:
                text = quoted(f'"{page.listing.entity.name}Edge"')
        parts.append((each.key, text))
    return f"'[' || coalesce({page.collected(object_text(parts))}, '') || ']'"


def _take_rows(page: Page, inner: Piece) -> None:
    page.joins += inner.joins
    for name, terms in inner.counts.terms.items():
        for term in terms:
            page.counts.add(name, term)
    name = page.listing.entity.name
    if "1" not in page.counts.terms.get(name, []):
        page.counts.add(name, "1")


def _page_info(writer: Writer, page: Page, asked: Asked) -> str:
    parts = []
    for each in asked.children:
        match each.name:
            case "hasNextPage":
                text = page.beyond(writer) if page.backward else page.more(writer)
            case "hasPreviousPage":
                text = page.more(writer) if page.backward else page.beyond(writer)
            case "startCursor":
                text = page.end(writer, last=False)
            case "endCursor":
                text = page.end(writer, last=True)
            case _:
                text = quoted('"PageInfo"')
        parts.append((each.key, text))
    return object_text(parts)
