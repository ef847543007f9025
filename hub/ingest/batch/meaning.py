"""What the words of a delivery stand for: each told apart once, however many rows use it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY, any_, literal, select

from hub.clock import VIETNAM
from hub.ingest.batch.statements import statement
from hub.ingest.crosswalk import Area, AreaCrosswalk, Problem, Succession, Via
from hub.ingest.delivered import DeliveryRefusedError
from hub.model.columns import TEXT
from hub.model.facilities import facility
from hub.model.intake import data_source, source_term
from hub.model.measurement import period
from hub.model.territory import area, area_lineage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from hub.database.transaction import Transaction
    from hub.ingest.batch.sources import Source

MOST_WORDS: Final = 50_000
_BETWEEN: Final = "\x1f"


class TooManyWordsError(DeliveryRefusedError):
    """A delivery names more things than there can be."""

    code = "DELIVERY_WORDS_TOO_MANY"
    vi = "Cột “{column}” có hơn {limit} tên khác nhau: hãy kiểm tra lại tệp."
    en = "Column “{column}” has more than {limit} different names: check the file."


@dataclass(frozen=True, slots=True)
class _Window:
    """A period as a source may write of it; *trouble* says why not, where it may not."""

    id: int
    starts_on: date
    ends_on: date
    trouble: str


@dataclass(frozen=True, slots=True)
class _Term:
    """A source's own word; *since* and *until* bound the days on which it means *code*."""

    code: str
    since: date
    until: date


async def read_meaning(transaction: Transaction, source: Source, now: datetime) -> list[object]:
    """Return what the words in ``arrived`` mean, as the arguments of ``check``."""
    windows = await _windows(transaction, now)
    terms = await _terms(transaction, source)
    periods = await _words(transaction, "period")
    indicators = await _words(transaction, "indicator")
    areas = await _words(transaction, "area")
    facilities = await _words(transaction, "facility")
    return [
        *_periods(periods, windows),
        *_indicators(indicators, windows, terms),
        *await _areas(transaction, areas, windows, terms),
        *await _facilities(transaction, facilities, windows, terms),
    ]


async def _words(transaction: Transaction, column: str) -> list[tuple[str, str]]:
    """Return the words of a column, each with the periods that it is used of."""
    rows = await transaction.query(statement(f"words_{column}"), MOST_WORDS + 1)
    if len(rows) > MOST_WORDS:
        raise TooManyWordsError(column=column, limit=MOST_WORDS)
    return [(row[0], row[1]) for row in rows]


async def _windows(transaction: Transaction, now: datetime) -> dict[str, _Window]:
    today = now.astimezone(VIETNAM).date()
    rows = await transaction.fetch(
        select(
            period.c.label,
            period.c.id,
            period.c.starts_on,
            period.c.ends_on,
            data_source.c.open_from,
        ).join_from(period, data_source, period.c.calendar == data_source.c.calendar)
    )
    windows = {}
    for label, id_, starts_on, ends_on, open_from in rows:
        trouble = ""
        if ends_on >= today:
            trouble = "PERIOD_NOT_FINISHED"
        elif open_from is not None and starts_on < open_from:
            trouble = "PERIOD_CLOSED"
        windows[label] = _Window(id_, starts_on, ends_on, trouble)
    return windows


async def _terms(transaction: Transaction, source: Source) -> dict[tuple[str, str], list[_Term]]:
    t = source_term.c
    terms: dict[tuple[str, str], list[_Term]] = {}
    query = select(t.kind, t.term, t.code, t.valid_from, t.valid_until)
    for kind, term, code, since, until in await transaction.fetch(
        query.where(t.source_id == source.id)
    ):
        known = _Term(code, since or date.min, until or date.max)
        terms.setdefault((kind, term), []).append(known)
    return terms


def _code(
    terms: Mapping[tuple[str, str], list[_Term]], kind: str, word: str, on: date | None
) -> str:
    """Return the code that *word* is the source's own word for; else *word* itself."""
    for term in terms.get((kind, word), ()):
        if on is not None and term.since <= on < term.until:
            return term.code
    return word


def _periods(
    words: Iterable[tuple[str, str]], windows: Mapping[str, _Window]
) -> tuple[list[object], ...]:
    rows: list[tuple[object, ...]] = []
    for word in dict.fromkeys(word for word, _ in words):
        window = windows.get(word)
        if window is None:
            rows.append((word, None, None, "PERIOD_UNKNOWN"))
        else:
            rows.append((word, window.id, window.starts_on, window.trouble))
    return _columns(rows, 4)


def _indicators(
    words: Iterable[tuple[str, str]],
    windows: Mapping[str, _Window],
    terms: Mapping[tuple[str, str], list[_Term]],
) -> tuple[list[object], ...]:
    rows = [
        (word, label, _code(terms, "indicator", word, _day(windows, label)))
        for word, label in words
    ]
    return _columns(rows, 3)


async def _areas(
    transaction: Transaction,
    words: Iterable[tuple[str, str]],
    windows: Mapping[str, _Window],
    terms: Mapping[tuple[str, str], list[_Term]],
) -> tuple[list[object], ...]:
    """Return the areas meant; what could be two is none, and is told with its candidates."""
    [(default, place)] = await transaction.fetch(
        select(data_source.c.area_id, data_source.c.jurisdiction_id)
    )
    crosswalk = await _crosswalk(transaction, place)
    rows: list[tuple[object, ...]] = []
    for word, label in words:
        day = _day(windows, label)
        if not word:
            rows.append((word, label, default, "" if default else Problem.UNKNOWN.value, "", False))
        elif day is None:
            rows.append((word, label, None, Problem.UNKNOWN.value, "", False))
        else:
            found = crosswalk.resolve(_code(terms, "area", word, day), day)
            id_ = None if found.area is None else found.area.key
            trouble = "" if found.code is None else found.code.value
            is_inherited = found.via is Via.LINEAGE
            listed = _BETWEEN.join(found.candidates)
            rows.append((word, label, id_, trouble, listed, is_inherited))
    return _columns(rows, 6)


async def _crosswalk(transaction: Transaction, place: int) -> AreaCrosswalk:
    a, w = area.c, area_lineage.c
    known = await transaction.fetch(
        select(
            a.id,
            a.code,
            a.name,
            a.short_name,
            a.level,
            a.type,
            a.valid_from,
            a.valid_to,
            a.parent_id,
        )
        .where(a.jurisdiction_id == place)
        .order_by(a.id)
    )
    went = await transaction.fetch(
        select(w.predecessor_id, w.successor_id, w.share)
        .join_from(area_lineage, area, w.predecessor_id == a.id)
        .where(a.jurisdiction_id == place)
        .order_by(w.id)
    )
    return _made(tuple(map(tuple, known)), tuple(map(tuple, went)))


@lru_cache(maxsize=8)
def _made(known: tuple[tuple[Any, ...], ...], went: tuple[tuple[Any, ...], ...]) -> AreaCrosswalk:
    """Return the crosswalk of these areas: to make one takes longer than most deliveries do."""
    areas = []
    for key, code, name, short_name, level, type_, since, until, parent in known:
        areas.append(
            Area(
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
        )
    return AreaCrosswalk(
        areas, [Succession(old, new, share == "whole") for old, new, share in went]
    )


async def _facilities(
    transaction: Transaction,
    words: Iterable[tuple[str, str]],
    windows: Mapping[str, _Window],
    terms: Mapping[tuple[str, str], list[_Term]],
) -> tuple[list[object], ...]:
    """Return facilities with the area that their figures are of: the ward's own, or the city."""
    named = [(word, label) for word, label in words if word]
    if not named:
        return _columns([("", label, None, None, "") for _, label in words], 5)
    codes = {_code(terms, "facility", word, _day(windows, label)) for word, label in named}
    city = select(area.c.id).where(
        area.c.level == "city",
        area.c.jurisdiction_id == facility.c.jurisdiction_id,
        area.c.valid_to.is_(None),
    )
    known = await transaction.fetch(
        select(
            facility.c.code, facility.c.id, facility.c.reporting_area_id, city.scalar_subquery()
        ).where(facility.c.code == any_(literal(sorted(codes), ARRAY(TEXT))))
    )
    found = {code: (id_, own or whole) for code, id_, own, whole in known}
    rows: list[tuple[object, ...]] = []
    for word, label in words:
        code = _code(terms, "facility", word, _day(windows, label))
        id_, where = found.get(code, (None, None))
        trouble = "FACILITY_UNKNOWN" if word and id_ is None else ""
        rows.append((word, label, id_, where, trouble))
    return _columns(rows, 5)


def _day(windows: Mapping[str, _Window], label: str) -> date | None:
    """Return the day on which the words of a row hold: the last one that it speaks of."""
    window = windows.get(label)
    return None if window is None else window.ends_on


def _columns(rows: Iterable[tuple[object, ...]], width: int) -> tuple[list[object], ...]:
    columns = tuple(map(list, zip(*rows, strict=True)))
    return columns or tuple([] for _ in range(width))
