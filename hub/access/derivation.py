"""From assignments and decisions to grants, by the role table; pure, and the only place it happens.

Only a role that covers the whole project or programme gives rights. A group's role reaches each of
its members, for the member's own area. What an agency without an area of its own carries out, it
carries out in its whole jurisdiction, if it works at that level.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Right:
    """A row of the role table: what one role gives."""

    role: str
    data_classes: tuple[str, ...]
    capabilities: tuple[str, ...]
    area_scope: str
    states: tuple[str, ...]
    only_if_unled: bool
    why: str


@dataclass(frozen=True, slots=True)
class Holder:
    """An agency as far as rights depend on it; *area* is (code, first day) of its own unit."""

    code: str
    level: str
    is_group: bool
    group: str | None = None
    area: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assignment, its programme and project given as the place's own rows."""

    code: str
    jurisdiction: str
    programme: str
    project: str | None
    agency: str
    role: str
    covers: str
    basis: str


@dataclass(frozen=True, slots=True)
class Grant:
    """One right of one holder: what it says holds as a whole.

    ``holder`` None is the public; ``jurisdiction`` None is every one; ``programme`` and ``project``
    None are all of them.
    """

    code: str
    origin: str
    holder: str | None
    role: str | None
    jurisdiction: str | None
    programme: str | None
    project: str | None
    data_classes: tuple[str, ...]
    capabilities: tuple[str, ...]
    states: tuple[str, ...]
    area_scope: str
    area: tuple[str, str] | None = None
    limits: str | None = None
    basis: str | None = None
    why: str | None = None


def derive(
    assignments: Iterable[Assigned],
    rights: Iterable[Right],
    holders: Mapping[str, Holder],
    led: frozenset[str],
) -> list[Grant]:
    """Return what *assignments* give; *led* are the projects whose lead is known.

    Two assignments that give a holder the same right give it once.
    """
    by_role: dict[str, list[Right]] = {}
    for right in rights:
        by_role.setdefault(right.role, []).append(right)
    grants: dict[Grant, Grant] = {}
    for assigned in assignments:
        if assigned.covers != "whole":
            continue
        for number, right in enumerate(by_role[assigned.role], start=1):
            if not right.data_classes or (right.only_if_unled and assigned.project in led):
                continue
            grant = Grant(
                code=f"{assigned.code}.{number}",
                origin="derived",
                holder=assigned.agency,
                role=assigned.role,
                jurisdiction=assigned.jurisdiction,
                programme=assigned.programme,
                project=assigned.project,
                data_classes=right.data_classes,
                capabilities=right.capabilities,
                states=right.states,
                area_scope=right.area_scope,
                basis=assigned.basis,
                why=right.why,
            )
            for held in spread(grant, holders):
                grants.setdefault(replace(held, code="", basis=None), held)
    return list(grants.values())


def spread(grant: Grant, holders: Mapping[str, Holder]) -> Iterator[Grant]:
    """Yield *grant* as its holder has it, or as each member of that group has it."""
    if grant.holder is None:
        yield grant
        return
    holder = holders[grant.holder]
    if not holder.is_group:
        yield _placed(grant, holder)
        return
    for member in holders.values():
        if member.group == holder.code and member.area is not None:
            yield replace(
                grant,
                code=f"{grant.code}.{member.area[0]}",
                holder=member.code,
                area_scope="own",
                area=member.area,
            )


def _placed(grant: Grant, holder: Holder) -> Grant:
    if grant.area_scope != "own":
        return grant
    if holder.area is not None:
        return replace(grant, area=holder.area)
    if holder.level in {"city", "province"}:
        return replace(grant, area_scope="all")
    return grant
