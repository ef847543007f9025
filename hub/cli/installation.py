"""What this installation stands on: its data folder and its database."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from hub.database.address import Address
from hub.errors import HubError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hub.settings import Settings

_DATABASE = "postgres"

PATIENCE_SECONDS: Final = 30.0
"""How long a command waits for a connection: nobody is refused for it."""


class NotSetUpError(HubError):
    """The data folder holds no hub yet."""

    code = "NOT_SET_UP"
    vi = "Chưa có dữ liệu trong {home}: hãy chạy “make run” trước, với cùng HUB_HOME."
    en = "There are no data in {home} yet: run “make run” first, with the same HUB_HOME."


def prepare_home(home: Path) -> None:
    """Make the data folder *home*; raise a sentence if it cannot be written."""
    from hub.database.cluster import DataFolderUnwritableError

    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DataFolderUnwritableError(folder=home, reason=error.strerror) from error
    if not os.access(home, os.W_OK | os.X_OK):
        raise DataFolderUnwritableError(folder=home, reason=os.strerror(13))


def file_of_sources(settings: Settings) -> Path:
    """Return the file that says where this installation fetches from, which need not be there."""
    return settings.sources or settings.home.absolute() / "sources.toml"


@contextmanager
def open_database_server(settings: Settings) -> Iterator[Address]:
    """Yield the address that ``HUB_DATABASE_URL`` names, or else of the embedded server.

    The embedded server runs for as long as anybody is inside; its data folder is made where there
    is none.
    """
    secret = settings.database_secret.get_secret_value() if settings.database_secret else None
    if settings.database_url is not None:
        yield Address.parse(settings.database_url.get_secret_value(), secret)
        return
    from hub.database.embedded import embedded_server

    with embedded_server(settings.home) as server:
        yield Address.parse(server.url(_DATABASE), secret)


@contextmanager
def open_existing_server(settings: Settings) -> Iterator[Address]:
    """Yield the address as ``open_database_server`` does, or raise ``NotSetUpError``."""
    from hub.database import keeper

    if settings.database_url is None and not (settings.home / keeper.DATA).exists():
        raise NotSetUpError(home=settings.home.absolute())
    with open_database_server(settings) as address:
        yield address
