"""How far a start or a load has come: bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.ingest.progress import Progress as Follower


class Display(Protocol):
    """Shows phases one after another."""

    def phase(self, title: str) -> AbstractContextManager[Follower]:
        """Return a follower of the phase *title*, which lasts as long as the block."""


@contextmanager
def showing_progress() -> Iterator[Display]:
    """Yield a display on standard output, fit for what that is."""
    console = Console()
    if not console.is_terminal:
        yield _Lines()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[step]}"),
    )
    with Progress(*columns, console=console) as bars:
        yield _Bars(bars)


class _Lines:
    @contextmanager
    def phase(self, title: str) -> Iterator[Follower]:
        yield _Line(title)


class _Line:
    def __init__(self, title: str) -> None:
        self._title = title

    def expect(self, steps: int) -> None:
        """Wait for the steps themselves."""

    def advance(self, label: str) -> None:
        """Say what begins."""
        print(f"{self._title}: {label}", flush=True)


class _Bars:
    def __init__(self, bars: Progress) -> None:
        self._bars = bars

    @contextmanager
    def phase(self, title: str) -> Iterator[Follower]:
        task = self._bars.add_task(f"  {title}", total=None, step="")
        yield _Bar(self._bars, task)
        steps = self._bars.tasks[task].total or 1
        self._bars.update(
            task, description=f"[green]✓[/] {title}", total=steps, completed=steps, step=""
        )


class _Bar:
    def __init__(self, bars: Progress, task: TaskID) -> None:
        self._bars = bars
        self._task = task
        self._begun = 0
        self._expected = 0

    def expect(self, steps: int) -> None:
        """Lengthen the bar."""
        self._expected += steps
        self._bars.update(self._task, total=self._expected)

    def advance(self, label: str) -> None:
        """Fill the bar by the step that ended, and name the one that begins."""
        self._bars.update(self._task, completed=self._begun, step=label)
        self._begun += 1
