"""Starts one PostgreSQL, outlives whoever asked, and stops it when nobody uses it any more.

Run as a program of its own, with the standard library alone, so that a server started by a process
that was killed does not run for ever. Whoever uses a server holds a shared lock on ``USERS``; every
start and stop happens under the exclusive lock on ``TURN``, so neither overlaps another.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final, NamedTuple, NoReturn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

DATA: Final = "postgres"
LOG: Final = "postgres.log"
PASSWORD: Final = "postgres.password"  # noqa: S105 - the name of the file
RUN: Final = "postgres.run"
TURN: Final = "postgres.turn"
USERS: Final = "postgres.users"
WATCH: Final = "postgres.watch"

START_SECONDS: Final = 300
STOP_SECONDS: Final = 30
POLL_SECONDS: Final = 0.02
WATCH_SECONDS: Final = 0.3


class Status(NamedTuple):
    """What a running server says of itself in ``postmaster.pid``."""

    pid: int
    port: int
    socket_folder: Path
    is_ready: bool


def find_status(data: Path) -> Status | None:
    """Return the state of the server that runs on *data*; None if none does.

    A number that another program has taken over since is no server: a server works in its folder.
    """
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        pid = int(lines[0])
        if Path("/proc/self/cwd").exists():
            if not os.path.samefile(f"/proc/{pid}/cwd", data):
                return None
        else:
            os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    lines += [""] * 8
    ready = lines[7].strip() == "ready"
    return Status(pid, int(lines[3] or 0), Path(lines[4]), is_ready=ready)


@contextmanager
def hold(path: Path, operation: int) -> Iterator[bool]:
    """Hold the lock *operation* on the file *path*; yield whether it could be had."""
    descriptor = open_private(path)
    try:
        yield try_lock(descriptor, operation)
    finally:
        os.close(descriptor)


def try_lock(descriptor: int, operation: int) -> bool:
    """Take the lock *operation*; return whether it could be had without waiting, if so asked."""
    try:
        fcntl.flock(descriptor, operation)
    except BlockingIOError:
        return False
    return True


def open_private(path: Path, flags: int = 0) -> int:
    """Open the file *path*, made if need be for its folder's owner alone; never through a link."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | flags, 0o600)
    if os.geteuid() == 0:
        os.fchown(descriptor, path.parent.stat().st_uid, -1)
    return descriptor


def stop_unused(home: Path) -> bool:
    """Stop the server of *home* unless somebody uses it; return whether nobody does.

    The caller holds the turn.
    """
    with hold(home / USERS, fcntl.LOCK_EX | fcntl.LOCK_NB) as unused:
        if unused:
            stop(home)
        return unused


def stop(home: Path) -> None:
    """Stop the server of *home*, if one runs, and remove the folder of its socket."""
    for order, seconds in (
        (signal.SIGINT, STOP_SECONDS),
        (signal.SIGQUIT, STOP_SECONDS),
        (signal.SIGKILL, STOP_SECONDS),
    ):
        status = find_status(home / DATA)
        if status is None:
            break
        os.kill(status.pid, order)
        deadline = time.monotonic() + seconds
        while find_status(home / DATA) is not None and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
    forget_run_folder(home)


def forget_run_folder(home: Path) -> None:
    """Remove the folder that the last start of *home* made for its socket."""
    record = home / RUN
    if record.exists():
        shutil.rmtree(record.read_text(encoding="utf-8"), ignore_errors=True)
        record.unlink()


def start(home: Path, owner: tuple[int, int] | None, command: list[str]) -> bool:
    """Run *command*, the server, on the data of *home*; return whether it became ready."""
    log = open_private(home / LOG, os.O_APPEND)
    server = subprocess.Popen(  # noqa: S603 - the command is the caller's
        command,
        cwd=home / DATA,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        **({} if owner is None else {"user": owner[0], "group": owner[1], "extra_groups": []}),
    )
    os.close(log)

    def give_up(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
        server.send_signal(signal.SIGINT)
        server.wait()
        sys.exit(1)

    signal.signal(signal.SIGTERM, give_up)
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None:
        status = find_status(home / DATA)
        if status is not None and status.is_ready:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            return True
        if time.monotonic() > deadline:
            server.send_signal(signal.SIGQUIT)
        time.sleep(POLL_SECONDS)
    return False


def watch(home: Path) -> None:
    """Stop the server of *home* once nobody uses it, however its users ended."""
    with hold(home / WATCH, fcntl.LOCK_EX | fcntl.LOCK_NB) as alone:
        while alone and find_status(home / DATA) is not None:
            time.sleep(WATCH_SECONDS)
            with hold(home / TURN, fcntl.LOCK_EX | fcntl.LOCK_NB) as has_turn:
                if has_turn and stop_unused(home):
                    return


def main(home: Path, owner: tuple[int, int] | None, command: list[str]) -> int:
    """Start the server unless it runs, then stay behind as its watch; return 1 if it failed."""
    if find_status(home / DATA) is None and not start(home, owner, command):
        return 1
    if os.fork() == 0:
        with Path(os.devnull).open("r+b", buffering=0) as nothing:
            for descriptor in (0, 1, 2):
                os.dup2(nothing.fileno(), descriptor)
        os.chdir("/")
        watch(home)
        os._exit(0)
    return 0


if __name__ == "__main__":
    place, identity, *server_command = sys.argv[1:]
    user, _, group = identity.partition(":")
    sys.exit(main(Path(place), (int(user), int(group)) if user else None, server_command))
