"""Whatever is sent, the hub says what about it is refused, soon, and goes on."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from tests.web.attacked import Attacked, Spent, can_measure
from tests.web.hostile import fault_of
from tests.web.hostile_cases import Case, cases
from tests.web.probes import GIVEN_AWAY

BOUND = Spent(milliseconds=1_000, megabytes=100)
"""Far above what ``python -m tests.web.hostile`` holds them to: others work here as well."""
ONCE_SENT = '{"query":"{ agencies { totalCount } }"}'


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_hostile_request_is_answered_as_it_should_be(attacked_hub: Attacked, case: Case) -> None:
    """Twice, met and known; an error carries the request's number and gives nothing away."""
    for _ in range(2):
        if can_measure():
            answer, spent = attacked_hub.measured(case)
            assert spent.milliseconds < BOUND.milliseconds
            assert spent.megabytes < BOUND.megabytes
        else:
            answer = attacked_hub.ask(case)
        assert fault_of(case, answer.status_code, answer.text) is None
        for error in answer.json().get("errors", []):
            assert error["extensions"]["requestId"] == answer.headers["x-request-id"]
            assert not GIVEN_AWAY.search(error["message"].replace(case.body.decode("latin-1"), ""))


@pytest.mark.parametrize(
    "sent",
    [
        b"GARBAGE\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"POST /graphql HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    ],
)
def test_what_is_no_http_is_told_so(attacked_hub: Attacked, sent: bytes) -> None:
    """With a code, a sentence and a number, as every refusal; and the connection ends."""
    address = attacked_hub.client.base_url
    with socket.create_connection((address.host, address.port), timeout=20) as line:
        line.sendall(sent)
        head, _, body = b"".join(iter(lambda: line.recv(65536), b"")).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    [error] = json.loads(body)["errors"]
    assert error["extensions"]["code"] == "REQUEST_UNREADABLE"
    assert error["message"].startswith("Yêu cầu không đúng")
    assert f"x-request-id: {error['extensions']['requestId']}".encode() in head


def test_afterwards_it_answers_as_before(attacked_hub: Attacked) -> None:
    """And nothing that nobody foresaw was logged."""
    sound = Case("sound", ONCE_SENT.encode(), None)
    assert attacked_hub.ask(sound).json()["data"]["agencies"]["totalCount"] > 100
    logged = "".join(
        each.read_text(encoding="utf-8") for each in Path(attacked_hub.home).rglob("*.log")
    )
    assert "unexpected error" not in logged
    assert "Traceback" not in logged
