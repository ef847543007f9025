"""The enums of the schema: the model's vocabularies, the orders, and the languages."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry

from hub.api.registry import NAMESPACE, argument
from hub.model.orders import orders_of
from hub.model.vocabulary import Vocabulary, graphql_name

if TYPE_CHECKING:
    from hub.model.entities import Entity


def vocabulary_enum(vocabulary: Vocabulary) -> Any:  # noqa: ANN401  (an enum class made here)
    """Return the enum of *vocabulary*; its members' values are the stored ones."""
    if vocabulary.name not in NAMESPACE:
        members = {
            graphql_name(value): strawberry.enum_value(value, description=term)
            for value, term in vocabulary.terms.items()
        }
        _add(vocabulary.name, members, vocabulary.description)
    return NAMESPACE[vocabulary.name]


def add_enum(name: str, terms: dict[str, str], description: str) -> None:
    """Make the enum *name* of *terms*: value → what it means."""
    if name not in NAMESPACE:
        members = {
            value: strawberry.enum_value(value, description=term) for value, term in terms.items()
        }
        _add(name, members, description)


def order_enum(entity: Entity) -> str:
    """Make the order enum of *entity* and return its name."""
    name = f"{entity.name}Order"
    add_enum(
        name,
        {value: _sense(value) for value in orders_of(entity)},
        f"Orders of {entity.name} rows: by own fields, or by a field of a linked row. "
        "Ascending puts empty values last, descending first (thứ tự).",
    )
    return name


def _sense(order: str) -> str:
    """Return what an order says: ``PERIOD_START_ASC`` → ``by period start, ascending (…)``."""
    words, _, sense = order.replace("_", " ").lower().rpartition(" ")
    term = "ascending (tăng dần)" if sense == "asc" else "descending (giảm dần)"
    return f"by {words}, {term}"


def _add(name: str, members: dict[str, Any], description: str) -> None:
    made = Enum(name, members)  # type: ignore[misc]
    NAMESPACE[name] = strawberry.enum(made, name=name, description=description)


LANGUAGE = Vocabulary(
    "Lang",
    "Language of a name (ngôn ngữ).",
    {"vi": "Vietnamese, the official wording (tiếng Việt)", "en": "English gloss (tiếng Anh)"},
)
LANG = argument(
    "lang", "Lang", "In which language (ngôn ngữ).", default=vocabulary_enum(LANGUAGE)("vi")
)
"""The argument of every name that is kept in two languages."""
