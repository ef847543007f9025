"""Starts one PostgreSQL, outlives whoever asked, and stops it when nobody uses it any more.

Run as a program of its own, with the standard library alone, so that a server started by a process
that was killed does not run for ever. Whoever uses a server holds a shared lock on ``USERS``; every
start and stop happens under the exclusive lock on ``TURN``, so neither overlaps another.
"""

from __future__ import annotations

import fcntl
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

DATA: Final = "postgres"
LOG: Final = "postgres.log"
PASSWORD: Final = "postgres.password"  # noqa: S105 - the name of the file
RUN: Final = "postgres.run"
TURN: Final = "postgres.turn"
USERS: Final = "postgres.users"
WATCH: Final = "postgres.watch"

ENVIRONMENT: Final = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}
HAS_PROC: Final = Path("/proc/self/cwd").exists()
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
        if not HAS_PROC:
            os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    if HAS_PROC and not works_in(pid, data):
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


def clear_remains(data: Path) -> None:
    """Make *data* startable after its server was killed.

    Processes that the dead server left behind are waited for, then ended: none may write beside a
    new server. The number in a stale ``postmaster.pid`` may by now be anybody's.
    """
    record = data / "postmaster.pid"
    if not record.exists() or not HAS_PROC:
        return
    for order, seconds in ((0, 1), (signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        deadline = time.monotonic() + seconds
        while (left := working_in(data)) and time.monotonic() < deadline:
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, order)
            time.sleep(POLL_SECONDS)
    record.unlink(missing_ok=True)


def working_in(folder: Path) -> list[int]:
    """Return the processes whose working folder is *folder*."""
    numbers = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
    return [pid for pid in numbers if pid != os.getpid() and works_in(pid, folder)]


def works_in(pid: int, folder: Path) -> bool:
    """Tell whether the process *pid* lives and has *folder* as its working folder."""
    try:
        return Path(f"/proc/{pid}/cwd").samefile(folder)
    except OSError:
        return False


def start(
    home: Path, owner: tuple[int, int] | None, command: list[str]
) -> subprocess.Popen[bytes] | None:
    """Run *command*, the server, on the data of *home*; return it once ready, None if it failed."""
    server = subprocess.Popen(  # noqa: S603 - the command is the caller's
        command,
        cwd=home / DATA,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        user=owner and owner[0],
        group=owner and owner[1],
        extra_groups=owner and [],
    )

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
            return server
        if time.monotonic() > deadline:
            server.send_signal(signal.SIGQUIT)
        time.sleep(POLL_SECONDS)
    return None


def watch(home: Path, server: subprocess.Popen[bytes] | None) -> None:
    """Stop the server of *home* once nobody uses it, however its users ended.

    Returns as soon as *server*, the keeper's own child, has ended.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(writer)
    with hold(home / WATCH, fcntl.LOCK_EX | fcntl.LOCK_NB) as alone:
        while alone and find_status(home / DATA) is not None:
            select.select([reader], [], [], WATCH_SECONDS)
            if server is not None and server.poll() is not None:
                return
            with hold(home / TURN, fcntl.LOCK_EX | fcntl.LOCK_NB) as has_turn:
                if has_turn and stop_unused(home):
                    return


def main(home: Path, owner: tuple[int, int] | None, command: list[str]) -> int:
    """Start the server unless it runs, then watch it to its end; return 1 if it did not start.

    Without a *command* a server that runs is only watched.
    """
    server = None
    if find_status(home / DATA) is None:
        clear_remains(home / DATA)
        server = start(home, owner, command) if command else None
        if server is None:
            return 1
    os.chdir("/")
    watch(home, server)
    return 0


if __name__ == "__main__":
    place, identity, *server_command = sys.argv[1:]
    user, _, group = identity.partition(":")
    sys.exit(main(Path(place), (int(user), int(group)) if user else None, server_command))
