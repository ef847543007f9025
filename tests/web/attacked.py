"""A hub process that is asked by strangers, and what that costs it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx

from tests.cli.commands import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.hostile_cases import Case

ASKING_AS: Final = "hn.cong-an"
_AMPLE: Final = {"HUB_MAX_CONCURRENT": "1000", "HUB_COST_PER_MINUTE": str(10**12)}
"""What is measured is one request, not what many are refused by."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a request took of the hub's process: processor time, and memory at its peak."""

    milliseconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Attacked:
    """A running hub, and a client of an agency that sees everything."""

    client: httpx.Client
    home: Path
    pid: int
    token: str

    def ask(self, case: Case) -> httpx.Response:
        """Return the answer to *case*."""
        headers = {"authorization": f"Bearer {self.token}", **case.headers}
        return self.client.request(case.method, case.path, content=case.body, headers=headers)

    def measured(self, case: Case) -> tuple[httpx.Response, Spent]:
        """Return the answer to *case*, and what it took."""
        process = Path(f"/proc/{self.pid}")
        (process / "clear_refs").write_text("5", encoding="ascii")
        before, began = _memory(process, "VmRSS"), _worked(process)
        answer = self.ask(case)
        worked, peak = _worked(process) - began, _memory(process, "VmHWM")
        return answer, Spent(worked / 1e6, max(peak - before, 0) / 1024)


@contextmanager
def attacked(home: Path, *words: str, **variables: str) -> Iterator[Attacked]:
    """Run a development hub on *home* beside the block, with every limit as it is by itself."""
    with (
        running("run", *words, home=home, **_AMPLE, **variables) as hub,
        httpx.Client(base_url=hub.url, timeout=60) as client,
    ):
        yield Attacked(client, home, hub.process.pid, hub.tokens[ASKING_AS])


def _worked(process: Path) -> int:
    """Return the nanoseconds that processors have worked for *process*."""
    threads = (process / "task").iterdir()
    return sum(int((each / "schedstat").read_text(encoding="ascii").split()[0]) for each in threads)


def _memory(process: Path, name: str) -> int:
    """Return kilobytes of *process*: resident now (``VmRSS``), or at most (``VmHWM``)."""
    for line in (process / "status").read_text(encoding="ascii").splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return int(value.split()[0])
    raise ValueError(name)


def can_measure() -> bool:
    """Return whether the system tells what a process takes."""
    return Path("/proc/self/schedstat").exists()
