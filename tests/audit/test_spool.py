"""The spool: what was told is written within a second, and what was lost is told."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from hub.access.principal import AUDITOR
from hub.audit.access import Access, Origin
from hub.audit.entry import Entry, entry_of
from hub.audit.folders import backlog, close_abandoned, finished_files
from hub.audit.merging import merge
from hub.audit.spool import PATIENCE_SECONDS, Spool
from hub.clock import system_clock
from hub.database.transaction import Mode, begin
from hub.model.audit import audit_entry
from tests.audit.spooling import access
from tests.audit.tampering import an_entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from hub.database.engine import Database

_SECONDS: Final = 20


class Spooling:
    """The other process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def say(self, words: str) -> tuple[int, int, str]:
        """Send a line; return how many were told, how many wait, and whether it takes more."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()
        told, pending, state = self.process.stdout.readline().split()
        return int(told), int(pending), state


@contextmanager
def spooling(home: Path) -> Iterator[Spooling]:
    """Run a process that spools in *home*; its input ends with the block."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.audit.spooling", str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield Spooling(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(_SECONDS)


def read_all(home: Path) -> list[Entry]:
    """Return what the finished files of *home* hold, in order."""
    return [
        Entry.read(line)
        for path in finished_files(home / "spool")
        for line in path.read_bytes().splitlines()
    ]


def numbers(entries: list[Entry]) -> list[int]:
    """Return the numbers of the accesses that *entries* are of."""
    return [int(entry.request_id) for entry in entries if entry.request_id is not None]


def test_an_orderly_stop_loses_nothing(tmp_path: Path) -> None:
    with spooling(tmp_path) as other:
        assert other.say("tell 3000")[0] == 3000
    assert other.process.returncode == 0
    assert numbers(read_all(tmp_path)) == list(range(1, 3001))
    assert close_abandoned(tmp_path / "spool", system_clock, b"key") == []


def test_a_killed_process_loses_less_than_a_second_and_the_gap_is_told(tmp_path: Path) -> None:
    with spooling(tmp_path) as other:
        other.say("tell 500")
        time.sleep(1.0)
        other.say("tell 7")
        other.process.kill()
        other.process.wait(_SECONDS)
    root = tmp_path / "spool"
    [(name, left)] = [(path.name, path) for path in root.iterdir()]
    # Half a line, as a machine that loses power may leave it.
    for path in left.glob("*.open"):
        with path.open("ab") as file:
            file.write(b'{"id":"half')
    assert close_abandoned(root, system_clock, b"key") == [name]
    assert close_abandoned(root, system_clock, b"key") == []
    *entries, gap = read_all(tmp_path)
    assert numbers(entries)[:500] == list(range(1, 501))
    assert (gap.event, gap.reason, gap.target) == ("gap", "ENDED_ABRUPTLY", name)


async def test_the_next_start_says_that_the_last_ended_abruptly(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with spooling(tmp_path) as other:
        other.say("tell 1")
        other.process.kill()
        other.process.wait(_SECONDS)
    async with Spool(tmp_path, system_clock, b"key"):
        pass
    assert "ended abruptly" in caplog.text
    assert [entry.event for entry in read_all(tmp_path)][-1] == "gap"


def test_a_full_disk_shuts_the_door_and_opens_it_again(tmp_path: Path) -> None:
    """Until it shuts, a few seconds are answered whose entries wait; none of them is lost."""
    with spooling(tmp_path) as other:
        other.say("tell 10")
        assert other.say("sync")[1:] == (0, "open")
        other.say("full 100")
        assert other.say("tell 2000")[2] == "open"
        deadline = time.monotonic() + PATIENCE_SECONDS + 5
        while other.say("")[2] == "open":
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert other.say("")[2] == "AUDIT_UNAVAILABLE"
        other.say("room")
        while other.say("")[2] != "open":
            assert time.monotonic() < deadline + 5
            time.sleep(0.1)
    assert numbers(read_all(tmp_path)) == list(range(1, 2011))


async def test_an_entry_that_cannot_be_written_is_told_as_a_gap(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Those before and behind it are written; the log has the reason once."""
    deep: dict[str, object] = {}
    for _ in range(300):
        deep = {"a": deep}
    async with Spool(tmp_path, system_clock, b"key") as spool:
        for number in range(1, 6):
            told = access(number)
            spool.tell(told._replace(variables=deep) if number in {2, 4} else told)
    entries = read_all(tmp_path)
    assert numbers(entries) == [1, 3, 5]
    gaps = [entry for entry in entries if entry.event == "gap"]
    assert [(gap.reason, gap.target) for gap in gaps] == [("UNWRITABLE", "2"), ("UNWRITABLE", "4")]
    assert [record.levelname for record in caplog.records] == ["ERROR"]


async def test_what_waits_can_be_seen(tmp_path: Path) -> None:
    async with Spool(tmp_path, system_clock, b"key") as spool:
        spool.tell(access(1))
        assert spool.pending == 1
        deadline = time.monotonic() + 1
        while spool.pending:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert spool.lag_seconds < 1
    waiting = backlog(tmp_path / "spool")
    assert waiting.files == 1
    assert waiting.size > 100


async def test_spools_of_several_processes_are_merged_once(bare: Database, tmp_path: Path) -> None:
    """Files that are there again, as after an abrupt end before they were removed, add nothing."""
    with spooling(tmp_path) as one, spooling(tmp_path) as two:
        one.say("tell 1200")
        two.say("tell 300")
    copies = {path: path.read_bytes() for path in finished_files(tmp_path / "spool")}
    assert await merge(bare, tmp_path, system_clock) == 1500
    assert list((tmp_path / "spool").iterdir()) == []
    for path, content in copies.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    assert await merge(bare, tmp_path, system_clock) == 0
    async with begin(bare, AUDITOR, Mode.READ) as transaction:
        rows = await transaction.fetch(select(audit_entry.c.id))
    assert len({row["id"] for row in rows}) == 1500


async def test_a_line_that_is_none_is_told_and_the_rest_is_merged(
    bare: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "spool" / "gone"
    folder.mkdir(parents=True)
    lines = an_entry(1).line() + b'{"id": 5}\nnot json\n' + an_entry(2).line()
    (folder / "000000001.jsonl").write_bytes(lines)
    assert await merge(bare, tmp_path, system_clock) == 3
    async with begin(bare, AUDITOR, Mode.READ) as transaction:
        c = audit_entry.c
        rows = await transaction.fetch(select(c.event, c.reason, c.target).order_by(c.sequence))
    assert [tuple(row) for row in rows][-1] == ("gap", "UNREADABLE", "gone/000000001.jsonl")


def test_an_entry_holds_no_value_and_no_control_character() -> None:
    told = Access(
        system_clock(),
        "operation",
        "partial",
        Origin("http", "r", "192.0.2.1\r\nX", "a" * 5000),
        operation="Name\n\u202e\ud800\x1b[31m",
        document="query Name { secretOfDocument }",
        variables={"code": "secret-of-variables"},
        codes=("FORBIDDEN",) * 100,
    )
    line = entry_of(told, an_entry().id, b"key").line()
    assert b"secret" not in line
    assert line.count(b"\n") == 1
    assert line.isascii()
    assert not any(byte < 32 for byte in line[:-1])
    assert len(line) < 2000
    assert Entry.read(line).source == r"192.0.2.1\u000d\u000aX"


def test_equal_variables_have_equal_digests_under_one_key_only() -> None:
    def digest(variables: dict[str, object], key: bytes) -> str | None:
        told = access(1)._replace(variables=variables)
        return entry_of(told, an_entry().id, key).variables

    first = digest({"a": 1, "b": [True]}, b"key")
    assert first == digest({"b": [True], "a": 1}, b"key")
    assert first != digest({"a": 1, "b": [False]}, b"key")
    assert first != digest({"a": 1, "b": [True]}, b"other")
    assert digest({}, b"key") is None
