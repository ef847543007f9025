"""The entities as object types: every field and relation that the model declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from strawberry.types import Info

from hub.api.context import Context
from hub.api.enums import LANG, vocabulary_enum
from hub.api.identity import global_id
from hub.api.inputs.pages import (
    listing_arguments,
    page_arguments,
    read_listing,
    read_page,
)
from hub.api.inputs.texts import storable
from hub.api.registry import NAMESPACE, argument, interface_type, object_type
from hub.api.registry import field as declare
from hub.api.scalars import ANNOTATIONS, CONVERTERS
from hub.api.types.connections import Connection, Related, connection_type
from hub.loaders.rows import Listing, Page, Row
from hub.model.catalogue import BY_NAME, CATALOGUE
from hub.model.conditions import All
from hub.model.entities import Entity, Field, First, Localized, ToMany, ToOne
from hub.model.filters import equals
from hub.model.limits import WHOLE_LIST
from hub.model.orders import total_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from strawberry.types.field import StrawberryField

Asked = Info[Context, None]


def declare_entities() -> list[type]:
    """Make every entity's type, with what it leads to; return them in the catalogue's order."""
    _declare_interfaces()
    return [_declare(entity) for entity in CATALOGUE]


def _declare_interfaces() -> None:
    def identify(self: Row) -> str:
        return global_id(self)

    interface_type(
        "Node",
        "Anything that has an id of its own (đối tượng).",
        [declare("id", "ID", "Opaque global id, for ``node`` (định danh).", identify)],
    )
    template = BY_NAME["Programme"]
    names = ("sourceDocument", "sourceSection", "inferred", "inferredFields", "notes", "synthetic")
    interface_type(
        "Provenanced",
        "Anything that says which text it is taken from (nguồn gốc).",
        [_member(template, template.by_name[name]) for name in names],
    )


def _declare(entity: Entity) -> type:
    interfaces = []
    fields = []
    if entity.is_node:
        interfaces.append(NAMESPACE["Node"])
    if entity.is_provenanced:
        interfaces.append(NAMESPACE["Provenanced"])
    fields += [_member(entity, member) for member in entity.members]

    def is_type_of(value: Any, _info: Any) -> bool:  # noqa: ANN401  (whatever was resolved)
        return isinstance(value, Row) and value.entity is entity

    return object_type(
        entity.name, entity.description, fields, interfaces=interfaces, is_type_of=is_type_of
    )


def _member(entity: Entity, member: Field | Localized | ToOne | ToMany | First) -> StrawberryField:
    match member:
        case Field():
            return _field(member)
        case Localized():
            return _localized(member)
        case ToOne():
            return _to_one(member)
        case ToMany():
            return _plain_list(member) if member.is_plain_list else _connection(entity, member)
        case First():
            return _first(entity, member)


def _field(member: Field) -> StrawberryField:
    if member.vocabulary is not None:
        annotation = member.vocabulary.name
        convert: Callable[[Any], Any] | None = vocabulary_enum(member.vocabulary)
    else:
        annotation = ANNOTATIONS[member.scalar]
        convert = CONVERTERS.get(member.scalar)
    column = member.column

    def resolve(self: Row) -> object:
        value = self[column]
        if value is None or convert is None:
            return value
        return [convert(item) for item in value] if member.is_list else convert(value)

    if member.is_list:
        annotation = f"list[{annotation}]"
    elif member.is_nullable:
        annotation = f"{annotation} | None"
    return declare(member.name, annotation, member.description, resolve)


def _localized(member: Localized) -> StrawberryField:
    def resolve(self: Row, **given: Any) -> object:  # noqa: ANN401
        return self[member.en if given["lang"].value == "en" else member.vi]

    annotation = "str | None" if member.is_nullable else "str"
    return declare(member.name, annotation, member.description, resolve, [LANG])


def _to_one(member: ToOne) -> StrawberryField:
    async def resolve(self: Row, info: Asked) -> Row | None:
        return await info.context.bundle.linked(self, member)

    return declare(member.name, f"{member.target} | None", member.description, resolve)


def _connection(entity: Entity, member: ToMany) -> StrawberryField:
    target = BY_NAME[member.target]
    place = f"{entity.name}.{member.name}"

    def resolve(self: Row, info: Asked, **given: Any) -> Connection:  # noqa: ANN401
        listing = read_listing(target, given)
        context = info.context
        page, sealer = read_page(target, given, listing, context, place)
        return Connection(Related(context.bundle, self, member), listing, page, sealer)

    return declare(
        member.name, connection_type(target), member.description, resolve, page_arguments(target)
    )


def _plain_list(member: ToMany) -> StrawberryField:
    target = BY_NAME[member.target]

    async def resolve(self: Row, info: Asked, **given: Any) -> list[Row]:  # noqa: ANN401
        names = [value.value for value in given.get("orderBy") or ()]
        page = Page(total_order(target, names), limit=WHOLE_LIST)
        listing = read_listing(target, given)
        return (await info.context.bundle.relation_page(self, member, listing, page)).rows

    return declare(
        member.name,
        f"list[{target.name}]",
        member.description,
        resolve,
        listing_arguments(target),
    )


def _first(entity: Entity, member: First) -> StrawberryField:
    relation = entity.by_name[member.relation]
    assert isinstance(relation, ToMany)  # noqa: S101  (the catalogue is ours)
    target = BY_NAME[relation.target]
    order = total_order(target, member.order)

    async def resolve(self: Row, info: Asked, **given: Any) -> Row | None:  # noqa: ANN401
        conditions = [
            equals(target, path, storable(given[name]))
            for name, path in member.arguments.items()
            if given.get(name) is not None
        ]
        listing = Listing(All(tuple(conditions)))
        found = await info.context.bundle.relation_page(self, relation, listing, Page(order, 1))
        return found.rows[0] if found.rows else None

    arguments = [
        argument(name, "str | None", f"Only where {' '.join(path)} is this (điều kiện).")
        for name, path in member.arguments.items()
    ]
    return declare(member.name, f"{target.name} | None", member.description, resolve, arguments)
