"""MariaDB of the distribution as a foreign register: read as PostgreSQL is, and compared."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import time
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from hub.errors import HubError
from hub.ingest.batch.deliveries import Deliveries
from hub.ingest.batch.processing import Workshop
from hub.ingest.batch.reports import Counts
from hub.ingest.connections import read_connections
from hub.ingest.fetching import compare_source, fetch_source
from hub.ingest.sources import Page, RegisterConnection, compare, open_register, read_news
from tests.ingest.batch.ground import COUNT, figures, register

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hub.database.engine import Database
    from hub.ingest.sources import State

pytestmark = pytest.mark.peers

NIGHT = datetime(2026, 10, 1, 2, tzinfo=UTC)
NOON = datetime(2026, 9, 30, 12, tzinfo=UTC).replace(tzinfo=None)

AT_NIGHT = "1790820000000000"
"""The moment of the comparison as a version."""


class Centre:
    """A centre's database, as MariaDB keeps it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.description = RegisterConnection(
            url=engine.url.set(database="centre").render_as_string(hide_password=False),
            table="Chỗ điều trị",
            columns=("facility", "period", "places"),
            key=("id",),
            figure_key=("facility", "period"),
            watermark="changed_at",
            version="changed_at",
            overlap=timedelta(minutes=5),
            page_size=2,
        )

    def run(self, statement: str, *values: object) -> None:
        """Do *statement* as the owner of the database."""
        with self._engine.begin() as connection:
            connection.exec_driver_sql(statement, values or None)

    def put(self, number: int, places: int, minutes: int) -> None:
        """Write a row that was changed so many minutes after noon."""
        row = (number, f"cơ sở {number}", "2026-09", places, NOON + timedelta(minutes=minutes))
        self.run("REPLACE INTO centre.`Chỗ điều trị` VALUES (%s, %s, %s, %s, %s)", *row)

    async def news(self, state: State | None = None) -> list[Page]:
        """Return what is new since *state*."""
        async with open_register(self.description) as register:
            return [page async for page in read_news(register, self.description, state)]

    async def compared(self, state: State | None = None) -> list[Page]:
        """Return what differs from *state*."""
        async with open_register(self.description) as register:
            found = compare(register, self.description, lambda: NIGHT, state)
            return [page async for page in found]


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    """A MariaDB of this test's own, with five rows."""
    program = shutil.which("mariadbd", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "Debian has it in mariadb-server-core"
    socket = tmp_path / "s"
    process = subprocess.Popen(
        [
            program,
            "--no-defaults",
            f"--datadir={tmp_path}",
            f"--socket={socket}",
            "--skip-grant-tables",
            "--skip-networking",
            f"--pid-file={tmp_path}/pid",
            f"--user={getpass.getuser()}",
        ],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 30
        while not socket.exists():
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        place = f"mariadb+pymysql://root@localhost/?unix_socket={quote(str(socket))}"
        opened = Centre(create_engine(place, poolclass=NullPool))
        opened.run("CREATE DATABASE centre CHARACTER SET utf8mb4")
        opened.run(
            """CREATE TABLE centre.`Chỗ điều trị` (id int PRIMARY KEY, facility varchar(99),
            period varchar(9), places decimal(9, 1), changed_at datetime(6))"""
        )
        for number in range(1, 6):
            opened.put(number, 10 * number, number)
        yield opened
    finally:
        process.terminate()
        process.wait(30)


def places(pages: list[Page]) -> list[object]:
    return [record.get("places") for page in pages for record in page.records]


async def test_a_register_in_mariadb_is_read_from_where_it_was_left(centre: Centre) -> None:
    """In the order of its changes, with the overlap, names with their marks."""
    pages = await centre.news()
    assert places(pages) == ["10.0", "20.0", "30.0", "40.0", "50.0"]
    assert pages[0].records[0]["facility"] == "cơ sở 1"
    for kept, page in enumerate(pages[:-1], 1):
        assert places(await centre.news(page.state)) == places(pages[kept:])
    centre.put(6, 60, 9)
    centre.put(7, 70, -60)
    assert places(await centre.news(pages[-1].state)) == ["10.0", "20.0", "30.0", "40.0", "50.0",
                                                          "60.0"]  # fmt: skip


async def test_the_comparison_finds_what_mariadb_s_watermark_does_not_tell(centre: Centre) -> None:
    """Rows committed late and rows that are gone."""
    known = (await centre.compared())[-1].state
    centre.put(8, 80, -60)
    centre.run("DELETE FROM centre.`Chỗ điều trị` WHERE id = 4")
    pages = await centre.compared(known)
    assert [record for page in pages for record in page.records] == [
        {"facility": "cơ sở 8", "period": "2026-09", "places": "80.0", "version": AT_NIGHT},
        {"facility": "cơ sở 4", "period": "2026-09", "version": AT_NIGHT, "withdrawn": "true"},
    ]


async def test_its_figures_arrive_and_what_is_gone_from_it_is_withdrawn(
    centre: Centre, undemonstrated: Database, tmp_path: Path
) -> None:
    """By the clock's own acts, with the file that says where and how it is read."""
    centre.run("DELETE FROM centre.`Chỗ điều trị` WHERE id > 2")
    for number, name in ((1, "Phường Ngọc Hà"), (2, "P. Ba Đình")):
        centre.run("UPDATE centre.`Chỗ điều trị` SET facility = %s WHERE id = %s", name, number)
    file = tmp_path / "sources.toml"
    file.write_text(
        f"""
        ["thu.mariadb"]
        kind = "database"
        url = "{centre.description.url}"
        table = "Chỗ điều trị"
        columns = ["facility", "period", "places"]
        key = ["id"]
        figure_key = ["facility", "period"]
        watermark = "changed_at"
        version = "changed_at"
        most_vanished = 1
        ["thu.mariadb".mapping]
        columns = {{ facility = "area", places = "value" }}
        constants = {{ indicator = "{COUNT}" }}
        """,
        "utf-8",
    )
    connections = read_connections(file)
    await register(undemonstrated, "thu.mariadb", owner="hn.cong-an", areas=())
    moments = (NIGHT + timedelta(days=9, minutes=minute) for minute in count())
    shop = Workshop(
        undemonstrated,
        Deliveries.of(tmp_path / "hub"),
        lambda: next(moments),
        options=lambda source: connections.options(source.code),
    )
    [read] = await fetch_source(shop, connections, "thu.mariadb")
    assert read.counts == Counts(received=2, new=2)
    assert [(row[1], row[4]) for row in await figures(undemonstrated)] == [
        ("00004", 20),
        ("00008", 10),
    ]
    await compare_source(shop, connections, "thu.mariadb")
    centre.run("DELETE FROM centre.`Chỗ điều trị` WHERE id = 1")
    [compared] = await compare_source(shop, connections, "thu.mariadb")
    assert compared.counts == Counts(received=1, withdrawn=1)


async def test_what_mariadb_says_of_a_failure_is_not_repeated(centre: Centre) -> None:
    """It names tables, and may quote values."""
    centre.run("DROP TABLE centre.`Chỗ điều trị`")
    with pytest.raises(HubError) as caught:
        await centre.news()
    assert caught.value.code == "SOURCE_UNREACHABLE"
    assert "centre" not in str(caught.value)
