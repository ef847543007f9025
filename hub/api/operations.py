"""Trusted operations: documents published with the schema, each known by its hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache, lru_cache
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

from hub.access.readers import Reader
from hub.api.identity import read_global_id
from hub.api.library_words import in_vietnamese
from hub.api.schema import build_schema as build_own_schema
from hub.api.visibility import visible_schema
from hub.errors import HubError, Language
from hub.planner.errors import InvalidDocumentError
from hub.planner.plans import Planner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphql import DocumentNode, GraphQLSchema

    from hub.model.limits import Limits

SCHEMA_FOLDER: Final = Path(__file__).parents[2] / "schema"
SDL_FILE: Final = "hub.graphql"
MANIFEST_FILE: Final = "operations.json"
OPERATIONS_FOLDER: Final = "operations"

_READERS: Final = {
    "public": Reader.PUBLIC,
    "machine": Reader.SCOPED,
    "feed": Reader.FEED,
    "scoped": Reader.SCOPED,
    "standing": Reader.STANDING,
}
"""Audience → as whom its operations must be valid."""


class OperationUnusableError(HubError):
    """A trusted operation does not fit the schema, or its file does not hold just it."""

    code = "OPERATION_UNUSABLE"
    vi = "Câu hỏi có sẵn {file} không dùng được: {reason_vi}."
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


@cache
def print_sdl() -> str:
    """Return the schema of the code as it is published."""
    return f"{build_own_schema().as_str().strip()}\n"


@lru_cache(maxsize=2)
def read_schema(sdl: str) -> GraphQLSchema:
    """Return the schema that *sdl* describes; it is shared, and changed by nobody."""
    return build_schema(sdl)


def read_operations(folder: Path = SCHEMA_FOLDER) -> tuple[Operation, ...]:
    """Return the trusted operations of *folder* by name, or raise ``OperationUnusableError``."""
    paths = sorted((folder / OPERATIONS_FOLDER).glob("*.graphql"))
    operations = tuple(map(read_operation, paths))
    for path, operation in zip(paths, operations, strict=True):
        if operation.name != path.stem:
            raise OperationUnusableError(
                file=path.name,
                reason=f"one operation “{path.stem}” is expected",
                reason_vi=f"cần đúng một câu hỏi tên “{path.stem}”",
            )
    return operations


def read_operation(path: Path) -> Operation:
    """Return the operation in the file at *path*, or raise ``OperationUnusableError``."""
    try:
        text = path.read_text(encoding="utf-8")
        document = parse(text)
    except (GraphQLError, UnicodeDecodeError) as error:
        raise _unusable(path.name, error) from error
    name = _name_of(document)
    if name is None:
        raise OperationUnusableError(
            file=path.name,
            reason="one operation with a name is expected",
            reason_vi="cần đúng một câu hỏi có tên",
        )
    canonical = print_ast(document)
    return Operation(name, text, hashlib.sha256(canonical.encode()).hexdigest())


def examine_operation(operation: Operation, audience: str, limits: Limits) -> None:
    """Raise ``OperationUnusableError`` where *audience* may not ask *operation*, or not so much."""
    reader = _READERS[audience]
    schema = visible_schema(build_own_schema(), reader).core
    planner = Planner(schema, reader, read_global_id, limits)
    file = f"{operation.name}.graphql"
    try:
        prepared = planner.prepare(operation.text, operation.name)
        planner.cost(prepared, {})
    except InvalidDocumentError as invalid:
        raise _unusable(file, invalid.errors[0]) from invalid
    except HubError as error:
        raise OperationUnusableError(
            file=file,
            reason=error.sentence(Language.EN).rstrip("."),
            reason_vi=error.sentence(Language.VI).rstrip("."),
        ) from error
    if prepared.introspects or not prepared.is_query:
        raise OperationUnusableError(
            file=file,
            reason="a query of data is expected",
            reason_vi="cần một câu hỏi về dữ liệu (query)",
        )


def find_faults(operations: Iterable[Operation]) -> Iterator[OperationUnusableError]:
    """Yield what in *operations* the schema of the code does not allow."""
    schema = read_schema(print_sdl())
    for operation in operations:
        for error in validate(schema, parse(operation.text)):
            yield _unusable(f"{operation.name}.graphql", error)


def print_manifest(operations: Iterable[Operation]) -> str:
    """Return which hash is which operation, as JSON."""
    names = {operation.sha256: operation.name for operation in operations}
    return f"{json.dumps(names, indent=2)}\n"


def _name_of(document: DocumentNode) -> str | None:
    """Return the name of the only operation of *document*."""
    operations = [
        node for node in document.definitions if isinstance(node, OperationDefinitionNode)
    ]
    if len(operations) != 1 or operations[0].name is None:
        return None
    return operations[0].name.value


def _unusable(file: str, error: GraphQLError | UnicodeDecodeError) -> OperationUnusableError:
    if isinstance(error, UnicodeDecodeError):
        return OperationUnusableError(
            file=file, reason="it is not UTF-8", reason_vi="tệp không phải mã UTF-8"
        )
    place = f" ({error.locations[0].line}:{error.locations[0].column})" if error.locations else ""
    return OperationUnusableError(
        file=file,
        reason=f"{error.message.rstrip('.')}{place}",
        reason_vi=f"{in_vietnamese(error.message).rstrip('.')}{place}",
    )
