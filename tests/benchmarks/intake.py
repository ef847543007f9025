"""``make bench-ingest``: what is delivered, measured against a bare COPY of it, in one run.

``python -m tests.benchmarks.intake [--rows N] [--home FOLDER]``

Writes ``.bench/ingest.json``: name, value and unit of each figure. Bare is a COPY of the very
million figures, as rows of ``observation``, into a table with its columns, indexes and foreign
keys, without triggers and policies. What is delivered names indicator, area and period by code.

Reads are the first page of a department's figures, the newest first, over eight connections that
ask again as soon as they are answered: as many as the hub has, and as much as the machine gives.
They are the same before, beside and after the import, which takes its part of the same processors.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import statistics
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import asyncpg
import xlsxwriter  # type: ignore[import-untyped]

from hub.clock import system_clock
from hub.database.address import Address
from hub.database.embedded import embedded_server
from hub.database.engine import Database
from hub.database.migrate import migrate
from hub.ingest.accounts import load_development_accounts
from hub.ingest.reference import load_reference
from hub.web.development import DevelopmentIssuer
from tests.benchmarks import load
from tests.benchmarks.city import ADD_INDICATORS
from tests.benchmarks.home import HOME
from tests.benchmarks.servers import start_ours
from tests.ingest.batch.ground import register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.load import Target

_INDICATORS: Final = 900
_MONTHS: Final = 9
_WARDS: Final = 126
_WORKBOOK_ROWS: Final = 100
_COLUMNS: Final = ("indicator", "area", "period", "numerator", "denominator", "value")
_CITY_SOURCE: Final = "bench.thanh-pho"
_OTHER_SOURCE: Final = "bench.so"
_CONNECTIONS: Final = 8
_READ_SECONDS: Final = 3.0
_READS_ALONE: Final = 5

_SAID: Final = """
CREATE TEMP TABLE said (n serial, indicator text, area text, period text, numerator bigint,
                        denominator bigint, value text)
"""
# The figures that the delivery comes to, column by column of ``observation``.
_FIGURES: Final = """
SELECT hub_new_id(), hub_new_id(), i.jurisdiction_id, i.project_id, i.id, a.id, NULL, g.id, p.id,
       p.starts_on, round(100.0 * s.numerator / s.denominator, 2), s.numerator, s.denominator,
       'submitted', 1, now(), NULL, false, NULL, 'bench', false, a.id, p.ends_on, NULL, s.n, '{}'
FROM said s JOIN indicator i ON i.code = s.indicator
JOIN area a ON a.code = s.area AND a.valid_to IS NULL
JOIN period p ON p.label = s.period AND p.calendar = 'calendar'
JOIN agency g ON g.code = 'hn.cong-an' ORDER BY s.n
"""
_KEYS: Final = """
SELECT conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
WHERE conrelid = 'observation'::regclass AND contype = 'f'
"""
_WARD_CODES: Final = """
SELECT a.code FROM area a JOIN jurisdiction j ON j.id = a.jurisdiction_id
WHERE a.level = 'ward' AND a.valid_to IS NULL AND j.code = 'hn' ORDER BY a.code
"""
_PAGE: Final = (Path(__file__).parent / "operations" / "ObservationPage.graphql").read_text(
    encoding="utf-8"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """Something that was measured."""

    name: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Where it is measured: a database with sources of every ward and of two agencies."""

    address: Address
    home: Path
    indicators: list[str]
    wards: list[str]


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.intake")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--home", type=Path, default=HOME, help="where the figures are written")
    given = parser.parse_args()
    given.home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=given.home) as folder:
        home = Path(folder).absolute()
        with embedded_server(home) as server:
            address = Address.parse(server.url("postgres"))
            figures = []
            for figure in _measure(asyncio.run(_prepare(address, home)), given.rows):
                print(f"{figure.name:40} {figure.value:12.2f} {figure.unit}", flush=True)
                figures.append(figure)
    path = given.home / "ingest.json"
    path.write_text(json.dumps([asdict(each) for each in figures], indent=1) + "\n")


def _measure(ground: Ground, rows: int) -> Iterator[Figure]:
    told = _import(ground, asyncio.run(_workbooks(ground)))
    yield Figure("workbooks of 100 rows", len(told["deliveries"]), "workbooks")
    yield Figure("workbooks, in all", told["seconds"], "s")
    path = ground.home / "figures.csv"
    _write_figures(ground, path, rows, seed=1)
    bare = asyncio.run(_copy_bare(ground, path))
    yield Figure("rows", rows, "rows")
    yield Figure("bare COPY", bare, "s")
    told = _import(ground, [(_CITY_SOURCE, path, "csv")])
    yield Figure("CSV, end to end", told["seconds"], "s")
    yield Figure("CSV, against bare COPY", told["seconds"] / bare, "times")
    yield Figure("CSV, peak memory", told["mb"], "MB")
    yield from _reads(ground, path, bare)
    lines = ground.home / "figures.ndjson"
    _write_lines(path, lines)
    yield Figure(
        "NDJSON, peak memory", _import(ground, [(_CITY_SOURCE, lines, "ndjson")])["mb"], "MB"
    )


def _reads(ground: Ground, path: Path, bare: float) -> Iterator[Figure]:
    """Read alone, and again while another agency's figures come in."""
    issuer = DevelopmentIssuer.of(ground.home, system_clock)
    with start_ours("hub", ground.address, ground.home) as server:
        headers = {"Authorization": f"Bearer {issuer.token('hn.so-y-te')}"}
        body = json.dumps({"query": _PAGE}).encode()
        target = load.Target(f"{server.url}/graphql", headers, body)
        load.warm(target, _CONNECTIONS, 1.0)
        alone = [_rate(target) for _ in range(_READS_ALONE)]
        beside, told = asyncio.run(_beside(ground, path, target))
        again = [_rate(target) for _ in range(_READS_ALONE)]
    yield Figure("reads alone", statistics.median(alone), "requests/s")
    yield Figure("reads alone, after", statistics.median(again), "requests/s")
    yield Figure("reads beside the import", statistics.median(beside), "requests/s")
    kept = statistics.median(beside) / statistics.median([*alone, *again])
    yield Figure("reads kept", kept, "of 1")
    yield Figure("CSV beside reads, against bare COPY", told["seconds"] / bare, "times")


async def _beside(ground: Ground, path: Path, target: Target) -> tuple[list[float], dict[str, Any]]:
    importing = asyncio.create_task(
        asyncio.to_thread(_import, ground, [(_OTHER_SOURCE, path, "csv")])
    )
    await asyncio.sleep(1)
    rates = []
    while not importing.done():
        rates.append(await asyncio.to_thread(_rate, target))
    # The last one may have outlived it.
    return rates[:-1] or rates, await importing


def _rate(target: Target) -> float:
    return load.measure(target, _CONNECTIONS, _READ_SECONDS).rps


def _import(ground: Ground, deliveries: list[tuple[str, Path, str]]) -> dict[str, Any]:
    """Have a process of its own import *deliveries*, and return what it tells."""
    given = {
        "url": ground.address.url,
        "secret": ground.address.secret,
        "home": str(ground.home),
        "deliveries": [(code, str(path), format_) for code, path, format_ in deliveries],
    }
    told: dict[str, Any] = load.run_apart("tests.benchmarks.importing", given)
    for each in told["deliveries"]:
        assert each["status"] == "done", each
        assert each["new"] + each["unchanged"] == each["received"] > 0, each
    return told


async def _prepare(address: Address, home: Path) -> Ground:
    await migrate(address)
    async with Database(address) as database:
        await load_reference(database)
        await load_development_accounts(database)
        connection = await asyncpg.connect(address.url)
        try:
            await connection.execute(ADD_INDICATORS, _INDICATORS)
            codes = [
                row[0]
                for row in await connection.fetch(
                    "SELECT code FROM indicator WHERE code LIKE 'bench.%' ORDER BY code"
                )
            ]
            wards = [row[0] for row in await connection.fetch(_WARD_CODES)]
            for source, owner in ((_CITY_SOURCE, "hn.cong-an"), (_OTHER_SOURCE, "hn.so-y-te")):
                await register(database, source, owner=owner, indicators=codes, areas=())
            for ward in wards:
                await register(
                    database,
                    f"bench.{ward}",
                    owner=f"hn.ubnd-cap-xa.{ward}",
                    kind="workbook",
                    indicators=codes[:_WORKBOOK_ROWS],
                    areas=(ward,),
                )
            await connection.execute("VACUUM ANALYZE")
        finally:
            await connection.close()
    return Ground(address, home, codes, wards)


async def _workbooks(ground: Ground) -> list[tuple[str, Path, str]]:
    deliveries = []
    for ward in ground.wards:
        path = ground.home / f"{ward}.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Số liệu")
            sheet.write_row(0, 0, _COLUMNS)
            for line, code in enumerate(ground.indicators[:_WORKBOOK_ROWS], 1):
                sheet.write_row(line, 0, (code, ward, "2026-09", line % 50, 50))
        deliveries.append((f"bench.{ward}", path, "xlsx"))
    return deliveries


def _write_figures(ground: Ground, path: Path, rows: int, *, seed: int) -> None:
    random = Random(seed)  # noqa: S311  (no secret)
    cells = [
        (indicator, ward, f"2026-{month:02}")
        for indicator in ground.indicators
        for ward in ground.wards
        for month in range(1, _MONTHS + 1)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for cell in random.sample(cells, rows):
            denominator = random.randrange(50, 200)
            writer.writerow((*cell, random.randrange(denominator), denominator, ""))


def _write_lines(path: Path, lines: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file, lines.open("w", encoding="utf-8") as out:
        for row in csv.DictReader(file):
            out.write(json.dumps({name: cell for name, cell in row.items() if cell}) + "\n")


async def _copy_bare(ground: Ground, path: Path) -> float:
    """Return how long a COPY of what *path* comes to takes."""
    figures = ground.home / "bare.csv"
    connection = await asyncpg.connect(ground.address.url)
    try:
        await connection.execute(_SAID)
        await connection.copy_to_table(
            "said", source=path, columns=list(_COLUMNS), format="csv", header=True
        )
        await connection.copy_from_query(_FIGURES, output=figures, format="csv")
        await connection.execute("CREATE TABLE bare (LIKE observation INCLUDING ALL)")
        for name, definition in await connection.fetch(_KEYS):
            await connection.execute(f"ALTER TABLE bare ADD CONSTRAINT {name} {definition}")
        await connection.execute("CHECKPOINT")
        started = time.perf_counter()
        await connection.copy_to_table("bare", source=figures, format="csv")
        took = time.perf_counter() - started
        await connection.execute("DROP TABLE bare")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()
    figures.unlink()
    return took


if __name__ == "__main__":
    main()
