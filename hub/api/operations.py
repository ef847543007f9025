"""Trusted operations: documents published with the schema, each known by its hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphql import (
    GraphQLError,
    OperationDefinitionNode,
    build_schema,
    parse,
    print_ast,
    validate,
)

from hub.api.schema import build_schema as build_own_schema
from hub.errors import HubError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphql import DocumentNode

SCHEMA_FOLDER: Final = Path(__file__).parents[2] / "schema"
SDL_FILE: Final = "hub.graphql"
MANIFEST_FILE: Final = "operations.json"
OPERATIONS_FOLDER: Final = "operations"


class OperationUnusableError(HubError):
    """A trusted operation does not fit the schema, or its file does not hold just it."""

    code = "OPERATION_UNUSABLE"
    vi = "Câu hỏi có sẵn {file} không dùng được: {reason}."
    en = "The trusted operation {file} cannot be used: {reason}."


@dataclass(frozen=True, slots=True)
class Operation:
    """A document with one operation of the name of its file.

    Attributes:
        text: as it was written, comments and all.
        sha256: of the canonical text, so that layout and comments may change.
    """

    name: str
    text: str
    sha256: str


def print_sdl() -> str:
    """Return the schema of the code as it is published."""
    return f"{build_own_schema().as_str().strip()}\n"


def read_operations(folder: Path = SCHEMA_FOLDER) -> tuple[Operation, ...]:
    """Return the trusted operations of *folder* by name, or raise ``OperationUnusableError``."""
    paths = sorted((folder / OPERATIONS_FOLDER).glob("*.graphql"))
    return tuple(_read(path) for path in paths)


def find_faults(operations: Iterable[Operation]) -> Iterator[OperationUnusableError]:
    """Yield what in *operations* the schema of the code does not allow."""
    schema = build_schema(print_sdl())
    for operation in operations:
        for error in validate(schema, parse(operation.text)):
            yield _unusable(operation.name, error)


def print_manifest(operations: Iterable[Operation]) -> str:
    """Return which hash is which operation, as JSON."""
    names = {operation.sha256: operation.name for operation in operations}
    return f"{json.dumps(names, indent=2)}\n"


def _read(path: Path) -> Operation:
    text = path.read_text(encoding="utf-8")
    try:
        document = parse(text)
    except GraphQLError as error:
        raise _unusable(path.stem, error) from error
    if [_name_of(document)] != [path.stem]:
        raise OperationUnusableError(
            file=path.name, reason=f"one operation “{path.stem}” is expected"
        )
    canonical = print_ast(document)
    return Operation(path.stem, text, hashlib.sha256(canonical.encode()).hexdigest())


def _name_of(document: DocumentNode) -> str | None:
    """Return the name of the only operation of *document*."""
    operations = [
        node for node in document.definitions if isinstance(node, OperationDefinitionNode)
    ]
    if len(operations) != 1 or operations[0].name is None:
        return None
    return operations[0].name.value


def _unusable(name: str, error: GraphQLError) -> OperationUnusableError:
    place = f" ({error.locations[0].line}:{error.locations[0].column})" if error.locations else ""
    reason = f"{error.message.rstrip('.')}{place}"
    return OperationUnusableError(file=f"{name}.graphql", reason=reason)
