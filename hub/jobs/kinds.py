"""What a worker can be asked to do, and with how much patience."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class End(StrEnum):
    """Why a job was given up."""

    FAILED = "failed"
    """It failed as often as it may."""

    KILLED = "killed"
    """Its worker died of it, or with it, as often as it may."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job.

    Attributes:
        name: what it is queued as.
        do: does it for a key. It may be done twice, at once too: the second changes nothing.
        give_up: puts down that it will not be done any more.
        at_once: how many of it are under way in all workers; 0 for any number.
    """

    name: str
    do: Callable[[str], Awaitable[None]]
    give_up: Callable[[str, End], Awaitable[None]]
    at_once: int = 0


@dataclass(frozen=True, slots=True)
class Chore:
    """What is done by the clock, by one worker at a time.

    Attributes:
        when: as cron has it, in UTC.
    """

    name: str
    when: str
    do: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Patience:
    """When a job is tried again, when no more, and when its worker is taken for dead.

    Attributes:
        attempts: how often it may fail.
        first: the pause after the first failure; each is twice the one before, up to *longest*,
            give or take a half.
        deaths: how many workers it may take with it.
        silence: after how long without a sign of life another worker takes a job over.
        grace: what a worker that is told to stop gives its jobs to end by themselves.
    """

    attempts: int = 8
    first: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(minutes=5)
    deaths: int = 3
    silence: timedelta = timedelta(seconds=30)
    grace: timedelta = timedelta(seconds=8)
