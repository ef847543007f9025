"""A PostgreSQL of the hub's own in a data folder: made at first use, shared, stopped by the last.

``embedded_server`` takes its turn on the folder, makes the cluster if there is none, has the
``keeper`` start the server if none runs, and counts itself among the users. Users come and go in
any order; the last one to leave stops the server, and the keeper's watch does so for users killed.

The server listens on a socket in a private folder and on nothing else, and asks everybody for a
password. It never runs as root: started by root it becomes the owner of the data folder, or
``nobody``. It then need not reach its data by path (it starts inside the folder), and its programs
are copied to where it can reach them if their own place is closed to it.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from hub.database import keeper
from hub.database.cluster import (
    SUPERUSER,
    DataFolderUnwritableError,
    ServerStartError,
    check,
    give,
    here,
    is_open_to,
    last_words,
    make,
    owner_of,
    password_of,
)
from hub.database.programs import reachable_programs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hub.database.cluster import Owner

PORT: Final = 5432

SETTINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "listen_addresses": "",
        "port": str(PORT),
        "max_connections": "100",
        "shared_buffers": "256MB",
        "effective_cache_size": "1GB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "max_wal_size": "2GB",
        "wal_compression": "on",
        "random_page_cost": "1.1",
        "jit": "off",
        "password_encryption": "scram-sha-256",
        "unix_socket_permissions": "0700",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] ",
    }
)
"""What every embedded server runs with, unless it is told otherwise."""

NO_SETTINGS: Final[Mapping[str, str]] = MappingProxyType({})

LOG_BYTES: Final = 10_000_000
SOCKET_FOLDER_BYTES: Final = 70
"""A socket's path ends within 104 bytes on every system."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a running server is met, and as whom."""

    socket_folder: Path
    port: int
    user: str
    password: str = field(repr=False)

    def url(self, database: str, *, user: str | None = None, password: str | None = None) -> str:
        """Return the address of *database*, as its superuser unless told otherwise."""
        name = quote(user or self.user, safe="")
        secret = quote(self.password if password is None else password, safe="")
        place = urlencode({"host": str(self.socket_folder), "port": self.port}, quote_via=quote)
        return f"postgresql://{name}:{secret}@/{quote(database, safe='')}?{place}"


@contextmanager
def embedded_server(home: Path, *, settings: Mapping[str, str] = NO_SETTINGS) -> Iterator[Server]:
    """Yield the running server of the data folder *home*; the last to leave stops it.

    *settings* are laid over ``SETTINGS`` by the call that starts the server; a call that finds it
    running takes it as it is.
    """
    home = _prepare(home)
    users = keeper.open_private(home / keeper.USERS)
    child = None
    try:
        with keeper.hold(home / keeper.TURN, fcntl.LOCK_EX):
            fcntl.flock(users, fcntl.LOCK_SH)
            child = _bring_up(home, {**SETTINGS, **settings})
            server = _running(home)
        yield server
    finally:
        # A folder that was removed meanwhile has nothing to stop: its server ends by itself.
        with suppress(FileNotFoundError), keeper.hold(home / keeper.TURN, fcntl.LOCK_EX):
            os.close(users)
            is_stopped = keeper.stop_unused(home)
            if is_stopped and child is not None:
                with suppress(ChildProcessError):
                    os.waitpid(child, 0)


def _prepare(home: Path) -> Path:
    """Return *home* as a folder that exists and can be written."""
    home = home.absolute()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(keeper.open_private(home / keeper.TURN))
    except OSError as error:
        raise DataFolderUnwritableError(folder=home, reason=error.strerror) from error
    return home


def _bring_up(home: Path, settings: Mapping[str, str]) -> int | None:
    """Have the server of *home* run and watched; return the keeper if one was needed.

    The caller has the turn.
    """
    data = home / keeper.DATA
    try:
        owner = owner_of(home)
        is_made = data.exists() and any(data.iterdir())
        if is_made:
            check(home)
        if keeper.find_status(data) is None:
            return _start(home, owner, settings, is_made=is_made)
        return None if _is_watched(home) else _keep(home, owner, [])
    except OSError as error:
        raise DataFolderUnwritableError(folder=home, reason=error.strerror) from error


def _running(home: Path) -> Server:
    """Return the server that runs on *home*."""
    status = keeper.find_status(home / keeper.DATA)
    if status is None:
        raise ServerStartError(reason="it ended at once", log=home / keeper.LOG)
    return Server(status.socket_folder, status.port, SUPERUSER, password_of(home))


def _is_watched(home: Path) -> bool:
    """Tell whether a keeper watches the server of *home*."""
    with keeper.hold(home / keeper.WATCH, fcntl.LOCK_EX | fcntl.LOCK_NB) as is_free:
        return not is_free


def _start(
    home: Path, owner: Owner | None, settings: Mapping[str, str], *, is_made: bool
) -> int | None:
    """Start the server of *home*, whose cluster is made first unless *is_made*."""
    data = home / keeper.DATA
    log = home / keeper.LOG
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    run = _run_folder(home, owner)
    binaries = reachable_programs(run, owner)
    if not is_made:
        make(home, owner, binaries)
    elif owner is not None and data.stat().st_uid == 0:
        give(data, owner)
    if owner is not None or data.stat().st_uid == os.geteuid():
        data.chmod(0o700)
    # The programs start inside the folder, which need not be reachable by its path.
    command = [str(binaries / "postgres"), "-D", here(data)]
    for name, value in {**settings, "unix_socket_directories": f'"{run}"'}.items():
        command += ["-c", f"{name}={value}"]
    return _keep(home, owner, command)


def _run_folder(home: Path, owner: Owner | None) -> Path:
    """Return a new private folder, its path short enough for a socket, noted in *home*."""
    keeper.forget_run_folder(home)
    for place in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):  # noqa: S108
        is_short = len(os.fsencode(place)) < SOCKET_FOLDER_BYTES
        if is_short and place.is_dir() and is_open_to(owner, place):
            break
    else:
        raise ServerStartError(reason="no folder for a socket", log=home / keeper.LOG)
    run = Path(tempfile.mkdtemp(prefix="hub-", dir=place))
    with open(keeper.open_private(home / keeper.RUN), "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(str(run))
    if owner is not None:
        os.chown(run, *owner)
    return run


def _keep(home: Path, owner: Owner | None, command: list[str]) -> int | None:
    """Hand *command* to a keeper; return it once the server is ready."""
    log = home / keeper.LOG
    descriptor = keeper.open_private(log, os.O_APPEND)
    size = os.fstat(descriptor).st_size
    identity = "" if owner is None else f"{owner[0]}:{owner[1]}"
    # A session of its own: what interrupts the hub must not interrupt the keeper.
    child = os.posix_spawn(
        sys.executable,
        [sys.executable, "-I", "-S", keeper.__file__, str(home), identity, *command],
        keeper.ENVIRONMENT,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_DUP2, descriptor, 1),
            (os.POSIX_SPAWN_DUP2, descriptor, 2),
        ],
        setsid=True,
    )
    os.close(descriptor)
    has_ended = False
    try:
        while True:
            status = keeper.find_status(home / keeper.DATA)
            if status is not None and status.is_ready:
                return None if has_ended else child
            if has_ended and status is None:
                break
            has_ended = has_ended or os.waitpid(child, os.WNOHANG) != (0, 0)
            time.sleep(keeper.POLL_SECONDS)
    except BaseException:
        if not has_ended:
            os.kill(child, signal.SIGTERM)
            os.waitpid(child, 0)
        raise
    raise ServerStartError(reason=last_words(log, size), log=log)
