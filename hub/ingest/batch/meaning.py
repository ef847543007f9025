"""What the words of a delivery stand for: each told apart once, however many rows use it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import ARRAY, any_, literal, select, true

from hub.clock import VIETNAM
from hub.ingest.batch.places import read_places
from hub.ingest.batch.statements import statement
from hub.ingest.batch.words import Term, Window, code_of, columns_of, day_of, qualified
from hub.ingest.delivered import DeliveryRefusedError
from hub.model.columns import TEXT
from hub.model.facilities import facility
from hub.model.intake import data_source, source_term
from hub.model.measurement import period
from hub.model.territory import area

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from hub.database.transaction import Transaction
    from hub.ingest.batch.sources import Source
    from hub.ingest.batch.words import Terms, Windows, Word

MOST_WORDS: Final = 50_000


class TooManyWordsError(DeliveryRefusedError):
    """A delivery names more things than there can be."""

    code = "DELIVERY_WORDS_TOO_MANY"
    vi = "Cột “{column}” có hơn {limit} tên khác nhau: hãy kiểm tra lại tệp."
    en = "Column “{column}” has more than {limit} different names: check the file."


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the words in ``arrived`` mean.

    Attributes:
        words: the arguments of ``check``.
        shares: those of ``share``; none where no row is to be shared among successors.
        is_inherited: whether any row may be of an area of before.
    """

    words: list[object]
    shares: list[object]
    is_inherited: bool


async def read_meaning(transaction: Transaction, source: Source, now: datetime) -> Meaning:
    """Return what the words in ``arrived`` mean."""
    windows = await _windows(transaction, now)
    terms = await _terms(transaction, source)
    periods = await _words(transaction, "period")
    indicators = await _words(transaction, "indicator")
    areas = await _words(transaction, "area")
    facilities = await _words(transaction, "facility")
    measured = _indicators(indicators, windows, terms)
    places = await read_places(transaction, source, areas, windows, terms)
    housed = await _facilities(transaction, facilities, windows, terms)
    return Meaning(
        [*_periods(periods, windows), *measured, *places.areas, *housed],
        [*places.heirs, *measured] if places.heirs[0] else [],
        places.is_inherited,
    )


async def _words(transaction: Transaction, column: str) -> list[Word]:
    """Return the words of a column, each with the periods that it is used of."""
    rows = await transaction.query(statement(f"words_{column}"), MOST_WORDS + 1)
    if len(rows) > MOST_WORDS:
        raise TooManyWordsError(column=column, limit=MOST_WORDS)
    return [(row[0], row[1]) for row in rows]


async def _windows(transaction: Transaction, now: datetime) -> dict[str, Window]:
    today = now.astimezone(VIETNAM).date()
    rows = await transaction.fetch(
        select(
            period.c.label,
            period.c.id,
            period.c.starts_on,
            period.c.ends_on,
            period.c.calendar,
            data_source.c.open_from,
            data_source.c.calendar.label("own"),
        ).join_from(period, data_source, true())
    )
    windows = {}
    for label, id_, starts_on, ends_on, calendar, open_from, own in rows:
        trouble = ""
        if ends_on >= today:
            trouble = "PERIOD_NOT_FINISHED"
        elif open_from is not None and starts_on < open_from:
            trouble = "PERIOD_CLOSED"
        window = Window(id_, starts_on, ends_on, trouble)
        windows[qualified(calendar, label)] = window
        if calendar == own:
            windows[label] = window
    return windows


async def _terms(transaction: Transaction, source: Source) -> dict[tuple[str, str], list[Term]]:
    t = source_term.c
    terms: dict[tuple[str, str], list[Term]] = {}
    query = select(t.kind, t.term, t.code, t.valid_from, t.valid_until)
    for kind, term, code, since, until in await transaction.fetch(
        query.where(t.source_id == source.id)
    ):
        known = Term(code, since or date.min, until or date.max)
        terms.setdefault((kind, term), []).append(known)
    return terms


def _periods(words: Iterable[Word], windows: Windows) -> tuple[list[object], ...]:
    rows: list[tuple[object, ...]] = []
    for word in dict.fromkeys(word for word, _ in words):
        window = windows.get(word)
        if window is None:
            rows.append((word, None, None, "PERIOD_UNKNOWN"))
        else:
            rows.append((word, window.id, window.starts_on, window.trouble))
    return columns_of(rows, 4)


def _indicators(
    words: Iterable[Word],
    windows: Windows,
    terms: Terms,
) -> tuple[list[object], ...]:
    rows = [
        (word, label, code_of(terms, "indicator", word, day_of(windows, label)))
        for word, label in words
    ]
    return columns_of(rows, 3)


async def _facilities(
    transaction: Transaction,
    words: Iterable[Word],
    windows: Windows,
    terms: Terms,
) -> tuple[list[object], ...]:
    """Return facilities with the area that their figures are of: the ward's own, or the city."""
    named = [(word, label) for word, label in words if word]
    if not named:
        return columns_of([("", label, None, None, "") for _, label in words], 5)
    codes = {code_of(terms, "facility", word, day_of(windows, label)) for word, label in named}
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
        code = code_of(terms, "facility", word, day_of(windows, label))
        id_, where = found.get(code, (None, None))
        trouble = "FACILITY_UNKNOWN" if word and id_ is None else ""
        rows.append((word, label, id_, where, trouble))
    return columns_of(rows, 5)
