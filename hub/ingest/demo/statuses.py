"""Made-up status of every ward in respect of drugs, with what would have been found there.

The thresholds are those of Quyết định 28/2025/QĐ-TTg as far as they are known. Of the criteria of
a drug-free area no text was found: whether they are met is left open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from hub.ingest.demo.world import REHABILITATION
from hub.ingest.merge import RowSet
from hub.model.situations import area_status, area_status_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from random import Random

    from hub.ingest.demo.marks import Row
    from hub.ingest.demo.world import Ward, World

RULESET: Final = "qd-28-2025"

_BASIS: Final = "Quyết định 28/2025/QĐ-TTg"
_YEARS: Final = {
    2025: {"drug_free": 22, "has_drugs": 50, "key_3": 18, "key_2": 7, "key_1": 3},
    2026: {"drug_free": 29, "has_drugs": 48, "key_3": 15, "key_2": 6, "key_1": 2},
}
"""How the statuses share out in a hundred."""

_PEOPLE: Final = "Người nghiện, người sử dụng trái phép có hồ sơ, trên dân số"
_PLACES: Final = "Điểm tổ chức, chứa chấp sử dụng trái phép"
_OFFENDERS: Final = "Người phạm tội về ma túy bị bắt, trên dân số"
_PLANTS: Final = "Cây có chứa chất ma túy"
_ROUTE: Final = "Nằm trên tuyến trọng điểm liên tỉnh, nội tỉnh"
_ENOUGH: Final = 3
"""How many criteria make an area of type I or II; one makes type III."""


@dataclass(frozen=True, slots=True)
class Status:
    """What one ward is in one year, and how far the finding has come."""

    ward: Ward
    year: int
    status: str
    stage: str

    @property
    def code(self) -> str:
        """Return its code."""
        return f"demo.hn.tinh-trang.{self.ward.code}.{self.year}"


@dataclass(frozen=True, slots=True)
class _Found:
    criterion: str
    found: str
    is_met: bool | None


def statuses(world: World) -> list[Status]:
    """Return the status of every ward in every year that has begun."""
    return [
        _status(world, ward, year)
        for year in _YEARS
        if year <= world.today.year
        for ward in world.wards
    ]


def status_rows(world: World, found: list[Status], ids: Mapping[str, int]) -> RowSet:
    """Return the made-up rows of ``area_status``."""
    rows: list[Row] = [
        {
            **world.projects[REHABILITATION].columns,
            "id": ids[each.code],
            "code": each.code,
            "area_id": each.ward.id,
            "year": each.year,
            "status": each.status,
            "stage": each.stage,
            "ruleset": RULESET,
            "legal_basis": _BASIS,
            "synthetic": True,
        }
        for each in found
    ]
    return RowSet(area_status, ("id",), rows, owned=area_status.c.synthetic)


def evidence_rows(world: World, found: list[Status], ids: Mapping[str, int]) -> RowSet:
    """Return the made-up rows of ``area_status_evidence``."""
    rows = [
        {
            "area_status_id": ids[each.code],
            "criterion": evidence.criterion,
            "found": evidence.found,
            "is_met": evidence.is_met,
        }
        for each in found
        for evidence in _evidence(world.draw("evidence", each.code), each.status)
    ]
    made_up = select(area_status.c.id).where(area_status.c.synthetic)
    owned = area_status_evidence.c.area_status_id.in_(made_up)
    return RowSet(area_status_evidence, ("area_status_id", "criterion"), rows, owned=owned)


def _status(world: World, ward: Ward, year: int) -> Status:
    source = world.draw("status", ward.code, year)
    shares = _YEARS[year]
    [status] = source.choices(list(shares), list(shares.values()))
    if status != "drug_free":
        return Status(ward, year, status, "assessed")
    is_over = year < world.today.year
    stages = ("recognised", "recognised", "assessed") if is_over else ("registered", "assessed")
    return Status(ward, year, status, source.choice(stages))


def _evidence(source: Random, status: str) -> Iterator[_Found]:
    match status:
        case "key_1" | "key_2":
            yield from _of_a_type(source, status)
        case "key_3":
            yield _Found(_PEOPLE, _share(source, 10, 40), is_met=None)
            yield _Found(_PLACES, "1", is_met=True)
            yield _Found(_OFFENDERS, _share(source, 1, 4), is_met=False)
        case "has_drugs":
            yield _Found(_PEOPLE, _share(source, 1, 15), is_met=False)
            yield _Found(_PLACES, "0", is_met=False)
            yield _Found(_OFFENDERS, _share(source, 0, 3), is_met=False)
        case _:
            yield _Found(_PEOPLE, "0", is_met=None)
            yield _Found(_PLACES, "0", is_met=None)
            yield _Found(_OFFENDERS, "0", is_met=None)


def _of_a_type(source: Random, status: str) -> Iterator[_Found]:
    """Yield findings of which at least three meet the criteria of type I or II."""
    is_first = status == "key_1"
    reached = {
        _PLACES: (str(source.randint(2, 5)) if is_first else "1", "0"),
        _OFFENDERS: (
            _share(source, 10, 25) if is_first else _share(source, 5, 9),
            _share(source, 0, 4),
        ),
        _PLANTS: (
            f"{source.randint(3000, 6000)} cây" if is_first else f"{source.randint(500, 2999)} cây",
            "0 cây",
        ),
        _ROUTE: ("Có", "Không"),
    }
    met = set(source.sample(list(reached), source.randint(_ENOUGH, len(reached))))
    # Of type II the share of users that counts is not known.
    people = _share(source, 50, 90) if is_first else _share(source, 20, 49)
    yield _Found(_PEOPLE, people, is_met=True if is_first else None)
    for criterion, (enough, too_little) in reached.items():
        is_met = criterion in met
        yield _Found(criterion, enough if is_met else too_little, is_met)


def _share(source: Random, least: int, most: int) -> str:
    """Return a share of *least* to *most* hundredths of a percent, as Vietnamese writes it."""
    return f"{source.randint(least, most) / 100:.2f}%".replace(".", ",")
