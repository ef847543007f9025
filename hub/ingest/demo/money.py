"""Made-up budget lines: by project, agency, source and kind, of the city and of every ward.

No text gives an amount of money. Some lines are odd, as budgets are: allocated beyond plan, spent
beyond allocation, or silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hub.ingest.demo.facilities import CENTRE_AGENCY, CENTRES
from hub.ingest.demo.world import HEALTH, OVERSIGHT, REHABILITATION, TRADE_UNIONS
from hub.ingest.merge import RowSet
from hub.model.resources import budget_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from hub.ingest.demo.marks import Row
    from hub.ingest.demo.world import World

YEARS: Final = range(2025, 2031)

_STATE: Final = "hn.ngan-sach-nha-nuoc"
_UNIT: Final = "hn.du-toan-don-vi-dia-phuong"
_OTHER: Final = "hn.nguon-hop-phap-khac"
_INVESTMENT: Final = "hn.dau-tu-cong"
_MOBILISED: Final = "hn.nguon-luc-chuong-trinh"
_WARD: Final = "hn.ngan-sach-cap-xa"
_INTEGRATED: Final = "hn.long-ghep-dia-phuong"

_MILLION: Final = 1_000_000
_AGENCIES: Final = {
    REHABILITATION: ("hn.cong-an", 60_000),
    HEALTH: ("hn.so-y-te", 25_000),
    "hn.ctmtqg-2030.da7.tda1": ("hn.so-van-hoa-the-thao", 8_000),
    "hn.ctmtqg-2030.da7.tda3": ("hn.so-giao-duc-dao-tao", 10_000),
    TRADE_UNIONS: ("hn.mttq", 6_000),
    "hn.ctmtqg-2030.da8": ("hn.so-tu-phap", 5_000),
    OVERSIGHT: ("hn.cong-an", 4_000),
}
"""Whose the money of a project mostly is, and how many millions of đồng a year."""

_INTEGRATING: Final = 0.35
"""How many of the wards draw on other programmes."""

_BEYOND_PLAN: Final = 0.02
_OVERSPENT: Final = 0.01
_SILENT: Final = 0.02


@dataclass(frozen=True, slots=True)
class _Account:
    """What one agency has for a project from one source, each year: *size* millions of đồng."""

    project: str
    agency: str
    source: str
    size: int
    kind: str = "recurrent"
    area_id: int | None = None

    @property
    def code(self) -> str:
        """Return what the codes of its lines begin with."""
        node = self.project.replace(".ctmtqg-2030", "")
        holder = self.agency.removeprefix("demo.").removeprefix("hn.")
        return f"demo.{node}.{holder}.{self.source.removeprefix('hn.')}.{self.kind}"

    @property
    def is_integrated(self) -> bool:
        """Tell whether it comes through another programme."""
        return self.source == _INTEGRATED


def budget_rows(world: World) -> RowSet:
    """Return the made-up rows of ``budget_line``."""
    accounts = (*_city_accounts(), *_ward_accounts(world))
    rows = [_line(world, account, year) for account in accounts for year in YEARS]
    return RowSet(budget_line, ("code",), rows, owned=budget_line.c.synthetic)


def _city_accounts() -> Iterator[_Account]:
    for project, (agency, size) in _AGENCIES.items():
        for source, share in ((_STATE, 0.7), (_UNIT, 0.25), (_OTHER, 0.05)):
            yield _Account(project, agency, source, round(size * share))
    yield _Account(REHABILITATION, "hn.cong-an", _INVESTMENT, 150_000, "investment")
    yield _Account(REHABILITATION, "hn.so-y-te", _STATE, 9_000)
    yield _Account(OVERSIGHT, "hn.cong-an", _MOBILISED, 500)
    for number in CENTRES:
        yield _Account(REHABILITATION, CENTRE_AGENCY.format(number=number), _UNIT, 12_000)


def _ward_accounts(world: World) -> Iterator[_Account]:
    for ward in world.wards:
        source = world.draw("money", ward.code)
        sizes = {
            (REHABILITATION, _WARD): source.randint(60, 400),
            (HEALTH, _UNIT): source.randint(20, 120),
        }
        if source.random() < _INTEGRATING:
            sizes[REHABILITATION, _INTEGRATED] = source.randint(20, 150)
        for (project, fund), size in sizes.items():
            yield _Account(project, ward.committee, fund, size, area_id=ward.id)


def _line(world: World, account: _Account, year: int) -> Row:
    code = f"{account.code}.{year}"
    planned, allocated, disbursed = _amounts(
        world.draw("amounts", code), account.size, year - world.today.year
    )
    return {
        **world.projects[account.project].columns,
        "code": code,
        "agency_id": world.agencies[account.agency],
        "area_id": account.area_id,
        "funding_source_id": world.funding_sources[account.source],
        "year": year,
        "kind": account.kind,
        "planned": planned,
        "allocated": allocated,
        "disbursed": disbursed,
        "is_integrated": account.is_integrated,
        "synthetic": True,
    }


def _amounts(source: Random, size: int, years_ahead: int) -> tuple[int, int | None, int | None]:
    """Return what is planned, allocated and disbursed, in đồng; of years ahead the plan alone."""
    planned = round(size * source.uniform(0.8, 1.25))
    allocated = round(planned * source.uniform(0.8, 1.0))
    spent = source.uniform(0.35, 0.75) if years_ahead == 0 else source.uniform(0.85, 1.0)
    oddity = source.random()
    if oddity < _BEYOND_PLAN:
        allocated = round(planned * 1.15) + 1
    disbursed = round(allocated * spent)
    if _BEYOND_PLAN <= oddity < _BEYOND_PLAN + _OVERSPENT:
        disbursed = round(allocated * 1.1) + 1
    if years_ahead > 0:
        return planned * _MILLION, None, None
    is_silent = oddity > 1 - _SILENT
    return planned * _MILLION, allocated * _MILLION, None if is_silent else disbursed * _MILLION
