"""The model is of its own: what decides in it knows nothing of the hub."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MODEL = ("rights", "model", "filters", "sums", "exports", "contract", "world", "asking", "compare")


@pytest.mark.parametrize("name", MODEL)
def test_the_model_imports_nothing_of_the_hub(name: str) -> None:
    """Nor of anything that does: itself, GraphQL's parser and Python's own library only."""
    tree = ast.parse((HERE / f"{name}.py").read_text(encoding="utf-8"))
    imported = {
        module
        for node in ast.walk(tree)
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
        tree = ast.parse((HERE / f"{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("graphql"):
                names = {each.name for each in node.names}
                assert all(n == "parse" or n.endswith("Node") for n in names), name


def _modules(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {node.module or ""}
    return {each.name for each in node.names}
