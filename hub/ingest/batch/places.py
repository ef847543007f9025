"""Which areas are meant, and how the figures of a divided one are shared among its successors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from hub.ingest.batch.words import BETWEEN, code_of, columns_of, day_of
from hub.ingest.crosswalk import Area, AreaCrosswalk, Problem, Succession
from hub.model.intake import data_source, source_share
from hub.model.organisation import agency
from hub.model.territory import area, area_lineage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from hub.database.transaction import Transaction
    from hub.ingest.batch.sources import Source
    from hub.ingest.batch.words import Terms, Windows, Word
    from hub.ingest.crosswalk import Resolution

    Shares = tuple[tuple[int, int, Decimal], ...]
    """Predecessor, successor, share."""

_WIDTH: Final = 6
_AREA: Final = tuple(
    area.c[name]
    for name in (
        *("id", "code", "name", "short_name", "level", "type"),
        *("valid_from", "valid_to", "parent_id"),
    )
)


@dataclass(frozen=True, slots=True)
class Places:
    """What the words for areas mean.

    Attributes:
        areas: the arguments of ``check``: word, period, area, trouble, candidates, and the area of
            before that is meant, where its figures count for *area*.
        heirs: the arguments of ``share``: word, period, code of a successor, its share, and the
            divided area.
    """

    areas: tuple[list[object], ...]
    heirs: tuple[list[object], ...]

    @property
    def is_inherited(self) -> bool:
        """Return whether any area of before is meant."""
        return any(self.heirs) or any(each is not None for each in self.areas[-1])


@dataclass(frozen=True, slots=True)
class _Share:
    predecessor: int
    successor: int
    share: Decimal
    since: date
    until: date


async def read_places(
    transaction: Transaction,
    source: Source,
    words: Iterable[Word],
    windows: Windows,
    terms: Terms,
) -> Places:
    """Return the areas meant; what could be two is none, and is told with its candidates."""
    [(default, place)] = await transaction.fetch(
        select(data_source.c.area_id, data_source.c.jurisdiction_id)
    )
    atlas = await _read_atlas(transaction, place, source)
    bodies = await _areas_of_agencies(transaction, place, terms)
    found: dict[Word, tuple[object, ...]] = {}
    shared: dict[Word, tuple[object, ...]] = {}
    heirs: list[tuple[object, ...]] = []
    for word, label in words:
        day = day_of(windows, label)
        if not word:
            trouble = "" if default else Problem.UNKNOWN.value
            found[word, label] = (default, trouble, "", None)
            continue
        if day is None:
            found[word, label] = (None, Problem.UNKNOWN.value, "", None)
            continue
        body = code_of(terms, "agency", word, day)
        if body in bodies and body != word:
            found[word, label] = _of_body(bodies[body], day)
            continue
        meant = atlas.on(day).resolve(code_of(terms, "area", word, day), day)
        found[word, label] = _told(meant)
        if all(("area", part.area.code) not in terms for part in meant.parts):
            for part in meant.parts:
                heirs.append((word, label, part.area.code, part.share, _predecessor(meant)))
                shared[part.area.code, label] = (part.area.key, "", "", None)
    found |= shared
    rows = [(*word, *meaning) for word, meaning in found.items()]
    return Places(columns_of(rows, _WIDTH), columns_of(heirs, 5))


def _told(meant: Resolution) -> tuple[object, ...]:
    id_ = None if meant.area is None else meant.area.key
    code = Problem.DIVIDED if meant.parts else meant.code
    trouble = "" if code is None else code.value
    predecessor = None if id_ is None else _predecessor(meant)
    return id_, trouble, BETWEEN.join(meant.candidates), predecessor


def _predecessor(meant: Resolution) -> int | None:
    return None if meant.predecessor is None else meant.predecessor.key


def _of_body(where: Area | None, day: date) -> tuple[object, ...]:
    """Return the own area of an agency, as it is on *day*."""
    if where is None:
        return None, Problem.UNKNOWN.value, "", None
    if not where.holds(day):
        trouble = Problem.CLOSED if where.has_ended(day) else Problem.NOT_YET
        return None, trouble.value, "", None
    return where.key, "", "", None


class _Atlas:
    """The areas of a place, and what a source says of the divided ones."""

    def __init__(
        self, known: tuple[Any, ...], went: tuple[Any, ...], shares: tuple[_Share, ...]
    ) -> None:
        self._known = known
        self._went = went
        self._shares = shares

    def on(self, day: date) -> AreaCrosswalk:
        """Return the crosswalk with the shares of that day."""
        shares = tuple(
            (each.predecessor, each.successor, each.share)
            for each in self._shares
            if each.since <= day < each.until
        )
        return _made(self._known, self._went, shares)


async def _read_atlas(transaction: Transaction, place: int, source: Source) -> _Atlas:
    a, w, s = area.c, area_lineage.c, source_share.c
    known = await transaction.fetch(select(*_AREA).where(a.jurisdiction_id == place).order_by(a.id))
    went = await transaction.fetch(
        select(w.predecessor_id, w.successor_id, w.share)
        .join_from(area_lineage, area, w.predecessor_id == a.id)
        .where(a.jurisdiction_id == place)
        .order_by(w.id)
    )
    shared = await transaction.fetch(
        select(s.predecessor_id, s.successor_id, s.share, s.valid_from, s.valid_until)
        .where(s.source_id == source.id)
        .order_by(s.id)
    )
    shares = (
        _Share(old, new, share, since or date.min, until or date.max)
        for old, new, share, since, until in shared
    )
    return _Atlas(tuple(map(tuple, known)), tuple(map(tuple, went)), tuple(shares))


def _area(row: Iterable[Any]) -> Area:
    key, code, name, short_name, level, type_, since, until, parent = row
    return Area(
        key=key,
        code=code,
        name=name,
        short_name=short_name,
        level=level,
        type=type_,
        valid_from=since,
        valid_to=until,
        parent=parent,
    )


@lru_cache(maxsize=8)
def _made(
    known: tuple[tuple[Any, ...], ...], went: tuple[tuple[Any, ...], ...], shares: Shares
) -> AreaCrosswalk:
    """Return the crosswalk of these areas: to make one takes longer than most deliveries do."""
    by_old: dict[int, dict[int, Decimal]] = {}
    for old, new, share in shares:
        by_old.setdefault(old, {})[new] = share
    return AreaCrosswalk(
        map(_area, known),
        [Succession(old, new, share == "whole") for old, new, share in went],
        by_old,
    )


async def _areas_of_agencies(
    transaction: Transaction, place: int, terms: Terms
) -> Mapping[str, Area | None]:
    """Return the own areas of the agencies that a source has words for, by code."""
    if not any(kind == "agency" for kind, _ in terms):
        return {}
    rows = await transaction.fetch(
        select(agency.c.code, *_AREA)
        .join_from(agency, area, area.c.id == agency.c.area_id, isouter=True)
        .where(agency.c.jurisdiction_id == place)
    )
    return {code: None if rest[0] is None else _area(rest) for code, *rest in map(tuple, rows)}
