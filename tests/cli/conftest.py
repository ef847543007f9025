"""One data folder for the whole room: a first run makes it, a second serves a copy of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.cli.commands import RunningHub, running
from tests.prepared import made_once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What a first run left, and the code it ended with."""

    home: Path
    code: int


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> FirstRun:
    """A first run, as it was; its folder is at rest and only copied."""

    def run(folder: Path) -> None:
        with running("run", home=folder / "hub") as started:
            code = started.end()
        (folder / "code").write_text(str(code), encoding="ascii")

    folder = made_once(tmp_path_factory, "first", run)
    return FirstRun(folder / "hub", int((folder / "code").read_text(encoding="ascii")))


@pytest.fixture(scope="session")
def served(first: FirstRun, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A second run, on a folder whose path is hard to quote; to be asked and left running."""
    home = tmp_path_factory.mktemp("served") / "Dữ liệu & 'thống kê' (1)" / "thư mục đ"
    shutil.copytree(first.home, home)
    with running("run", home=home) as started:
        yield started


@pytest.fixture
def copied(first: FirstRun, tmp_path: Path) -> Path:
    """The folder of a hub that ran once, for one test to spoil."""
    return shutil.copytree(first.home, tmp_path / "copied")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "hub"
