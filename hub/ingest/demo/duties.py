"""Made-up progress of Hà Nội's tasks, as whoever carries them out would report it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from hub.ingest.demo.marks import name_vi
from hub.ingest.merge import RowSet
from hub.model.duties import task_progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.ingest.demo.marks import Row
    from hub.ingest.demo.world import Task, World

_REPORTED: Final = 60
_WARD_COMMITTEES: Final = "hn.ubnd-cap-xa"
_WARDS_A_TASK: Final = 5
_SILENT: Final = 0.05
_ROUNDS: Final = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))


@dataclass(frozen=True, slots=True)
class _Course:
    """How a task goes: its status and percentage at each round, and what is said of it."""

    weight: int
    steps: tuple[tuple[str, int], ...]
    result: str | None = None
    obstacles: str | None = None


_COURSES: Final = (
    _Course(40, (("in_progress", 20), ("in_progress", 45), ("in_progress", 70))),
    _Course(
        24,
        (("in_progress", 35), ("in_progress", 80), ("done_on_time", 100)),
        result="Đã hoàn thành theo kế hoạch.",
    ),
    _Course(
        8,
        (("in_progress", 30), ("overdue", 70), ("done_late", 100)),
        result="Đã hoàn thành, chậm so với thời hạn.",
    ),
    _Course(
        9,
        (("in_progress", 20), ("in_progress", 40), ("overdue", 55)),
        obstacles="Chưa đủ nhân lực.",
    ),
    _Course(
        10,
        (("in_progress", 25), ("blocked", 30), ("blocked", 30)),
        obstacles="Chờ văn bản hướng dẫn.",
    ),
    _Course(9, (("not_started", 0), ("not_started", 0), ("in_progress", 10))),
)


def progress_rows(world: World) -> RowSet:
    """Return the made-up rows of ``task_progress``."""
    rows = [
        row
        for task in _chosen(world)
        for reporter in _reporters(world, task)
        for row in _reports(world, task, *reporter)
    ]
    return RowSet(task_progress, ("code",), rows, owned=task_progress.c.synthetic)


def _chosen(world: World) -> list[Task]:
    """Return tasks that some body answers for: the wards' own, and others by chance."""
    of_wards = [task for task in world.tasks if task.agency == _WARD_COMMITTEES]
    of_bodies = [task for task in world.tasks if not task.is_of_a_group]
    return of_wards + world.draw("tasks").sample(of_bodies, _REPORTED - len(of_wards))


def _reporters(world: World, task: Task) -> Iterator[tuple[str, str]]:
    """Yield who reports on *task*, and the beginning of the reports' codes."""
    code = f"demo.{task.code}"
    if not task.is_of_a_group:
        yield task.agency, code
        return
    for ward in world.draw("reporting wards", task.code).sample(world.wards, _WARDS_A_TASK):
        yield ward.committee, f"{code}.{ward.code}"


def _reports(world: World, task: Task, reporter: str, code: str) -> Iterator[Row]:
    source = world.draw("progress", code)
    [course] = source.choices(_COURSES, [course.weight for course in _COURSES])
    for number, (day, (status, percent)) in enumerate(
        zip(_ROUNDS, course.steps, strict=True), start=1
    ):
        is_silent = source.random() < _SILENT
        if day > world.today:
            continue
        is_done = status.startswith("done")
        is_stuck = status in {"blocked", "overdue"}
        yield {
            "code": f"{code}.dot-{number}",
            "task_id": task.id,
            "agency_id": world.agencies[reporter],
            "status": status,
            "percent_done": None if is_silent else percent,
            "reported_on": day,
            "result": name_vi(course.result) if is_done and course.result else None,
            "obstacles": name_vi(course.obstacles) if is_stuck and course.obstacles else None,
            "synthetic": True,
        }
