"""What a reader may not see leaves no trace: not a byte of any answer depends on it."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.oracle.bench import bench_of, published
from tests.oracle.rights import Sight
from tests.oracle.world import NOW, make_world

if TYPE_CHECKING:
    from hub.database.address import Address
    from hub.database.embedded import Server
    from tests.oracle.world import World

QUESTIONS: Final = 12
_REMOVED: Final = (
    *("Observation", "BudgetLine", "Training", "TaskProgress", "Finding"),
    *("Eligibility", "PilotModel", "DataSource", "AreaStatusEvidence"),
)
_ALTERED: Final = ("Project", "Facility", "Task", "Review", "AreaStatus", *_REMOVED)


@pytest.mark.parametrize("subject", ["hn.health", "hn.wards.00008", "hn.finance", "vn.ministry"])
def test_answers_do_not_depend_on_hidden_rows(server: Server, empty: Address, subject: str) -> None:
    """Two databases that differ in hidden rows only give the same bytes."""
    world = make_world(published(), 2)
    other = without_hidden(world, subject)
    with bench_of(server, empty, world) as one, bench_of(server, empty, other) as two:
        reader = account_of(world, subject)
        for seed in range(QUESTIONS):
            question = one.drawn_for(reader, seed)
            body = one.run(one.proof.ask(reader, question))
            assert two.run(two.proof.ask(reader, question)) == body, question


def without_hidden(world: World, subject: str) -> World:
    """Return a world that differs in what *subject* does not see, and in nothing else."""
    other = deepcopy(world)
    draw = Random(7)  # noqa: S311  (nothing here is secret)
    sight = Sight(world.tables, account_of(world, subject), NOW)
    hidden = {
        name: [n for n in world.tables[name] if n not in sight.visible(name)] for name in _ALTERED
    }
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
        if not name.startswith("_") and name != "Grant":
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
