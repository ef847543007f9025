"""Made-up sources of data: the systems that a city's figures would come from, and what they write.

Here they are but registered: a development hub gives them accounts (``development_sources``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from hub.ingest.demo import tallies
from hub.ingest.demo.marks import NOTE, SOURCE, name_en, name_vi
from hub.ingest.merge import RowSet
from hub.model.intake import data_source, source_right

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Select

    from hub.ingest.demo.marks import Row
    from hub.ingest.demo.world import World


_OPEN_FROM: Final = date(2025, 12, 15)
_WARD: Final = "00004"


@dataclass(frozen=True, slots=True)
class System:
    """A system that figures would come from.

    Attributes:
        writes: the indicators that it may write, by code: in every area of the city, or in *ward*.
        terms: its own words for indicators, with the code of each.
    """

    code: str
    owner: str
    kind: str
    vi: str
    en: str
    description: str
    writes: tuple[str, ...] = ()
    ward: str | None = None
    terms: tuple[tuple[str, str], ...] = ()


SYSTEMS: Final = (
    System(SOURCE, "hn.cong-an", "demo", "Số liệu tạo sẵn", "Made-up figures", NOTE),
    System(
        "demo.hn.duong-day-nong",
        "hn.cong-an",
        "push",
        "Tin báo qua đường dây nóng",
        "Hotline tips",
        "Số tin báo theo phường, xã và tháng.",
        writes=(tallies.HOTLINE_TIPS,),
    ),
    System(
        "demo.hn.vneid",
        "hn.cong-an",
        "api",
        "Tin báo qua VNeID",
        "Tips through VNeID",
        "Số tin báo theo phường, xã và tháng.",
        writes=(tallies.APP_TIPS,),
    ),
    System(
        "demo.hn.truyen-thong",
        "hn.so-van-hoa-the-thao",
        "push",
        "Kết quả truyền thông",
        "Communication output",
        "Số buổi truyền thông và số tin, bài theo phường, xã và tháng.",
        writes=("demo.hn.da7.tda1.buoi-truyen-thong", "demo.hn.da7.tda1.tin-bai-co-so"),
    ),
    System(
        "demo.hn.cho-dieu-tri",
        "hn.so-y-te",
        "database",
        "Chỗ điều trị tại cơ sở",
        "Treatment places",
        "Số chỗ điều trị theo cơ sở và tháng.",
        writes=(tallies.PLACES,),
    ),
    System(
        "demo.hn.viec-lam-vay-von",
        "hn.so-noi-vu",
        "api",
        "Việc làm và vay vốn sau cai",
        "Jobs and loans after rehabilitation",
        "Số người có việc làm, được vay vốn theo phường, xã và tháng.",
        writes=(tallies.JOBS, tallies.LOANS),
        terms=(("viec_lam", tallies.JOBS), ("vay_von", tallies.LOANS)),
    ),
    System(
        "demo.hn.ket-xuat-ngan-sach",
        "hn.so-tai-chinh",
        "dump",
        "Tệp kết xuất ngân sách",
        "Budget dump",
        "Số tiền đã giải ngân theo phường, xã và kỳ.",
        writes=(tallies.SPENDING,),
    ),
    System(
        "demo.hn.bang-tinh-cap-xa",
        f"hn.ubnd-cap-xa.{_WARD}",
        "workbook",
        "Thư mục bảng tính của một phường",
        "Folder of a ward's workbooks",
        "Biểu tháng mà phường nhập tay rồi chép vào thư mục.",
        writes=(
            "hn.da5.so-nguoi-nghien",
            "hn.da5.tu-van-cai-nghien",
            "hn.da5.ho-tro-phong-tai-nghien",
            "hn.da5.so-nguoi-tai-nghien",
            "hn.da5.ty-le-tai-nghien",
            "hn.da5.so-doi-tuong-lien-quan",
            "hn.da5.tiep-can-thong-tin-dich-vu",
            "hn.da5.can-bo-tap-huan",
        ),
        ward=_WARD,
    ),
)
"""What the plans name: tips, communication, jobs and loans, treatment places, budget."""


def source_rows(world: World, ids: Mapping[str, int]) -> RowSet:
    """Return the made-up rows of ``data_source``."""
    rows: list[Row] = [
        {
            "id": ids[each.code],
            "code": each.code,
            "name_vi": name_vi(each.vi),
            "name_en": name_en(each.en),
            "jurisdiction_id": world.jurisdiction,
            "owner_id": world.agencies[each.owner],
            "kind": each.kind,
            "description": each.description,
            "open_from": _OPEN_FROM,
            "synthetic": True,
        }
        for each in SYSTEMS
    ]
    return RowSet(data_source, ("id",), rows, owned=data_source.c.synthetic)


def right_rows(world: World, ids: Mapping[str, int], indicators: Mapping[str, int]) -> RowSet:
    """Return the rows of ``source_right`` of made-up sources."""
    wards = {each.code: each.id for each in world.wards}
    rows: list[Row] = [
        {
            "source_id": ids[each.code],
            "indicator_id": indicators[code],
            "area_id": None if each.ward is None else wards[each.ward],
        }
        for each in SYSTEMS
        for code in each.writes
    ]
    key = ("source_id", "indicator_id", "area_id")
    return RowSet(source_right, key, rows, owned=source_right.c.source_id.in_(_made_up()))


def _made_up() -> Select[tuple[int]]:
    return select(data_source.c.id).where(data_source.c.synthetic)
