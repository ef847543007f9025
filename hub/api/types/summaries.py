"""Sums over lists: ``aggregate`` of a whole list, ``groups`` of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from strawberry.types import Info

from hub.api.context import Context
from hub.api.enums import add_enum, vocabulary_enum
from hub.api.errors import PageSizeError
from hub.api.registry import NAMESPACE, argument, object_type
from hub.api.registry import field as declare
from hub.api.scalars import ANNOTATIONS
from hub.loaders.rows import Grouping, Summary
from hub.model.aggregates import Measure, Summed, groups_of, measures_of, target_of
from hub.model.entities import Entity, Field, Scalar, ToOne
from hub.model.limits import GROUP_LIMIT
from hub.model.orders import screaming

if TYPE_CHECKING:
    from strawberry.types.arguments import StrawberryArgument
    from strawberry.types.field import StrawberryField

    from hub.api.types.connections import Connection
    from hub.loaders.rows import Row

Asked = Info[Context, None]

_TITLES = {
    Measure.SUM: ("Sums", "Sums over the rows; empty where nothing is added up (tổng)."),
    Measure.AVG: ("Averages", "Means over the rows that have a value (trung bình)."),
    Measure.MIN: ("Minima", "Smallest values (nhỏ nhất)."),
    Measure.MAX: ("Maxima", "Largest values (lớn nhất)."),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure over a summary's fields."""

    summary: Summary
    measure: Measure


def summary_fields(entity: Entity) -> list[StrawberryField]:
    """Return the fields by which a connection of *entity* is summed up."""
    fields = [
        declare(
            "aggregate",
            _aggregate(entity),
            "What the whole list adds up to, whatever the page (tổng hợp).",
            _aggregated,
        )
    ]
    if entity.groups:
        fields.append(
            declare(
                "groups",
                f"list[{_group(entity)}]",
                "What the list adds up to, part by part, in the order of the keys; parts whose "
                "key you may not see are one (nhóm).",
                _grouped,
                _group_arguments(entity),
            )
        )
    return fields


async def _aggregated(self: Connection) -> Summary:
    (summary,) = await self.source.summary(self.listing, Grouping())
    return summary


async def _grouped(self: Connection, **given: Any) -> list[Summary]:  # noqa: ANN401
    first = given.get("first")
    if first is not None and not 0 <= first <= GROUP_LIMIT:
        raise PageSizeError(argument="first", given=first, limit=GROUP_LIMIT)
    by = tuple(dict.fromkeys(value.value for value in given["by"]))
    limit = GROUP_LIMIT if first is None else first
    return await self.source.summary(self.listing, Grouping(by, limit))


def _group_arguments(entity: Entity) -> list[StrawberryArgument]:
    name = f"{entity.name}GroupBy"
    members = {
        value: f"by {member.name}: {member.description}"
        for value, member in groups_of(entity).items()
    }
    add_enum(name, members, f"What lists of {entity.name} may be grouped by (nhóm theo).")
    return [
        argument("by", f"list[{name}]", "Keys of the groups, the first outermost (theo)."),
        argument("first", "int | None", "So many at most (tối đa).", within=(0, GROUP_LIMIT)),
    ]


def _aggregate(entity: Entity) -> str:
    name = f"{entity.name}Aggregate"
    if name in NAMESPACE:
        return name
    fields = [
        declare("count", "int", "How many rows (số dòng).", lambda self: self.record["count"])
    ]
    for measure, (title, text) in _TITLES.items():
        summed = [each for each in measures_of(entity) if each.measure is measure]
        if summed:
            fields.append(_measure(entity, measure, title, text, summed))
    if entity.figures is not None:
        fields += _of_figures()
    object_type(name, f"What a list of {entity.name} rows adds up to (tổng hợp).", fields)
    return name


def _measure(
    entity: Entity, measure: Measure, title: str, text: str, summed: list[Summed]
) -> StrawberryField:
    name = f"{entity.name}{title}"
    object_type(name, f"{text} Of {entity.name} rows.", [_summed(each) for each in summed])

    def resolve(self: Summary) -> Measured:
        return Measured(self, measure)

    return declare(measure.value, name, text, resolve)


def _summed(summed: Summed) -> StrawberryField:
    annotation = ANNOTATIONS[summed.field.scalar]
    if summed.measure is Measure.AVG:
        annotation = "float"
    elif summed.measure is Measure.SUM and summed.field.scalar is Scalar.INT:
        annotation = "BigInt"

    def resolve(self: Measured) -> object:
        value = self.summary.record[summed.label]
        return _number(value, annotation)

    text = summed.field.description
    if summed.measure in (Measure.SUM, Measure.AVG) and summed.field.name == "value":
        text = f"{text} Null where any indicator in the list is a rate: ask for the rate."
    return declare(summed.field.name, f"{annotation} | None", text, resolve)


def _of_figures() -> list[StrawberryField]:
    if "Reporting" not in NAMESPACE:
        object_type(
            "Reporting",
            "How many of the figures that the list speaks of are there (n trên n đã báo cáo).",
            [
                declare(
                    "reported",
                    "int",
                    "Figures with a value: combinations of indicator, area and period (đã có).",
                    lambda self: self.record["reported"],
                ),
                declare(
                    "expected",
                    "int",
                    "All combinations of the indicators, areas and periods of the list; within a "
                    "group, of what the list is grouped by only the group's (phải có).",
                    lambda self: self.record["expected"],
                ),
            ],
        )
    return [
        declare(
            "rate",
            "float | None",
            "Percent: the sum of numerators over the sum of denominators of the rates in the "
            "list, never a mean of rates; null where there is none (tỷ lệ chung).",
            lambda self: _number(self.record["rate"], "float"),
        ),
        declare(
            "reporting",
            "Reporting",
            "How many figures of those expected are there (n trên n đã báo cáo).",
            lambda self: self,
        ),
    ]


def _group(entity: Entity) -> str:
    name = f"{entity.name}Group"
    fields = [_key(member) for member in groups_of(entity).values()]
    fields.append(
        declare("aggregate", _aggregate(entity), "What it adds up to.", lambda self: self)
    )
    object_type(
        name,
        f"A part of a list of {entity.name} rows; keys it is not grouped by are null (nhóm).",
        fields,
    )
    return name


def _key(member: Field | ToOne) -> StrawberryField:
    key = screaming(member.name)
    if isinstance(member, ToOne):
        target = target_of(member)

        async def follow(self: Summary, info: Asked) -> Row | None:
            return await info.context.bundle.row_at(target, member.remote, self.key(key))

        return declare(member.name, f"{target.name} | None", member.description, follow)
    convert = vocabulary_enum(member.vocabulary) if member.vocabulary is not None else None
    annotation = member.vocabulary.name if member.vocabulary else ANNOTATIONS[member.scalar]

    def resolve(self: Summary) -> object:
        value = self.key(key)
        return convert(value) if convert is not None and value is not None else value

    return declare(member.name, f"{annotation} | None", member.description, resolve)


def _number(value: object, annotation: str) -> object:
    if isinstance(value, Decimal):
        return float(value) if annotation == "float" else int(value)
    return value
