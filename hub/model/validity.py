"""What holds at a time: rows from when they begin until they end, either of which may be open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.model.catalogue.territory import AREA
from hub.model.conditions import All, AnyOf, Compare, Condition, Operator

if TYPE_CHECKING:
    from hub.model.entities import Entity


def in_force(
    entity: Entity, begins: str, ends: str, at: object, *, until: Operator = Operator.GT
) -> All:
    """Return the condition that a row of *entity* holds at *at*, an executor's operand.

    *begins* and *ends* name its fields; *until* GTE takes the end for the last moment, GT for the
    first after it.
    """
    members = {member.name: member for member in entity.fields}
    bounds = ((members[begins], Operator.LTE), (members[ends], until))
    return All(
        tuple(
            AnyOf((Compare(field, Operator.EQ, None), Compare(field, operator, at)))
            for field, operator in bounds
        )
    )


def borne_on(code: object, on: object) -> Condition:
    """Return the condition that an area bore *code* on the day *on*, its last day included.

    Codes were given anew on 2025-07-01, so the same one names another unit before.
    """
    (field,) = (member for member in AREA.fields if member.name == "code")
    held = in_force(AREA, "validFrom", "validTo", on, until=Operator.GTE)
    return All((Compare(field, Operator.EQ, code), *held.parts))
