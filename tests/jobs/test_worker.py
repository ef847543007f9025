"""Jobs are done once queued for good, again where they failed, elsewhere where a worker died."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from hub.access.principal import WORKER
from hub.database.transaction import Mode, begin
from hub.jobs.kinds import Chore, End, Kind, Patience
from hub.jobs.queueing import enqueue
from hub.jobs.sight import see_queue
from hub.jobs.trying import pause_after
from hub.jobs.worker import Worker
from hub.model.jobs import job
from tests.access.world import as_owner
from tests.jobs.work import working
from tests.jobs.working import working as beside

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database

_SOON = 40.0


class Desk:
    """Does one kind of job as told, and remembers what it did."""

    def __init__(self, *, failures: int = 0, seconds: float = 0.0) -> None:
        self.done: list[str] = []
        self.begun: list[float] = []
        self.ends: list[tuple[str, End]] = []
        self.stopped = 0
        self._failures = failures
        self._seconds = seconds

    async def do(self, key: str) -> None:
        """Fail, or take its time and be done."""
        self.begun.append(monotonic())
        if len(self.begun) <= self._failures:
            message = f"nothing comes of {key}"
            raise ValueError(message)
        try:
            await asyncio.sleep(self._seconds)
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        self.done.append(key)

    async def give_up(self, key: str, end: End) -> None:
        """Remember it."""
        self.ends.append((key, end))

    @property
    def kind(self) -> Kind:
        """The kind of job that is done here."""
        return Kind("desk", self.do, self.give_up)


async def test_what_is_queued_is_done_when_its_transaction_has_committed_and_only_then(
    bare: Database,
) -> None:
    desk = Desk()
    async with beside(Worker(bare, [desk.kind])):
        with pytest.raises(ZeroDivisionError):
            await _queue_and_fail(bare, "taken back")
        await _queue(bare, "kept")
        await _until(lambda: desk.done)
    assert desk.done == ["kept"]


async def test_the_same_job_waits_once(bare: Database) -> None:
    await _queue(bare, "one")
    await _queue(bare, "one")
    await _queue(bare, "other")
    assert [(each.kind, each.state, each.count) for each in await see_queue(bare)] == [
        ("desk", "queued", 2)
    ]


async def test_a_failure_is_tried_again_later_each_time_and_then_given_up(bare: Database) -> None:
    desk = Desk(failures=9)
    patience = Patience(attempts=3, first=timedelta(seconds=0.2))
    async with beside(Worker(bare, [desk.kind], patience=patience)):
        await _queue(bare, "hopeless")
        await _until(lambda: desk.ends)
        await _until(lambda: _is_held(bare))
    assert desk.ends == [("hopeless", End.FAILED)]
    pauses = [later - earlier for earlier, later in pairwise(desk.begun)]
    assert len(pauses) == 2
    assert all(pause >= 0.1 * 2**place for place, pause in enumerate(pauses))


async def test_what_could_not_be_put_down_as_given_up_is_put_down_later(bare: Database) -> None:
    desk = Desk(failures=9)
    refusals: list[End] = []

    async def refuse_first(key: str, end: End) -> None:
        refusals.append(end)
        if len(refusals) == 1:
            raise ConnectionError
        await desk.give_up(key, end)

    patience = Patience(attempts=1, first=timedelta(seconds=0.01))
    async with beside(Worker(bare, [Kind("desk", desk.do, refuse_first)], patience=patience)):
        await _queue(bare, "hopeless")
        await _until(lambda: _is_held(bare))
    assert refusals == [End.FAILED, End.FAILED]
    assert desk.ends == [("hopeless", End.FAILED)]


async def test_what_succeeds_in_the_end_is_no_failure(bare: Database) -> None:
    desk = Desk(failures=2)
    patience = Patience(attempts=3, first=timedelta(seconds=0.01))
    async with beside(Worker(bare, [desk.kind], patience=patience)):
        await _queue(bare, "stubborn")
        await _until(lambda: desk.done)
        await _until(lambda: _is_empty(bare))
    assert (desk.done, desk.ends, len(desk.begun)) == (["stubborn"], [], 3)


async def test_the_queue_is_told_nothing_of_what_a_job_raised(bare: Database) -> None:
    """An error may quote what it was about; the queue is no place for that."""
    desk = Desk(failures=9)
    patience = Patience(attempts=2, first=timedelta(seconds=0.01))
    async with beside(Worker(bare, [desk.kind], patience=patience)):
        await _queue(bare, "hush")
        await _until(lambda: _is_held(bare))
    async with as_owner(bare.address) as owner:
        told = await owner.fetchval("SELECT string_agg(traceback::text, '') FROM jobs.pgqueuer_log")
    assert "ValueError" in told
    assert "nothing comes of" not in told


def test_pauses_grow_up_to_a_bound_and_differ() -> None:
    patience = Patience(first=timedelta(seconds=1), longest=timedelta(seconds=60))
    for failures, expected in ((0, 1), (1, 2), (5, 32), (6, 60), (500, 60)):
        drawn = {pause_after(failures, patience).total_seconds() for _ in range(50)}
        assert len(drawn) > 10
        assert expected / 2 <= min(drawn) <= max(drawn) <= expected * 1.5


async def test_a_worker_that_is_stopped_lets_short_work_end_and_leaves_the_rest_to_others(
    bare: Database,
) -> None:
    short, endless = Desk(seconds=0.6), Desk(seconds=600)
    kinds = [short.kind, Kind("endless", endless.do, endless.give_up)]
    patience = Patience(grace=timedelta(seconds=1.5))
    async with beside(Worker(bare, kinds, patience=patience)):
        await _queue(bare, "short")
        await _queue(bare, "long", kind="endless")
        await _until(lambda: short.begun and endless.begun)
    assert (short.done, endless.done, endless.stopped) == (["short"], [], 1)
    assert [(each.kind, each.state) for each in await see_queue(bare)] == [("endless", "queued")]
    other = Desk()
    async with beside(Worker(bare, [Kind("endless", other.do, other.give_up)])):
        await _until(lambda: other.done)
    assert (other.done, other.ends) == (["long"], [])


async def test_jobs_are_shared_by_workers_and_each_is_done_once(bare: Database) -> None:
    desks = [Desk(seconds=0.05), Desk(seconds=0.05)]
    for number in range(12):
        await _queue(bare, str(number))
    async with beside(Worker(bare, [desks[0].kind])), beside(Worker(bare, [desks[1].kind])):
        await _until(lambda: sum(len(desk.done) for desk in desks) == 12)
        await _until(lambda: _is_empty(bare))
    assert all(desk.done for desk in desks)
    assert sorted(int(key) for desk in desks for key in desk.done) == list(range(12))


async def test_what_a_dead_worker_had_begun_another_does(bare: Database, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    desk = Desk()
    silence = Patience(silence=timedelta(seconds=1))
    with working(bare.address, notes) as process:
        await _queue(bare, "left", kind="sleep")
        await _until(lambda: notes.exists() and "sleep left" in notes.read_text(encoding="utf-8"))
        process.kill()
    async with beside(Worker(bare, [Kind("sleep", desk.do, desk.give_up)], patience=silence)):
        await _until(lambda: desk.done)
    assert (desk.done, desk.ends) == (["left"], [])


async def test_a_job_that_kills_its_workers_is_given_up(bare: Database, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    await _queue(bare, "poison", kind="die")
    for _ in range(2):
        with working(bare.address, notes, silence=0.4) as process:
            await asyncio.to_thread(process.wait, _SOON)
    desk = Desk()
    patience = Patience(deaths=2, silence=timedelta(seconds=0.4))
    async with beside(Worker(bare, [Kind("die", desk.do, desk.give_up)], patience=patience)):
        await _until(lambda: _is_held(bare))
    assert notes.read_text(encoding="utf-8") == "die poison\n" * 2
    assert (desk.done, desk.ends) == ([], [("poison", End.KILLED)])


async def test_a_worker_works_on_after_its_connections_were_cut(bare: Database) -> None:
    desk = Desk(seconds=0.2)
    async with beside(Worker(bare, [desk.kind])):
        await _queue(bare, "before")
        await _until(lambda: desk.done)
        async with as_owner(bare.address) as owner:
            cut = await owner.fetchval(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE usename = 'hub_worker' AND datname = current_database()"
            )
        await _queue(bare, "after")
        await _until(lambda: "after" in desk.done)
    assert cut >= 1
    assert desk.done == ["before", "after"]


async def test_a_chore_that_takes_long_ends_with_its_worker(bare: Database) -> None:
    desk = Desk(seconds=600)

    async def toil() -> None:
        await desk.do("long")

    patience = Patience(grace=timedelta(seconds=0.1))
    chores = [Chore("toil", "* * * * * */1", toil)]
    async with beside(Worker(bare, [], chores, patience=patience)):
        await _until(lambda: desk.begun)
        began = monotonic()
    assert (desk.stopped, desk.done) == (1, [])
    assert monotonic() - began < 5


async def test_the_clock_has_a_chore_done_by_one_worker(bare: Database) -> None:
    times: list[float] = []

    async def note() -> None:
        times.append(monotonic())

    chores = [Chore("note", "* * * * * */1", note)]
    async with beside(Worker(bare, [], chores)), beside(Worker(bare, [], chores)):
        await _until(lambda: len(times) >= 3)
    assert all(later - earlier > 0.4 for earlier, later in pairwise(times))


async def _queue(database: Database, key: str, *, kind: str = "desk") -> None:
    async with begin(database, WORKER, Mode.WRITE) as transaction:
        await enqueue(transaction, kind, key)


async def _queue_and_fail(database: Database, key: str) -> None:
    async with begin(database, WORKER, Mode.WRITE) as transaction:
        await enqueue(transaction, "desk", key)
        raise ZeroDivisionError


async def _states(database: Database) -> list[str]:
    async with begin(database, WORKER, Mode.READ) as transaction:
        return [row[0] for row in await transaction.fetch(select(job.c.status))]


async def _is_held(database: Database) -> bool:
    return await _states(database) == ["failed"]


async def _is_empty(database: Database) -> bool:
    return not await _states(database)


async def _until(holds: object) -> None:
    """Return once *holds*, a question, is answered with yes."""
    assert callable(holds)
    async with asyncio.timeout(_SOON):
        while True:
            answer = holds()
            if asyncio.iscoroutine(answer):
                answer = await answer
            if answer:
                return
            await asyncio.sleep(0.02)
