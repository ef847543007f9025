"""Made-up pilots, and reviews with what they found: issued, answered, or not yet issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from hub.ingest.demo.facilities import CENTRE_AGENCY
from hub.ingest.demo.marks import name_en, name_vi
from hub.ingest.demo.world import HEALTH, REHABILITATION
from hub.ingest.merge import RowSet
from hub.model.situations import finding, pilot_model, review

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hub.ingest.demo.marks import Row
    from hub.ingest.demo.world import Ward, World

_LEAD: Final = "hn.cong-an"
_HEALTH_DEPARTMENT: Final = "hn.so-y-te"


@dataclass(frozen=True, slots=True)
class _Pilot:
    slug: str
    phase: str
    vi: str
    en: str
    reason: str
    started_on: date | None
    ended_on: date | None = None


_PILOTS: Final = (
    _Pilot(
        "cai-nghien-theo-cum",
        "pilot",
        "Cai nghiện tự nguyện theo cụm phường, xã",
        "Voluntary rehabilitation by cluster of wards",
        "Nhiều người nghiện, đã có điểm dịch vụ.",
        date(2026, 2, 2),
    ),
    _Pilot(
        "ho-tro-sau-cai",
        "reviewed",
        "Nhóm hỗ trợ sau cai tại tổ dân phố",
        "Support groups after rehabilitation",
        "Nhiều người sau cai trở về.",
        date(2026, 1, 12),
        date(2026, 8, 31),
    ),
    _Pilot(
        "viec-lam",
        "replicated",
        "Liên kết doanh nghiệp nhận người sau cai",
        "Enterprises that employ people after rehabilitation",
        "Có khu công nghiệp trên địa bàn.",
        date(2026, 1, 19),
        date(2026, 7, 31),
    ),
    _Pilot(
        "tu-van-tu-xa",
        "pilot",
        "Tư vấn cai nghiện từ xa",
        "Remote counselling",
        "Xa cơ sở điều trị.",
        date(2026, 4, 1),
    ),
    _Pilot(
        "gia-dinh",
        "stopped",
        "Lớp kỹ năng cho gia đình",
        "Skills classes for families",
        "Gia đình đề nghị.",
        date(2026, 2, 16),
        date(2026, 5, 29),
    ),
    _Pilot(
        "ho-so-suc-khoe",
        "proposed",
        "Theo dõi sức khỏe sau cai tại trạm y tế",
        "Health follow-up at ward stations",
        "Trạm y tế đủ nhân lực.",
        None,
    ),
)


@dataclass(frozen=True, slots=True)
class Review:
    """A made-up review; *issued_on* is when its findings are, None where they are not yet."""

    slug: str
    project: str
    agency: str
    kind: str
    vi: str
    en: str
    held_on: date
    issued_on: date | None

    @property
    def code(self) -> str:
        """Return its code."""
        return f"demo.hn.{self.slug}"


_OF_WARDS: Final = Review(
    "kiem-tra-2026-1",
    REHABILITATION,
    _LEAD,
    "inspection",
    "Kiểm tra Dự án 5 tại phường, xã, đợt 1 năm 2026",
    "Inspection of Project 5 in wards, first of 2026",
    date(2026, 5, 15),
    date(2026, 6, 10),
)
_INTERIM: Final = Review(
    "so-ket-da6-2026",
    HEALTH,
    _HEALTH_DEPARTMENT,
    "interim",
    "Sơ kết sáu tháng Dự án 6",
    "Half-year review of Project 6",
    date(2026, 7, 20),
    date(2026, 8, 5),
)
_OF_CENTRES: Final = Review(
    "kiem-tra-2026-2",
    REHABILITATION,
    _LEAD,
    "inspection",
    "Kiểm tra cơ sở cai nghiện, đợt 2 năm 2026",
    "Inspection of rehabilitation centres, second of 2026",
    date(2026, 10, 12),
    None,
)
_REVIEWS: Final = (_OF_WARDS, _INTERIM, _OF_CENTRES)

_STATEMENTS: Final = {
    "achievement": "Đã lập kế hoạch và phân công rõ người, rõ việc.",
    "weakness": "Số liệu tháng nộp chậm so với thời hạn.",
    "cause": "Cán bộ kiêm nhiệm nhiều việc.",
    "lesson": "Giao ban hằng tháng giúp nộp đúng hạn.",
    "recommendation": "Bố trí người thay khi cán bộ phụ trách vắng.",
}
_ANSWER: Final = "Đơn vị tiếp thu và sẽ khắc phục."
_UNISSUED: Final = "lesson"
"""The kind of finding that the interim review still holds back."""


def reviews(world: World) -> list[Review]:
    """Return the reviews held by now."""
    return [each for each in _REVIEWS if each.held_on <= world.today]


def pilot_rows(world: World) -> RowSet:
    """Return the made-up rows of ``pilot_model``."""
    wards = world.draw("pilots").sample(world.wards, len(_PILOTS))
    rows: list[Row] = [
        {
            **world.projects[REHABILITATION].columns,
            "code": f"demo.hn.thi-diem.{pilot.slug}",
            "name_vi": name_vi(pilot.vi),
            "name_en": name_en(pilot.en),
            "area_id": ward.id,
            "agency_id": world.agencies[ward.committee],
            "phase": pilot.phase,
            "reason": name_vi(pilot.reason),
            "started_on": pilot.started_on,
            "ended_on": pilot.ended_on,
            "synthetic": True,
        }
        for pilot, ward in zip(_PILOTS, wards, strict=True)
    ]
    return RowSet(pilot_model, ("code",), rows, owned=pilot_model.c.synthetic)


def review_rows(world: World, held: list[Review], ids: Mapping[str, int]) -> RowSet:
    """Return the made-up rows of ``review``."""
    rows: list[Row] = [
        {
            **world.projects[each.project].columns,
            "id": ids[each.code],
            "code": each.code,
            "name_vi": name_vi(each.vi),
            "name_en": name_en(each.en),
            "agency_id": world.agencies[each.agency],
            "kind": each.kind,
            "held_on": each.held_on,
            "synthetic": True,
        }
        for each in held
    ]
    return RowSet(review, ("id",), rows, owned=review.c.synthetic)


def finding_rows(world: World, held: list[Review], ids: Mapping[str, int]) -> RowSet:
    """Return the made-up rows of ``finding``."""
    rows = [
        {
            **world.projects[each.project].columns,
            **row,
            "code": f"{each.code}.{number}",
            "review_id": ids[each.code],
            "synthetic": True,
        }
        for each in held
        for number, row in enumerate(_findings(world, each), start=1)
    ]
    return RowSet(finding, ("code",), rows, owned=finding.c.synthetic)


def _findings(world: World, each: Review) -> Iterator[Row]:
    wards = world.draw("inspected", each.code).sample(world.wards, 3)
    inspected: list[tuple[str, Ward | None]] = [(ward.committee, ward) for ward in wards]
    if each is _OF_CENTRES:
        inspected = [(CENTRE_AGENCY.format(number=number), None) for number in (1, 3, 6)]
    for agency, ward in inspected:
        for kind, statement in _STATEMENTS.items():
            held_back = each is _INTERIM and kind == _UNISSUED
            issued_on = None if held_back else each.issued_on
            is_issued = issued_on is not None and issued_on <= world.today
            is_answered = is_issued and kind == "weakness"
            yield {
                "area_id": None if ward is None else ward.id,
                "agency_id": world.agencies[agency],
                "kind": kind,
                "statement": name_vi(statement),
                "answer": name_vi(_ANSWER) if is_answered else None,
                "issued_on": issued_on if is_issued else None,
            }
