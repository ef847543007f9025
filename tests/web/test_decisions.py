"""Nothing is decided by an address that the client composes: its host and path may be anybody's."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from hub import web

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPOSED = {"url", "base_url", "url_for"}


def composed() -> Iterator[str]:
    """Yield each place where code of ours asks a request for such an address."""
    (root,) = map(Path, web.__path__)
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in _COMPOSED:
                owner = ast.unparse(node.value)
                if owner.split(".")[-1] in {"request", "connection", "websocket"}:
                    yield f"{path.name}:{node.lineno} {owner}.{node.attr}"


def test_no_code_reads_the_address_that_a_client_composes() -> None:
    assert list(composed()) == []
