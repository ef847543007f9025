"""What is measured in the demonstration: made-up indicators, and who would report which figures.

Every made-up indicator says so in its name; none is taken from a document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

YEARS: Final = range(2026, 2031)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a ward's figures of one indicator run from the first month to the last.

    Attributes:
        smallest: the least a ward may have to count: of the denominator for a rate.
        largest: the most.
        first: the rate at the first month; for a count, its multiple of the ward's own size.
        last: the same at the last month.
    """

    smallest: int
    largest: int
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Invented:
    """An indicator that is made up, with its yearly targets for ``YEARS``."""

    slug: str
    unit: str
    name_vi: str
    name_en: str
    numerator_vi: str
    denominator_vi: str | None
    targets: tuple[int, int, int, int, int]
    shape: Shape


@dataclass(frozen=True, slots=True)
class Plan:
    """What one local project has figures for.

    Attributes:
        project: the local project.
        reporter: the agency that reports for every ward; None where each ward reports for itself.
        invented: made-up indicators; a project without any is shown by its real ones.
    """

    project: str
    reporter: str | None
    invented: tuple[Invented, ...] = ()

    @property
    def prefix(self) -> str:
        """Return what the codes of the invented indicators begin with."""
        return f"demo.{self.project.replace('.ctmtqg-2030', '')}"


PLANS: Final = (
    Plan("hn.ctmtqg-2030.da5", reporter=None),
    Plan(
        "hn.ctmtqg-2030.da6",
        reporter=None,
        invented=(
            Invented(
                "dieu-tri-thay-the",
                "percent",
                "Tỷ lệ người nghiện chất dạng thuốc phiện được điều trị thay thế",
                "Share of people with opioid dependence in substitution treatment",
                "Số người đang điều trị thay thế",
                "Số người nghiện chất dạng thuốc phiện",
                (55, 60, 65, 70, 75),
                Shape(15, 120, 0.38, 0.53),
            ),
            Invented(
                "nhan-vien-y-te-tap-huan",
                "percent",
                "Tỷ lệ nhân viên y tế cấp xã được tập huấn về xác định tình trạng nghiện",
                "Share of commune health workers trained in determining addiction status",
                "Số nhân viên y tế cấp xã đã được tập huấn",
                "Số nhân viên y tế cấp xã",
                (40, 55, 70, 85, 100),
                Shape(6, 24, 0.15, 0.42),
            ),
            Invented(
                "luot-sang-loc",
                "count",
                "Số lượt người được sàng lọc tại trạm y tế",
                "Number of screenings at commune health stations",
                "Số lượt người được sàng lọc trong tháng",
                None,
                (30000, 33000, 36000, 39000, 42000),
                Shape(8, 60, 0.8, 1.2),
            ),
        ),
    ),
    Plan(
        "hn.ctmtqg-2030.da7.tda1",
        reporter="hn.so-van-hoa-the-thao",
        invented=(
            Invented(
                "ho-gia-dinh-tiep-can",
                "percent",
                "Tỷ lệ hộ gia đình được tiếp cận thông tin phòng, chống ma túy",
                "Share of households reached with drug prevention information",
                "Số hộ gia đình được tiếp cận thông tin",
                "Tổng số hộ gia đình",
                (50, 60, 70, 80, 90),
                Shape(3000, 14000, 0.25, 0.52),
            ),
            Invented(
                "buoi-truyen-thong",
                "count",
                "Số buổi truyền thông tại cộng đồng",
                "Number of community communication sessions",
                "Số buổi truyền thông đã tổ chức trong tháng",
                None,
                (6000, 6500, 7000, 7500, 8000),
                Shape(1, 8, 0.8, 1.3),
            ),
            Invented(
                "tin-bai-co-so",
                "count",
                "Số tin, bài trên hệ thống thông tin cơ sở",
                "Number of items in the grassroots information system",
                "Số tin, bài đã phát hoặc đăng trong tháng",
                None,
                (20000, 22000, 24000, 26000, 28000),
                Shape(5, 30, 0.9, 1.2),
            ),
        ),
    ),
    Plan(
        "hn.ctmtqg-2030.da7.tda3",
        reporter="hn.so-giao-duc-dao-tao",
        invented=(
            Invented(
                "hoc-sinh-duoc-giao-duc",
                "percent",
                "Tỷ lệ học sinh, sinh viên được giáo dục pháp luật về phòng, chống ma túy",
                "Share of pupils and students given legal education on drug prevention",
                "Số học sinh, sinh viên đã được giáo dục",
                "Tổng số học sinh, sinh viên",
                (60, 70, 80, 90, 100),
                Shape(1500, 12000, 0.3, 0.62),
            ),
            Invented(
                "truong-to-chuc-tuyen-truyen",
                "percent",
                "Tỷ lệ trường học tổ chức tuyên truyền phòng, chống ma túy",
                "Share of schools that hold drug prevention activities",
                "Số trường đã tổ chức",
                "Tổng số trường",
                (70, 80, 90, 95, 100),
                Shape(5, 22, 0.4, 0.72),
            ),
            Invented(
                "buoi-ngoai-khoa",
                "count",
                "Số buổi ngoại khóa về phòng, chống ma túy",
                "Number of extracurricular sessions on drug prevention",
                "Số buổi ngoại khóa đã tổ chức trong tháng",
                None,
                (5000, 5500, 6000, 6500, 7000),
                Shape(1, 7, 0.7, 1.3),
            ),
        ),
    ),
    Plan(
        "hn.ctmtqg-2030.da7.tda4",
        reporter=None,
        invented=(
            Invented(
                "cong-nhan-duoc-tuyen-truyen",
                "percent",
                "Tỷ lệ công nhân lao động được tuyên truyền phòng, chống ma túy",
                "Share of workers reached with drug prevention information",
                "Số công nhân lao động đã được tuyên truyền",
                "Tổng số công nhân lao động",
                (45, 55, 65, 75, 85),
                Shape(200, 5000, 0.2, 0.45),
            ),
            Invented(
                "doanh-nghiep-cam-ket",
                "percent",
                "Tỷ lệ doanh nghiệp ký cam kết nơi làm việc không ma túy",
                "Share of enterprises pledged to a drug-free workplace",
                "Số doanh nghiệp đã ký cam kết",
                "Tổng số doanh nghiệp",
                (30, 40, 50, 60, 70),
                Shape(10, 150, 0.1, 0.32),
            ),
            Invented(
                "to-tu-quan",
                "count",
                "Số tổ công nhân tự quản về phòng, chống ma túy",
                "Number of workers' self-management groups",
                "Số tổ đang hoạt động cuối tháng",
                None,
                (900, 1000, 1100, 1200, 1300),
                Shape(2, 14, 0.8, 1.1),
            ),
        ),
    ),
    Plan(
        "hn.ctmtqg-2030.da8",
        reporter="hn.so-tu-phap",
        invented=(
            Invented(
                "tro-giup-phap-ly",
                "percent",
                "Tỷ lệ người có yêu cầu được trợ giúp pháp lý",
                "Share of people asking for legal aid who receive it",
                "Số người được trợ giúp pháp lý",
                "Số người có yêu cầu",
                (75, 80, 85, 90, 95),
                Shape(4, 40, 0.55, 0.78),
            ),
            Invented(
                "tiep-can-dich-vu",
                "percent",
                "Tỷ lệ người sau cai tiếp cận được dịch vụ hỗ trợ",
                "Share of people after rehabilitation with access to support services",
                "Số người sau cai tiếp cận được dịch vụ",
                "Số người sau cai trên địa bàn",
                (50, 60, 70, 80, 90),
                Shape(20, 120, 0.3, 0.52),
            ),
            Invented(
                "luot-tu-van",
                "count",
                "Số lượt tư vấn pháp luật, chính sách",
                "Number of consultations on law and policy",
                "Số lượt tư vấn trong tháng",
                None,
                (24000, 26000, 28000, 30000, 32000),
                Shape(6, 40, 0.8, 1.2),
            ),
        ),
    ),
    Plan("hn.ctmtqg-2030.da9", reporter="hn.cong-an"),
)
"""The projects with figures: wards report what they carry out, else who guides or leads it."""

AT_CENTRES: Final = Plan(
    "hn.ctmtqg-2030.da5",
    reporter=None,
    invented=(
        Invented(
            "hoc-vien-hoc-nghe",
            "percent",
            "Tỷ lệ học viên tại cơ sở cai nghiện được học nghề",
            "Share of residents of rehabilitation centres in vocational training",
            "Số học viên đang học nghề",
            "Số học viên đang cai nghiện tại cơ sở",
            (40, 50, 60, 70, 80),
            Shape(150, 900, 0.28, 0.46),
        ),
        Invented(
            "hoan-thanh-quy-trinh",
            "percent",
            "Tỷ lệ học viên rời cơ sở đã hoàn thành quy trình cai nghiện",
            "Share of residents leaving rehabilitation centres who completed the course",
            "Số học viên hoàn thành quy trình",
            "Số học viên rời cơ sở trong tháng",
            (70, 75, 80, 85, 90),
            Shape(10, 70, 0.6, 0.78),
        ),
        Invented(
            "luot-tu-van-tam-ly",
            "count",
            "Số lượt tư vấn tâm lý tại cơ sở cai nghiện",
            "Number of counselling sessions at rehabilitation centres",
            "Số lượt tư vấn trong tháng",
            None,
            (12000, 13000, 14000, 15000, 16000),
            Shape(80, 260, 0.8, 1.2),
        ),
    ),
)
"""What rehabilitation centres report of themselves; no ward counts any of it."""


def every_invented() -> Iterator[tuple[str, Plan, Invented]]:
    """Yield each made-up indicator with its code and plan."""
    for plan in (*PLANS, AT_CENTRES):
        for each in plan.invented:
            yield f"{plan.prefix}.{each.slug}", plan, each


REAL_SHAPES: Final = {
    "hn.da5.cscn-cong-lap-du-dieu-kien": Shape(1, 2, 0.4, 0.7),
    "hn.da5.tiep-can-thong-tin-dich-vu": Shape(60, 400, 0.2, 0.5),
    "hn.da5.tu-van-cai-nghien": Shape(30, 220, 0.15, 0.42),
    "hn.da5.ho-tro-phong-tai-nghien": Shape(20, 120, 0.45, 0.78),
    "hn.da5.can-bo-tap-huan": Shape(5, 30, 0.05, 0.33),
    "hn.da5.co-so-xac-dinh-nghien": Shape(1, 4, 0.4, 0.65),
    "hn.da5.ty-le-tai-nghien": Shape(20, 120, 0.35, 0.25),
    "hn.da5.xa-to-chuc-cai-nghien-tu-nguyen": Shape(0, 1, 1.0, 1.0),
    "hn.da5.dia-ban-khong-ma-tuy": Shape(3, 40, 0.9, 1.1),
    "hn.da5.so-nguoi-nghien": Shape(20, 250, 1.0, 0.85),
    "hn.da5.so-nguoi-tai-nghien": Shape(2, 40, 1.0, 0.8),
    "hn.da5.so-doi-tuong-lien-quan": Shape(5, 120, 1.0, 0.85),
    "hn.da9.can-bo-quan-ly-tap-huan": Shape(6, 20, 0.3, 0.75),
    "hn.da9.can-bo-he-thong-chinh-tri-tap-huan": Shape(10, 60, 0.2, 0.6),
    "hn.da9.chi-tieu-nhiem-vu-trien-khai": Shape(20, 45, 0.35, 0.7),
    "hn.da9.he-thong-thong-tin-so-hoa": Shape(1, 3, 0.3, 0.7),
}
"""How the made-up figures of real indicators run."""

OLD_SHAPES: Final = {
    "hn.da5.tu-van-cai-nghien": Shape(8, 55, 0.1, 0.16),
    "hn.da5.so-nguoi-nghien": Shape(4, 62, 1.0, 0.98),
}
"""The indicators whose made-up figures go back to the closed wards, and how they ran there."""

USUAL_SHAPE: Final = Shape(10, 100, 0.4, 0.6)
