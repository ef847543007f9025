"""``docker-compose.yml``: it refers to nothing that is not there, and gives away nothing."""

from __future__ import annotations

import copy
from pathlib import PurePosixPath
from typing import Any

import pytest

from hub.access.readers import INSIDE, OUTSIDE, Reader
from hub.settings import Settings
from tests.deploy.composition import find_faults, read, read_example, read_raw, variables_of

FILLED = {name: value or f"<{name}>" for name, value in read_example().items()}

HUBS = ("migrate", "hub-1", "hub-2", "worker")
WRITES = {
    "migrate": [],
    "hub-1": ["trail"],
    "hub-2": ["trail"],
    "worker": ["trail", "heads", "key", "./deploy/drops"],
}


@pytest.fixture
def document() -> dict[str, Any]:
    return copy.deepcopy(read(FILLED))


def test_every_reference_is_to_something(document: dict[str, Any]) -> None:
    assert list(find_faults(document)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"depends_on": {"nobody": {"condition": "service_started"}}}, "is no service"),
        ({"depends_on": {"migrate": {"condition": "service_healthy"}}}, "is not checked"),
        (
            {"depends_on": {"database": {"condition": "service_completed_successfully"}}},
            "is started again",
        ),
        ({"networks": ["office"]}, "is not among the networks"),
        ({"volumes": ["attic:/data"]}, "is not among the volumes"),
        ({"volumes": ["./attic:/data"]}, "is not there"),
        ({"configs": ["attic"]}, "is not among the configs"),
        ({"secrets": [{"source": "attic"}]}, "is not among the secrets"),
    ],
)
def test_a_reference_to_nothing_is_found(
    document: dict[str, Any], change: dict[str, Any], fault: str
) -> None:
    document["services"]["hub-2"] |= change
    [found] = find_faults(document)
    assert found.startswith("hub-2 ")
    assert found.endswith(fault)


def test_the_example_names_every_secret_and_no_value_of_one() -> None:
    needed = {name for name, is_needed in variables_of(read_raw()) if is_needed}
    assert {name for name, value in read_example().items() if not value} == needed
    assert read_example().keys() <= {name for name, _ in variables_of(read_raw())}


def test_without_its_secrets_nothing_starts() -> None:
    with pytest.raises(LookupError, match=r"set it in \.env"):
        read({name: value for name, value in FILLED.items() if name != "HUB_DATABASE_SECRET"})


@pytest.mark.parametrize("name", HUBS)
def test_a_hub_writes_its_trail_alone_and_may_nothing(document: dict[str, Any], name: str) -> None:
    service = document["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"].partition(":")[0] not in {"0", "root"}
    written = [each for each in service.get("volumes", ()) if not each.endswith(":ro")]
    assert [each.partition(":")[0] for each in written] == WRITES[name]


def test_the_worker_reads_its_sources_where_they_are_mounted(document: dict[str, Any]) -> None:
    """And cannot alter them."""
    worker = document["services"]["worker"]
    file = PurePosixPath(worker["environment"]["HUB_SOURCES"])
    assert f"./deploy/sources:{file.parent}:ro" in worker["volumes"]


@pytest.mark.parametrize("name", HUBS)
def test_a_hub_is_set_by_variables_that_it_reads(document: dict[str, Any], name: str) -> None:
    known = {f"HUB_{field.upper()}" for field in Settings.model_fields} | {"PORT"}
    assert document["services"][name]["environment"].keys() <= known


def test_only_the_migration_knows_the_owners_password(document: dict[str, Any]) -> None:
    owners = FILLED["HUB_OWNER_PASSWORD"]
    holders = {
        name
        for name, service in document["services"].items()
        if owners in str(service.get("environment"))
    }
    assert holders == {"database", "migrate"}


def test_the_balancer_is_the_only_door(document: dict[str, Any]) -> None:
    services = document["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["balancer"]
    closed = {name for name, network in document["networks"].items() if network.get("internal")}
    for name, service in services.items():
        assert (set(service["networks"]) <= closed) == (name != "balancer"), name
    assert "balancer" not in {
        name for name, service in services.items() if "data" in service["networks"]
    }


def test_two_hubs_are_alike(document: dict[str, Any]) -> None:
    assert document["services"]["hub-1"] == document["services"]["hub-2"]


def test_every_image_has_a_version(document: dict[str, Any]) -> None:
    for service in document["services"].values():
        name, _, version = service["image"].partition(":")
        assert any(letter.isdigit() for letter in version), name


def test_the_database_has_room_for_every_pool(document: dict[str, Any]) -> None:
    services = document["services"]
    [most] = [word for word in services["database"]["command"] if word.startswith("max_conn")]
    # Deliveries have as many connections as a kind of reader.
    of_a_hub = Settings().connections * (len(OUTSIDE) + 1) + 2 * (len(INSIDE) - 1)
    of_keycloak = int(services["keycloak"]["environment"]["KC_DB_POOL_MAX_SIZE"])
    # The queue's, those of deliveries, and two for each other role that it enters as.
    enters_as = (Reader.GATE, Reader.CLERK, Reader.LOADER, Reader.WORKER)
    of_the_worker = 4 + 4 + 2 * len(enters_as)
    assert 2 * of_a_hub + of_the_worker + of_keycloak + 20 <= int(most.partition("=")[2])
