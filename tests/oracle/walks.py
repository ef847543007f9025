"""A list read page by page, as a client does, with cursors out of the answers before."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any, Final

from tests.oracle.asking import Asker, Question

if TYPE_CHECKING:
    from tests.oracle.bench import Bench

_SIZES: Final = (1, 2, 7, 53)
_MOST: Final = 8


def walk(bench: Bench, seed: int) -> None:
    """Read a list drawn by *seed* page by page; assert that each page is the model's."""
    draw = Random(seed)  # noqa: S311  (nothing here is secret)
    proof = bench.proof
    reader, other = draw.sample(proof.readers(), 2)
    contract = proof.contract(reader)
    asker = Asker(contract, proof.world, draw)
    roots = contract.types["Query"]
    name = draw.choice([n for n, s in roots.items() if contract.kind(s) == "connection"])
    target = contract.target(roots[name])
    given = asker.narrowed(target)
    is_forward = draw.random() < 0.5
    size = draw.choice(_SIZES)
    cursor: str | None = None
    for _ in range(_MOST):
        question = _page(name, given, size, cursor, is_forward=is_forward)
        bodies = bench.run(proof.ask(reader, question))
        assert proof.judge(reader, question, bodies) == [], question
        info = json.loads(bodies[0])["data"][name]["pageInfo"]
        cursor = info["endCursor" if is_forward else "startCursor"]
        if not info["hasNextPage" if is_forward else "hasPreviousPage"]:
            break
    if cursor is not None and name in proof.contract(other).types["Query"]:
        _refused(bench, other, _page(name, given, size, cursor, is_forward=is_forward))
        bent = f"{cursor[:-2]}{'A' if cursor[-2] != 'A' else 'B'}{cursor[-1]}"
        _refused(bench, reader, _page(name, given, size, bent, is_forward=is_forward))


def _page(name: str, given: str, size: int, cursor: str | None, *, is_forward: bool) -> Question:
    side, edge = ("first", "after") if is_forward else ("last", "before")
    at = "" if cursor is None else f', {edge}: "{cursor}"'
    parts = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount"
    arguments = f"{given}{', ' if given else ''}{side}: {size}{at}"
    return Question(
        f"{{ {name}({arguments}) {{ {parts} edges {{ cursor node {{ __typename }} }} }} }}", {}
    )


def _refused(bench: Bench, reader: int | None, question: Question) -> None:
    """Assert that the cursor in *question* is of no use to *reader*, and nothing is told."""
    for answer in bench.run(bench.proof.ask(reader, question)):
        body: dict[str, Any] = json.loads(answer)
        assert [error["extensions"]["code"] for error in body["errors"]] == ["CURSOR_INVALID"]
        assert "data" not in body
