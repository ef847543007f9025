"""The orders in which rows may be asked for: by own fields and by fields one link away.

The names of an entity's order enum follow from its fields: ``periodStart`` gives
``PERIOD_START_ASC`` and ``PERIOD_START_DESC``, the field ``code`` of the link ``lead`` gives
``LEAD_CODE_ASC``. Ascending puts nulls last and descending puts them first, as PostgreSQL's
indexes do. Every order ends with the entity's key, so it is total.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from hub.model.catalogue import BY_NAME
from hub.model.entities import Field, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Column

    from hub.model.entities import Entity, Localized, ToOne


@dataclass(frozen=True, slots=True)
class Term:
    """One column to order by, of the row itself or of the row that *link* leads to."""

    column: Column[Any]
    descending: bool
    link: ToOne | None = None


def screaming(name: str) -> str:
    """Return a GraphQL field name as enum values write it: ``periodStart`` → ``PERIOD_START``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


@cache
def orders_of(entity: Entity) -> dict[str, Term]:
    """Return the order enum of *entity*: value → what it orders by."""
    orders: dict[str, Term] = {}
    for member in _orderable(entity):
        _add(orders, screaming(member.name), _column(member), None)
    for link in entity.to_one:
        if link.name == "sourceDocument":
            continue
        carried = dict(link.carried)
        for member in _orderable(BY_NAME[link.target]):
            if isinstance(member, Field) and member.scalar is Scalar.BOOLEAN:
                continue
            name = f"{screaming(link.name)}_{screaming(member.name)}"
            if f"{name}_ASC" in orders:
                continue
            column = _column(member)
            if column in carried:
                _add(orders, name, carried[column], None)
            else:
                _add(orders, name, column, link)
    return orders


def total_order(entity: Entity, names: Iterable[str]) -> tuple[Term, ...]:
    """Return the terms that *names* give, or the default's, completed by the entity's key.

    A column that is named again decides nothing any more and is left out.
    """
    orders = orders_of(entity)
    asked = [orders[name] for name in (tuple(names) or entity.default_order)]
    asked += [Term(column, asked[0].descending) for column in entity.key]
    if entity.revisions is not None and entity.shares_keys:
        asked.append(Term(entity.revisions.revision, asked[0].descending))
    terms: dict[tuple[ToOne | None, Column[Any]], Term] = {}
    for term in asked:
        terms.setdefault((term.link, term.column), term)
    return tuple(terms.values())


def _orderable(entity: Entity) -> Iterable[Field | Localized]:
    yield from (field for field in entity.fields if field.is_orderable and not field.is_list)
    yield from (name for name in entity.localized if name.sort_key is not None)


def _column(member: Field | Localized) -> Column[Any]:
    if member.sort_key is not None:
        return member.sort_key
    return member.column if isinstance(member, Field) else member.vi


def _add(orders: dict[str, Term], name: str, column: Column[Any], link: ToOne | None) -> None:
    orders[f"{name}_ASC"] = Term(column, descending=False, link=link)
    orders[f"{name}_DESC"] = Term(column, descending=True, link=link)
