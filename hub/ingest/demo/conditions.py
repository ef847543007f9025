"""Made-up checks of what facilities must meet, and who may determine addiction status.

The criteria are those of the 2021 decrees, and every check is of a day on which these held: since
July 2026 other rules do, which the hub has not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from hub.ingest.demo.facilities import CENTRE_KIND
from hub.ingest.demo.marks import NOTE
from hub.ingest.demo.world import REHABILITATION
from hub.ingest.merge import RowSet
from hub.model.facilities import eligibility, facility_condition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from hub.ingest.demo.facilities import Facility
    from hub.ingest.demo.marks import Row
    from hub.ingest.demo.world import Ward, World

_CENTRE_RULE: Final = "Nghị định 116/2021/NĐ-CP, Điều 6"
_DETERMINING_RULE: Final = "Nghị định 109/2021/NĐ-CP, Điều 3"
_DECIDES: Final = "hn.so-y-te"
_FIRST_CHECK: Final = date(2026, 1, 5)
_CHECKING_DAYS: Final = 140
_FIT_STATIONS: Final = 0.65
_FIT_CENTRES: Final = 4
_UNCHECKED: Final = 0.1
_UNMET: Final = 0.2
_LIMITED: Final = 0.1
_DAYS_LIMITED: Final = 120


@dataclass(frozen=True, slots=True)
class _Criterion:
    slug: str
    vi: str
    en: str
    rule: str


_LAND: Final = {
    True: _Criterion(
        "dat",
        "Diện tích đất tối thiểu 80 m²/người (đô thị)",
        "At least 80 m² of land a person (urban)",
        _CENTRE_RULE,
    ),
    False: _Criterion(
        "dat",
        "Diện tích đất tối thiểu 100 m²/người (nông thôn)",
        "At least 100 m² of land a person (rural)",
        _CENTRE_RULE,
    ),
}
_OF_A_CENTRE: Final = (
    _Criterion(
        "phong-o",
        "Diện tích phòng ở tối thiểu 6 m²/người",
        "At least 6 m² of room a person",
        _CENTRE_RULE,
    ),
    _Criterion(
        "phong-24-gio",
        "Diện tích phòng ở tối thiểu 8 m²/người khi chăm sóc 24/24 giờ",
        "At least 8 m² of room a person under care day and night",
        _CENTRE_RULE,
    ),
    _Criterion(
        "the-thao",
        "Khu thể thao tối thiểu 25% diện tích sử dụng",
        "Sports grounds on at least 25% of the area in use",
        _CENTRE_RULE,
    ),
    _Criterion("phan-khu", "Có các khu riêng biệt", "Separate zones", _CENTRE_RULE),
)
_FOR_DETERMINING: Final = (
    _Criterion(
        "pham-vi",
        "Phạm vi hoạt động được cấp phép phù hợp",
        "Licensed for this scope of work",
        _DETERMINING_RULE,
    ),
    _Criterion(
        "bac-si",
        "Có bác sĩ được cấp chứng chỉ hoặc đã qua tập huấn",
        "A doctor with a certificate or training",
        _DETERMINING_RULE,
    ),
    _Criterion("trang-thiet-bi", "Có đủ trang thiết bị", "The equipment", _DETERMINING_RULE),
)


@dataclass(frozen=True, slots=True)
class _Checked:
    """A facility that was checked, or is to be; *is_fit* to determine addiction status."""

    code: str
    ward: Ward
    is_of_ward: bool
    criteria: tuple[_Criterion, ...]
    is_fit: bool


def condition_rows(world: World, found: list[Facility]) -> RowSet:
    """Return the made-up rows of ``facility_condition``."""
    rows = [row for each in _checked(world, found) for row in _conditions(world, each)]
    return RowSet(facility_condition, ("code",), rows, owned=facility_condition.c.synthetic)


def eligibility_rows(world: World, found: list[Facility]) -> RowSet:
    """Return the made-up rows of ``eligibility``: each after the check that it rests on."""
    rows = [
        row for each in _checked(world, found) if each.is_fit for row in _decisions(world, each)
    ]
    return RowSet(eligibility, ("code",), rows, owned=eligibility.c.synthetic)


def _checked(world: World, found: list[Facility]) -> Iterator[_Checked]:
    centres = [each for each in found if each.kind == CENTRE_KIND]
    for number, centre in enumerate(centres, start=1):
        criteria = (_LAND[centre.ward.is_urban], *_OF_A_CENTRE, *_FOR_DETERMINING)
        is_fit = number <= _FIT_CENTRES
        yield _Checked(centre.code, centre.ward, centre.is_of_ward, criteria, is_fit)
    for ward in world.wards:
        is_fit = world.draw("fit", ward.code).random() < _FIT_STATIONS
        yield _Checked(
            ward.station, ward, is_of_ward=True, criteria=_FOR_DETERMINING, is_fit=is_fit
        )


def _code(each: _Checked) -> str:
    return each.code if each.code.startswith("demo.") else f"demo.{each.code}"


def _checked_on(world: World, each: _Checked) -> date:
    days = world.draw("checked", each.code).randrange(_CHECKING_DAYS)
    return _FIRST_CHECK + timedelta(days=days)


def _conditions(world: World, each: _Checked) -> Iterator[Row]:
    source = world.draw("conditions", each.code)
    checked_on = _checked_on(world, each)
    lacking = None if each.is_fit else source.choice(_FOR_DETERMINING)
    for criterion in each.criteria:
        is_met = _is_met(source, criterion, lacking)
        is_checked = is_met is not None and checked_on <= world.today
        yield {
            "code": f"{_code(each)}.{criterion.slug}",
            "facility_id": world.facilities[each.code],
            "criterion_vi": criterion.vi,
            "criterion_en": criterion.en,
            "is_met": is_met if is_checked else None,
            "checked_on": checked_on if is_checked else None,
            "legal_basis": criterion.rule,
            "synthetic": True,
        }


def _is_met(source: Random, criterion: _Criterion, lacking: _Criterion | None) -> bool | None:
    """Return whether it is met, or None where nobody has looked yet."""
    is_checked = source.random() >= _UNCHECKED
    if criterion is lacking:
        return False if is_checked else None
    if criterion.rule == _DETERMINING_RULE:
        return True
    return source.random() >= _UNMET if is_checked else None


def _decisions(world: World, each: _Checked) -> Iterator[Row]:
    source = world.draw("eligible", each.code)
    valid_from = _checked_on(world, each) + timedelta(days=source.randint(10, 30))
    is_limited = source.random() < _LIMITED
    if valid_from <= world.today:
        yield {
            **world.projects[REHABILITATION].columns,
            "code": f"{_code(each)}.xac-dinh-nghien",
            "facility_id": world.facilities[each.code],
            "reporting_area_id": each.ward.id if each.is_of_ward else None,
            "decided_by_id": world.agencies[_DECIDES],
            "valid_from": valid_from,
            "valid_to": valid_from + timedelta(days=_DAYS_LIMITED) if is_limited else None,
            "notes": NOTE,
            "synthetic": True,
        }
