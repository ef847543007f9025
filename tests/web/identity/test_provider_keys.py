"""A provider's keys: rotated, fetched no oftener than must be, and done without for an hour."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from starlette.responses import RedirectResponse, Response

from hub.web.identity import provider as fetching
from hub.web.identity.errors import IssuerUnavailableError
from tests.web.identity.authority import make_authority
from tests.web.identity.minting import Signer, edwards, elliptic, encode, rsa
from tests.web.identity.provider import CONFIGURATION, KEYS, Provider

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.identity.authority import Authority
    from tests.web.identity.provider import MovingClock

pytestmark = pytest.mark.asyncio(loop_scope="module")

MINUTE, HOUR = 60, 3600


async def test_keys_are_fetched_once_in_ten_minutes(provider: Provider, clock: MovingClock) -> None:
    keys = provider.seen_by(clock)
    first = await keys.find("first")
    assert first is not None
    clock.advance(10 * MINUTE - 1)
    assert await keys.find("first") is first
    assert provider.asked == {CONFIGURATION: 1, KEYS: 1}
    clock.advance(1)
    assert await keys.find("first") is first
    assert provider.asked == {CONFIGURATION: 2, KEYS: 2}


async def test_a_key_is_rotated_with_overlap_and_gone_when_it_is_gone(
    provider: Provider, clock: MovingClock
) -> None:
    second = elliptic("second")
    keys = provider.seen_by(clock)
    first = await keys.find("first")
    provider.publish(*provider.signers, second)
    clock.advance(MINUTE)
    assert await keys.find("second") is not None
    assert await keys.find("first") is first
    provider.publish(second)
    assert await keys.find("first") is first
    clock.advance(10 * MINUTE)
    assert await keys.find("first") is None
    assert await keys.find("second") is not None


async def test_another_key_under_an_old_name_is_another_key(
    provider: Provider, clock: MovingClock
) -> None:
    keys = provider.seen_by(clock)
    first = await keys.find("first")
    provider.publish(elliptic("first"))
    clock.advance(10 * MINUTE)
    second = await keys.find("first")
    assert first is not None
    assert second is not None
    assert second is not first
    assert second.thumbprint != first.thumbprint


async def test_unknown_names_have_keys_fetched_every_thirty_seconds_at_most(
    provider: Provider, clock: MovingClock
) -> None:
    keys = provider.seen_by(clock)
    for second in range(60):
        assert await keys.find(f"unknown-{second}") is None
        assert await keys.find("first") is not None
        clock.advance(1)
    assert provider.asked[KEYS] == 2


async def test_a_hundred_requests_share_one_fetch(provider: Provider, clock: MovingClock) -> None:
    provider.delay = 0.05
    keys = provider.seen_by(clock)
    found = await asyncio.gather(*(keys.find("first") for _ in range(100)))
    assert len(set(found)) == 1
    assert provider.asked == {CONFIGURATION: 1, KEYS: 1}


async def test_a_key_that_is_gone_is_gone_for_whoever_asks_while_keys_are_fetched(
    provider: Provider, clock: MovingClock
) -> None:
    keys = provider.seen_by(clock)
    assert await keys.find("first") is not None
    provider.publish(elliptic("second"))
    provider.delay = 0.05
    clock.advance(10 * MINUTE)
    asking = []
    for _ in range(3):
        asking.append(asyncio.create_task(keys.find("first")))
        await asyncio.sleep(0.02)
    assert await asyncio.gather(*asking) == [None, None, None]
    assert provider.asked[KEYS] == 2


async def test_one_that_leaves_takes_nothing_from_the_others(
    provider: Provider, clock: MovingClock
) -> None:
    provider.delay = 0.1
    keys = provider.seen_by(clock)
    leaving, staying = (asyncio.create_task(keys.find("first")) for _ in range(2))
    await asyncio.sleep(0.05)
    leaving.cancel()
    assert await staying is not None
    assert provider.asked[KEYS] == 1


async def test_a_provider_that_is_down_is_done_without_for_an_hour(
    authority: Authority, signer: Signer, clock: MovingClock
) -> None:
    provider = Provider(authority, [signer])
    keys = provider.seen_by(clock)
    async with provider.serving():
        first = await keys.find("first")
    clock.advance(HOUR - 1)
    assert await keys.find("first") is first
    clock.advance(1)
    for _ in range(3):
        with pytest.raises(IssuerUnavailableError):
            await keys.find("first")
        clock.advance(10)
    async with provider.serving():
        assert await keys.find("first") is first


async def test_what_nobody_can_say_of_a_name_is_not_that_it_is_unknown(
    authority: Authority, signer: Signer, clock: MovingClock
) -> None:
    provider = Provider(authority, [signer])
    keys = provider.seen_by(clock)
    async with provider.serving():
        assert await keys.find("second") is None
    clock.advance(MINUTE)
    for _ in range(2):
        with pytest.raises(IssuerUnavailableError):
            await keys.find("second")
    assert await keys.find("first") is not None


async def test_a_provider_that_hangs_is_waited_for_once(
    provider: Provider, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "PATIENCE_SECONDS", 0.5)
    keys = provider.seen_by(clock)
    await keys.find("first")
    provider.delay = 2
    clock.advance(10 * MINUTE)
    began = time.perf_counter()
    for _ in range(20):
        assert await keys.find("first") is not None
        clock.advance(fetching.FAILURE_PAUSE_SECONDS)
    assert time.perf_counter() - began < 1
    # The last fetch gives up before the next test counts.
    await asyncio.sleep(0.6)


async def test_a_clock_that_was_set_back_has_keys_fetched_anew(
    provider: Provider, clock: MovingClock
) -> None:
    keys = provider.seen_by(clock)
    await keys.find("first")
    clock.advance(-HOUR)
    assert await keys.find("first") is not None
    assert provider.asked[KEYS] == 2


async def test_a_provider_whose_certificate_is_not_trusted_is_none(
    provider: Provider, clock: MovingClock, tmp_path: Path
) -> None:
    stranger = make_authority(tmp_path)
    keys = fetching.ProviderKeys(provider.issuer, clock, stranger.trust())
    with pytest.raises(IssuerUnavailableError):
        await keys.find("first")
    assert provider.asked.total() == 0


FIRST = elliptic("first")


def keys(*listed: object) -> Response:
    return Response(json.dumps({"keys": list(listed)}))


HOSTILE_KEY_SETS = {
    "a symmetric key": keys(FIRST.jwk, {"kty": "oct", "kid": "s", "k": "c2VjcmV0", "alg": "HS256"}),
    "a private key": keys(FIRST.key.as_dict(private=True) | {"kid": "first"}),
    "a private RSA key": keys(FIRST.jwk, {"kty": "RSA", "kid": "r", "n": "a", "e": "b", "d": "c"}),
    "33 keys": keys(*(FIRST.jwk | {"kid": f"key-{number}"} for number in range(33))),
    "one name twice": keys(FIRST.jwk, elliptic("first").jwk),
    "more than 64 KiB": keys(FIRST.jwk | {"x5c": ["A" * 65536]}),
    "no list": Response('{"keys": {}}'),
    "no keys": Response("{}"),
    "no object": Response("[]"),
    "no JSON": Response("<html>"),
    "JSON nested too deeply": Response('{"keys":' + "[" * 20000),
    "a key that is none": keys("first"),
    "an error": Response(json.dumps({"keys": [FIRST.jwk]}), 500),
    "a redirect": RedirectResponse(f"{KEYS}/elsewhere"),
    "a bomb": Response(b"\x1f\x8b", headers={"content-encoding": "gzip"}),
}


@pytest.mark.parametrize("hostile", HOSTILE_KEY_SETS)
async def test_a_hostile_key_set_is_refused_whole(
    provider: Provider, clock: MovingClock, hostile: str
) -> None:
    """A hub that has no keys gets none, and one that has some keeps them."""
    new, old = provider.seen_by(clock), provider.seen_by(clock)
    known = await old.find("first")
    assert known is not None
    provider.answers[KEYS] = HOSTILE_KEY_SETS[hostile]
    clock.advance(10 * MINUTE)
    with pytest.raises(IssuerUnavailableError):
        await new.find("first")
    assert await old.find("first") is known
    assert provider.asked[KEYS] == 3
    assert set(provider.asked) == {CONFIGURATION, KEYS}


RSA_2048 = rsa("rsa")


@pytest.mark.parametrize(
    "jwk",
    [
        FIRST.jwk | {"use": "enc"},
        FIRST.jwk | {"key_ops": ["encrypt"]},
        FIRST.jwk | {"key_ops": "verify"},
        FIRST.jwk | {"alg": "ES384"},
        FIRST.jwk | {"alg": "HS256"},
        FIRST.jwk | {"alg": ["ES256"]},
        FIRST.jwk | {"crv": "P-384"},
        FIRST.jwk | {"crv": "secp256k1"},
        FIRST.jwk | {"x": FIRST.jwk["y"]},
        FIRST.jwk | {"x": 1},
        FIRST.jwk | {"kid": ""},
        FIRST.jwk | {"kid": 7},
        FIRST.jwk | {"kty": "EC2"},
        FIRST.jwk | {"kty": ["EC"]},
        {"kid": "first", "kty": "EC", "crv": "P-256"},
        {"kid": "first", "kty": "OKP", "crv": "X25519", "x": edwards("").jwk["x"]},
        RSA_2048.jwk | {"kid": "first", "alg": "RS256"},
        RSA_2048.jwk | {"kid": "first", "alg": "RSA-OAEP", "use": "enc"},
        RSA_2048.jwk | {"kid": "first", "n": encode(b"\xff" * 128)},
        RSA_2048.jwk | {"kid": "first", "n": encode(b"\xff" * 1024)},
    ],
)
@pytest.mark.filterwarnings("ignore:Key size should be:joserfc.errors.SecurityWarning")
async def test_a_key_for_something_else_is_left_out_of_its_set(
    provider: Provider, clock: MovingClock, jwk: dict[str, Any]
) -> None:
    provider.keys = [jwk, elliptic("second").jwk]
    keys = provider.seen_by(clock)
    assert await keys.find("first") is None
    assert await keys.find("second") is not None


@pytest.mark.parametrize(
    ("publisher", "algorithms"),
    [
        (FIRST, {"ES256"}),
        (edwards("first"), {"EdDSA", "Ed25519"}),
        (edwards("first", alg="EdDSA"), {"EdDSA"}),
        (edwards("first", alg="Ed25519", use="sig", key_ops=["verify"]), {"Ed25519"}),
        (Signer("first", RSA_2048.key, "PS256", {}), {"PS256"}),
        (Signer("first", RSA_2048.key, "PS256", {"alg": "PS256", "x5t": "x"}), {"PS256"}),
    ],
)
async def test_the_key_decides_what_it_signs_by(
    provider: Provider, clock: MovingClock, publisher: Signer, algorithms: set[str]
) -> None:
    provider.publish(publisher)
    key = await provider.seen_by(clock).find("first")
    assert key is not None
    assert key.algorithms == algorithms


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "https://127.0.0.1/else"},
        {"issuer": None},
        {"jwks_uri": "http://127.0.0.1:{port}/keys"},
        {"jwks_uri": "https://localhost:{port}/keys"},
        {"jwks_uri": "https://127.0.0.1/keys"},
        {"jwks_uri": "https://127.0.0.1:{port}@elsewhere.example/keys"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": None},
    ],
    ids=str,
)
async def test_a_configuration_sends_the_hub_nowhere_else(
    provider: Provider, clock: MovingClock, said: dict[str, str | None]
) -> None:
    provider.configuration = {
        name: value.format(port=provider.port) if value else value for name, value in said.items()
    }
    with pytest.raises(IssuerUnavailableError):
        await provider.seen_by(clock).find("first")
    assert provider.asked == {CONFIGURATION: 1}


async def test_keys_at_another_address_are_not_asked_for_though_it_is_trusted(
    provider: Provider, clock: MovingClock
) -> None:
    elsewhere = Provider(provider.authority, provider.signers)
    provider.configuration = {"jwks_uri": f"{elsewhere.issuer}{KEYS}"}
    async with elsewhere.serving():
        with pytest.raises(IssuerUnavailableError):
            await provider.seen_by(clock).find("first")
    assert elsewhere.asked.total() == 0
