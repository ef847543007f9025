"""How the schema may change: nothing that clients rely on goes away undeclared.

``schema/published.graphql`` is what clients were last promised, ``schema/CHANGES.md`` what they are
told of changes since. Its "Unreleased" section names every break in GraphQL's own words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    find_breaking_changes,
)

from hub.api.operations import read_schema
from hub.errors import HubError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphql import GraphQLSchema

PUBLISHED_FILE: Final = "published.graphql"
CHANGES_FILE: Final = "CHANGES.md"

_SECTION: Final = re.compile(r"^## Unreleased\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BREAKS: Final = re.compile(r"^### Breaking\n(.*?)(?=^#{2,3} |\Z)", re.MULTILINE | re.DOTALL)
_DECLARED: Final = re.compile(r"^- `([^`\n]+)`", re.MULTILINE)
_ADVICE: Final = re.compile(r".+\. Leaves after [0-9]{4}-[0-9]{2}-[0-9]{2}\.", re.DOTALL)


class BreakUndeclaredError(HubError):
    """The schema breaks a promise, and its clients were not told."""

    code = "SCHEMA_BREAK_UNDECLARED"
    vi = "Lược đồ phá lời hứa với ứng dụng: “{change}” Hãy giữ lại, hoặc khai trong {file}."
    en = "The schema breaks what clients rely on: “{change}” Keep it, or declare it in {file}."


class BreakUnfoundedError(HubError):
    """Clients are told of a break that does not happen."""

    code = "SCHEMA_BREAK_UNFOUNDED"
    vi = "{file} khai “{change}” nhưng lược đồ không thay đổi như vậy: hãy bỏ dòng đó."
    en = "{file} declares “{change}”, which the schema does not do: remove that line."


class ChangesUnreadableError(HubError):
    """The list of changes has no place for those to come."""

    code = "SCHEMA_CHANGES_UNREADABLE"
    vi = "{file} phải có đúng một mục “## Unreleased”."
    en = "{file} must have exactly one section “## Unreleased”."


class DeprecationVagueError(HubError):
    """Something is to leave the schema, and it is not said when or what to use instead."""

    code = "DEPRECATION_VAGUE"
    vi = "{place} sắp bỏ nhưng lý do không nêu cách thay và “Leaves after YYYY-MM-DD.”"
    en = "{place} is deprecated without advice that ends “Leaves after YYYY-MM-DD.”"


def find_broken_promises(published: str, current: str, changes: str) -> Iterator[HubError]:
    """Yield what is wrong with going from the schema *published* to *current*.

    Every break is declared in *changes*, every declared break happens, and what is deprecated says
    what to use instead and until when it stays.
    """
    schema = read_schema(current)
    found = [] if published == current else find_breaking_changes(read_schema(published), schema)
    breaks = {change.description: None for change in found}
    sections = _SECTION.findall(changes)
    if len(sections) != 1:
        yield ChangesUnreadableError(file=CHANGES_FILE)
        return
    declared = {
        change: None
        for list_ in _BREAKS.findall(sections[0])
        for change in _DECLARED.findall(list_)
    }
    for change in breaks:
        if change not in declared:
            yield BreakUndeclaredError(change=change, file=CHANGES_FILE)
    for change in declared:
        if change not in breaks:
            yield BreakUnfoundedError(change=change, file=CHANGES_FILE)
    for place, reason in _find_deprecations(schema):
        if _ADVICE.fullmatch(reason) is None:
            yield DeprecationVagueError(place=place)


def _find_deprecations(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """Yield whatever is deprecated in the schema, and why."""
    for name, type_ in schema.type_map.items():
        match type_:
            case GraphQLObjectType() | GraphQLInterfaceType():
                parts = [(key, field.deprecation_reason) for key, field in type_.fields.items()]
                parts += [
                    (f"{key}({argument}:)", value.deprecation_reason)
                    for key, field in type_.fields.items()
                    for argument, value in field.args.items()
                ]
            case GraphQLInputObjectType():
                parts = [(key, field.deprecation_reason) for key, field in type_.fields.items()]
            case GraphQLEnumType():
                parts = [(key, value.deprecation_reason) for key, value in type_.values.items()]
            case _:
                parts = []
        yield from ((f"{name}.{part}", reason) for part, reason in parts if reason is not None)
