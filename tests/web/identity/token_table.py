"""Every bad token that is known, and what comes of it.

``python -m tests.web.identity.token_table`` prints it. Each token is sent to a hub over HTTP whose
provider publishes the keys below; beside the bad ones are the good ones they are made of.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import ECKey
from typing_extensions import override

from hub.clock import system_clock
from hub.database.address import Address
from hub.database.embedded import embedded_server
from hub.database.engine import Database
from hub.database.migrate import migrate
from hub.ingest.reference import load_reference
from hub.web import authenticate
from hub.web.development import DevelopmentIssuer
from hub.web.identity.errors import Reason
from tests.web.identity.authority import make_authority
from tests.web.identity.minting import (
    ABSENT,
    Signer,
    claims_of,
    edwards,
    elliptic,
    encode,
    rsa,
    sign,
)
from tests.web.identity.provider import MovingClock, Provider
from tests.web.identity.served import AGENCY, ask, give_account, serving_hub

if TYPE_CHECKING:
    from datetime import datetime

SUBJECT: Final = "4c1a3b2e-0f5d-4b52-9d4e-7a1c0a8f6f10"
_MINUTE: Final = 60


@dataclass
class Mint:
    """Makes tokens as a provider makes them, and as nobody should.

    Attributes:
        home: where the local issuer of a development hub has its key.
    """

    provider: Provider
    now: datetime
    home: Path
    ec: Signer
    ed: Signer
    ps: Signer
    bare: Signer
    rs: Signer
    enc: Signer

    def claims(self, **changes: object) -> dict[str, object]:
        """Return good claims, altered by *changes*."""
        return claims_of(self.provider.issuer, SUBJECT, self.now, **changes)

    def at(self, seconds: float) -> int:
        """Return the moment *seconds* from now."""
        return int(self.now.timestamp() + seconds)

    def token(self, **changes: object) -> str:
        """Return a token whose claims are altered by *changes*."""
        return self.ec.token({}, self.claims(**changes))

    def headed(self, **header: object) -> str:
        """Return a token whose header is altered by *header*."""
        return self.ec.token(header, self.claims())

    def forged(self, **header: object) -> str:
        """Return a token of a stranger's key, its header altered by *header*."""
        stranger = elliptic(self.ec.kid)
        return stranger.token({"jwk": stranger.jwk, **header}, self.claims())


def make_mint(provider: Provider, now: datetime, home: Path) -> Mint:
    """Return a mint, its keys published by *provider*."""
    mint = Mint(
        provider,
        now,
        home,
        ec=elliptic("ec"),
        ed=edwards("ed"),
        ps=rsa("ps", alg="PS256", use="sig"),
        bare=rsa("bare"),
        rs=rsa("rs", algorithm="RS256", alg="RS256"),
        enc=elliptic("enc", use="enc"),
    )
    provider.publish(mint.ec, mint.ed, mint.ps, mint.bare, mint.rs, mint.enc)
    return mint


def _pem(mint: Mint) -> bytes:
    key = mint.ec.key
    assert isinstance(key, ECKey)
    return key.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _confused(mint: Mint) -> str:
    text = f"{encode({'alg': 'HS256', 'typ': 'at+jwt', 'kid': 'ec'})}.{encode(mint.claims())}"
    return f"{text}.{encode(hmac.digest(_pem(mint), text.encode(), 'sha256'))}"


def _altered(mint: Mint) -> str:
    head, _, signature = mint.token().split(".")
    return f"{head}.{encode(mint.claims(sub='somebody-else'))}.{signature}"


def _other_signature(mint: Mint) -> str:
    head, claims, _ = mint.token().split(".")
    return f"{head}.{claims}.{mint.token(jti='other').split('.')[2]}"


def _der_signature(mint: Mint) -> str:
    key = mint.ec.key
    assert isinstance(key, ECKey)
    assert key.private_key is not None
    text = mint.token().rpartition(".")[0]
    return f"{text}.{encode(key.private_key.sign(text.encode(), ECDSA(hashes.SHA256())))}"


def _raw(mint: Mint, claims: bytes) -> str:
    return sign({"alg": "ES256", "typ": "at+jwt", "kid": "ec"}, claims, mint.ec.key, "ES256")


def _by(signer: Signer, mint: Mint, algorithm: str, **header: object) -> str:
    header = {"alg": algorithm, "typ": "at+jwt", "kid": signer.kid, **header}
    return sign(header, mint.claims(), signer.key, algorithm)


def _of_development(mint: Mint) -> str:
    return DevelopmentIssuer.of(mint.home, lambda: mint.now).token(AGENCY)


def _as_development(mint: Mint) -> str:
    """Return a token of the local issuer that names the provider in its claims."""
    issuer = DevelopmentIssuer.of(mint.home, lambda: mint.now)
    header = {"alg": "ES256", "typ": "at+jwt", "kid": issuer.key.kid}
    return sign(header, mint.claims(), issuer.key, "ES256")


def _nested(levels: int) -> bytes:
    return b'{"a":' + b"[" * levels + b"]" * levels + b"}"


Make = Callable[[Mint], str]


def _always(text: str) -> Make:
    return lambda _: text


GOOD: Final[dict[str, Make]] = {
    "ES256": lambda m: m.token(),
    "EdDSA": lambda m: m.ed.token({}, m.claims()),
    "EdDSA by its new name": lambda m: _by(m.ed, m, "Ed25519"),
    "PS256": lambda m: m.ps.token({}, m.claims()),
    "PS256 by a key that names no algorithm": lambda m: m.bare.token({}, m.claims()),
    "typ in full": lambda m: m.headed(typ="application/at+jwt"),
    "a header nobody needs": lambda m: m.headed(x5t="x", any="thing"),
    "audience among others": lambda m: m.token(aud=["account", "hub"]),
    "a minute after its end": lambda m: m.token(iat=m.at(-300), exp=m.at(-59)),
    "a minute before its time": lambda m: m.token(iat=m.at(60), nbf=m.at(60), exp=m.at(300)),
    "of fifteen minutes": lambda m: m.token(exp=m.at(15 * _MINUTE)),
}

BAD: Final[dict[str, tuple[Reason, Make]]] = {
    "none": (Reason.ALGORITHM, lambda m: f"{_by(m.ec, m, 'none')}"),
    "HS256 with the public key": (Reason.ALGORITHM, _confused),
    "header jwk": (Reason.HEADER, lambda m: m.forged()),
    "header jku": (Reason.HEADER, lambda m: m.headed(jku="https://evil.example/keys")),
    "header x5u": (Reason.HEADER, lambda m: m.headed(x5u="https://evil.example/key")),
    "header x5c": (Reason.HEADER, lambda m: m.headed(x5c=["MIIB"])),
    "unknown crit": (Reason.HEADER, lambda m: m.headed(crit=["exp"], exp=1)),
    "known crit": (Reason.HEADER, lambda m: m.headed(crit=["b64"], b64=True)),
    "a stranger's key under a known kid": (Reason.SIGNATURE, lambda m: m.forged(jwk=ABSENT)),
    "RS256 by a key for PS256": (Reason.ALGORITHM, lambda m: _by(m.ps, m, "RS256")),
    "RS256 by a key that names none": (Reason.ALGORITHM, lambda m: _by(m.bare, m, "RS256")),
    "RS256 by a key for RS256": (Reason.KEY, lambda m: _by(m.rs, m, "RS256")),
    "PS256 under the name of an EC key": (
        Reason.ALGORITHM,
        lambda m: _by(m.ps, m, "PS256", kid="ec"),
    ),
    "ES256 under the name of an RSA key": (
        Reason.ALGORITHM,
        lambda m: _by(m.ec, m, "ES256", kid="ps"),
    ),
    "ES384 by a key for ES256": (Reason.ALGORITHM, lambda m: _by(m.ec, m, "ES384")),
    "a header that lies of ES256": (Reason.ALGORITHM, lambda m: m.headed(alg="EdDSA")),
    "alg missing": (Reason.FORM, lambda m: m.headed(alg=ABSENT)),
    "alg a list": (Reason.FORM, lambda m: m.headed(alg=["ES256"])),
    "a key for encryption": (Reason.KEY, lambda m: m.enc.token({}, m.claims())),
    "kid unknown": (Reason.KEY, lambda m: m.headed(kid="unknown")),
    "kid missing": (Reason.KEY, lambda m: m.headed(kid=ABSENT)),
    "kid a list": (Reason.KEY, lambda m: m.headed(kid=["ec"])),
    "tampered claims": (Reason.SIGNATURE, _altered),
    "another token's signature": (Reason.SIGNATURE, _other_signature),
    "signature in DER": (Reason.SIGNATURE, _der_signature),
    "signature cut": (Reason.SIGNATURE, lambda m: m.token()[:-4]),
    "signature missing": (Reason.SIGNATURE, lambda m: f"{m.token().rpartition('.')[0]}."),
    "id_token": (Reason.TYPE, lambda m: m.headed(typ="JWT")),
    "typ missing": (Reason.TYPE, lambda m: m.headed(typ=ABSENT)),
    "a logout token": (Reason.TYPE, lambda m: m.headed(typ="logout+jwt")),
    "typ a list": (Reason.TYPE, lambda m: m.headed(typ=["at+jwt"])),
    "iss another": (Reason.ISSUER, lambda m: m.token(iss="https://evil.example")),
    "iss a prefix": (Reason.ISSUER, lambda m: m.token(iss=m.provider.issuer[:-1])),
    "iss with a slash": (Reason.ISSUER, lambda m: m.token(iss=f"{m.provider.issuer}/")),
    "iss in capitals": (Reason.ISSUER, lambda m: m.token(iss=m.provider.issuer.upper())),
    "iss a list": (Reason.ISSUER, lambda m: m.token(iss=[m.provider.issuer])),
    "iss missing": (Reason.ISSUER, lambda m: m.token(iss=ABSENT)),
    "aud another": (Reason.AUDIENCE, lambda m: m.token(aud="account")),
    "aud others": (Reason.AUDIENCE, lambda m: m.token(aud=["account", "hub-web"])),
    "aud an object": (Reason.AUDIENCE, lambda m: m.token(aud={"hub": True})),
    "aud missing": (Reason.AUDIENCE, lambda m: m.token(aud=ABSENT)),
    "sub missing": (Reason.SUBJECT, lambda m: m.token(sub=ABSENT)),
    "sub empty": (Reason.SUBJECT, lambda m: m.token(sub="")),
    "sub a number": (Reason.SUBJECT, lambda m: m.token(sub=7)),
    "sub with U+0000": (Reason.SUBJECT, lambda m: m.token(sub=f"{SUBJECT}\0")),
    "sub of 256 letters": (Reason.SUBJECT, lambda m: m.token(sub="a" * 256)),
    "exp missing": (Reason.EXPIRY, lambda m: m.token(exp=ABSENT)),
    "exp passed": (Reason.EXPIRY, lambda m: m.token(iat=m.at(-300), exp=m.at(-60))),
    "exp a string": (Reason.EXPIRY, lambda m: m.token(exp=str(m.at(300)))),
    "exp true": (Reason.EXPIRY, lambda m: m.token(exp=True)),
    "exp not a number": (Reason.FORM, lambda m: m.token(exp=float("nan"))),
    "exp endless": (Reason.FORM, lambda m: m.token(exp=10**400)),
    "nbf to come": (Reason.NOT_BEFORE, lambda m: m.token(nbf=m.at(61))),
    "nbf a string": (Reason.NOT_BEFORE, lambda m: m.token(nbf="0")),
    "iat to come": (Reason.ISSUED_AT, lambda m: m.token(iat=m.at(61), exp=m.at(300))),
    "iat missing": (Reason.ISSUED_AT, lambda m: m.token(iat=ABSENT)),
    "iat a string": (Reason.ISSUED_AT, lambda m: m.token(iat=str(m.at(0)))),
    "of fifteen minutes and a second": (
        Reason.LIFETIME,
        lambda m: m.token(exp=m.at(15 * _MINUTE + 1)),
    ),
    "of ten years": (Reason.LIFETIME, lambda m: m.token(exp=m.at(315_360_000))),
    "of no time": (Reason.LIFETIME, lambda m: m.token(iat=m.at(30), exp=m.at(30))),
    "of development": (Reason.ISSUER, _of_development),
    "of development, in another's name": (Reason.KEY, _as_development),
    "bound to a certificate": (
        Reason.CONFIRMATION,
        lambda m: m.token(cnf={"x5t#S256": "A" * 43}),
    ),
    "bound to a key, sent without proof": (Reason.BOUND, lambda m: m.token(cnf={"jkt": "A" * 43})),
    "bound to a number": (Reason.CONFIRMATION, lambda m: m.token(cnf={"jkt": 7})),
    "of 8,193 letters": (Reason.LENGTH, lambda m: m.token(x="")[:100].ljust(8193, "A")),
    "a header of over 2,048 letters": (Reason.FORM, lambda m: m.headed(x="A" * 1600)),
    "a header nested 1,500 deep": (
        Reason.FORM,
        lambda m: f"{encode(_nested(1500)[:1530])}.{m.token().partition('.')[2]}",
    ),
    "claims nested 2,900 deep": (Reason.FORM, lambda m: _raw(m, _nested(2900))),
    "claims a list": (Reason.FORM, lambda m: _raw(m, b"[]")),
    "claims no JSON": (Reason.FORM, lambda m: _raw(m, b"hello")),
    "claims no UTF-8": (Reason.FORM, lambda m: _raw(m, b'{"iss":"\xff"}')),
    "a header that is a list": (Reason.FORM, _always(f"{encode(['alg'])}.e30.AAAA")),
    "a header that is a text": (Reason.FORM, _always(f"{encode('alg')}.e30.AAAA")),
    "encrypted": (Reason.FORM, _always(f"{encode({'alg': 'dir'})}..AAAA.AAAA.AAAA")),
    "of two parts": (Reason.FORM, lambda m: m.token().rpartition(".")[0]),
    "padded": (Reason.FORM, lambda m: m.token().replace(".", "=.", 1)),
    "not in ASCII": (Reason.FORM, lambda m: f"é{m.token()}"),
    "opaque": (Reason.FORM, _always("2YotnFZFEjr1zCsicMWpAA")),
    "empty": (Reason.FORM, _always("")),
    "of nobody who has an account": (Reason.ACCOUNT, lambda m: m.token(sub="nobody")),
}


@dataclass
class Outcome:
    """What came of a token: the status, and why as the log says."""

    status: int
    reason: str
    answer: httpx.Response = field(repr=False)


class _Heard(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


async def try_tokens(
    database: Database, provider: Provider, clock: MovingClock, home: Path
) -> tuple[dict[str, Outcome], list[str]]:
    """Send every token of the table to a hub on *database*; return what came of it and the log."""
    mint = make_mint(provider, clock.now, home)
    await give_account(database, provider.issuer, SUBJECT)
    heard, outcomes = _Heard(), {}
    logger = authenticate.LOGGER
    logger.addHandler(heard)
    level = logger.level
    logger.setLevel(logging.INFO)
    try:
        async with serving_hub(database, clock, provider.trusted_by(clock)) as client:
            makers = {**GOOD, **{name: make for name, (_, make) in BAD.items()}}
            for name, make in makers.items():
                before = len(heard.said)
                token = f"Bearer {make(mint)}".rstrip().encode()
                answer = await client.post(
                    "/graphql",
                    json={"query": "{ viewer { agency { code } } }"},
                    headers={b"authorization": token},
                )
                reason = "; ".join(heard.said[before:]).removeprefix("A token is refused: ")
                outcomes[name] = Outcome(answer.status_code, reason, answer)
            assert (await ask(client, None)).status_code == httpx.codes.OK
    finally:
        logger.removeHandler(heard)
        logger.setLevel(level)
    return outcomes, heard.said


async def _print_table(folder: Path, url: str) -> None:
    clock = MovingClock(system_clock())
    provider = Provider(make_authority(folder), [])
    await migrate(Address.parse(url))
    async with Database(Address.parse(url)) as database, provider.serving():
        await load_reference(database)
        outcomes, _ = await try_tokens(database, provider, clock, folder / "development")
    lines = [f"{outcome.status}  {name:40}  {outcome.reason}" for name, outcome in outcomes.items()]
    refused = [outcomes[name].answer for name in BAD]
    sentence = json.loads(refused[0].content)["errors"][0]["message"]
    lines += [f"{len(refused)} are answered in {len({each.content for each in refused})} way:"]
    sys.stdout.write("\n".join([*lines, sentence, ""]))


def main() -> None:
    """Print the table."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        with embedded_server(folder / "hub") as server:
            asyncio.run(_print_table(folder, server.url("postgres")))


if __name__ == "__main__":
    main()
