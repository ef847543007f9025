"""Whatever is sent, the hub says what about it is refused, soon, and goes on."""

from __future__ import annotations

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
        if answer.status_code == 431:
            return
        for error in answer.json().get("errors", []):
            assert error["extensions"]["requestId"] == answer.headers["x-request-id"]
            assert not GIVEN_AWAY.search(error["message"].replace(case.body.decode("latin-1"), ""))


def test_afterwards_it_answers_as_before(attacked_hub: Attacked) -> None:
    """And nothing that nobody foresaw was logged."""
    sound = Case("sound", ONCE_SENT.encode(), None)
    assert attacked_hub.ask(sound).json()["data"]["agencies"]["totalCount"] > 100
    logged = "".join(
        each.read_text(encoding="utf-8") for each in Path(attacked_hub.home).rglob("*.log")
    )
    assert "unexpected error" not in logged
    assert "Traceback" not in logged
