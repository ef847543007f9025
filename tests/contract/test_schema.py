"""The published schema is that of the code, and says in words what everything in it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    is_introspection_type,
    is_specified_scalar_type,
    print_schema,
)
from graphql import build_schema as read_schema

from hub.api.operations import (
    MANIFEST_FILE,
    SCHEMA_FOLDER,
    SDL_FILE,
    print_manifest,
    print_sdl,
    read_operations,
)
from hub.api.schema import build_schema
from hub.model.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator

TERM = re.compile(r"\([^()]*[^()\s][^()]*\)")
"""A Vietnamese term in parentheses."""

SCHEMA = build_schema().core


def published(name: str) -> str:
    return (SCHEMA_FOLDER / name).read_text(encoding="utf-8")


def test_the_published_schema_is_that_of_the_code() -> None:
    assert published(SDL_FILE) == print_sdl()


def test_the_published_schema_can_be_read_again() -> None:
    read = read_schema(published(SDL_FILE))
    assert set(read.type_map) == set(SCHEMA.type_map)
    assert print_schema(read).count("\ntype ") == print_schema(SCHEMA).count("\ntype ")


def test_the_manifest_names_the_operations_as_they_are() -> None:
    assert published(MANIFEST_FILE) == print_manifest(read_operations())


def described() -> Iterator[tuple[str, str | None]]:
    """Yield every type, field, argument, input field and enum value with its description."""
    for kind in SCHEMA.type_map.values():
        if is_introspection_type(kind) or is_specified_scalar_type(kind):
            continue
        yield kind.name, kind.description
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in kind.fields.items():
                yield f"{kind.name}.{name}", field.description
                for given, argument in field.args.items():
                    yield f"{kind.name}.{name}({given}:)", argument.description
        elif isinstance(kind, GraphQLInputObjectType):
            for name, member in kind.fields.items():
                yield f"{kind.name}.{name}", member.description
        elif isinstance(kind, GraphQLEnumType):
            for name, value in kind.values.items():
                yield f"{kind.name}.{name}", value.description


def test_everything_in_the_schema_is_described() -> None:
    texts = dict(described())
    assert len(texts) > 1000
    assert [name for name, text in texts.items() if not (text or "").strip()] == []


def test_every_entity_is_described_with_its_vietnamese_term() -> None:
    """Each of its fields, too, and each value of each list it is taken from."""
    texts = dict(described())
    entities = {entity.name for entity in CATALOGUE}
    orders = {f"{name}Order" for name in entities}
    named = [
        name
        for name in texts
        if name.partition(".")[0] in entities
        or isinstance(SCHEMA.type_map.get(name.partition(".")[0]), GraphQLEnumType)
    ]
    assert orders & {name.partition(".")[0] for name in named}
    assert [name for name in named if not TERM.search(texts[name] or "")] == []


def test_names_are_of_one_style() -> None:
    """``Area``, ``areaKm2``, ``ND_09_2019``; a list of types names them as they are."""
    field, value, type_ = r"[a-z]\w*(\([a-z]\w*:\))?", r"[A-Z][A-Z0-9_]*", r"[A-Z][A-Za-z0-9]*"
    for name, _ in described():
        owner, _, member = name.partition(".")
        assert re.fullmatch(type_, owner)
        style = value if isinstance(SCHEMA.type_map[owner], GraphQLEnumType) else field
        assert not member or member in SCHEMA.type_map or re.fullmatch(style, member), name
