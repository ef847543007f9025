"""A hub and its PostgreSQL as processes of their own, to be done harm to."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from hub.database import keeper
from hub.database.embedded import Server, embedded_server
from tests.cli.commands import RunningHub, running

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETTINGS: Final = {"fsync": "off", "synchronous_commit": "off"}


@dataclass
class PostgreSQL:
    """A server that can be stopped and started again at the same address."""

    home: Path
    socket: Path
    _running: ExitStack = field(default_factory=ExitStack)

    def start(self) -> Server:
        """Start it; what it held it holds still."""
        server = self._running.enter_context(embedded_server(self.home, settings=_SETTINGS))
        self.socket.unlink(missing_ok=True)
        self.socket.symlink_to(server.socket_folder)
        return server

    def stop(self) -> None:
        """Stop it; whoever is connected is cut off."""
        self._running.close()

    def kill_backend(self, turn: int) -> None:
        """Kill one of the hub's backends: the server ends all others and recovers."""
        backends = sorted(pid for pid, title in self._children() if " hub_" in title)
        if backends:
            os.kill(backends[turn % len(backends)], signal.SIGKILL)

    def _children(self) -> Iterator[tuple[int, str]]:
        postmaster = (self.home / keeper.DATA / "postmaster.pid").read_text().split("\n")[0]
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
                title = (entry / "cmdline").read_text().replace("\0", " ")
            except (FileNotFoundError, ProcessLookupError):
                continue
            if parent == postmaster:
                yield int(entry.name), title


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands there before the harm; *url* is the database's, for its superuser."""

    postgres: PostgreSQL
    hub: RunningHub
    url: str


@contextmanager
def ground(filled: Path | None = None, **settings: str) -> Iterator[Ground]:
    """Yield a hub with demonstration data that serves, as *settings* say.

    The data are those of ``hub_demo`` in a copy of the data folder *filled*, or else made anew.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        postgres = PostgreSQL(place / "server", place / "socket")
        database = "postgres" if filled is None else "hub_demo"
        if filled is not None:
            shutil.copytree(filled, postgres.home)
        server = postgres.start()
        try:
            name = f"{quote(server.user)}:{quote(server.password)}"
            url = f"postgresql://{name}@/{database}?host={quote(str(postgres.socket))}"
            url += f"&port={server.port}"
            with running("run", home=place / "hub", HUB_DATABASE_URL=url, **settings) as hub:
                yield Ground(postgres, hub, url)
        finally:
            postgres.stop()
