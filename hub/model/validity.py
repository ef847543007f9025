"""Which unit bore a code on a day: codes were given anew on 2025-07-01."""

from __future__ import annotations

from hub.model.catalogue.territory import AREA
from hub.model.conditions import All, AnyOf, Compare, Condition, Operator


def in_force(code: object, on: object) -> Condition:
    """Return the condition that an area bore *code* on the day *on*, operands of an executor."""
    members = {member.name: member for member in AREA.fields}
    starts, ends = members["validFrom"], members["validTo"]
    return All(
        (
            Compare(members["code"], Operator.EQ, code),
            AnyOf((Compare(starts, Operator.EQ, None), Compare(starts, Operator.LTE, on))),
            AnyOf((Compare(ends, Operator.EQ, None), Compare(ends, Operator.GTE, on))),
        )
    )
