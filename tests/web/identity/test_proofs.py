"""Tokens that are bound to a key (DPoP, RFC 9449): taken with a proof, once, for one request."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from hub.web.identity.errors import Reason, UnprovenError
from hub.web.identity.proofs import WINDOW_SECONDS, Proofs
from hub.web.identity.tokens import AccessToken
from tests.access.world import as_owner
from tests.web.identity.minting import (
    ABSENT,
    Signer,
    edwards,
    elliptic,
    encode,
    prove,
    rsa,
    sign,
)
from tests.web.identity.served import (
    AGENCY,
    FEED,
    ORIGIN,
    agency_of,
    ask,
    serving_hub,
)
from tests.web.numbers import unnumbered

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from hub.database.engine import Database
    from tests.web.identity.provider import MovingClock, Provider

pytestmark = pytest.mark.asyncio(loop_scope="module")

ADDRESS = f"{ORIGIN}/graphql"
ALGORITHMS = 'algs="ES256 EdDSA Ed25519 PS256"'
HOLDER = elliptic("holder")


def thumbprint(holder: Signer) -> dict[str, str]:
    """Return the ``cnf`` that binds a token to the key of *holder*."""
    return {"jkt": holder.key.thumbprint()}


def sent(token: str, proof: str) -> dict[str, str]:
    return {"authorization": f"DPoP {token}", "dpop": proof}


@dataclass(frozen=True)
class Sender:
    """Sends tokens that are bound to HOLDER's key, and proofs."""

    client: httpx.AsyncClient
    provider: Provider
    clock: MovingClock

    def token(self, subject: str = "feed", holder: Signer = HOLDER, **changes: object) -> str:
        """Return a token of *subject*, bound to the key of *holder*."""
        cnf = thumbprint(holder)
        return self.provider.token(subject, self.clock.now, **{"cnf": cnf, **changes})

    def prove(self, token: str, holder: Signer = HOLDER, **changes: Any) -> str:  # noqa: ANN401
        """Return a good proof of *holder*, altered by *changes*."""
        return prove(holder, **{"url": ADDRESS, "now": self.clock.now, "token": token, **changes})

    async def send(self, token: str, *proofs: str) -> httpx.Response:
        """Ask who one is, with *token* and *proofs*."""
        fields = [("authorization", f"DPoP {token}"), *(("dpop", proof) for proof in proofs)]
        query = {"query": "{ viewer { agency { code } } }"}
        return await self.client.post("/graphql", json=query, headers=fields)


@pytest_asyncio.fixture(loop_scope="module")
async def sender(house: Database, provider: Provider, clock: MovingClock) -> AsyncIterator[Sender]:
    async with serving_hub(house, clock, provider.trusted_by(clock)) as client:
        yield Sender(client, provider, clock)


@pytest.mark.parametrize(
    "holder", [HOLDER, edwards("holder"), rsa("holder")], ids=lambda holder: holder.algorithm
)
async def test_a_bound_token_is_taken_with_a_proof_of_its_key(
    sender: Sender, holder: Signer
) -> None:
    for subject, agency in (("feed", FEED), ("officer", AGENCY)):
        token = sender.token(subject, holder)
        assert agency_of(await sender.send(token, sender.prove(token, holder))) == agency


async def test_an_export_is_proven_by_its_own_method_and_address(sender: Sender) -> None:
    token = sender.token()
    for url, method, status in (
        (f"{ORIGIN}/exports/observations", "GET", 200),
        (f"{ORIGIN}/exports/observations?header=vi#part", "GET", 200),
        ("HTTPS://HUB.example:443/exports/%6Fbservations", "GET", 200),
        (f"{ORIGIN}/exports/observations", "POST", 401),
        (ADDRESS, "GET", 401),
    ):
        headers = sent(token, sender.prove(token, url=url, method=method))
        answer = await sender.client.get("/exports/observations?header=vi", headers=headers)
        assert answer.status_code == status, (url, method)


async def test_a_feed_is_not_let_in_by_a_token_that_anybody_could_send(sender: Sender) -> None:
    """A feed is what its account is, or what it reads; the token says nothing of it."""
    for subject in ("feed", "reader", "machine"):
        unbound = sender.token(subject, cnf=ABSENT)
        answer = await ask(sender.client, unbound)
        assert answer.status_code == 401, subject
        assert answer.headers["www-authenticate"] == (
            f'Bearer error="invalid_token", DPoP {ALGORITHMS}'
        )
        assert (await sender.send(unbound, sender.prove(unbound))).status_code == 401
        bound = sender.token(subject)
        assert (await sender.send(bound, sender.prove(bound))).status_code == 200
    assert (await ask(sender.client, sender.token("officer", cnf=ABSENT))).status_code == 200


async def test_a_bound_token_without_its_proof_is_refused_whoevers_it_is(sender: Sender) -> None:
    for subject in ("feed", "officer"):
        token = sender.token(subject)
        assert (await ask(sender.client, token)).status_code == 401
        proof = sender.prove(token)
        assert (await ask(sender.client, token, {"dpop": proof})).status_code == 401
        answer = await sender.send(token)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == (
            f'DPoP error="invalid_dpop_proof", {ALGORITHMS}'
        )
        assert (await sender.send(token, proof, sender.prove(token))).status_code == 401
        assert (await sender.send(token, proof)).status_code == 200


Make = Callable[[Sender, str], str]
STRANGER = elliptic("stranger")


def unsigned(sender: Sender, token: str) -> str:
    head, _, _ = sender.prove(token, header={"alg": "none"}).split(".")
    return f"{head}.{sender.prove(token).split('.')[1]}."


def secret(_: Sender, token: str) -> str:
    assert token
    jwk = HOLDER.key.as_dict(private=True)
    return sign({"alg": "ES256", "typ": "dpop+jwt", "jwk": jwk}, {}, HOLDER.key, "ES256")


def symmetric(sender: Sender, token: str) -> str:
    jwk = {"kty": "oct", "k": encode(b"secret")}
    return sender.prove(token, header={"alg": "HS256", "jwk": jwk})


def tampered(sender: Sender, token: str) -> str:
    head, _, signature = sender.prove(token).split(".")
    return f"{head}.{sender.prove(token).split('.')[1]}.{signature}"


def moment(sender: Sender, seconds: float) -> float:
    return sender.clock.now.timestamp() + seconds


BAD: dict[str, tuple[Reason, Make]] = {
    "of a stranger's key": (Reason.PROOF_KEY, lambda s, t: s.prove(t, STRANGER)),
    "of a stranger, naming the holder's key": (
        Reason.SIGNATURE,
        lambda s, t: s.prove(t, STRANGER, header={"jwk": HOLDER.key.as_dict(private=False)}),
    ),
    "with a private key": (Reason.PROOF_KEY, secret),
    "with a symmetric key": (Reason.PROOF_KEY, symmetric),
    "without a key": (Reason.PROOF_KEY, lambda s, t: s.prove(t, header={"jwk": ABSENT})),
    "with a name for a key": (Reason.PROOF_KEY, lambda s, t: s.prove(t, header={"jwk": "k"})),
    "unsigned": (Reason.ALGORITHM, unsigned),
    "tampered": (Reason.SIGNATURE, tampered),
    "by another algorithm": (Reason.ALGORITHM, lambda s, t: s.prove(t, header={"alg": "ES384"})),
    "with jku": (Reason.HEADER, lambda s, t: s.prove(t, header={"jku": "https://evil.example"})),
    "with crit": (Reason.HEADER, lambda s, t: s.prove(t, header={"crit": ["htm"], "htm": ""})),
    "typed JWT": (Reason.TYPE, lambda s, t: s.prove(t, header={"typ": "JWT"})),
    "an access token": (Reason.TYPE, lambda s, t: s.prove(t, header={"typ": "at+jwt"})),
    "for another method": (Reason.METHOD, lambda s, t: s.prove(t, htm="GET")),
    "for a method in small letters": (Reason.METHOD, lambda s, t: s.prove(t, htm="post")),
    "for no method": (Reason.METHOD, lambda s, t: s.prove(t, htm=ABSENT)),
    "for another path": (Reason.ADDRESS, lambda s, t: s.prove(t, url=f"{ORIGIN}/exports")),
    "for another site": (Reason.ADDRESS, lambda s, t: s.prove(t, url="https://evil/graphql")),
    "for another port": (Reason.ADDRESS, lambda s, t: s.prove(t, url=f"{ORIGIN}:8443/graphql")),
    "for http": (Reason.ADDRESS, lambda s, t: s.prove(t, url="http://hub.example/graphql")),
    "for the Host that it names": (
        Reason.ADDRESS,
        lambda s, t: s.prove(t, url=f"{s.client.base_url}/graphql"),
    ),
    "for no address": (Reason.ADDRESS, lambda s, t: s.prove(t, htu=ABSENT)),
    "for no readable address": (Reason.ADDRESS, lambda s, t: s.prove(t, htu="https://[")),
    "for a list of addresses": (Reason.ADDRESS, lambda s, t: s.prove(t, htu=[ADDRESS])),
    "made too early": (Reason.ISSUED_AT, lambda s, t: s.prove(t, iat=moment(s, -61))),
    "to be made": (Reason.ISSUED_AT, lambda s, t: s.prove(t, iat=moment(s, 61))),
    "made at no time": (Reason.ISSUED_AT, lambda s, t: s.prove(t, iat=ABSENT)),
    "made at a text": (Reason.ISSUED_AT, lambda s, t: s.prove(t, iat=str(moment(s, 0)))),
    "made at no end": (Reason.FORM, lambda s, t: s.prove(t, iat=10**400)),
    "made in another age": (Reason.ISSUED_AT, lambda s, t: s.prove(t, iat=2**70)),
    "made at true": (Reason.ISSUED_AT, lambda s, t: s.prove(t, iat=True)),
    "for another token": (Reason.DIGEST, lambda s, t: s.prove(f"{t}A")),
    "for no token": (Reason.DIGEST, lambda s, t: s.prove(t, ath=ABSENT)),
    "without a number": (Reason.IDENTIFIER, lambda s, t: s.prove(t, jti=ABSENT)),
    "with an empty number": (Reason.IDENTIFIER, lambda s, t: s.prove(t, jti="")),
    "with an endless number": (Reason.IDENTIFIER, lambda s, t: s.prove(t, jti="7" * 257)),
    "of more than 4,096 letters": (Reason.LENGTH, lambda s, t: s.prove(t, x="A" * 4096)),
    "no token at all": (Reason.FORM, lambda s, t: f"{bool(s)}{bool(t)}"),
}


async def test_a_bad_proof_is_401_by_the_same_answer(
    sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "hub.web.authenticate")
    token, outcomes = sender.token(), {}
    for name, (_, make) in BAD.items():
        caplog.clear()
        answer = await sender.send(token, make(sender, token))
        outcomes[name] = (answer.status_code, [*caplog.messages])
        assert unnumbered(answer.content) == unnumbered((await ask(sender.client, "x")).content)
        assert answer.headers["www-authenticate"] == (
            f'DPoP error="invalid_dpop_proof", {ALGORITHMS}'
        )
    assert outcomes == {
        name: (401, [f"A proof is refused: {reason}"]) for name, (reason, _) in BAD.items()
    }
    assert (await sender.send(token, sender.prove(token))).status_code == 200


async def test_a_proof_is_taken_once(sender: Sender) -> None:
    token = sender.token()
    proof = sender.prove(token, iat=moment(sender, WINDOW_SECONDS))
    assert (await sender.send(token, proof)).status_code == 200
    for seconds in (0, WINDOW_SECONDS, WINDOW_SECONDS):
        sender.clock.advance(seconds)
        assert (await sender.send(token, proof)).status_code == 401
    sender.clock.advance(1)
    assert (await sender.send(token, proof)).status_code == 401
    assert (await sender.send(token, sender.prove(token))).status_code == 200


async def test_a_request_whose_bearer_changed_meanwhile_needs_no_second_proof(
    sender: Sender, house: Database
) -> None:
    token = sender.token()
    assert (await sender.send(token, sender.prove(token))).status_code == 200
    async with as_owner(house.address) as owner:
        await owner.execute("UPDATE account SET suspended_at = now() WHERE subject = 'machine'")
        await owner.execute("UPDATE account SET suspended_at = NULL WHERE subject = 'machine'")
    assert agency_of(await sender.send(token, sender.prove(token))) == FEED


async def test_proofs_that_cannot_be_kept_are_refused_and_none_is_forgotten_in_time(
    provider: Provider, clock: MovingClock
) -> None:
    proofs = Proofs(ORIGIN, clock, most_kept=2)
    issuer = provider.trusted_by(clock)
    key = await issuer.keys.find("first")
    assert key is not None
    token = AccessToken(issuer, "feed", 0, "first", key, thumbprint(HOLDER)["jkt"], None)

    def check(proof: str) -> bool:
        scope = {"type": "http", "method": "POST", "path": "/graphql"}
        try:
            proofs.check(scope, proof, "token", token)
        except UnprovenError as error:
            return error.reason is not Reason.IDENTIFIER
        return True

    def made() -> str:
        return prove(HOLDER, url=ADDRESS, token="token", now=clock.now)

    first, second = made(), made()
    assert [check(proof) for proof in (first, second, made(), first)] == [True, True, False, False]
    clock.advance(2 * WINDOW_SECONDS + 1)
    assert check(made())
