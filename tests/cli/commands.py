"""The ``hub`` command as a process of its own, and hubs that it runs."""

from __future__ import annotations

import gc
import io
import logging
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from hub.cli.application import application
from hub.cli.failures import exit_code_of
from hub.database import keeper

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HUB = str(Path(sys.executable).with_name("hub"))

IDENTITY = {
    "HUB_ISSUER": "https://127.0.0.1:1/nobody",
    "HUB_AUDIENCE": "hub",
    "HUB_ORIGIN": "https://hub.example",
}
"""Whose tokens a production hub takes that no token is sent to; a development hub has no use for
it."""

_SECONDS = 60
_LAST_WORDS = ("Dữ liệu ở ", "Đang phục vụ ở ")
_ADDRESS = re.compile(r"http://127\.0\.0\.1:[0-9]+")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended, and what it said where."""

    code: int
    out: str
    err: str

    @property
    def is_one_refusal(self) -> bool:
        """Tell whether it failed with a coded sentence on one line, and nothing else of note."""
        return (
            self.code == 1
            and re.fullmatch(r"Lỗi [A-Z_]+: [^\n]+\n", self.err) is not None
            and "Traceback" not in self.out
        )


@dataclass(frozen=True, slots=True)
class RunningHub:
    """A hub that answers: where, and what it said until then.

    Attributes:
        seconds: how long that took.
        computed: for how many of them a processor worked for it.
    """

    url: str
    home: Path
    said: str
    seconds: float
    computed: float
    process: subprocess.Popen[str]

    @property
    def tokens(self) -> dict[str, str]:
        """Return the tokens it offered, by agency."""
        return dict(re.findall(r"\(([a-z0-9.-]+)\)\n(eyJ\S+)\n", self.said))

    @property
    def command(self) -> str:
        """Return the command it offered."""
        [line] = re.findall(r"^curl .+$", self.said, re.MULTILINE)
        return str(line)

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal, wait for the end and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(_SECONDS)


def call(*words: str, home: Path, **variables: str) -> Outcome:
    """Carry out the command in this process, which is quick; else it is as ``hub``."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    with (
        patch.dict(os.environ, _environment(home, variables), clear=True),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = exit_code_of(lambda: application(args=words, prog_name="hub", standalone_mode=False))
    gc.enable()
    for handler in set(root.handlers) - set(handlers):
        handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)
    said = []
    for stream in (out, err):
        stream.seek(0)
        said.append(stream.read())
    return Outcome(code, *said)


def hub(*words: str, home: Path, **variables: str) -> Outcome:
    """Run ``hub`` with *words* on the data folder *home*, as a process of its own."""
    ended = subprocess.run(
        [HUB, *words],
        env=_environment(home, variables),
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    return Outcome(ended.returncode, ended.stdout, ended.stderr)


@contextmanager
def starting(*words: str, home: Path, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """Run ``hub`` with *words* beside the block; it ends with the block, if not before."""
    with subprocess.Popen(
        [HUB, *words],
        env=_environment(home, variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(_SECONDS)


@contextmanager
def running(*words: str, home: Path, **variables: str) -> Iterator[RunningHub]:
    """Run ``hub`` with *words* beside the block, which begins once it answers."""
    began = time.monotonic()
    with starting(*words, home=home, **variables) as process:
        assert process.stdout is not None
        said = line = ""
        while not line.startswith(_LAST_WORDS):
            line = process.stdout.readline()
            assert line, f"it ended instead of serving:\n{said}"
            said += line
        seconds = time.monotonic() - began
        found = _ADDRESS.search(said)
        assert found is not None, said
        computed = _computed(process.pid, seconds)
        yield RunningHub(found[0], home, said, seconds, computed, process)


def is_stopped(home: Path) -> bool:
    """Tell whether no PostgreSQL runs on *home*."""
    return keeper.find_status(home / keeper.DATA) is None


def _computed(pid: int, otherwise: float) -> float:
    """Return the seconds a processor has worked for *pid*, *otherwise* where nobody says."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return otherwise
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _environment(home: Path, variables: Mapping[str, str]) -> dict[str, str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PORT", "PYTHONDONTWRITEBYTECODE"} and not name.startswith("HUB_")
    }
    return {**inherited, **IDENTITY, "PORT": "0", "HUB_HOME": str(home), **variables}
