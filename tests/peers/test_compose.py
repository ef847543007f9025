"""``docker-compose.yml`` by the compose specification's own schema, which ``dclint`` brings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from tests.deploy.composition import read, read_example, read_raw

pytestmark = pytest.mark.peers

SCHEMA = Path(__file__).parent / "node_modules" / "dclint" / "schemas" / "compose.schema.json"


@pytest.fixture(scope="module")
def validator() -> Draft7Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert schema["$id"] == "compose_spec.json"
    return Draft7Validator(schema)


def test_it_is_a_compose_file_as_written_and_as_filled_in(validator: Draft7Validator) -> None:
    filled = read({name: value or "x" for name, value in read_example().items()})
    for document in (read_raw(), filled):
        assert [error.message for error in validator.iter_errors(document)] == []


@pytest.mark.parametrize(
    "change", [{"depend_on": ["database"]}, {"ports": 443}, {"depends_on": {"database": {}}}]
)
def test_the_schema_finds_a_slip(validator: Draft7Validator, change: dict[str, Any]) -> None:
    document = read_raw()
    document["services"]["hub-1"] |= change
    assert list(validator.iter_errors(document)) != []
