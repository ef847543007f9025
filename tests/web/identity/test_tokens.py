"""The table of bad tokens: each is refused for what is wrong with it, all by the same answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.identity.provider import Provider
from tests.web.identity.served import AGENCY, agency_of
from tests.web.identity.token_table import BAD, GOOD, try_tokens
from tests.web.numbers import unnumbered

if TYPE_CHECKING:
    from pathlib import Path

    from hub.database.engine import Database
    from tests.web.identity.authority import Authority
    from tests.web.identity.provider import MovingClock

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_every_bad_token_is_401_by_the_same_answer_and_every_good_one_passes(
    house: Database, authority: Authority, clock: MovingClock, tmp_path: Path
) -> None:
    provider = Provider(authority, [])
    async with provider.serving():
        outcomes, log = await try_tokens(house, provider, clock, tmp_path)
    assert {name: (each.status, each.reason) for name, each in outcomes.items()} == {
        **dict.fromkeys(GOOD, (200, "")),
        **{name: (401, reason.value) for name, (reason, _) in BAD.items()},
    }
    assert {agency_of(outcomes[name].answer) for name in GOOD} == {AGENCY}
    refused = [outcomes[name].answer for name in BAD]
    assert len({unnumbered(answer.content) for answer in refused}) == 1
    assert {answer.headers["www-authenticate"] for answer in refused} == {
        'Bearer error="invalid_token", DPoP algs="ES256 EdDSA Ed25519 PS256"'
    }
    assert refused[0].json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert len({frozenset(answer.headers) for answer in refused}) == 1
    assert "eyJ" not in " ".join(log)
