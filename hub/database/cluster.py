"""The cluster in a data folder: whose it is, whether it is whole, how it is made."""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import ClassVar, Final

from hub.database import keeper
from hub.errors import HubError

VERSION: Final = "18"
SUPERUSER: Final = "postgres"

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
GRAVE: Final = ("FATAL:", "PANIC:", "error:")

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


def owner_of(home: Path) -> Owner | None:
    """Return who the server of *home* has to be; None for whoever runs this."""
    if os.geteuid() != 0:
        return None
    for folder in (home / keeper.DATA, home):
        if folder.exists() and (found := folder.stat()).st_uid != 0:
            return found.st_uid, found.st_gid
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def check(home: Path) -> None:
    """Refuse a data folder that this PostgreSQL cannot have written as a whole."""
    data = home / keeper.DATA
    for path in (*(data / name for name in WHOLE), home / keeper.PASSWORD):
        if not path.exists() or path.stat().st_size == 0:
            raise DataFolderIncompleteError(folder=home, missing=path.relative_to(home))
    found = (data / "PG_VERSION").read_text(encoding="ascii", errors="replace").strip()
    if found != VERSION:
        raise DataFolderVersionError(folder=home, found=found, expected=VERSION)


def password_of(home: Path) -> str:
    """Return the superuser's password in *home*, drawn at the first use."""
    path = home / keeper.PASSWORD
    if not path.exists() or path.stat().st_size == 0:
        with open(keeper.open_private(path), "w", encoding="ascii") as file:  # noqa: PTH123
            file.write(secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii")


def make(home: Path, owner: Owner | None, binaries: Path) -> None:
    """Make the cluster of *home* whole or not at all: it is made aside and then renamed."""
    for left in home.glob(f"{ASIDE}*"):
        shutil.rmtree(left)
    aside = Path(tempfile.mkdtemp(prefix=ASIDE, dir=home))
    (aside / "password").write_text(password_of(home), encoding="ascii")
    (aside / "data").mkdir(mode=0o700)
    if owner is not None:
        give(aside, owner)
    log = home / keeper.LOG
    size = log.stat().st_size if log.exists() else 0
    descriptor = keeper.open_private(log, os.O_APPEND)
    try:
        subprocess.run(  # noqa: S603 - the words are the hub's own
            [binaries / "initdb", "-D", here(aside / "data"), "--pwfile=../password", *INITDB],
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
        raise ServerStartError(reason=last_words(log, size), log=log) from error
    finally:
        os.close(descriptor)
        shutil.rmtree(aside)


def give(folder: Path, owner: Owner) -> None:
    """Make *owner* the owner of *folder* and all in it."""
    os.chown(folder, *owner)
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            os.chown(Path(parent, name), *owner, follow_symlinks=False)


def here(folder: Path) -> str:
    """Return how a program that works in *folder* names it."""
    return "/proc/self/cwd" if keeper.HAS_PROC else str(folder)


def is_open_to(owner: Owner | None, folder: Path) -> bool:
    """Tell whether *owner* may pass through *folder* and all above it."""
    if owner is None:
        return True
    for place in (folder, *folder.parents):
        found = place.stat()
        is_theirs = (found.st_uid == owner[0], found.st_gid == owner[1], True)
        if not found.st_mode >> (6, 3, 0)[is_theirs.index(True)] & 1:
            return False
    return True


def last_words(log: Path, start: int) -> str:
    """Return why the server ended, by what *log* says after *start*."""
    with log.open("rb") as file:
        file.seek(start)
        lines = file.read().decode(errors="replace").split("\n")
    said = [line.strip() for line in lines if line.strip()] or ["it said nothing"]
    grave = [line for line in said if any(mark in line for mark in GRAVE)]
    return re.split("|".join(GRAVE), (grave or said)[-1])[-1].strip()
