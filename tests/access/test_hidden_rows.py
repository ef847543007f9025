"""Hidden rows leave no trace: with them and without them, every answer is the same.

Everything that the rules hide from somebody is removed behind the hub's back, and then that
somebody asks again: lists, counts, sums, orders by related fields, filters through relations. If an
answer differs, something of what is hidden had shown. The rules are read by ``reading``, not asked
of the hub.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from hub.api.execution import Executor
from hub.api.visibility import hidden_entities
from hub.clock import system_clock
from hub.database.engine import Database
from hub.model.aggregates import groups_of
from hub.model.catalogue import BY_NAME, CATALOGUE
from hub.model.orders import orders_of
from tests.access.test_matrix import VISIBLE, every_row
from tests.access.world import WARD, Truth, as_owner, key_columns
from tests.callers import AMPLE, Callers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hub.database.address import Address
    from hub.model.entities import Entity, ToMany
    from tests.access.conftest import Clone

ASKERS: Final = (None, f"hn.ubnd-cap-xa.{WARD}")

KEPT: Final = ("id", "code", "label", "relation")
"""Fields that tell rows apart, where an entity has them."""


@pytest.mark.parametrize("agency", ASKERS)
async def test_what_is_hidden_changes_no_answer(
    world: Address, truth: Truth, clone: Clone, agency: str | None
) -> None:
    without = await clone()
    removed = await _remove_hidden(without, truth, agency)
    assert removed > 100
    answers = [await _ask(address, agency, tuple(BY_NAME)) for address in (world, without)]
    differing = {
        document: (here[document], there[document])
        for here, there in [answers]
        for document in here
        if here[document] != there[document]
    }
    assert differing == {}
    assert len(answers[0]) > 12


async def test_what_is_seen_changes_answers(world: Address, truth: Truth, clone: Clone) -> None:
    """The questions do notice rows that come and go."""
    without = await clone()
    project = "hn.ctmtqg-2030.da7.tda4"
    assert project in truth.reading.projects_seen("hn.mttq")
    async with as_owner(without) as owner:
        await owner.execute("SET session_replication_role = replica")
        await owner.execute("DELETE FROM project WHERE code = $1", project)
    kinds = ("Project", "Indicator", "Assignment")
    here, there = [await _ask(address, "hn.mttq", kinds) for address in (world, without)]
    assert sum(here[document] != there[document] for document in here) > 6


async def _remove_hidden(address: Address, truth: Truth, agency: str | None) -> int:
    """Remove what *agency* may not see, and nothing that follows from it; return how much."""
    count = 0
    async with as_owner(address) as owner:
        await owner.execute("SET session_replication_role = replica")
        for table, visible in VISIBLE.items():
            # Rights are not asked for here, and what one's scopes say must stay as it is.
            if table in ("access_grant", "account", "reach", "scope"):
                continue
            hidden = truth.keys[table] - visible(truth, agency, table)
            columns = key_columns(table)
            condition = " AND ".join(f"{name} = ${n}" for n, name in enumerate(columns, start=1))
            await owner.executemany(f"DELETE FROM {table} WHERE {condition}", list(hidden))
            count += len(hidden)
    return count


async def _ask(address: Address, agency: str | None, kinds: tuple[str, ...]) -> dict[str, Any]:
    """Return the answers to every question about *kinds* that the model gives rise to."""
    async with Database(address) as database:
        caller = await Callers(database, Executor(database, system_clock, limits=AMPLE))(agency)
        unknown = hidden_entities(caller.principal.reader)
        answers = {}
        for entity in CATALOGUE:
            if entity.plural and entity.name in kinds and entity.name not in unknown:
                for fields in _questions(entity, unknown):
                    document = f"{{ {fields} }}"
                    reply = await caller.send(document)
                    assert reply.errors == [], document
                    answers[document] = reply.data
        return answers


def _questions(entity: Entity, unknown: frozenset[str]) -> Iterator[str]:
    """Yield questions whose answers depend on rows that are not everybody's, a few at a time."""
    name, own = entity.plural, _own(entity)
    by_right = {kind.name for kind in CATALOGUE if VISIBLE[kind.table.name] is not every_row}
    by_right -= unknown
    to_one = [link.name for link in entity.to_one if link.target in by_right]
    to_many = [link for link in entity.to_many if link.target in by_right]
    links = " ".join(
        f"{link.name} {{ {_own(BY_NAME[link.target])} }}"
        for link in entity.to_one
        if link.name in to_one
    )
    if entity.name in by_right or links:
        yield f"{name}(first: 40) {{ totalCount aggregate {{ count }} nodes {{ {own} {links} }} }}"
    many = " ".join(map(_many, to_many))
    if many:
        yield f"{name}(last: 20) {{ nodes {{ {own} {many} }} pageInfo {{ hasPreviousPage }} }}"
    filters = [f"{{ {link}: {{ isNull: {value} }} }}" for link in to_one for value in _TRUTH]
    filters += [
        f"{{ {link.name}: {{ {some}: {{}} }} }}" for link in to_many for some in ("some", "none")
    ]
    if filters:
        yield " ".join(
            f"f{n}: {name}(where: {where}) {{ totalCount }}" for n, where in enumerate(filters)
        )
    groups = [
        value for value, by in groups_of(entity).items() if getattr(by, "target", None) in by_right
    ]
    if groups:
        yield " ".join(
            f"g{n}: {name} {{ groups(by: [{value}]) {{ aggregate {{ count }} }} }}"
            for n, value in enumerate(groups)
        )
    orders = [
        value
        for value, term in orders_of(entity).items()
        if term.link is not None and term.link.name in to_one and "_CODE_" in value
    ]
    if orders:
        yield " ".join(
            f"o{n}: {name}(orderBy: [{value}], first: 9) {{ nodes {{ {own} }} }}"
            for n, value in enumerate(orders)
        )


_TRUTH: Final = ("true", "false")


def _own(entity: Entity) -> str:
    names = {field.name for field in entity.fields} | ({"id"} if entity.is_node else set())
    return " ".join(name for name in KEPT if name in names) or "__typename"


def _many(link: ToMany) -> str:
    target = _own(BY_NAME[link.target])
    if link.is_plain_list:
        return f"{link.name} {{ {target} }}"
    return f"{link.name}(first: 3) {{ totalCount nodes {{ {target} }} }}"
