"""The access rules read anew from their text, over the reference files: who shall see what.

It shares no code with the hub, so that the two can only agree by being right. Definitions, areas,
documents and targets are open; what depends on who asks are local projects and the rows that belong
to one, to a programme, or to a place.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

_FOLDER: Final = Path(__file__).parents[2] / "hub" / "reference"
_GROUPS: Final = ("hn.ubnd-cap-xa", "hn.cong-an-cap-xa")
_ACCEPTED: Final = {"accepted", "published"}
_SHOWS_A_PROJECT: Final = {"observation", "budget"}

_PROJECT_DATA: Final = {"observation", "submission", "task", "facility", "training", "finding"}
_READS: Final = {
    "standing": {*_PROJECT_DATA, "eligibility", "batch", "budget", "audit"},
    "lead": {*_PROJECT_DATA, "eligibility", "batch", "budget", "audit"},
    "guiding": {*_PROJECT_DATA, "eligibility", "batch"},
    "executing": {*_PROJECT_DATA, "batch", "budget"},
    "coordinating": {*_PROJECT_DATA, "eligibility"},
    "oversight": {*_PROJECT_DATA, "eligibility"},
    "directing": _PROJECT_DATA,
}
"""What each role reads of the whole that it covers; the other roles give nothing."""


def read_file(name: str) -> list[dict[str, str]]:
    """Return the rows of a reference file."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True, slots=True)
class Place:
    """What a row belongs to; *ward* is its unit of today, None where it has another or none."""

    jurisdiction: str
    programme: str
    project: str | None
    ward: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation as it is stored; *operator* runs the facility that it is of, if it is."""

    id: UUID
    origin: UUID
    revision: int
    indicator: str
    area: str
    agency: str
    period: str
    status: str
    facility: str | None
    operator: str | None
    keeper: str | None
    place: Place

    @property
    def project(self) -> str | None:
        """Return the local project."""
        return self.place.project


@dataclass(frozen=True, slots=True)
class Reach:
    """What one right opens, as a whole.

    Attributes:
        projects: local projects, with their parts.
        programmes: local programmes that it holds in whole.
        jurisdiction: the place of which it opens everything, if so.
        ward: where it holds; None is everywhere.
    """

    projects: frozenset[str]
    programmes: frozenset[str]
    jurisdiction: str | None
    ward: str | None
    only_accepted: bool

    def covers(self, place: Place) -> bool:
        """Tell whether what belongs to *place* is opened."""
        if self.jurisdiction is not None:
            return place.jurisdiction == self.jurisdiction
        if place.project is None:
            return place.programme in self.programmes
        return place.project in self.projects and self.ward in (None, place.ward)


class Reading:
    """What the files say of who may see what; *more_projects* are rows like those of the file."""

    def __init__(self, more_projects: Iterable[Mapping[str, str]] = ()) -> None:
        self._reaches: dict[tuple[str, str], list[Reach]] = {}
        self._projects = [*read_file("projects"), *more_projects]
        self._programmes = read_file("programmes")
        self._assignments = read_file("assignments")
        self._decided = read_file("grants_by_decision")
        self._levels = {row["code"]: row["level"] for row in read_file("agencies")}
        self._wards = {row["code"] for row in read_file("wards")}
        self._nations = {
            row["code"] for row in read_file("jurisdictions") if row["level"] == "national"
        }
        self._led = {
            (row["jurisdiction"], row["project"])
            for row in self._assignments
            if (row["role"], row["covers"]) == ("lead", "whole") and row["project"]
        }

    @cached_property
    def local_projects(self) -> frozenset[str]:
        """Return the projects that are no national node."""
        return self._local("*", None)

    def reaches(self, agency: str | None, data_class: str) -> list[Reach]:
        """Return what the rights of *agency* open of a class of data."""
        if agency is None:
            return []
        known = self._reaches.get((agency, data_class))
        if known is None:
            classes = {data_class}
            known = [*self._assigned(agency, classes), *self._decided_for(agency, classes)]
            self._reaches[agency, data_class] = known
        return known

    def opens(self, agency: str | None, data_class: str, place: Place, *, settled: bool) -> bool:
        """Tell whether a right of *agency* opens a row; *settled* says that it is accepted."""
        return any(
            reach.covers(place) and (settled or not reach.only_accepted)
            for reach in self.reaches(agency, data_class)
        )

    def projects_seen(self, agency: str | None) -> frozenset[str]:
        """Return the local projects whose rows *agency* sees."""
        if agency is None:
            return frozenset()
        rights = [
            *self._assigned(agency, _PROJECT_DATA),
            *self._decided_for(agency, _SHOWS_A_PROJECT),
        ]
        return frozenset().union(*(right.projects for right in rights))

    def sees(self, agency: str | None, figures: Iterable[Figure]) -> list[Figure]:
        """Return those of *figures* that *agency* sees, of every revision."""
        if agency is None:
            return []
        reaches = self.reaches(agency, "observation")
        return [figure for figure in figures if self._opens(reaches, figure, agency)]

    def newest(self, agency: str | None, figures: Iterable[Figure]) -> list[Figure]:
        """Return, of every origin, the newest revision among those that *agency* sees."""
        last: dict[UUID, Figure] = {}
        for figure in sorted(self.sees(agency, figures), key=lambda each: each.revision):
            last[figure.origin] = figure
        return list(last.values())

    def operators_read(self, data_class: str) -> bool:
        """Tell whether whoever runs a facility reads its data of a class."""
        return any(
            row["holder"] == "operator" and data_class in row["data_classes"].split("|")
            for row in self._decided
        )

    def own_names(self, agency: str | None) -> set[str]:
        """Return the agency and the group it is a member of."""
        return set() if agency is None else self._place(agency)[0]

    def agencies_with(self, project: str, role: str, covers: str = "whole") -> set[str]:
        """Return who has *role* in a national project, as Hà Nội's files say."""
        return {
            row["agency"]
            for row in self._assignments
            if (row["jurisdiction"], row["project"]) == ("hn", project)
            and (row["role"], row["covers"]) == (role, covers)
        }

    def _opens(self, reaches: Iterable[Reach], figure: Figure, agency: str) -> bool:
        is_kept_from_drafts = figure.status != "draft" or figure.agency == agency
        if figure.operator == agency and self.operators_read("observation") and is_kept_from_drafts:
            return True
        for reach in reaches:
            if not reach.covers(figure.place):
                continue
            # A facility that the ward does not keep is none of the ward's, though it stands there.
            if reach.ward is not None and figure.facility and figure.keeper != reach.ward:
                continue
            if figure.status in _ACCEPTED or (is_kept_from_drafts and not reach.only_accepted):
                return True
        return False

    def _place(self, agency: str) -> tuple[set[str], str | None]:
        """Return the names *agency* holds rights under, and its own ward."""
        group, _, ward = agency.rpartition(".")
        if group in _GROUPS and ward in self._wards:
            return {agency, group}, ward
        return {agency}, None

    def _assigned(self, agency: str, classes: set[str]) -> Iterator[Reach]:
        names, ward = self._place(agency)
        for row in self._assignments:
            role = row["role"]
            if row["agency"] not in names or row["covers"] != "whole" or role not in _READS:
                continue
            reads = set(_READS[role])
            if role == "guiding" and (row["jurisdiction"], row["project"]) not in self._led:
                reads.add("budget")
            if not reads & classes:
                continue
            is_local = role == "executing" and ward is not None
            # A body of the whole place carries out in the whole place.
            is_citywide = ward is None and self._levels[agency] in ("city", "province")
            if role == "executing" and not (is_local or is_citywide):
                continue
            yield Reach(
                *self._carried_out(row),
                row["jurisdiction"] if role == "standing" else None,
                ward if is_local else None,
                only_accepted=role == "directing",
            )

    def _carried_out(self, row: Mapping[str, str]) -> tuple[frozenset[str], frozenset[str]]:
        """Return the place's own projects and programmes that an assignment is about as a whole."""
        if row["role"] == "standing":
            return self._local(row["jurisdiction"], None), frozenset()
        if row["project"]:
            return self._local(row["jurisdiction"], row["project"]), frozenset()
        programme = (row["programme"], row["jurisdiction"])
        return (
            frozenset(
                each["code"]
                for each in self._projects
                if (each["programme"], each["jurisdiction"]) == programme
            ),
            frozenset(
                each["code"]
                for each in self._programmes
                if (each["parent"], each["jurisdiction"]) == programme
            ),
        )

    def _decided_for(self, agency: str, classes: set[str]) -> Iterator[Reach]:
        names, ward = self._place(agency)
        for row in self._decided:
            if (
                row["holder"] not in names
                or "read" not in row["capabilities"].split("|")
                or not classes & set(row["data_classes"].split("|"))
                or row["area_scope"] == "own facility"
                or (row["area_scope"] == "own" and ward is None)
            ):
                continue
            programmes: frozenset[str] = frozenset()
            if not row["project"]:
                programmes = frozenset(
                    each["code"]
                    for each in self._programmes
                    if row["jurisdiction"] in ("*", each["jurisdiction"])
                )
            yield Reach(
                self._local(row["jurisdiction"], row["project"] or None),
                programmes,
                None,
                ward if row["area_scope"] == "own" else None,
                only_accepted=set(row["states"].split("|")) == _ACCEPTED,
            )

    def _local(self, jurisdiction: str, national: str | None) -> frozenset[str]:
        """Return the local projects of a place, or those that carry out one national node."""
        found = {
            row["code"]
            for row in self._projects
            if row["jurisdiction"] not in self._nations
            and jurisdiction in ("*", row["jurisdiction"])
            and national in (None, row["instance_of"])
        }
        while more := {row["code"] for row in self._projects if row["parent"] in found} - found:
            found |= more
        return frozenset(found)
