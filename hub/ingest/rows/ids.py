"""Surrogate ids by code: what the tables refer to each other with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

AreaKey: TypeAlias = tuple[str, date | None]
"""A unit's code and its first day: a code alone names none."""

K = TypeVar("K", bound="Hashable")


@dataclass(frozen=True, slots=True)
class Ids:
    """The id of every row that others refer to."""

    jurisdiction: Mapping[str, int]
    document: Mapping[str, int]
    programme: Mapping[str, int]
    project: Mapping[str, int]
    agency: Mapping[str, int]
    indicator: Mapping[str, int]
    facility_type: Mapping[str, int]
    facility: Mapping[str, int]
    task: Mapping[str, int]
    funding_source: Mapping[str, int]
    reporting_duty: Mapping[str, int]
    reporting_regime: Mapping[str, int]
    report_form: Mapping[str, int]
    area: Mapping[AreaKey, int]


def find(ids: Mapping[K, int], key: K | None) -> int | None:
    """Return the id of *key*; None for none."""
    return None if key is None else ids[key]
