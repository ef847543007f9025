"""Whatever is sent, the hub says what about it is refused, soon, and goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest

from tests.web.attacked import Attacked, Spent, attacked, can_measure
from tests.web.hostile import fault_of
from tests.web.hostile_cases import Case, cases
from tests.web.probes import GIVEN_AWAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.database.address import Address
    from hub.database.embedded import Server

BOUND = Spent(milliseconds=1_000, megabytes=100)
"""Far above what ``python -m tests.web.hostile`` holds them to: others work here as well."""
ONCE_SENT = '{"query":"{ agencies { totalCount } }"}'


@pytest.fixture(scope="module")
def hub(
    server: Server, reference: Address, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Attacked]:
    """A development hub on a database of its own, whose statements may take a second."""

    async def copy() -> None:
        connection = await asyncpg.connect(server.url("postgres"))
        await connection.execute(
            f"CREATE DATABASE hub_attacked TEMPLATE {reference.database} STRATEGY FILE_COPY"
        )
        await connection.close()

    asyncio.run(copy())
    home = tmp_path_factory.mktemp("attacked")
    url = server.url("hub_attacked")
    with attacked(home, "--no-demo", HUB_DATABASE_URL=url, HUB_STATEMENT_SECONDS="1") as opened:
        yield opened


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_hostile_request_is_answered_as_it_should_be(hub: Attacked, case: Case) -> None:
    """Twice, met and known; an error carries the request's number and gives nothing away."""
    for _ in range(2):
        if can_measure():
            answer, spent = hub.measured(case)
            assert spent.milliseconds < BOUND.milliseconds
            assert spent.megabytes < BOUND.megabytes
        else:
            answer = hub.ask(case)
        assert fault_of(case, answer.status_code, answer.text) is None
        if answer.status_code == 431:
            return
        for error in answer.json().get("errors", []):
            assert error["extensions"]["requestId"] == answer.headers["x-request-id"]
            assert not GIVEN_AWAY.search(error["message"].replace(case.body.decode("latin-1"), ""))


def test_afterwards_it_answers_as_before(hub: Attacked) -> None:
    """And nothing that nobody foresaw was logged."""
    sound = Case("sound", ONCE_SENT.encode(), None)
    assert hub.ask(sound).json()["data"]["agencies"]["totalCount"] > 100
    logged = "".join(each.read_text(encoding="utf-8") for each in Path(hub.home).rglob("*.log"))
    assert "unexpected error" not in logged
    assert "Traceback" not in logged
