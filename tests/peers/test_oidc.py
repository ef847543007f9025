"""A provider and a client that are not ours: ``oidc-provider`` and ``openid-client``, over TLS."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from hub.api.execution import Executor
from hub.audit.trail import NO_TRAIL
from hub.clock import system_clock
from hub.web.app import WebOptions, WebParts, create_app
from hub.web.authenticate import Authenticator
from hub.web.forms.page import SignIn
from hub.web.identity.issuers import Issuer
from hub.web.identity.proofs import Proofs
from hub.web.identity.provider import ProviderKeys
from tests.deploy.installation import free_port
from tests.peers.programs import end, run
from tests.peers.provider import HERE, providing
from tests.web.identity.authority import HOST, make_authority
from tests.web.identity.minting import elliptic
from tests.web.identity.served import AGENCY, FEED, agency_of, give_account
from tests.web.serving import ready, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from hub.database.engine import Database

pytestmark = pytest.mark.peers

REDIRECT: Final = "https://hub.example/back"
RESOURCE: Final = "https://hub.example"
VIEWER: Final = {"query": "{ viewer { agency { code } } }"}


@dataclass(frozen=True)
class Stage:
    """A provider, a hub that takes its tokens, and somebody who trusts both.

    Attributes:
        variables: what a machine is told of them, and its own key.
    """

    issuer: str
    hub: str
    client: httpx.AsyncClient
    variables: dict[str, str]

    async def ask(self, token: str, scheme: str = "Bearer") -> httpx.Response:
        """Ask who one is, with *token*."""
        headers = {"authorization": f"{scheme} {token}"}
        return await self.client.post(self.hub, json=VIEWER, headers=headers)

    async def act(
        self, *words: str, program: str = "machine.mjs", **variables: str
    ) -> dict[str, Any]:
        """Return what a machine, or another program, got and was answered."""
        told = {**self.variables, **variables}
        said: dict[str, Any] = json.loads(await run("node", program, *words, cwd=HERE, **told))
        return said


@pytest.fixture
async def stage(scratch: Database, tmp_path: Path) -> AsyncIterator[Stage]:
    authority, key = make_authority(tmp_path), elliptic("machine")
    issuer, port = f"https://{HOST}:{free_port()}", free_port()
    origin = f"https://{HOST}:{port}"
    for subject, agency, kind in (
        ("officer", AGENCY, "person"),
        ("hub-machine", AGENCY, "machine"),
        ("hub-feed", FEED, "feed"),
    ):
        await give_account(scratch, issuer, subject, agency, kind)
    keys = ProviderKeys(issuer, system_clock, authority.trust())
    authenticate = Authenticator(
        scratch,
        system_clock,
        Issuer(name=issuer, audience="hub", keys=keys),
        proofs=Proofs(origin, system_clock),
    )
    parts = WebParts(Executor(scratch, system_clock), authenticate, ready, trail=NO_TRAIL)
    told = {
        "ISSUER": issuer,
        "RESOURCE": RESOURCE,
        "REDIRECT": REDIRECT,
        "CERTIFICATE": str(authority.certificate),
        "CLIENT_KEY": json.dumps(key.jwk),
    }
    private = json.dumps(key.key.as_dict(private=True))
    machine = {"NODE_EXTRA_CA_CERTS": str(authority.root), "HUB_URL": f"{origin}/graphql"}
    async with (
        providing(told),
        serving(create_app(parts, WebOptions()), port=port, certificate=authority.certificate),
        httpx.AsyncClient(verify=authority.trust(), timeout=30) as client,
    ):
        variables = {**told, **machine, "CLIENT_KEY": private}
        yield Stage(issuer, f"{origin}/graphql", client, variables)


async def sign_in(stage: Stage, subject: str) -> dict[str, str]:
    """Return the tokens of *subject*, who signs in at the provider's page and agrees."""
    stage.client.cookies.clear()
    verifier = token_urlsafe(48)
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "client_id": "hub-web",
        "redirect_uri": REDIRECT,
        "response_type": "code",
        "scope": "openid hub",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    answer = await stage.client.get(f"{stage.issuer}/auth", params=asked)
    way_back = await agree(stage, answer, subject)
    [code] = parse_qs(urlsplit(way_back).query)["code"]
    grant = {"grant_type": "authorization_code", "client_id": "hub-web", "code": code}
    form = {**grant, "redirect_uri": REDIRECT, "code_verifier": verifier}
    tokens = await stage.client.post(f"{stage.issuer}/token", data=form)
    assert tokens.status_code == httpx.codes.OK, tokens.text
    received: dict[str, str] = tokens.json()
    return received


async def agree(stage: Stage, answer: httpx.Response, subject: str) -> str:
    """Sign in as *subject* on the provider's pages and agree; return where that leads back to."""
    while not answer.headers.get("location", "").startswith(REDIRECT):
        if answer.is_redirect:
            answer = await stage.client.get(answer.next_request.url if answer.next_request else "")
            continue
        assert answer.status_code == httpx.codes.OK, answer.text
        [prompt] = re.findall(r'name="prompt" value="(\w+)"', answer.text)
        [action] = re.findall(r'<form[^>]* action="([^"]+)"', answer.text)
        filled = {"prompt": prompt, "login": subject, "password": "any"}
        answer = await stage.client.post(action, data=filled)
    return str(answer.headers["location"])


async def test_a_person_signs_in_by_code_and_is_let_in_by_the_access_token_alone(
    stage: Stage,
) -> None:
    tokens = await sign_in(stage, "officer")
    assert agency_of(await stage.ask(tokens["access_token"])) == AGENCY
    assert (await stage.ask(tokens["id_token"])).status_code == 401
    stranger = await sign_in(stage, "somebody")
    assert (await stage.ask(stranger["access_token"])).status_code == 401


async def test_the_page_of_reports_signs_in_by_code_and_keeps_no_token(stage: Stage) -> None:
    """Its own script, against a provider that demands PKCE: a code is of use to its tab, once."""
    told = {
        "PAGE": str(files("hub.web") / "static" / "signin.js"),
        "CONFIG": json.dumps(SignIn(stage.issuer, "hub-web", "hub").told),
    }
    begun = await stage.act("begin", program="officer.mjs", **told)
    [(name, kept)] = begun["kept"].items()
    assert set(json.loads(kept)) == {"verifier", "state"}
    stage.client.cookies.clear()
    way_back = await agree(stage, await stage.client.get(begun["address"]), "officer")
    search = f"?{urlsplit(way_back).query}"

    forged = json.dumps({name: kept.replace(json.loads(kept)["state"], "another")})
    for known in ("{}", forged):
        words = ("node", "officer.mjs", "finish", known, search)
        code, said = await end(*words, cwd=HERE, **{**stage.variables, **told})
        assert code != 0
        assert "Error: state" in said
    ended = await stage.act(
        "finish", json.dumps({name: kept}), search, program="officer.mjs", **told
    )
    assert ended["kept"] == {}
    assert agency_of(await stage.ask(ended["token"])) == AGENCY
    words = ("node", "officer.mjs", "finish", json.dumps({name: kept}), search)
    code, said = await end(*words, cwd=HERE, **{**stage.variables, **told})
    assert code != 0
    assert "invalid" in said


async def test_a_machine_is_known_by_its_key(stage: Stage) -> None:
    got = await stage.act("hub-machine")
    assert got["type"] == "bearer"
    assert got["answers"][0]["data"] == {"viewer": {"agency": {"code": AGENCY}}}
    stranger = json.dumps(elliptic("machine").key.as_dict(private=True))
    words = ("node", "machine.mjs", "hub-machine")
    code, said = await end(*words, cwd=HERE, **{**stage.variables, "CLIENT_KEY": stranger})
    assert code != 0
    assert "invalid_client" in said


async def test_a_feed_proves_each_request_and_its_token_is_of_no_use_to_others(
    stage: Stage,
) -> None:
    got = await stage.act("hub-feed", "bound")
    assert got["type"] == "dpop"
    assert [answer["data"] for answer in got["answers"]] == [
        {"viewer": {"agency": {"code": FEED}}},
        {"__typename": "Query"},
    ]
    for scheme in ("Bearer", "DPoP"):
        assert (await stage.ask(got["token"], scheme)).status_code == 401
