"""What the hub publishes about its answers: the shape of its types, and how rows hang together.

Shapes are read from the published SDL. What the SDL says in words only (which link a list goes
back by, the order of a list nobody ordered) is written down here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from graphql import (
    EnumTypeDefinitionNode,
    InputObjectTypeDefinitionNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    TypeNode,
    parse,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_BACK: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("Area", "children"): ("parent",),
    ("Area", "predecessors"): ("successor",),
    ("Area", "successors"): ("predecessor",),
    ("Programme", "children"): ("parent",),
    ("Project", "children"): ("parent",),
    ("Project", "instances"): ("nationalProject",),
    ("Project", "assignments"): ("project", "nationalProject"),
    ("Project", "indicators"): ("project", "nationalProject"),
    ("Project", "tasks"): ("project", "nationalProject"),
    ("Project", "reportingDuties"): ("project", "nationalProject"),
    ("Project", "documents"): ("project", "nationalProject"),
    ("Document", "carriedOutBy"): ("relatedDocument",),
    ("Agency", "children"): ("parent",),
    ("Agency", "members"): ("group",),
    ("Agency", "reportingDuties"): ("reporter",),
    ("Agency", "facilities"): ("managedBy",),
    ("DataSource", "batches"): ("source",),
    ("DataSource", "terms"): ("source",),
    ("DataSource", "shares"): ("source",),
    ("FacilityType", "facilities"): ("type",),
    ("ReportingDuty", "documents"): ("duty",),
    ("FundingSource", "budgetLines"): ("source",),
    ("ReportingRegime", "forms"): ("regime",),
    ("ReportForm", "cells"): ("form",),
    ("ReportForm", "submissions"): ("form",),
}
_ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "Area": ("CODE_ASC", "VALID_FROM_ASC"),
    "AreaLineage": ("PREDECESSOR_CODE_ASC", "SUCCESSOR_CODE_ASC"),
    "DocumentLink": ("RELATION_ASC", "DOCUMENT_CODE_ASC"),
    "AssignmentPartner": ("AGENCY_CODE_ASC",),
    "Disaggregation": ("DIMENSION_ASC", "CODE_ASC"),
    "Target": ("YEAR_ASC", "CODE_ASC"),
    "Period": ("START_ASC", "END_DESC", "CALENDAR_ASC"),
    "Observation": ("PERIOD_START_DESC",),
    "TaskPartner": ("AGENCY_CODE_ASC",),
    "TaskIndicator": ("INDICATOR_CODE_ASC",),
    "TaskDocument": ("DOCUMENT_CODE_ASC",),
    "TaskProgress": ("REPORTED_ON_DESC",),
    "ReportingDutyDocument": ("DOCUMENT_CODE_ASC",),
    "FormCell": ("POSITION_ASC",),
    "Submission": ("DUE_ON_DESC",),
    "FundingSourceManager": ("AGENCY_CODE_ASC",),
    "FundingSourceDocument": ("DOCUMENT_CODE_ASC",),
    "BudgetLine": ("YEAR_ASC", "CODE_ASC"),
    "Training": ("HELD_ON_DESC", "CODE_ASC"),
    "AreaStatus": ("YEAR_DESC", "AREA_CODE_ASC"),
    "AreaStatusEvidence": ("CRITERION_ASC",),
    "Review": ("HELD_ON_DESC", "CODE_ASC"),
    "GlossaryTerm": ("TERM_ASC",),
    "Notice": ("NOTED_AT_DESC",),
    "AuditEntry": ("AT_DESC",),
    "SourceTerm": ("KIND_ASC",),
    "SourceShare": ("VALID_FROM_ASC",),
    "Batch": ("RECEIVED_AT_DESC",),
    "BatchRow": ("LINE_ASC",),
}
_ENDINGS: Final = (
    *("", "Connection", "Edge", "Filter", "LinkFilter", "ListLinkFilter", "Order", "Aggregate"),
    *("Sums", "Averages", "Minima", "Maxima", "Group", "GroupBy"),
)
UNCODED: Final = frozenset(
    {"Area", "Period", "Observation", "Submission", "Notice", "AuditEntry", "BatchRow"}
)
"""Types whose rows are told by more than a code, or by something else."""
REVISED: Final = frozenset({"Observation", "Assignment", "Target"})
"""Types whose rows are revisions."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A field or argument: its named type, whether it is a list, whether it is never null."""

    of: str
    is_list: bool
    is_required: bool
    arguments: Mapping[str, Shape] = field(default_factory=dict)


@dataclass(frozen=True)
class Contract:
    """The published types."""

    sdl: str

    @cached_property
    def types(self) -> Mapping[str, Mapping[str, Shape]]:
        """Return every object type's fields."""
        return {
            node.name.value: {
                each.name.value: _shape(
                    each.type, {a.name.value: _shape(a.type) for a in each.arguments or ()}
                )
                for each in node.fields or ()
            }
            for node in self._definitions
            if isinstance(node, ObjectTypeDefinitionNode)
        }

    @cached_property
    def interfaces(self) -> Mapping[str, frozenset[str]]:
        """Return what each object type implements."""
        return {
            node.name.value: frozenset(each.name.value for each in node.interfaces or ())
            for node in self._definitions
            if isinstance(node, ObjectTypeDefinitionNode)
        }

    @cached_property
    def inputs(self) -> Mapping[str, Mapping[str, Shape]]:
        """Return every input type's fields."""
        return {
            node.name.value: {each.name.value: _shape(each.type) for each in node.fields or ()}
            for node in self._definitions
            if isinstance(node, InputObjectTypeDefinitionNode)
        }

    @cached_property
    def enums(self) -> Mapping[str, tuple[str, ...]]:
        """Return every enum's values."""
        return {
            node.name.value: tuple(value.name.value for value in node.values or ())
            for node in self._definitions
            if isinstance(node, EnumTypeDefinitionNode)
        }

    @cached_property
    def _definitions(self) -> tuple[object, ...]:
        return tuple(parse(self.sdl).definitions)

    def without(self, hidden: frozenset[str]) -> Contract:
        """Return what is left where the types *hidden* do not exist."""
        gone = {f"{name}{ending}" for name in hidden for ending in _ENDINGS}

        def kept(table: Mapping[str, Mapping[str, Shape]]) -> dict[str, dict[str, Shape]]:
            return {
                name: {f: s for f, s in fields.items() if s.of not in gone}
                for name, fields in table.items()
                if name not in gone
            }

        left = Contract(self.sdl)
        # A cached property is what stands under its name.
        vars(left).update(
            types=kept(self.types),
            inputs=kept(self.inputs),
            interfaces=self.interfaces,
            enums={n: self._reachable(n, v, gone) for n, v in self.enums.items() if n not in gone},
        )
        return left

    def _reachable(self, name: str, values: tuple[str, ...], gone: set[str]) -> tuple[str, ...]:
        owner = next((name.removesuffix(e) for e in ("Order", "GroupBy") if name.endswith(e)), "")
        if owner not in self.types:
            return values
        fields = self.types[owner]
        if name.endswith("GroupBy"):
            return tuple(v for v in values if fields[self.group(owner, v)].of not in gone)
        terms = {value: self.term(owner, value)[0] for value in values}
        return tuple(v for v, link in terms.items() if not link or fields[link].of not in gone)

    def kind(self, shape: Shape) -> str:
        """Return whether a field is a ``value``, ``one`` row, a ``list`` or a ``connection``."""
        if shape.of not in self.types and shape.of != "Node":
            return "value"
        if shape.of.endswith("Connection"):
            return "connection"
        return "list" if shape.is_list else "one"

    def target(self, shape: Shape) -> str:
        """Return the type of the rows that a link or list leads to."""
        return shape.of.removesuffix("Connection") if shape.of.endswith("Connection") else shape.of

    def back(self, owner: str, name: str) -> tuple[str, ...]:
        """Return the links by which rows are found in the list *name* of *owner*."""
        if (owner, name) in _BACK:
            return _BACK[owner, name]
        return (owner[0].lower() + owner[1:],)

    def term(self, type_name: str, value: str) -> tuple[str | None, str, bool]:
        """Return what an order's value says: a link or None, a field, whether it descends."""
        name, _, direction = value.rpartition("_")
        own = self._orderable(type_name)
        if name in own:
            return None, own[name], direction == "DESC"
        for link, shape in self.types[type_name].items():
            if self.kind(shape) == "one" and name.startswith(f"{screaming(link)}_"):
                theirs = self._orderable(shape.of)
                rest = name.removeprefix(f"{screaming(link)}_")
                if rest in theirs:
                    return link, theirs[rest], direction == "DESC"
        raise KeyError(value)

    def default_order(self, type_name: str) -> tuple[str, ...]:
        """Return the order of a list nobody ordered."""
        return _ORDERS.get(type_name, ("CODE_ASC",))

    def group(self, type_name: str, value: str) -> str:
        """Return the field that a value of a group enum names."""
        return next(f for f in self.types[f"{type_name}Group"] if screaming(f) == value)

    def _orderable(self, type_name: str) -> dict[str, str]:
        return {
            screaming(name): name
            for name, shape in self.types[type_name].items()
            if self.kind(shape) == "value" and not shape.is_list
        }


def screaming(name: str) -> str:
    """Return a field's name as enum values write it: ``periodStart`` → ``PERIOD_START``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


def _shape(node: TypeNode, arguments: Mapping[str, Shape] | None = None) -> Shape:
    is_required = isinstance(node, NonNullTypeNode)
    is_list = False
    while not isinstance(node, NamedTypeNode):
        is_list = is_list or isinstance(node, ListTypeNode)
        node = node.type  # type: ignore[attr-defined]  # every other node wraps one
    return Shape(node.name.value, is_list, is_required, arguments or {})
