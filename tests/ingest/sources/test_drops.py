"""Files left in a folder are taken when they are finished, each once."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from hub.ingest.sources import DropFolder, Page, write_page

if TYPE_CHECKING:
    from pathlib import Path

    from hub.ingest.sources import State

NOW = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> DropFolder:
    """An empty folder that others write into."""
    return DropFolder(tmp_path, lambda: NOW, quiet_seconds=30)


def leave(path: Path, text: str, *, seconds_ago: float = 60) -> str:
    path.write_text(text, "utf-8")
    moment = (NOW - timedelta(seconds=seconds_ago)).timestamp()
    os.utime(path, (moment, moment))
    return sha256(text.encode()).hexdigest()


def test_finished_files_come_in_the_order_of_their_last_changes(
    tmp_path: Path, folder: DropFolder
) -> None:
    """Those of one moment in the order of their names: what is newer covers what is older."""
    last = leave(tmp_path / "01-10-2026.csv", "c")
    second = leave(tmp_path / "30-09-2026.csv", "b", seconds_ago=90)
    first = leave(tmp_path / "2026-08.csv", "a", seconds_ago=90)
    found = list(folder.files())
    assert [(file.path.name, file.digest) for file in found] == [
        ("2026-08.csv", first),
        ("30-09-2026.csv", second),
        ("01-10-2026.csv", last),
    ]
    assert list(folder.files(found[-1].state)) == []
    assert [file.path.name for file in folder.files(found[1].state)] == ["01-10-2026.csv"]


def test_as_many_files_are_remembered_as_there_are(tmp_path: Path, folder: DropFolder) -> None:
    """Those that are there no longer are forgotten first."""
    state: State = {f"gone-{number}.csv": ["x", 1, 1] for number in range(10)}
    for number in range(1_010):
        leave(tmp_path / f"{number}.csv", str(number))
    found = list(folder.files(state))
    assert len(found) == 1_010
    assert list(folder.files(found[-1].state)) == []
    assert not any(name.startswith("gone") for name in found[-1].state)


def test_a_file_that_may_not_be_read_is_told_of_once(
    tmp_path: Path, folder: DropFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And taken when it may be."""
    digest = leave(tmp_path / "a.csv", "a")

    def refuse(path: Path, flags: int) -> int:
        raise PermissionError(path, flags)

    with monkeypatch.context() as patched:
        # The tests may run as somebody whom nothing is forbidden.
        patched.setattr(os, "open", refuse)
        [told] = folder.files()
        assert told.digest == ""
        assert list(folder.files(told.state)) == []
    (tmp_path / "a.csv").chmod(0o644)
    assert [file.digest for file in folder.files(told.state)] == [digest]


def test_a_file_that_was_written_anew_is_taken_again(tmp_path: Path, folder: DropFolder) -> None:
    leave(tmp_path / "a.csv", "a")
    [found] = folder.files()
    digest = leave(tmp_path / "a.csv", "b")
    assert [file.digest for file in folder.files(found.state)] == [digest]


def test_a_file_that_was_only_touched_is_not_taken_again(
    tmp_path: Path, folder: DropFolder
) -> None:
    """Its content is what counts; one that looks as it did is not even read."""
    leave(tmp_path / "a.csv", "a")
    [found] = folder.files()
    leave(tmp_path / "a.csv", "a", seconds_ago=40)
    assert list(folder.files(found.state)) == []


def test_what_is_no_finished_file_is_passed_over(tmp_path: Path, folder: DropFolder) -> None:
    """Still growing, named as unfinished, hidden, a folder, a pipe, a link to somewhere else."""
    leave(tmp_path / "growing.csv", "a", seconds_ago=5)
    leave(tmp_path / "a.csv.part", "a")
    leave(tmp_path / ".hidden.csv", "a")
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "link.csv").symlink_to("/etc/hostname")
    assert list(folder.files()) == []


def test_equal_records_are_equal_bytes(tmp_path: Path) -> None:
    """So a page that is fetched again is known by its digest."""
    for name, record in (("a", {"x": "1", "ý": None}), ("b", {"ý": None, "x": "1"})):
        with (tmp_path / name).open("wb") as file:
            write_page(Page([record], None), file)
    assert (tmp_path / "a").read_bytes() == '{"x":"1","ý":null}\n'.encode()
    assert (tmp_path / "b").read_bytes() == (tmp_path / "a").read_bytes()
