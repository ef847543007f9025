"""What one client may have under way and spend, without others being any worse off."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from hub.access.principal import PUBLIC, Principal
from hub.access.readers import Reader
from hub.database.engine import Database
from hub.web.clients import Allowance, Client, Clients
from hub.web.refusals import BudgetSpentError, TooManyAtOnceError
from tests.commands.test_administration import ADD, WARD_POLICE
from tests.web.closed import closed_hub
from tests.web.locks import locked, until

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Time:
    """A clock that is set by hand."""

    now: float = 0.0

    def __call__(self) -> float:
        """Return the moment that is set."""
        return self.now


def scope(address: str) -> dict[str, Any]:
    return {"type": "http", "client": (address, 1234)}


def test_what_is_spent_comes_back_by_the_second_up_to_a_minute_s_worth() -> None:
    time = Time()
    client = Client(Allowance(cost_per_minute=600), time)
    with client:
        client.charge(1_000)
    for moment, seconds in ((0, 41), (10, 31), (39.5, 2)):
        time.now = moment
        with pytest.raises(BudgetSpentError) as refused, client:
            pass
        assert refused.value.parts == {"limit": 600, "seconds": seconds}
    time.now = 41
    with client:
        client.charge(5)
    time.now = 10_000
    with client:
        client.charge(600)
    with pytest.raises(BudgetSpentError), client:
        pass


def test_a_client_is_an_account_or_the_network_of_a_stranger() -> None:
    clients = Clients(Allowance())
    one = Principal(Reader.SCOPED, account=1)
    assert clients.of(one, scope("10.0.0.1")) is clients.of(one, scope("10.0.0.2"))
    same = [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
    ]
    other = [("10.0.0.1", "10.0.0.2"), ("2001:db8:1:2::1", "2001:db8:1:3::1"), ("10.0.0.1", "unix")]
    for left, right in same:
        assert clients.of(PUBLIC, scope(left)) is clients.of(PUBLIC, scope(right))
    for left, right in other:
        assert clients.of(PUBLIC, scope(left)) is not clients.of(PUBLIC, scope(right))
    assert clients.of(one, scope("10.0.0.1")) is not clients.of(PUBLIC, scope("10.0.0.1"))


def test_no_more_clients_are_kept_than_ten_thousand_and_none_that_waits_is_forgotten() -> None:
    clients = Clients(Allowance(at_once=1))
    waiting = clients.of(Principal(Reader.SCOPED, account=0), scope("x"))
    with waiting:
        for number in range(1, 20_001):
            clients.of(Principal(Reader.SCOPED, account=number), scope("x"))
        again = clients.of(Principal(Reader.SCOPED, account=0), scope("x"))
        with pytest.raises(TooManyAtOnceError), again:
            pass
    assert len(clients) == 10_000


async def test_too_many_at_once_are_told_to_wait_and_others_are_not(
    scratch: Database, tmp_path: Path
) -> None:
    """Exports count as well; what was refused leaves nothing behind."""
    async with closed_hub(scratch, tmp_path, Allowance(at_once=2)) as hub:
        async with locked(scratch, "target") as watcher:
            under_way = [
                asyncio.create_task(hub.post("hn.so-y-te", query="{ targets { totalCount } }"))
                for _ in range(2)
            ]
            await until(watcher, 2)
            refused = await hub.post("hn.so-y-te", query="{ agencies { totalCount } }")
            assert refused.status_code == 429
            assert refused.headers["retry-after"] == "1"
            assert refused.json()["errors"][0]["extensions"]["code"] == "CONCURRENCY_EXCEEDED"
            taken = await hub.client.get("/exports/observations", headers=hub.bearer("hn.so-y-te"))
            assert taken.status_code == 429
            other = await hub.post("hn.so-tu-phap", query="{ agencies { totalCount } }")
            assert other.status_code == 200
            assert "data" in other.json()
        for answer in await asyncio.gather(*under_way):
            assert answer.json()["data"]["targets"]["totalCount"] > 0
        again = await hub.post("hn.so-y-te", query="{ agencies { totalCount } }")
        assert again.status_code == 200


async def test_who_has_spent_its_budget_is_told_when_to_come_back(
    database: Database, tmp_path: Path
) -> None:
    """An answer is charged its cost, an export as much as a hundred pages; others pay nothing."""
    async with closed_hub(database, tmp_path, Allowance(cost_per_minute=9_000)) as hub:
        for agency, spend in (("hn.so-y-te", "graphql"), ("hn.so-tu-phap", "export")):
            if spend == "export":
                answer = await hub.client.get("/exports/observations", headers=hub.bearer(agency))
            else:
                wide = "{ indicators { nodes { targets { nodes { year } } } } }"
                answer = await hub.post(agency, query=wide)
                assert answer.json()["extensions"]["cost"]["cost"] > 10_000
            assert answer.status_code == 200
            refused = await hub.post(agency, query="{ agencies { totalCount } }")
            assert refused.status_code == 429
            # What it takes to read a document for the first time is charged, too.
            assert 1 <= int(refused.headers["retry-after"]) <= 600
            (error,) = refused.json()["errors"]
            assert error["extensions"]["code"] == "BUDGET_SPENT"
            assert refused.headers["retry-after"] in error["message"]
        assert await hub.code("hn.cong-an", query="{ agencies(first: 1) { totalCount } }") is None


async def test_who_leaves_pays_for_the_time_that_it_took(scratch: Database, tmp_path: Path) -> None:
    async with closed_hub(scratch, tmp_path, Allowance(cost_per_minute=300_000)) as hub:
        async with (
            locked(scratch, "target") as watcher,
            httpx.AsyncClient(base_url=hub.url, timeout=0.6) as hasty,
        ):
            with pytest.raises(httpx.ReadTimeout):
                await hasty.post(
                    "/graphql",
                    json={"query": "{ targets { totalCount } }"},
                    headers=hub.bearer("hn.so-y-te"),
                )
            await until(watcher, 0)
            # Its roll-back is a message of its own.
            await asyncio.sleep(0.2)
        assert await hub.code("hn.so-y-te", query="{ __typename }") == "BUDGET_SPENT"


async def test_what_is_refused_once_it_ran_is_charged_as_if_it_were_answered(
    database: Database, tmp_path: Path
) -> None:
    """One field that no text can be asked for has the others executed for nothing."""
    wide = " ".join(
        f"w{number}: indicators {{ nodes {{ targets {{ nodes {{ year }} }} }} }}"
        for number in range(12)
    )
    bad = f'{{ a: agency(code: "\\u0000") {{ code }} {wide} }}'
    async with closed_hub(database, tmp_path, Allowance(cost_per_minute=100_000)) as hub:
        assert await hub.code("hn.so-y-te", query=bad) == "TEXT_UNREADABLE"
        assert await hub.code("hn.so-y-te", query="{ __typename }") == "BUDGET_SPENT"


@pytest.mark.parametrize("planned", [True, False])
async def test_a_statement_that_took_too_long_is_charged_for_its_time(
    scratch: Database, tmp_path: Path, planned: bool
) -> None:
    allowance = Allowance(cost_per_minute=250_000)
    async with (
        Database(scratch.address, statement_seconds=0.3) as hasty,
        closed_hub(hasty, tmp_path, allowance, planned=planned) as hub,
    ):
        slow = "{ targets { totalCount } }"
        async with locked(scratch, "target"):
            assert await hub.code("hn.so-y-te", query=slow) == "STATEMENT_TIMEOUT"
        assert await hub.code("hn.so-y-te", query="{ __typename }") == "BUDGET_SPENT"


async def test_what_changes_something_is_not_asked_again_when_its_connection_is_lost(
    scratch: Database, tmp_path: Path
) -> None:
    """Asked again, it would wait again for who holds the table."""
    new = {"issuer": "https://id.example.vn", "subject": "again", "agency": WARD_POLICE}
    async with closed_hub(scratch, tmp_path) as hub, locked(scratch, "account", "SHARE") as watcher:
        asked = asyncio.create_task(hub.post("hn.cong-an", query=ADD, variables={"i": new}))
        await until(watcher, 1)
        await watcher.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND usename = 'hub_registrar'"
        )
        async with asyncio.timeout(5):
            assert (await asked).status_code == 503
        assert not await watcher.fetchval("SELECT count(*) FROM account WHERE subject = 'again'")


async def test_an_operation_that_lost_its_connections_is_charged_for_its_time(
    scratch: Database, tmp_path: Path
) -> None:
    """It was asked as often as a read is."""
    async with closed_hub(scratch, tmp_path, Allowance(cost_per_minute=200_000)) as hub:
        async with locked(scratch, "target") as watcher:
            asked = asyncio.create_task(hub.post("hn.so-y-te", query="{ targets { totalCount } }"))
            for _ in range(3):
                await until(watcher, 1)
                await asyncio.sleep(0.1)
                await watcher.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND usename = 'hub_scoped'"
                )
            assert (await asked).status_code == 503
        assert await hub.code("hn.so-y-te", query="{ __typename }") == "BUDGET_SPENT"
