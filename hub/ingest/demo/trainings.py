"""Made-up training courses: how many were invited, came and were certified; never who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from hub.ingest.demo.facilities import CENTRE_AGENCY, CENTRES
from hub.ingest.demo.marks import name_en, name_vi
from hub.ingest.demo.world import HEALTH, OVERSIGHT, REHABILITATION, TRADE_UNIONS
from hub.ingest.merge import RowSet
from hub.model.resources import training

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.ingest.demo.marks import Row
    from hub.ingest.demo.world import World

_TIMES: Final = 4
_FIRST_DAY: Final = date(2026, 1, 12)
_DAYS: Final = 290

_A_WARD: Final = "a ward"
_A_CENTRE: Final = "a centre"


@dataclass(frozen=True, slots=True)
class _Course:
    """A course that is held again and again; *host* is an agency, or whichever is drawn."""

    slug: str
    project: str
    host: str
    audience: str
    certificate: str
    vi: str
    en: str


_COURSES: Final = (
    _Course(
        "xac-dinh-nghien",
        REHABILITATION,
        "hn.so-y-te",
        "health_worker",
        "chung-nhan",
        "Lớp xác định tình trạng nghiện ma túy",
        "Course on determining addiction status",
    ),
    _Course(
        "tham-phan",
        REHABILITATION,
        "hn.toa-an",
        "judge",
        "none",
        "Lớp bồi dưỡng thẩm phán",
        "Course for judges",
    ),
    _Course(
        "quan-ly-sau-cai",
        REHABILITATION,
        "hn.cong-an",
        "police",
        "chung-chi",
        "Lớp quản lý sau cai cho công an cấp xã",
        "Course on post-rehabilitation management for commune police",
    ),
    _Course(
        "cai-nghien-tu-nguyen",
        REHABILITATION,
        "hn.cong-an",
        "ward_officer",
        "chung-nhan",
        "Lớp hỗ trợ cai nghiện tự nguyện",
        "Course on supporting voluntary rehabilitation",
    ),
    _Course(
        "tinh-nguyen-vien",
        REHABILITATION,
        _A_WARD,
        "volunteer",
        "chung-nhan",
        "Lớp tư vấn, hỗ trợ người sau cai",
        "Course on counselling after rehabilitation",
    ),
    _Course(
        "can-bo-co-so",
        REHABILITATION,
        _A_CENTRE,
        "manager",
        "chung-chi",
        "Lớp bồi dưỡng cán bộ cơ sở cai nghiện",
        "Course for staff of rehabilitation centres",
    ),
    _Course(
        "dieu-tri-thay-the",
        HEALTH,
        "hn.so-y-te",
        "health_worker",
        "chung-chi",
        "Lớp điều trị thay thế",
        "Course on substitution treatment",
    ),
    _Course(
        "cong-doan",
        TRADE_UNIONS,
        "hn.mttq",
        "volunteer",
        "none",
        "Lớp tuyên truyền viên công đoàn",
        "Course for union communicators",
    ),
    _Course(
        "quan-ly-chuong-trinh",
        OVERSIGHT,
        "hn.cong-an",
        "manager",
        "chung-nhan",
        "Lớp quản lý, giám sát chương trình",
        "Course on managing the programme",
    ),
    _Course(
        "bao-cao-so",
        OVERSIGHT,
        "hn.cong-an",
        "ward_officer",
        "none",
        "Lớp sử dụng hệ thống báo cáo số",
        "Course on the digital reporting system",
    ),
)


def training_rows(world: World) -> RowSet:
    """Return the made-up rows of ``training``."""
    rows = [
        row
        for course in _COURSES
        for number in range(1, _TIMES + 1)
        for row in _trainings(world, course, number)
    ]
    return RowSet(training, ("code",), rows, owned=training.c.synthetic)


def _trainings(world: World, course: _Course, number: int) -> Iterator[Row]:
    source = world.draw("training", course.slug, number)
    held_on = _FIRST_DAY + timedelta(days=source.randrange(_DAYS))
    ward = source.choice(world.wards) if course.host == _A_WARD else None
    host = CENTRE_AGENCY.format(number=source.choice(CENTRES))
    if course.host != _A_CENTRE:
        host = course.host if ward is None else ward.committee
    invited = source.randint(20, 120)
    # Some come who were not invited.
    attended = round(invited * source.uniform(0.7, 1.05))
    certified = round(attended * source.uniform(0.8, 1.0))
    if held_on <= world.today:
        yield {
            **world.projects[course.project].columns,
            "code": f"demo.hn.tap-huan.{course.slug}.{number}",
            "name_vi": name_vi(f"{course.vi}, đợt {number}"),
            "name_en": name_en(f"{course.en}, no. {number}"),
            "agency_id": world.agencies[host],
            "area_id": None if ward is None else ward.id,
            "audience": course.audience,
            "held_on": held_on,
            "invited": invited,
            "attended": attended,
            "certified": 0 if course.certificate == "none" else certified,
            "certificate": course.certificate,
            "synthetic": True,
        }
