"""What a list adds up to: ``aggregate`` of the whole, ``groups`` of its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hub.access.policies import OPEN_TABLES
from hub.model.aggregates import groups_of, target_of
from hub.model.entities import Field, ToOne
from hub.model.limits import GROUP_LIMIT
from hub.model.orders import screaming
from hub.planner.compile.listing import Whole, names_of, size_of
from hub.planner.compile.measures import Summary, aggregate_text
from hub.planner.compile.objects import object_text
from hub.planner.compile.scalars import value_text
from hub.planner.compile.writing import Piece, Rows, attach_row, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hub.planner.compile.listing import Listing
    from hub.planner.compile.writing import RowOf, Writer
    from hub.planner.selection import Asked


@dataclass
class Sums:
    """What is summed up of one list, and what of it is kept to be read more than once.

    Where groups are asked for and the whole too, the groups are kept and the whole is made of
    their sums; where groups can't tell it, the rows are.
    """

    writer: Writer
    whole: Whole
    kept: _Groups | None = None

    @classmethod
    def of(cls, writer: Writer, listing: Listing, asked: Sequence[Asked]) -> Sums:
        """Prepare for what is *asked* of the list: how many, ``aggregate`` and ``groups``."""
        if len(asked) < 2:  # noqa: PLR2004  (one reader has nothing to share)
            return cls(writer, Whole(listing))
        name = writer.alias("m")
        grouped = [each for each in asked if each.name == "groups"]
        if len(grouped) > 1 or not grouped or any(map(_expects_figures, asked)):
            return cls(writer, Whole(listing, name))
        whole = Whole(listing)
        return cls(writer, whole, _Groups.of(writer, whole, grouped[0], name))

    def keeping(self) -> str:
        """Return the clause that keeps what is read more than once, to precede what reads it."""
        return self.whole.keeping(self.writer) if self.kept is None else self.kept.keeping()

    def count(self) -> str:
        """Return how many rows the list has as JSON text."""
        summary = self._summary()
        return f"(SELECT {summary.count()} FROM {summary.source()})::text"

    def aggregate(self, asked: Asked, outer: Piece) -> str:
        """Join what the whole list adds up to; return its JSON text."""
        summary = self._summary()
        text = aggregate_text(summary, asked)
        if not summary.columns:
            return text
        alias = self.writer.alias("l")
        outer.joins.append(
            f" CROSS JOIN LATERAL (SELECT {text} AS j FROM (SELECT "
            f"{', '.join(summary.selected())} FROM {summary.source()} GROUP BY ()) AS s) AS {alias}"
        )
        return f"{alias}.j"

    def groups(self, asked: Asked, outer: Piece, row_of: RowOf) -> str:
        """Join what the list adds up to, part by part; return it as the JSON text of an array.

        A group by a link is a group by the row that the reader sees at its end: rows whose link
        leads to nothing visible are one group, so how many ends there are stays hidden.
        """
        limit = size_of(asked.arguments, "first", GROUP_LIMIT)
        made = self.kept or _Groups.of(self.writer, self.whole, asked)
        parts: list[tuple[str, str]] = []
        group = Piece("")
        for each in asked.children:
            match each.name:
                case "aggregate":
                    text = aggregate_text(made.summary, each)
                case "__typename":
                    text = quoted(f'"{made.summary.entity.name}Group"')
                case _:
                    text = made.key_text(each, row_of, group)
            parts.append((each.key, text))
        alias = self.writer.alias("l")
        outer.joins.append(
            f" CROSS JOIN LATERAL (SELECT string_agg({object_text(parts)}, ','{made.order}) AS j"
            f"{group.counts.columns(summed=True)} FROM "
            f"({made.foremost(GROUP_LIMIT if limit is None else limit)}) AS s"
            f"{''.join(group.joins)}) AS {alias}"
        )
        outer.counts.take(group.counts, alias, may_be_missing=False)
        return f"'[' || coalesce({alias}.j, '') || ']'"

    def _summary(self) -> Summary:
        parts = None if self.kept is None else self.kept.summary
        return Summary(self.writer, self.whole, self.writer.alias("t"), parts=parts)


@dataclass
class _Groups:
    """The parts of a list."""

    summary: Summary
    keys: _Keys

    @classmethod
    def of(cls, writer: Writer, whole: Whole, asked: Asked, name: str | None = None) -> _Groups:
        by = tuple(dict.fromkeys(names_of(asked.arguments, "by")))
        summary = Summary(writer, whole, writer.alias("t"), by, name)
        return cls(summary, _keys(summary, by))

    def keeping(self) -> str:
        return f"WITH {self.summary.name} AS MATERIALIZED ({self._read()}) "

    @property
    def order(self) -> str:
        """Return in what order the first groups come."""
        ordered = (f"s.n{place} ASC NULLS LAST" for place in range(len(self.keys.order)))
        return f" ORDER BY {', '.join(ordered)}" if self.keys.order else ""

    def foremost(self, limit: int) -> str:
        """Return SQL of the first groups, with what they are ordered by."""
        order = [f"{column} AS n{place}" for place, column in enumerate(self.keys.order)]
        ordered = ", ".join(f"{column} ASC NULLS LAST" for column in self.keys.order)
        read = self.summary.name or f"({self._read()})"
        return (
            f"SELECT {', '.join(['s.*', *self.keys.taken, *order])} FROM {read} AS s"
            f"{''.join(self.keys.outside)}{f' ORDER BY {ordered}' if ordered else ''} LIMIT {limit}"
        )

    def key_text(self, asked: Asked, row_of: RowOf, group: Piece) -> str:
        """Return the text of what a group is by; what has to be joined for it, *group* joins."""
        name, summary = asked.name, self.summary
        if screaming(name) not in summary.by:
            return "'null'"
        place, member = summary.by.index(screaming(name)), summary.entity.by_name[name]
        if isinstance(member, Field):
            return f"coalesce({value_text(member, f's.k{place}')}, 'null')"
        assert isinstance(member, ToOne)  # noqa: S101  (the catalogue is ours)
        target, writer = target_of(member), summary.writer
        there = Rows(target, writer.alias("t"))
        inner = row_of(writer, there, asked)
        inner.counts.add(target.name, "1")
        end = self.keys.ends.get(place)
        if end is None:
            source = f"{target.table.name} AS {there.alias}"
            return attach_row(writer, group, inner, source, f"{there[member.remote]} = s.k{place}")
        found = f"{there[member.remote]} IS NOT NULL"
        taken = {name: f"{there.alias}_{name}" for name in there.columns}
        self.keys.taken += [f"{end}.{name} AS {alias}" for name, alias in taken.items()]
        columns = ", ".join(f"s.{alias} AS {name}" for name, alias in taken.items())
        source = f"(SELECT {columns}) AS {there.alias}"
        return attach_row(writer, group, inner, source, found, is_looked_up=False)

    def _read(self) -> str:
        # Without a key the list is one group, whether it has rows or not.
        columns = ", ".join([*self.summary.selected(), *self.keys.named]) or "1"
        by = ", ".join(self.keys.columns) or "()"
        return f"SELECT {columns} FROM {self.summary.source(self.keys.inside)} GROUP BY {by}"


@dataclass
class _Keys:
    """What a list is grouped by.

    Attributes:
        columns: what tells one group from another.
        named: the same and what else is kept of it, as columns of a group.
        inside: what is joined to each row, *outside* what is joined to each group.
        ends: the aliases of what is joined to each group, by the place of its key.
        taken: which columns of it are read.
        order: what groups are ordered by, as columns of a group and of what is joined to it.
    """

    columns: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    ends: dict[int, str] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)

    def by(self, place: int, column: str) -> None:
        self.columns.append(column)
        self.named.append(f"{column} AS k{place}")

    def kept(self, column: str) -> str:
        name = f"o{len(self.named)}"
        self.columns.append(column)
        self.named.append(f"{column} AS {name}")
        return f"s.{name}"


def _keys(summary: Summary, by: tuple[str, ...]) -> _Keys:
    """Return what makes the groups.

    Where everybody sees the rows that a link leads to, its own column tells the groups apart, and
    what they are ordered by is looked up once a group.
    """
    keys = _Keys()
    for place, name in enumerate(by):
        member = groups_of(summary.entity)[name]
        if isinstance(member, Field):
            keys.by(place, summary.of_row(member.column))
            keys.order.append(f"s.k{place}")
            continue
        target, local = target_of(member), summary.of_row(member.local)
        there = summary.writer.alias("g")
        end, columns = f"{there}.{member.remote.name}", [f"{there}.{c.name}" for c in target.key]
        link = f" LEFT JOIN {target.table.name} AS {there} ON {end} = "
        if target.table in OPEN_TABLES:
            keys.by(place, local)
            keys.outside.append(f"{link}s.k{place}")
            keys.ends[place] = there
            keys.order += columns
        else:
            keys.by(place, end)
            keys.inside.append(f"{link}{local}")
            keys.order += map(keys.kept, columns)
    return keys


def _expects_figures(asked: Asked) -> bool:
    """Tell whether figures that should be there are counted: no group can tell those of others."""
    match asked.name:
        case "aggregate":
            return any(each.name == "reporting" for each in asked.children)
        case "groups":
            return any(map(_expects_figures, asked.children))
        case _:
            return False
