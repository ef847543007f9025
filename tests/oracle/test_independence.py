"""The model is of its own: what decides in it knows nothing of the hub."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MODEL = (
    *("rights", "model", "document", "filters", "sums", "exports", "contract", "asking", "compare"),
    *(f"world.{path.stem}" for path in sorted((HERE / "world").glob("*.py"))),
)


@pytest.mark.parametrize("name", MODEL)
def test_the_model_imports_nothing_of_the_hub(name: str) -> None:
    """Nor of anything that does: itself, GraphQL's parser and Python's own library only."""
    imported = {
        module
        for node in ast.walk(_read(name))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in _modules(node)
    }
    own = {f"tests.oracle.{each}" for each in MODEL}
    foreign = {
        module
        for module in imported - own
        if module.split(".")[0] in {"hub", "tests", "sqlalchemy", "strawberry", "asyncpg"}
    }
    assert not foreign


def test_the_model_asks_of_graphql_its_parser_alone() -> None:
    for name in MODEL:
        for node in ast.walk(_read(name)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("graphql"):
                names = {each.name for each in node.names}
                assert all(n == "parse" or n.endswith("Node") for n in names), name


def _read(name: str) -> ast.Module:
    path = HERE.joinpath(*name.split(".")).with_suffix(".py")
    return ast.parse(path.read_text(encoding="utf-8"))


def _modules(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {node.module or ""}
    return {each.name for each in node.names}
