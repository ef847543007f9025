"""What rows may be asked to satisfy: a tree over an entity's fields and relations.

A condition on a relation speaks of the rows the reader may see: a hidden row satisfies nothing,
and a link to it counts as no link.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hub.model.entities import Entity, Field, Localized, ToMany, ToOne


class Operator(Enum):
    """How a field is compared with what was given."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    NOT_IN = "notIn"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"
    CONTAINS = "contains"
    STARTS_WITH = "startsWith"
    IS_NULL = "isNull"
    HAS = "has"
    IS_EMPTY = "isEmpty"


@dataclass(frozen=True, slots=True)
class Compare:
    """The row's *field* stands to *operand* as *operator* says; null equals null only."""

    field: Field | Localized
    operator: Operator
    operand: object


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; no part holds always."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; no part holds never."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Linked:
    """A row that *relation* leads to satisfies *condition*; with None, there is such a row."""

    relation: ToOne | ToMany
    target: Entity
    condition: Condition | None


@dataclass(frozen=True, slots=True)
class Search:
    """Each of *words* begins some word of the row's names; both without diacritics."""

    words: tuple[str, ...]


Condition = Compare | All | AnyOf | Not | Linked | Search

ALWAYS = All(())
"""The condition that every row satisfies."""


def written(condition: Condition) -> list[object]:
    """Return *condition* as nested lists: the same in every process, and of no other condition."""
    match condition:
        case Compare(member, operator, operand):
            return [member.name, operator.value, operand]
        case All(parts):
            return ["and", *(written(part) for part in parts)]
        case AnyOf(parts):
            return ["or", *(written(part) for part in parts)]
        case Not(part):
            return ["not", written(part)]
        case Linked(relation, _, part):
            return [relation.name, "is", None if part is None else written(part)]
        case Search(words):
            return ["search", words]
