"""What row policies cost: three reads by a ward and a department, against the standing agency.

The standing agency's question is filtered to the same rows, so only how they are found differs.
``python -m tests.benchmarks.policies FOLDER`` builds the city in FOLDER once and prints medians.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hub.api.execution import Executor
from hub.clock import system_clock
from hub.database.address import Address
from hub.database.embedded import embedded_server
from hub.database.engine import Database
from hub.database.migrate import migrate
from hub.ingest.accounts import load_development_accounts
from hub.ingest.reference import load_reference
from tests.benchmarks.city import build_city
from tests.callers import Caller, Callers

if TYPE_CHECKING:
    from collections.abc import Mapping

WARM: Final = 10
ROUNDS: Final = 100
BAR: Final = 1.3
STANDING: Final = "hn.cong-an"
DEPARTMENT: Final = "hn.so-y-te"
WARD: Final = "hn.ubnd-cap-xa.00004"

FIRST_PAGE: Final = """query($where: ObservationFilter) {
  observations(first: 50, orderBy: [PERIOD_START_DESC], where: $where) {
    nodes { value period { label } indicator { code } area { code } } } }"""
OVER_WARDS: Final = """query($area: AreaFilter) { indicator(code: "bench.chi-tieu.001") {
  observations(first: 100, orderBy: [AREA_CODE_ASC], where: { area: { is: $area },
    period: { is: { label: { eq: "2026-03" }, calendar: { eq: CALENDAR } } } }) {
    nodes { value area { code } } } } }"""
PROJECT_PAGE: Final = """query($area: String) { project(code: "hn.ctmtqg-2030.da6") {
  name lead { name } indicators(first: 10) { nodes {
    code targets { nodes { year value } } latest(area: $area) { value } } } } }"""

_LOCAL: Final = "hn.ctmtqg-2030."


def _projects(*numbers: str) -> dict[str, Any]:
    return {"is": {"code": {"in": [f"{_LOCAL}{number}" for number in numbers]}}}


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and what the standing agency adds to it to get *reader*'s rows."""

    name: str
    reader: str
    document: str
    added: Mapping[str, Any]


_OWN_AREA: Final = {"code": {"eq": "00004"}}
CASES: Final = (
    Case(
        "first 50 by period, ward",
        WARD,
        FIRST_PAGE,
        {"where": {"area": {"is": _OWN_AREA}, "project": _projects("da5", "da6", "da7.tda4")}},
    ),
    Case(
        "first 50 by period, department",
        DEPARTMENT,
        FIRST_PAGE,
        {"where": {"project": _projects("da5", "da6")}},
    ),
    Case("one indicator over wards, ward", WARD, OVER_WARDS, {"area": _OWN_AREA}),
    Case("one indicator over wards, department", DEPARTMENT, OVER_WARDS, {}),
    Case("a project page, ward", WARD, PROJECT_PAGE, {"area": "00004"}),
    Case("a project page, department", DEPARTMENT, PROJECT_PAGE, {}),
)


async def compare(case: Case, reader: Caller, standing: Caller) -> tuple[float, float]:
    """Return the median milliseconds of both, asked in turn; their answers are the same."""
    assert await reader.ask(case.document) == await standing.ask(case.document, **case.added)
    taken: tuple[list[float], list[float]] = ([], [])
    asked: tuple[tuple[Caller, Mapping[str, Any]], ...] = ((reader, {}), (standing, case.added))
    for _ in range(WARM + ROUNDS):
        for times, (caller, variables) in zip(taken, asked, strict=True):
            started = time.perf_counter()
            await caller.answer(case.document, **variables)
            times.append((time.perf_counter() - started) * 1000)
    own, all_ = (statistics.median(times[WARM:]) for times in taken)
    return own, all_


async def run(address: Address) -> None:
    """Print the table."""
    async with Database(address) as database:
        callers = Callers(database, Executor(database, system_clock))
        standing = await callers(STANDING)
        for case in CASES:
            own, all_ = await compare(case, await callers(case.reader), standing)
            missed = "" if own <= BAR * all_ else "  missed"
            print(f"{case.name:38}{own:7.2f} ms {all_:7.2f} ms {own / all_:5.2f}{missed}")


async def prepare(address: Address) -> None:
    """Load the reference data and build the city, once."""
    await migrate(address)
    async with Database(address) as database:
        report = await load_reference(database)
        await load_development_accounts(database)
    if report.is_change:
        await build_city(address)


def main() -> None:
    """Measure in the folder that the command line names."""
    with embedded_server(Path(sys.argv[1])) as server:
        address = Address.parse(server.url("postgres"))
        asyncio.run(prepare(address))
        asyncio.run(run(address))


if __name__ == "__main__":
    main()
