"""What row policies cost: three reads, by a ward, a department and the standing agency.

``python -m tests.benchmarks.policies FOLDER`` builds the city in FOLDER once and prints medians.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

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
    from hub.telemetry import Fact

ROUNDS = 30
WARD = "hn.ubnd-cap-xa.00004"
READERS = {"ward": WARD, "department": "hn.so-y-te", "standing": "hn.cong-an"}

FIRST_PAGE = """query($where: ObservationFilter) {
  observations(first: 50, orderBy: [PERIOD_START_DESC], where: $where) {
    nodes { value period { label } indicator { code } area { code } } } }"""
OVER_WARDS = """query { indicator(code: "bench.chi-tieu.001") { observations(
    first: 100, orderBy: [AREA_CODE_ASC],
    where: { period: { is: { label: { eq: "2026-03" }, calendar: { eq: CALENDAR } } } }) {
    nodes { value area { code } } } } }"""
PROJECT_PAGE = """query { project(code: "hn.ctmtqg-2030.da6") { name lead { name }
  indicators(first: 10) { nodes { code targets { nodes { year value } } latest { value } } } } }"""


async def measure(caller: Caller, document: str, **variables: object) -> float:
    """Return the median milliseconds of *document*, warm."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        await caller.ask(document, **variables)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times[3:])


async def run(address: Address) -> None:
    """Print the table."""
    statements: list[float] = []

    def observe(fact: Fact) -> None:
        statements.append(fact.seconds)

    async with Database(address, observer=observe) as database:
        callers = Callers(database, Executor(database, system_clock))
        for name, document in (
            ("first 50 by period", FIRST_PAGE),
            ("one indicator over its wards", OVER_WARDS),
            ("a project page", PROJECT_PAGE),
        ):
            for reader, agency in READERS.items():
                caller = await callers(agency)
                statements.clear()
                total = await measure(caller, document)
                server = sum(statements) * 1000 / ROUNDS
                print(f"{name:32} {reader:11} {total:8.2f} ms, in statements {server:8.2f} ms")


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
