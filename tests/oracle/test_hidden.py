"""What a reader may not see leaves no trace: not a byte of any answer depends on it."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.oracle.asking import PATHS
from tests.oracle.bench import bench, bench_of
from tests.oracle.rights import Sight
from tests.oracle.world.rows import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hub.database.address import Address
    from hub.database.embedded import Server
    from tests.oracle.bench import Bench
    from tests.oracle.world.rows import World

QUESTIONS: Final = {
    "list": 20,
    "nested": 12,
    "one": 28,
    "node": 16,
    "nodes": 6,
    "explained": 40,
    "viewer": 2,
    "export": 1,
}
ALL: Final = "hn.police"
"""Who sees nearly all of what the others do not."""
_REMOVED: Final = (
    *("Observation", "BudgetLine", "Training", "TaskProgress", "Finding", "Notice", "Grant"),
    *("Eligibility", "PilotModel", "BatchRow", "AreaStatusEvidence", "Submission"),
)
_ALTERED: Final = (
    *("Project", "Facility", "Task", "Review", "AreaStatus", "DataSource", "Batch"),
    *_REMOVED,
)


@pytest.fixture(scope="module")
def one(server: Server, empty: Address) -> Iterator[Bench]:
    """A database with everything in it."""
    with bench(server, empty, 2) as opened:
        yield opened


@pytest.mark.parametrize(
    "subject", ["hn.health", "hn.wards.00008", "hn.finance", "vn.ministry", "ct.police", "hn.none"]
)
def test_answers_do_not_depend_on_hidden_rows(
    server: Server, empty: Address, one: Bench, subject: str, tell: Callable[[str], None]
) -> None:
    """Two databases that differ in hidden rows only give the same bytes, by every path.

    By each path to rows somebody else is told the difference: there is one to be told.
    """
    other = without_hidden(one.proof.world, subject)
    alike, telling = 0, set[str]()
    with bench_of(server, empty, other) as two:
        reader, everyone = one.proof.reader(subject), one.proof.reader(ALL)
        for path, questions in QUESTIONS.items():
            for seed in range(questions):
                question = one.drawn_for(reader, seed, path)
                asked = one, two, question
                assert _answered(*asked, reader), question
                alike += 1
                if path not in telling and not _answered(*asked, everyone):
                    telling.add(path)
    tell(f"{alike} answers to {subject} alike, by {len(QUESTIONS)} paths")
    # What concerns another agency alone, nobody else is told either.
    assert telling | {"viewer"} == set(PATHS)


def _answered(one: Bench, two: Bench, question: Any, reader: int | None) -> bool:
    """Return whether both databases answer with the same bytes."""
    first = one.run(one.proof.ask(reader, question))
    assert not any(b'"INTERNAL"' in body for body in first), question
    return bool(two.run(two.proof.ask(reader, question)) == first)


def without_hidden(world: World, subject: str) -> World:
    """Return a world that differs in what *subject* does not see, and in nothing else."""
    other = world.copy()
    draw = Random(7)  # noqa: S311  (nothing here is secret)
    sight = Sight(world.tables, account_of(world, subject), NOW)
    hidden = {
        name: [n for n in world.tables[name] if n not in sight.visible(name)] for name in _ALTERED
    }
    assert sight.agency is not None
    groups = {sight.agency["group"], sight.agency["#"]}
    hidden["Grant"] = [
        n for n in hidden["Grant"] if world.tables["Grant"][n]["_holder"] not in groups
    ]
    changes = 0
    for name, numbers in hidden.items():
        shapes = world.contract.types[name]
        for number in numbers:
            changes += 1
            if name in _REMOVED and draw.random() < 0.5:
                del other.tables[name][number]
                continue
            for field, shape in shapes.items():
                if world.contract.kind(shape) == "value" and not shape.is_list:
                    row = other.tables[name][number]
                    row[field] = _altered(row[field], field)
    assert changes > 50
    seen = Sight(other.tables, account_of(other, subject), NOW)
    for name in world.tables:
        if not name.startswith("_"):
            assert seen.visible(name) == sight.visible(name), name
    return other


def account_of(world: World, subject: str) -> int:
    """Return the account with this name."""
    rows = world.tables["_Account"].values()
    number: int = next(row["#"] for row in rows if row["subject"] == subject)
    return number


def _altered(value: Any, field: str) -> Any:
    """Return another value; what tells rows apart or decides about rights stays."""
    match value:
        case dict():
            return {lang: text and f"zz {text}" for lang, text in value.items()}
        case bool() if field == "synthetic":
            return not value
        case int() | Decimal() if field in {"value", "numerator", "planned", "capacity"}:
            return value + 5
        case str() if field in {"note", "number", "statement", "result", "address", "notes"}:
            return f"zz {value}"
    return value
