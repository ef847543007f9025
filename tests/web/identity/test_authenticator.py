"""What was found out about a token holds exactly as long as it is true, and harms nobody else."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from hub.web.authenticate import Authenticator
from hub.web.development import DevelopmentIssuer
from tests.access.world import as_owner
from tests.web.identity.minting import ABSENT, elliptic
from tests.web.identity.provider import KEYS, Provider
from tests.web.identity.served import AGENCY, agency_of, ask, give_account, serving_hub

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from hub.database.engine import Database
    from tests.web.identity.authority import Authority
    from tests.web.identity.minting import Signer
    from tests.web.identity.provider import MovingClock

pytestmark = pytest.mark.asyncio(loop_scope="module")

MINUTE, HOUR = 60, 3600
OTHER = "hn.mttq"


async def test_a_token_ends_to_the_second_though_it_was_let_in_before(
    house: Database, provider: Provider, clock: MovingClock
) -> None:
    token = provider.token("officer", clock.now)
    async with serving_hub(house, clock, provider.trusted_by(clock)) as client:
        assert agency_of(await ask(client, token)) == AGENCY
        clock.advance(300 + MINUTE - 0.1)
        assert agency_of(await ask(client, token)) == AGENCY
        clock.advance(0.1)
        assert (await ask(client, token)).status_code == 401


async def test_a_token_ends_with_the_key_that_signed_it(
    house: Database, provider: Provider, clock: MovingClock
) -> None:
    second = elliptic("second")
    token = provider.token("officer", clock.now, exp=int(clock.now.timestamp()) + 15 * MINUTE)
    async with serving_hub(house, clock, provider.trusted_by(clock)) as client:
        assert agency_of(await ask(client, token)) == AGENCY
        provider.publish(second)
        clock.advance(10 * MINUTE)
        assert (await ask(client, token)).status_code == 401
        provider.publish(second, *provider.signers)
        clock.advance(MINUTE)
        assert agency_of(await ask(client, token)) == AGENCY


async def test_a_token_ends_with_its_account(
    house: Database, provider: Provider, clock: MovingClock
) -> None:
    suspend = "UPDATE account SET suspended_at = {} WHERE subject = 'officer'"
    token = provider.token("officer", clock.now)
    async with serving_hub(house, clock, provider.trusted_by(clock)) as client:
        assert agency_of(await ask(client, token)) == AGENCY
        async with as_owner(house.address) as owner:
            await owner.execute(suspend.format("now()"))
            assert (await ask(client, token)).status_code == 401
            await owner.execute(suspend.format("NULL"))
            assert agency_of(await ask(client, token)) == AGENCY


async def test_an_issuer_that_is_gone_for_an_hour_is_503_and_for_its_own_alone(
    house: Database, authority: Authority, signer: Signer, clock: MovingClock
) -> None:
    gone, there = Provider(authority, [signer]), Provider(authority, [signer])
    await give_account(house, gone.issuer, "officer")
    await give_account(house, there.issuer, "officer", OTHER)
    issuers = (gone.trusted_by(clock), there.trusted_by(clock))
    async with there.serving(), serving_hub(house, clock, *issuers) as client:

        async def ask_all() -> tuple[httpx.Response, str | None, str | None]:
            theirs = agency_of(await ask(client, there.token("officer", clock.now)))
            public = agency_of(await ask(client, None))
            return await ask(client, gone.token("officer", clock.now)), theirs, public

        async with gone.serving():
            assert agency_of((await ask_all())[0]) == AGENCY
        clock.advance(HOUR - 1)
        answer, *others = await ask_all()
        assert agency_of(answer) == AGENCY
        assert others == [OTHER, None]
        for seconds in (1, 2 * MINUTE):
            clock.advance(seconds)
            answer, *others = await ask_all()
            assert answer.status_code == 503
            assert answer.headers["retry-after"] == "5"
            assert answer.json()["errors"][0]["extensions"]["code"] == "ISSUER_UNAVAILABLE"
            assert "127.0.0.1" not in answer.text
            assert others == [OTHER, None]
        async with gone.serving():
            clock.advance(5)
            assert agency_of((await ask_all())[0]) == AGENCY


async def test_a_token_whose_issuer_is_slow_is_waited_for_alone(
    house: Database, authority: Authority, signer: Signer, clock: MovingClock
) -> None:
    slow, quick = Provider(authority, [signer], delay=2), Provider(authority, [signer])
    await give_account(house, slow.issuer, "officer")
    await give_account(house, quick.issuer, "officer", OTHER)
    issuers = (slow.trusted_by(clock), quick.trusted_by(clock))
    async with slow.serving(), quick.serving(), serving_hub(house, clock, *issuers) as client:
        waiting = [
            asyncio.create_task(ask(client, slow.token("officer", clock.now))) for _ in range(20)
        ]
        await asyncio.sleep(0.1)
        began = time.perf_counter()
        assert agency_of(await ask(client, quick.token("officer", clock.now))) == OTHER
        assert agency_of(await ask(client, None)) is None
        assert not any(task.done() for task in waiting)
        assert time.perf_counter() - began < 2
        assert {agency_of(answer) for answer in await asyncio.gather(*waiting)} == {AGENCY}
        assert slow.asked[KEYS] == 1


async def test_an_issuer_speaks_for_its_own_subjects_only(
    house: Database, authority: Authority, clock: MovingClock
) -> None:
    one, two = Provider(authority, [elliptic("one")]), Provider(authority, [elliptic("two")])
    await give_account(house, one.issuer, "officer")
    issuers = (one.trusted_by(clock), two.trusted_by(clock))
    async with one.serving(), two.serving(), serving_hub(house, clock, *issuers) as client:
        assert agency_of(await ask(client, one.token("officer", clock.now))) == AGENCY
        assert (await ask(client, two.token("officer", clock.now))).status_code == 401
        posing = two.token("officer", clock.now, iss=one.issuer)
        assert (await ask(client, posing)).status_code == 401


async def test_a_good_token_under_another_scheme_is_refused(
    house: Database, provider: Provider, clock: MovingClock
) -> None:
    token = provider.token("officer", clock.now)
    async with serving_hub(house, clock, provider.trusted_by(clock)) as client:
        for scheme in ("Basic", "Token", "Bearer,", "", "DPoP"):
            answer = await ask(client, None, {"authorization": f"{scheme} {token}".strip()})
            assert answer.status_code == 401, scheme
        assert agency_of(await ask(client, None, {"authorization": f"bEARER {token}"})) == AGENCY


async def test_of_two_tokens_none_is_taken(
    house: Database, provider: Provider, clock: MovingClock
) -> None:
    field = ("authorization", f"Bearer {provider.token('officer', clock.now)}")
    query = {"query": "{ __typename }"}
    async with serving_hub(house, clock, provider.trusted_by(clock)) as client:
        answers = [
            await client.post("/graphql", json=query, headers=[field] * times) for times in (1, 2)
        ]
    assert [answer.status_code for answer in answers] == [200, 401]


async def test_the_tokens_of_development_live_twelve_hours_and_need_no_proof(
    house: Database, clock: MovingClock, tmp_path: Path
) -> None:
    issuer = DevelopmentIssuer.of(tmp_path, clock)
    token = issuer.token("vn.bo-cong-an")
    async with serving_hub(house, clock, issuer) as client:
        assert agency_of(await ask(client, token)) == "vn.bo-cong-an"
        clock.advance(12 * HOUR + MINUTE - 1)
        assert agency_of(await ask(client, token)) == "vn.bo-cong-an"
        clock.advance(1)
        assert (await ask(client, token)).status_code == 401


async def test_the_program_that_a_token_was_issued_to_is_told_and_decides_nothing(
    house: Database, provider: Provider, clock: MovingClock
) -> None:
    """Two programs of one account are told apart; what is no name is no program."""
    authenticate = Authenticator(house, clock, provider.trusted_by(clock))
    found = []
    for claims in (
        {"client_id": "khai-thac"},
        {"client_id": ABSENT, "azp": "cong-thong-tin"},
        {"client_id": ABSENT},
        {"client_id": "a\nb"},
        {"client_id": ["a"]},
    ):
        token = provider.token("officer", clock.now, **claims)
        sent = (b"authorization", f"Bearer {token}".encode())
        principal = await authenticate({"headers": [sent]})
        found.append((principal.agency, principal.client))
    clients = ["khai-thac", "cong-thong-tin", None, None, None]
    assert found == [(AGENCY, client) for client in clients]
