"""Made-up figures: monthly series with the faults that real reporting has.

Each series is drawn from a source of its own, so one does not move another. The same seed gives
the same series.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import TYPE_CHECKING, Final

from hub.clock import VIETNAM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.ingest.demo.indicators import Shape

_LATE_NOTE: Final = "Nộp sau thời hạn."
_EMPTY_NOTE: Final = "Chưa có số liệu."
_REVISED_NOTE: Final = "Điều chỉnh sau khi rà soát."

_MISSING: Final = 0.02
_EMPTY: Final = 0.01
_LATE: Final = 0.08
_REVISED: Final = 0.04
_ABOVE_THE_WHOLE: Final = 0.003
_TENFOLD: Final = 0.003

_SETTLED: Final = (("accepted",), (100,))
_PROGRESS: Final = (
    (("draft", "submitted", "returned"), (35, 55, 10)),
    (("submitted", "approved", "returned"), (40, 50, 10)),
    (("approved", "accepted"), (30, 70)),
    (("approved", "accepted"), (2, 98)),
)
"""How far figures have come in a hundred, by the months since: the newest first."""

_DEADLINE_DAYS: Final = 5
_LATEST_DAYS: Final = 25
_HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Span:
    """The months that a series runs through; *is_settled* where they are long past."""

    year: int
    months: range
    is_settled: bool = False


THIS_YEAR: Final = Span(2026, range(1, 11))
BEFORE_THE_REDRAWING: Final = Span(2025, range(1, 7), is_settled=True)
"""The last months that the closed wards can be spoken of."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A value; of a rate with the parts it comes from."""

    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """What was reported of a month, and when; *superseded_at* once it was corrected."""

    month: int
    revision: int
    measure: Measure
    status: str
    recorded_at: datetime
    superseded_at: datetime | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What is drawn of one series: its name, how its figures run, and through which months."""

    series: str
    shape: Shape
    is_rate: bool
    span: Span = THIS_YEAR


def figures(seed: int, course: Course, *, until: datetime) -> Iterator[Figure]:
    """Yield what has been reported of *course* *until* then, by month and revision."""
    source = Random(f"{seed}/{course.series}")  # noqa: S311 (what is made up needs no secrecy)
    shape, span = course.shape, course.span
    size = source.randint(shape.smallest, shape.largest)
    skill = source.gauss(0, 0.07)
    rise = shape.last - shape.first
    for number, month in enumerate(span.months):
        share = shape.first + rise * number / (len(span.months) - 1)
        measure = (
            _rate(source, size, share + skill) if course.is_rate else _count(source, size, share)
        )
        for figure in _reports(source, span, month, measure):
            if figure.recorded_at > until:
                continue
            is_corrected_later = figure.superseded_at is not None and figure.superseded_at > until
            yield replace(figure, superseded_at=None) if is_corrected_later else figure


def _rate(source: Random, size: int, share: float) -> Measure:
    denominator = max(1, size + source.randint(-size // 20, size // 20))
    numerator = round(denominator * min(0.98, max(0.02, share + source.gauss(0, 0.02))))
    if source.random() < _ABOVE_THE_WHOLE:
        numerator = denominator + source.randint(1, 1 + denominator // 10)
    return _of_parts(numerator, denominator)


def _count(source: Random, size: int, multiple: float) -> Measure:
    value = max(0, round(size * multiple * (1 + source.gauss(0, 0.05))))
    if source.random() < _TENFOLD:
        value *= 10
    return Measure(Decimal(value))


def _of_parts(numerator: int, denominator: int) -> Measure:
    value = Decimal(100 * numerator) / denominator
    return Measure(value.quantize(_HUNDREDTH, ROUND_HALF_UP), numerator, denominator)


def _reports(source: Random, span: Span, month: int, measure: Measure) -> Iterator[Figure]:
    """Yield the report of *measure*, what corrected it, or nothing where it went missing."""
    age = span.months[-1] - month
    progress = _SETTLED if span.is_settled else _PROGRESS[min(age, len(_PROGRESS) - 1)]
    [status] = source.choices(*progress)
    is_late = source.random() < _LATE
    delay = source.randrange(_DEADLINE_DAYS, _LATEST_DAYS) if is_late else None
    recorded_at = _moment(
        source, span.year, month, source.randrange(_DEADLINE_DAYS) if delay is None else delay
    )
    note = _LATE_NOTE if is_late else None
    fate = source.random()
    if fate < _MISSING:
        return
    if fate < _MISSING + _EMPTY:
        yield Figure(month, 1, Measure(), status, recorded_at, note=_EMPTY_NOTE)
    elif fate < _MISSING + _EMPTY + _REVISED and (age > 0 or span.is_settled):
        corrected_at = recorded_at + timedelta(days=source.randint(2, 12), minutes=7)
        at_first = source.choice(("returned", status))
        mistaken = _mistaken(source, measure)
        yield Figure(month, 1, mistaken, at_first, recorded_at, corrected_at, note)
        yield Figure(month, 2, measure, status, corrected_at, note=_REVISED_NOTE)
    else:
        yield Figure(month, 1, measure, status, recorded_at, note=note)


def _mistaken(source: Random, measure: Measure) -> Measure:
    """Return *measure* as it was reported at first: off by a little, never the same."""
    if measure.numerator is not None and measure.denominator is not None:
        wrong = abs(measure.numerator - source.randint(1, 1 + measure.numerator // 5))
        return _of_parts(wrong, measure.denominator)
    right = int(measure.value or 0)
    return Measure(Decimal(abs(right - source.randint(1, 1 + right // 5))))


def _moment(source: Random, year: int, month: int, days: int) -> datetime:
    """Return a working hour, *days* after the first day on which *month* can be reported."""
    after = date(year + month // 12, month % 12 + 1, 1) + timedelta(days=days)
    at = time(source.randint(8, 16), source.randrange(60), tzinfo=VIETNAM)
    return datetime.combine(after, at)
