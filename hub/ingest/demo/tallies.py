"""What demonstration sources count: made-up indicators without a figure until a source sends one.

The plans ask for these counts and set no target of them, and none is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hub.ingest.demo.world import HEALTH, OVERSIGHT, REHABILITATION


@dataclass(frozen=True, slots=True)
class Tally:
    """A count that systems hold, or a share.

    *definition* says in Vietnamese what is counted, and *among* whom where it is a share.
    """

    code: str
    project: str
    name_vi: str
    name_en: str
    definition: str
    unit: str = "count"
    among: str | None = None


HOTLINE_TIPS: Final = "demo.hn.da9.tin-bao-duong-day-nong"
APP_TIPS: Final = "demo.hn.da9.tin-bao-vneid"
PLACES: Final = "demo.hn.da6.cho-dieu-tri"
JOBS: Final = "demo.hn.da5.viec-lam-sau-cai"
LOANS: Final = "demo.hn.da5.vay-von-sau-cai"
SPENDING: Final = "demo.hn.da5.kinh-phi-giai-ngan"

TALLIES: Final = (
    Tally(
        HOTLINE_TIPS,
        OVERSIGHT,
        "Số tin báo qua đường dây nóng",
        "Number of tips through the hotline",
        "Số tin báo tiếp nhận trong tháng",
    ),
    Tally(
        APP_TIPS,
        OVERSIGHT,
        "Số tin báo qua VNeID",
        "Number of tips through VNeID",
        "Số tin báo tiếp nhận trong tháng",
    ),
    Tally(
        PLACES,
        HEALTH,
        "Số chỗ điều trị tại cơ sở",
        "Number of treatment places",
        "Số chỗ điều trị cuối tháng",
    ),
    Tally(
        JOBS,
        REHABILITATION,
        "Số người sau cai nghiện có việc làm mới",
        "Number of people after rehabilitation who found work",
        "Số người có việc làm mới trong tháng",
    ),
    Tally(
        LOANS,
        REHABILITATION,
        "Số người sau cai nghiện được vay vốn",
        "Number of people after rehabilitation who were granted a loan",
        "Số người được vay vốn trong tháng",
    ),
    Tally(
        SPENDING,
        REHABILITATION,
        "Kinh phí đã giải ngân",
        "Money that was disbursed",
        "Số tiền đã giải ngân trong kỳ",
        unit="vnd",
    ),
)
