"""Whether two answers say the same: same rows, same values, in whatever order and JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.benchmarks.operations import Keys, Operation

_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_OWN: Final = frozenset({"id", "endCursor"})
"""What everybody writes in a way of its own."""

Json = Any  # whatever JSON holds


def canonical(data: Json) -> Json:
    """Return *data* with lists sorted, numbers as numbers, and no opaque ids."""
    match data:
        case dict():
            if "head" in data:
                rows = data["head"]["nodes"] + data["tail"]["nodes"]
                rest = {key: value for key, value in data.items() if key not in {"head", "tail"}}
                data = rest | {"table": {"nodes": _distinct(rows)}}
            return {key: canonical(value) for key, value in data.items() if key not in _OWN}
        case list():
            return sorted(map(canonical, data), key=_written)
        case str() if _NUMBER.fullmatch(data):
            return float(data)
        case str():
            return data.casefold()
        case bool() | None:
            return data
        case _:
            return float(data)


def canonical_rival(operation: Operation, data: Json, keys: Keys) -> Json:
    """Return PostGraphile's *data* in the form that the hub's has."""
    match operation.document:
        case "Lookup":
            for indicator in data["project"]["indicators"]["nodes"]:
                [indicator["latest"]] = indicator["latest"]["nodes"] or [None]
        case "Totals":
            found = data["indicator"]
            found["observations"] = _totals(found["observations"], "area", keys.areas, "year")
        case "TotalsOfWard":
            totals = _totals(data.pop("observations"), "indicator", keys.indicators)
            data["project"]["observations"] = totals
        case _:
            pass
    return canonical(data)


def _totals(found: Json, key: str, codes: Mapping[str, str], *others: str) -> Json:
    """Return totals by *key*, whose *codes* are known by number, and by the numbers *others*."""
    groups = []
    for group in found["groups"]:
        number, *rest = group["keys"]
        by = {key: {"code": codes[number]}, **dict(zip(others, map(float, rest), strict=True))}
        groups.append({**by, "aggregate": {"sum": group["sum"]}})
    return {
        "aggregate": {"count": found["totalCount"], **found["aggregates"]},
        "groups": groups,
    }


def _distinct(rows: list[Json]) -> list[Json]:
    return list({_written(row): row for row in rows}.values())


def _written(data: Json) -> str:
    return json.dumps(data, sort_keys=True)
