"""What a list adds up to: counts, sums, means, extremes, and rates over what they are rates of.

A rate over several rows is the sum of their numerators over the sum of their denominators, never
a mean of rates; where any row's indicator is a rate, values are not summed or averaged at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from hub.model.catalogue import BY_NAME
from hub.model.entities import Entity, Field, Scalar, ToOne
from hub.model.orders import screaming

if TYPE_CHECKING:
    from collections.abc import Mapping


class Measure(Enum):
    """What is made of a field's values; empty values are left out."""

    SUM = "sum"
    AVG = "avg"
    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Summed:
    """One measure of one field."""

    measure: Measure
    field: Field

    @property
    def label(self) -> str:
        """Return the name that the measure has in a statement's row."""
        return f"{self.measure.value}_{self.field.name}"


_COMPARED = (Scalar.INT, Scalar.BIGINT, Scalar.DECIMAL, Scalar.DATE, Scalar.INSTANT)


@cache
def measures_of(entity: Entity) -> tuple[Summed, ...]:
    """Return what may be made of the entity's fields."""
    return tuple(
        Summed(measure, field)
        for measure in Measure
        for field in entity.fields
        if _fits(measure, field)
    )


@cache
def groups_of(entity: Entity) -> Mapping[str, Field | ToOne]:
    """Return what lists of the entity may be grouped by: enum value → field or link."""
    groups: dict[str, Field | ToOne] = {}
    for name in entity.groups:
        member = entity.by_name[name]
        if not isinstance(member, Field | ToOne):
            raise TypeError(name)
        groups[screaming(name)] = member
    return groups


def target_of(link: ToOne) -> Entity:
    """Return the entity that *link* leads to."""
    return BY_NAME[link.target]


def _fits(measure: Measure, field: Field) -> bool:
    if field.is_list or field.vocabulary is not None:
        return False
    if measure in (Measure.SUM, Measure.AVG):
        return field.is_additive
    return field.is_orderable and field.scalar in _COMPARED
