"""What ``docker-compose.yml`` starts, started without Docker: same commands, same variables."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from hub.database.embedded import embedded_server
from hub.database.programs import programs
from tests.deploy.composition import ROOT, read, read_example

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hub.database.embedded import Server

_SECONDS: Final = 60
_COPY: Final = re.compile(r"^COPY (?!--from)(.+) \S+$", re.MULTILINE)
_ENV: Final = re.compile(r"^(?:ENV|   ) ([A-Z_]+)=(\S+?)(?: \\)?$", re.MULTILINE)
_DATABASE: Final = "@database:5432/"

DOCKERFILE: Final = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
SECRETS: Final = {name: value or f"{name}-26" for name, value in read_example().items()}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    said: str


@dataclass(frozen=True)
class Installation:
    """A database server, and the image's files in a folder of their own.

    Attributes:
        image: what the image holds, as its recipe copies it.
        home: the data folder that the hubs and their worker share.
    """

    server: Server
    image: Path
    home: Path

    @cached_property
    def services(self) -> dict[str, Any]:
        """Return the services, their variables filled in."""
        services: dict[str, Any] = read(SECRETS)["services"]
        return services

    def environment(self, service: str, port: int = 0) -> dict[str, str]:
        """Return the variables of *service* in its image; only places are others than there."""
        place = urlsplit(self.server.url("hub")).query
        given = {
            name: _at(value, place)
            for name, value in self.services[service].get("environment", {}).items()
        }
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("HUB_", "KC_", "POSTGRES_")) and name != "PORT"
        }
        image = dict(_ENV.findall(DOCKERFILE))
        del image["PATH"]
        given |= {
            name: str(self.home.parent / name.lower())
            for name in ("HUB_AUDIT_KEY", "HUB_AUDIT_HEADS")
            if name in given
        }
        places = {"HUB_HOST": "127.0.0.1", "HUB_HOME": str(self.home), "PORT": str(port)}
        return {**kept, **image, **given, **places, "PYTHONPATH": str(self.image)}

    def words(self, service: str) -> list[str]:
        """Return the command of *service* with the image's entry point."""
        assert 'ENTRYPOINT ["hub"]' in DOCKERFILE
        return [sys.executable, "-m", "hub", *self.services[service]["command"]]

    def run(self, service: str, *words: str) -> Ended:
        """Run the command of *service*, or other *words* of its entry point, to the end."""
        command = [*self.words(service)[:3], *words] if words else self.words(service)
        return self._end(command, self.environment(service))

    def check_health(self, service: str, port: int) -> bool:
        """Tell whether the health check of *service* passes for who listens on *port*."""
        kind, program, *rest = self.services[service]["healthcheck"]["test"]
        assert (kind, program) == ("CMD", "python")
        return self._end([sys.executable, *rest], self.environment(service, port)).code == 0

    @contextmanager
    def serving(self, service: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
        """Run the command of *service* beside the block, which begins once its check passes."""
        environment = self.environment(service, port)
        with subprocess.Popen(self.words(service), env=environment, cwd=self.image) as process:
            try:
                deadline = time.monotonic() + _SECONDS
                while not self.check_health(service, port):
                    assert process.poll() is None, "it ended instead of serving"
                    assert time.monotonic() < deadline, "it does not become healthy"
                    time.sleep(0.1)
                yield process
            finally:
                if process.poll() is None:
                    process.send_signal(signal.SIGTERM)
                    process.wait(_SECONDS)

    def _end(self, command: Sequence[str], environment: dict[str, str]) -> Ended:
        ended = subprocess.run(
            command,
            env=environment,
            cwd=self.image,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        return Ended(ended.returncode, ended.stdout)


@contextmanager
def installing(folder: Path) -> Iterator[Installation]:
    """Give the database server its databases and the image its files, under *folder*."""
    image = folder / "image"
    image.mkdir(parents=True)
    for sources in _COPY.findall(DOCKERFILE):
        for source in sources.split():
            copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy2
            copy(ROOT / source, image / source)
    services = read(SECRETS)["services"]
    settings = dict(word.split("=") for word in services["database"]["command"] if "=" in word)
    with embedded_server(folder / "postgres", settings={**settings, "fsync": "off"}) as server:
        subprocess.run(
            [
                programs() / "psql",
                "--no-psqlrc",
                "--quiet",
                f"--file={ROOT / 'deploy' / 'postgres' / 'databases.sql'}",
                server.url("postgres"),
            ],
            env={**os.environ, **services["database"]["environment"]},
            timeout=_SECONDS,
            check=True,
        )
        yield Installation(server, image, folder / "home")


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def _at(value: str, place: str) -> str:
    """Return *value* with the server of this test in the place of the service ``database``."""
    for before in (_DATABASE, _DATABASE.replace("@", "://")):
        if before in value:
            start, _, database = value.partition(before)
            joint = before.removesuffix("database:5432/")
            return f"{start}{joint}/{database}?{place}"
    return value
