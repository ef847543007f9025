"""Made-up sources of data: the systems that a city's figures would come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hub.ingest.demo.marks import NOTE, SOURCE, name_en, name_vi
from hub.ingest.merge import RowSet
from hub.model.intake import data_source

if TYPE_CHECKING:
    from hub.ingest.demo.marks import Row
    from hub.ingest.demo.world import World


@dataclass(frozen=True, slots=True)
class _System:
    code: str
    owner: str
    kind: str
    vi: str
    en: str
    description: str


_SYSTEMS: Final = (
    _System(
        SOURCE,
        "hn.cong-an",
        "demo",
        "Số liệu tạo sẵn",
        "Made-up figures",
        NOTE,
    ),
    _System(
        "demo.hn.duong-day-nong",
        "hn.cong-an",
        "push",
        "Tin báo qua đường dây nóng",
        "Hotline tips",
        "Số tin báo theo phường, xã và tháng.",
    ),
    _System(
        "demo.hn.vneid",
        "hn.cong-an",
        "api",
        "Tin báo qua VNeID",
        "Tips through VNeID",
        "Số tin báo theo phường, xã và tháng.",
    ),
    _System(
        "demo.hn.cho-dieu-tri",
        "hn.so-y-te",
        "database",
        "Chỗ điều trị tại cơ sở",
        "Treatment places",
        "Số chỗ và số người đang điều trị theo cơ sở.",
    ),
    _System(
        "demo.hn.viec-lam-vay-von",
        "hn.so-noi-vu",
        "api",
        "Việc làm và vay vốn sau cai",
        "Jobs and loans after rehabilitation",
        "Số người có việc làm, được vay vốn theo phường, xã.",
    ),
    _System(
        "demo.hn.ket-xuat-ngan-sach",
        "hn.so-tai-chinh",
        "dump",
        "Tệp kết xuất ngân sách",
        "Budget dump",
        "Dòng kinh phí theo dự án, đơn vị và năm.",
    ),
    _System(
        "demo.hn.bang-tinh-cap-xa",
        "hn.cong-an",
        "workbook",
        "Bảng tính của phường, xã",
        "Ward workbook",
        "Số liệu tháng mà phường, xã nhập tay.",
    ),
)


def source_rows(world: World) -> RowSet:
    """Return the made-up rows of ``data_source``."""
    rows: list[Row] = [
        {
            "code": each.code,
            "name_vi": name_vi(each.vi),
            "name_en": name_en(each.en),
            "jurisdiction_id": world.jurisdiction,
            "owner_id": world.agencies[each.owner],
            "kind": each.kind,
            "description": each.description,
            "synthetic": True,
        }
        for each in _SYSTEMS
    ]
    return RowSet(data_source, ("code",), rows, owned=data_source.c.synthetic)
