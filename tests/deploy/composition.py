"""``docker-compose.yml`` as Docker would read it, and what in it refers to nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT: Final = Path(__file__).parents[2]
FILE: Final = ROOT / "docker-compose.yml"
EXAMPLE: Final = ROOT / "deploy" / "example.env"

_VARIABLE: Final = re.compile(r"\$(?:(\$)|\{(\w+)(?:(:[-?])([^}]*))?\})")


def read_raw() -> dict[str, Any]:
    """Return the file as it is written, its variables unfilled."""
    document: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return document


def read(variables: Mapping[str, str]) -> dict[str, Any]:
    """Return the file with *variables* filled in; raise ``LookupError`` for a needed one."""
    filled: dict[str, Any] = _fill(read_raw(), variables)
    return filled


def read_example() -> dict[str, str]:
    """Return the variables of the example, those to be filled in as the empty text."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def variables_of(document: object) -> Iterator[tuple[str, bool]]:
    """Yield every variable that *document* takes from outside, and whether it is needed."""
    match document:
        case str():
            for _, name, operator, _ in _VARIABLE.findall(document):
                if name:
                    yield name, operator == ":?"
        case dict():
            for value in document.values():
                yield from variables_of(value)
        case list():
            for value in document:
                yield from variables_of(value)
        case _:
            pass


def find_faults(document: dict[str, Any]) -> Iterator[str]:
    """Yield every reference to what is not there, and every wait for what never comes."""
    services = document["services"]
    for name, service in services.items():
        for other, wait in service.get("depends_on", {}).items():
            for fault in _faults_of_wait(services.get(other), wait["condition"]):
                yield f"{name} waits for {other}, which {fault}"
        for kind, source in _used_by(service):
            if kind == "path":
                if not (ROOT / source).exists():
                    yield f"{name} mounts {source}, which is not there"
            elif source not in document.get(kind, {}):
                yield f"{name} uses {source}, which is not among the {kind}"
    for name, given in {**document.get("configs", {}), **document.get("secrets", {})}.items():
        if not (ROOT / given["file"]).is_file():
            yield f"{name} is the file {given['file']}, which is not there"


def _faults_of_wait(awaited: dict[str, Any] | None, condition: str) -> Iterator[str]:
    if awaited is None:
        yield "is no service"
    elif condition == "service_healthy" and "healthcheck" not in awaited:
        yield "is not checked"
    elif condition == "service_completed_successfully" and awaited.get("restart") != "no":
        yield "is started again"


def _used_by(service: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what *service* uses: under which heading of the file, or a path, and its name."""
    for network in service.get("networks", ()):
        yield "networks", network
    for volume in service.get("volumes", ()):
        source = volume.partition(":")[0]
        yield ("path" if source.startswith(".") else "volumes"), source
    for kind in ("configs", "secrets"):
        for used in service.get(kind, ()):
            yield kind, used if isinstance(used, str) else used["source"]


def _fill(value: Any, variables: Mapping[str, str]) -> Any:  # noqa: ANN401  (YAML)
    match value:
        case str():
            return _VARIABLE.sub(lambda found: _value_of(found, variables), value)
        case dict():
            return {key: _fill(part, variables) for key, part in value.items()}
        case list():
            return [_fill(part, variables) for part in value]
        case _:
            return value


def _value_of(found: re.Match[str], variables: Mapping[str, str]) -> str:
    dollar, name, operator, rest = found.groups()
    if dollar:
        return "$"
    if variables.get(name):
        return variables[name]
    if operator == ":-":
        return str(rest)
    raise LookupError(name, rest)
