"""The commands of ``docker-compose.yml`` and of the guide, run without Docker."""

from __future__ import annotations

import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import httpx
import pytest
from typing_extensions import override

from hub.api.operations import SCHEMA_FOLDER
from hub.database.programs import programs
from tests.deploy.composition import ROOT
from tests.deploy.installation import DOCKERFILE, SECRETS, Installation, free_port, installing

if TYPE_CHECKING:
    from collections.abc import Iterator

TREE = (SCHEMA_FOLDER / "operations" / "ProgrammeTree.graphql").read_text(encoding="utf-8")
QUERY = {"query": TREE, "variables": {"programme": "ctmtqg-2030"}}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A server with its databases, migrated and loaded as the guide says."""
    with installing(tmp_path_factory.mktemp("production")) as made:
        for words in ([], ["ingest", "reference"]):
            ended = made.run("migrate", *words)
            assert ended.code == 0, ended.said
        yield made


async def test_the_owner_of_the_hubs_database_is_no_administrator(
    installation: Installation,
) -> None:
    password = SECRETS["HUB_OWNER_PASSWORD"]
    url = installation.server.url("hub", user="hub_owner", password=password)
    connection = await asyncpg.connect(url)
    [row] = await connection.fetch("SELECT * FROM pg_roles WHERE rolname = current_user")
    assert (row["rolsuper"], row["rolbypassrls"], row["rolcreatedb"]) == (False, False, False)
    assert row["rolcreaterole"]
    await connection.close()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(
            installation.server.url("keycloak", user="hub_owner", password=password)
        )


def test_a_second_migration_changes_nothing(installation: Installation) -> None:
    assert installation.run("migrate").code == 0


def test_two_hubs_serve_and_write_their_trail_alone(installation: Installation) -> None:
    before = sorted(installation.image.rglob("*"))
    ports = [free_port(), free_port()]
    assert not installation.check_health("hub-1", ports[0])
    with installation.serving("hub-1", ports[0]), installation.serving("hub-2", ports[1]) as second:
        for port in ports:
            answer = httpx.post(f"http://127.0.0.1:{port}/graphql", json=QUERY)
            assert answer.json()["data"]["programme"]["projects"]["totalCount"] > 0
            assert httpx.get(f"http://127.0.0.1:{port}/health/ready").status_code == 200
        second.terminate()
        assert second.wait(20) == 0
    assert sorted(installation.image.rglob("*")) == before
    assert [path.name for path in installation.home.iterdir()] == ["spool"]


def test_the_worker_keeps_what_the_hubs_were_asked(installation: Installation) -> None:
    """After the hubs: what they spooled is in the chain, and a head of it outside."""
    environment = installation.environment("worker")
    heads = Path(environment["HUB_AUDIT_HEADS"])
    with subprocess.Popen(installation.words("worker"), env=environment) as worker:
        deadline = time.monotonic() + 20
        while not list(heads.glob("*.json")):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        worker.terminate()
        assert worker.wait(20) == 0
    assert list((installation.home / "spool").iterdir()) == []
    verified = installation.run("worker", "audit", "verify", "--heads", str(heads))
    assert verified.code == 0, verified.said
    assert "nguyên vẹn: 2 bản ghi" in verified.said


def test_the_first_administrator_gets_an_account(installation: Installation) -> None:
    issuer = installation.services["hub-1"]["environment"]["HUB_ISSUER"]
    words = ("account", "add", "hn.cong-an", "--issuer", issuer)
    ended = installation.run("migrate", *words, "--subject", "4c1a3b2e")
    assert ended.code == 0, ended.said
    again = installation.run("migrate", *words, "--subject", "4c1a3b2e")
    assert again.code == 1
    assert "ACCOUNT_TAKEN" in again.said


def test_the_database_is_asked_for_its_health(installation: Installation) -> None:
    kind, program, *words = installation.services["database"]["healthcheck"]["test"]
    assert (kind, program) == ("CMD", "pg_isready")
    [given] = [word for word in words if word.startswith("--host=")]
    words.remove(given)
    server = installation.server
    place = (f"--host={server.socket_folder}", f"--port={server.port}")
    assert subprocess.run([programs() / program, *words, *place], check=False).returncode == 0
    nowhere = (given, f"--port={free_port()}")
    assert subprocess.run([programs() / program, *words, *nowhere], check=False).returncode == 2


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_keycloak_is_asked_for_its_health(
    installation: Installation, status: int, code: int
) -> None:
    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path == "/health/ready"
            self.send_response(status)
            self.end_headers()

        @override
        def log_message(self, *_: object) -> None:
            pass

    kind, *words = installation.services["keycloak"]["healthcheck"]["test"]
    assert kind == "CMD"
    with ThreadingHTTPServer(("127.0.0.1", 0), Health) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        variables = {"KC_HTTP_MANAGEMENT_PORT": str(server.server_port)}
        assert subprocess.run(words, env=variables, timeout=10, check=False).returncode == code
        server.shutdown()


def test_the_image_may_take_what_it_copies_and_installs_by_hash() -> None:
    allowed = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {
        word
        for line in DOCKERFILE.splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for word in line.split()[1:-1]
    }
    assert copied == allowed
    assert "--require-hashes" in DOCKERFILE
    assert "USER 10001:10001" in DOCKERFILE
