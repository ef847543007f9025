"""``hub schema``: what is published equals what the code makes."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from hub.api.operations import (
    SCHEMA_FOLDER,
    OperationUnusableError,
    print_sdl,
    read_operations,
)
from hub.cli.contract import find_differences, write_contract
from tests.cli.commands import call

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What would be published now, for one test to spoil."""
    copy = shutil.copytree(SCHEMA_FOLDER, tmp_path / "schema")
    assert len(list(write_contract(copy))) == 3
    return copy


def test_the_published_schema_is_that_of_the_code(home: Path) -> None:
    """And the fields that no statement answers are listed."""
    outcome = call("schema", "check", home=home)
    assert outcome.code == 0, outcome
    assert "\n  Query.viewer\n" in outcome.out


def test_the_schema_can_be_read_without_writing(home: Path) -> None:
    outcome = call("schema", "print", "--stdout", home=home)
    assert outcome.out == print_sdl()
    assert outcome.out == (SCHEMA_FOLDER / "hub.graphql").read_text(encoding="utf-8")


def test_a_changed_schema_is_found_and_written_anew(folder: Path) -> None:
    published = folder / "hub.graphql"
    published.write_text(print_sdl().replace("type Query", "type Ask"), encoding="utf-8")
    [difference] = find_differences(folder)
    assert difference.code == "SCHEMA_STALE"
    assert "-type Ask {" in str(difference)
    assert "+type Query {" in str(difference)
    assert published in list(write_contract(folder))
    assert list(find_differences(folder)) == []


def test_a_changed_operation_makes_the_manifest_stale_but_its_layout_does_not(folder: Path) -> None:
    file = folder / "operations" / "OldWardSuccessors.graphql"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"# A new comment\n{text}\n\n", encoding="utf-8")
    assert list(find_differences(folder)) == []
    file.write_text(text.replace("validTo", "validFrom", 1), encoding="utf-8")
    [difference] = find_differences(folder)
    assert "operations.json" in str(difference)


def test_an_operation_that_the_schema_does_not_know_is_found(folder: Path) -> None:
    file = folder / "operations" / "Rumours.graphql"
    file.write_text("query Rumours { rumours }", encoding="utf-8")
    [fault, _] = find_differences(folder)
    assert fault.code == "OPERATION_UNUSABLE"
    assert "Rumours.graphql" in str(fault)
    assert "rumours" in str(fault)


@pytest.mark.parametrize(
    "text", ["", "{ viewer { agency { code } } }", "query Other { __typename }", "query Odd {"]
)
def test_a_file_holds_the_operation_it_is_called_after(folder: Path, text: str) -> None:
    (folder / "operations" / "Odd.graphql").write_text(text, encoding="utf-8")
    with pytest.raises(OperationUnusableError, match="Odd"):
        read_operations(folder)


def test_the_manifest_names_every_trusted_operation() -> None:
    manifest = json.loads((SCHEMA_FOLDER / "operations.json").read_text(encoding="utf-8"))
    assert list(manifest.values()) == [operation.name for operation in read_operations()]
    assert all(len(hash_) == 64 for hash_ in manifest)
