"""Keycloak's realm, as data: what it would put into an access token is what the hub takes.

Keycloak itself is in no package registry and is not started here.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from hub.web.identity.issuers import LONGEST
from hub.web.identity.signatures import ALGORITHMS
from tests.deploy.composition import ROOT, read, read_example

REALM: dict[str, Any] = json.loads(
    (ROOT / "deploy" / "keycloak" / "realm.json").read_text(encoding="utf-8")
)
CLIENTS = {client["clientId"]: client for client in REALM["clients"]}
FIVE_MINUTES = 300
AUDIENCE = "hub"

FLOWS = (
    "standardFlowEnabled",
    "implicitFlowEnabled",
    "directAccessGrantsEnabled",
    "serviceAccountsEnabled",
)


def test_its_keys_sign_es256_and_nothing_else() -> None:
    assert REALM["defaultSignatureAlgorithm"] == "ES256"
    keys = REALM["components"]["org.keycloak.keys.KeyProvider"]
    [signing] = [
        key for key in keys if key["providerId"] not in {"hmac-generated", "aes-generated"}
    ]
    assert signing["providerId"] == "ecdsa-generated"
    assert signing["config"]["ecdsaEllipticCurveKey"] == ["P-256"]


def test_the_audience_is_a_client_that_gets_no_tokens() -> None:
    assert not any(CLIENTS[AUDIENCE][flow] for flow in FLOWS)
    assert CLIENTS[AUDIENCE]["bearerOnly"]


@pytest.mark.parametrize("name", sorted(CLIENTS.keys() - {AUDIENCE}))
def test_a_clients_access_tokens_are_the_hubs(name: str) -> None:
    client = CLIENTS[name]
    attributes = client["attributes"]
    assert attributes["access.token.signed.response.alg"] == "ES256"
    assert attributes["access.token.header.type.rfc9068"] == "true"
    assert int(attributes["access.token.lifespan"]) <= FIVE_MINUTES
    mappers = {mapper["protocolMapper"]: mapper["config"] for mapper in client["protocolMappers"]}
    audience = mappers["oidc-audience-mapper"]
    assert audience["included.client.audience"] == AUDIENCE
    assert audience["access.token.claim"] == "true"
    assert audience["id.token.claim"] == "false"
    assert mappers["oidc-sub-mapper"]["access.token.claim"] == "true"
    assert client["fullScopeAllowed"] is False


MACHINES = ("hub-machine", "hub-feed")


@pytest.mark.parametrize("name", MACHINES)
def test_a_machine_signs_for_itself_and_signs_nobody_in(name: str) -> None:
    """By ``private_key_jwt``; Keycloak takes an assertion for one audience, itself, and once."""
    client = CLIENTS[name]
    assert [flow for flow in FLOWS if client[flow]] == ["serviceAccountsEnabled"]
    assert client["publicClient"] is False
    assert client["clientAuthenticatorType"] == "client-jwt"
    attributes = client["attributes"]
    assert attributes["token.endpoint.auth.signing.alg"] == "ES256"
    assert int(attributes["token.endpoint.auth.signing.max.exp"]) <= 60
    # The key is the machine's: registered by the administrator, from nowhere that could change.
    assert (attributes["use.jwks.url"], attributes["use.jwks.string"]) == ("false", "true")
    assert attributes["use.refresh.tokens"] == "false"
    keycloak = read({name: value or "x" for name, value in read_example().items()})["services"]
    assert "allow-multiple-audiences" not in json.dumps(keycloak["keycloak"]).lower()


def test_the_feeds_tokens_are_bound_to_its_key() -> None:
    assert CLIENTS["hub-feed"]["attributes"]["dpop.bound.access.tokens"] == "true"


def test_every_client_is_looked_at() -> None:
    public = {name for name in CLIENTS if CLIENTS[name]["publicClient"]}
    assert CLIENTS.keys() == {AUDIENCE, *MACHINES, *public}


def test_a_token_lives_no_longer_than_the_hub_takes_it() -> None:
    assert LONGEST.total_seconds() >= FIVE_MINUTES
    assert REALM["defaultSignatureAlgorithm"] in ALGORITHMS


def test_the_hubs_are_told_of_this_realm() -> None:
    filled = {name: value or "x" for name, value in read_example().items()}
    services = read(filled)["services"]
    hostname = services["keycloak"]["environment"]["KC_HOSTNAME"]
    for name in ("hub-1", "hub-2"):
        environment = services[name]["environment"]
        assert environment["HUB_ISSUER"] == f"{hostname}/realms/{REALM['realm']}"
        assert environment["HUB_AUDIENCE"] == AUDIENCE
        assert environment["HUB_ORIGIN"] == f"https://{filled['HUB_SITE']}"


@pytest.mark.parametrize("name", [name for name in CLIENTS if CLIENTS[name]["publicClient"]])
def test_a_public_client_signs_in_by_code_with_pkce_over_tls(name: str) -> None:
    client = CLIENTS[name]
    assert [flow for flow in FLOWS if client[flow]] == ["standardFlowEnabled"]
    assert client["attributes"]["pkce.code.challenge.method"] == "S256"
    assert all(uri.startswith("https://${HUB_SITE}/") for uri in client["redirectUris"])
    assert client["webOrigins"] == ["https://${HUB_SITE}"]


def test_the_realm_holds_nobody_and_no_secret() -> None:
    assert "users" not in REALM
    assert not any("secret" in client for client in REALM["clients"])
    assert not any("jwks.string" in client.get("attributes", {}) for client in REALM["clients"])
    assert REALM["accessTokenLifespan"] <= FIVE_MINUTES
    assert REALM["sslRequired"] == "all"
    assert REALM["registrationAllowed"] is False
    assert REALM["bruteForceProtected"] is True


def test_a_declared_list_of_scopes_would_replace_keycloaks_own() -> None:
    assert "clientScopes" not in REALM
    assert not any("defaultClientScopes" in client for client in REALM["clients"])


def test_what_the_realm_takes_from_its_surroundings_is_given() -> None:
    filled = {name: value or "x" for name, value in read_example().items()}
    environment = read(filled)["services"]["keycloak"]["environment"]
    text = json.dumps(REALM)
    assert "${HUB_SITE}" in text
    assert "HUB_SITE" in environment
    assert text.count("${") == text.count("${HUB_SITE}")
