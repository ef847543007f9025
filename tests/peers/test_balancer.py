"""HAProxy, as ``docker-compose.yml`` starts it, before two hubs: TLS, fail-over, shut doors."""

from __future__ import annotations

import os
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from typing_extensions import override

from hub.api.operations import read_operations
from tests.deploy.composition import ROOT
from tests.deploy.installation import Installation, free_port, installing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.peers

PROGRAMME = "ctmtqg-2030"
(TRUSTED,) = [each.sha256 for each in read_operations() if each.name == "ProgrammeTree"]
QUESTION = {
    "variables": {"programme": PROGRAMME},
    "extensions": {"persistedQuery": {"version": 1, "sha256Hash": TRUSTED}},
}
SITE = "hub.localhost"
SIGN_IN = "login.localhost"


class SignIn(BaseHTTPRequestHandler):
    """Stands where Keycloak would, and tells what reaches it."""

    def do_GET(self) -> None:
        """Answer with the path and what the balancer says of the way here."""
        self.send_response(200)
        self.end_headers()
        told = (self.path, self.headers["X-Forwarded-Proto"], self.headers["X-Forwarded-Host"])
        self.wfile.write(" ".join(told).encode())

    @override
    def log_message(self, *_: object) -> None:
        pass


@dataclass(frozen=True)
class Balanced:
    """Two hubs' ports, and a way to ask them through the balancer."""

    installation: Installation
    ports: tuple[int, int]
    plain_port: int
    client: httpx.Client
    https: str

    trust: ssl.SSLContext

    def ask(self) -> httpx.Response:
        """Ask the hub over TLS, by its name."""
        return self.send("POST", "/graphql", json=QUESTION)

    def send(self, method: str, path: str, site: str = SITE, **more: Any) -> httpx.Response:  # noqa: ANN401
        """Send a request to *site*; the certificate is checked against that name."""
        more = {"headers": {"host": site}, "extensions": {"sni_hostname": site}} | more
        return self.client.request(method, f"{self.https}{path}", **more)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for both names and its key in one file, made as the guide says."""
    folder = tmp_path_factory.mktemp("certificates")
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    words += ["-nodes", "-days", "30", "-subj", f"/CN={SITE}"]
    words += ["-addext", f"subjectAltName=DNS:{SITE},DNS:{SIGN_IN}"]
    words += ["-keyout", str(folder / "key"), "-out", str(folder / "chain")]
    subprocess.run(words, check=True, capture_output=True)
    both = (folder / "chain").read_text() + (folder / "key").read_text()
    (folder / "served").mkdir()
    (folder / "served" / "hub.pem").write_text(both)
    return folder


@pytest.fixture(scope="module")
def balanced(tmp_path_factory: pytest.TempPathFactory, certificates: Path) -> Iterator[Balanced]:
    ports, https, plain = (free_port(), free_port()), free_port(), free_port()
    with (
        installing(tmp_path_factory.mktemp("balanced")) as installation,
        ThreadingHTTPServer(("127.0.0.1", 0), SignIn) as sign_in,
    ):
        threading.Thread(target=sign_in.serve_forever, daemon=True).start()
        for words in ([], ["ingest", "reference"]):
            assert installation.run("migrate", *words).code == 0
        places = {
            "HTTP_BIND": f"127.0.0.1:{plain}",
            "HTTPS_BIND": f"127.0.0.1:{https}",
            "CERTIFICATES": str(certificates / "served"),
            "PATH": f"{os.environ['PATH']}:/usr/sbin",
            "HUB_1": f"127.0.0.1:{ports[0]}",
            "HUB_2": f"127.0.0.1:{ports[1]}",
            "KEYCLOAK": f"127.0.0.1:{sign_in.server_port}",
        }
        command = [
            str(ROOT / "deploy" / "haproxy.cfg") if word.startswith("/") else word
            for word in installation.services["balancer"]["command"]
        ]
        environment = installation.environment("balancer") | places
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as balancer:
            try:
                trust = ssl.create_default_context(cafile=str(certificates / "chain"))
                with httpx.Client(verify=trust, timeout=30) as client:
                    made = Balanced(
                        installation, ports, plain, client, f"https://127.0.0.1:{https}", trust
                    )
                    wait_for(lambda: made.ask().status_code == 503)
                    yield made
            finally:
                balancer.terminate()
                balancer.wait(30)
        sign_in.shutdown()


@contextmanager
def two_hubs(balanced: Balanced) -> Iterator[list[subprocess.Popen[bytes]]]:
    first, second = balanced.ports
    installation = balanced.installation
    with (
        installation.serving("hub-1", first) as one,
        installation.serving("hub-2", second) as two,
    ):
        # The balancer looks every two seconds: by then it knows of both.
        time.sleep(2.5)
        wait_for(lambda: balanced.ask().status_code == 200)
        yield [one, two]


def programme_in(answer: httpx.Response) -> str:
    """Return the code of the programme that *answer* tells of."""
    code: str = answer.json()["data"]["programme"]["code"]
    return code


def wait_for(happens: Any, seconds: float = 30) -> None:  # noqa: ANN401  (whatever tells)
    deadline = time.monotonic() + seconds
    while True:
        try:
            if happens():
                return
        except (httpx.TransportError, OSError):
            pass
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)


def test_the_hub_answers_over_tls_by_its_name(balanced: Balanced) -> None:
    with two_hubs(balanced):
        answer = balanced.ask()
        assert programme_in(answer) == PROGRAMME
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert balanced.send("GET", "/health/ready").json() == {"status": "ready"}
        assert balanced.send("GET", "/metrics").status_code == 404
        plain = httpx.get(f"http://127.0.0.1:{balanced.plain_port}/graphql", headers={"host": SITE})
        assert plain.status_code == 308
        assert plain.headers["location"].startswith(f"https://{SITE}")
        assert balanced.send("GET", "/", headers={"host": "elsewhere.example"}).status_code == 421
        with pytest.raises(httpx.ConnectError), httpx.Client(verify=balanced.trust) as stranger:
            replace(balanced, client=stranger).send("GET", "/health/live", site="elsewhere.example")


def test_the_sign_in_is_told_that_it_was_reached_over_tls(balanced: Balanced) -> None:
    answer = balanced.send("GET", "/realms/hub", site=SIGN_IN)
    assert answer.text == f"/realms/hub https {SIGN_IN}"


def test_a_hub_that_stops_is_done_without(balanced: Balanced) -> None:
    with two_hubs(balanced) as (first, second):
        lost = 0
        for request in range(120):
            if request == 40:
                first.terminate()
            try:
                answer = balanced.ask()
            except httpx.RemoteProtocolError:
                lost += 1
                continue
            lost += answer.status_code == 502
            assert answer.status_code == 502 or programme_in(answer) == PROGRAMME, request
        # Only a request that is on its way to the hub in the moment it stops can be lost.
        assert lost <= 1
        assert first.wait(30) == 0
        second.terminate()
        assert second.wait(30) == 0
        assert balanced.ask().status_code == 503
    with two_hubs(balanced):
        assert programme_in(balanced.ask()) == PROGRAMME
