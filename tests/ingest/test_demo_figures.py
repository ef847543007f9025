"""Made-up figures run as real ones are reported, and the same seed makes the same."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hub.clock import VIETNAM
from hub.ingest.demo.figures import BEFORE_THE_REDRAWING, THIS_YEAR, Course, Figure, figures
from hub.ingest.demo.indicators import Shape
from hub.ingest.demo.marks import draw

SEED = 2026
ALL_REPORTED = datetime(2026, 12, 31, tzinfo=UTC)

shapes = st.builds(
    Shape, st.integers(1, 20), st.integers(20, 400), st.floats(0, 1), st.floats(0, 1)
)
courses = st.builds(
    Course,
    st.text(max_size=9),
    shapes,
    st.booleans(),
    st.sampled_from([THIS_YEAR, BEFORE_THE_REDRAWING]),
)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def reported(course: Course, until: datetime = ALL_REPORTED) -> list[Figure]:
    """Return the figures of *course* by *until*."""
    return list(figures(SEED, course, until=until))


@given(courses)
def test_figures_are_what_their_parts_and_revisions_say(course: Course) -> None:
    """A rate comes from its parts; a correction begins when what it corrects ends."""
    found = reported(course)
    assert found == reported(course)
    ends = {each.month: each.superseded_at for each in found if each.superseded_at}
    corrections = {each.month: each.recorded_at for each in found if each.revision == 2}
    assert ends == corrections
    for figure in found:
        measure = figure.measure
        assert figure.month in course.span.months
        assert figure.recorded_at > datetime(course.span.year, figure.month, 28, tzinfo=VIETNAM)
        if measure.numerator is not None and measure.denominator is not None:
            assert measure.value is not None
            exact = Decimal(100 * measure.numerator) / measure.denominator
            assert abs(measure.value - exact) <= Decimal("0.005")
        elif measure.value is not None:
            assert not course.is_rate
            assert measure.value >= 0


@given(courses, moments)
def test_nothing_is_known_before_it_is_recorded(course: Course, until: datetime) -> None:
    """At any moment the figures are those recorded by then, corrections included."""
    known = reported(course, until)
    assert [(f.month, f.revision, f.measure) for f in known] == [
        (f.month, f.revision, f.measure) for f in reported(course) if f.recorded_at <= until
    ]
    assert all(f.superseded_at is None or f.superseded_at <= until for f in known)


@given(st.text(max_size=9), shapes, st.booleans())
def test_what_is_long_past_is_accepted(series: str, shape: Shape, is_rate: bool) -> None:
    """But for what was corrected: that may have been sent back."""
    found = reported(Course(series, shape, is_rate, BEFORE_THE_REDRAWING))
    assert {each.status for each in found if each.superseded_at is None} <= {"accepted"}


def test_each_subject_has_a_chance_of_its_own() -> None:
    assert draw(1, "a", 2).random() == draw(1, "a", 2).random()
    others = (draw(1, "a"), draw(2, "a"), draw(1, "b"), draw(1, "a", 1))
    assert len({each.random() for each in others}) == len(others)
