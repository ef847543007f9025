"""Who may see what, by access.md alone: rows in memory, no database and nothing of the hub.

``Sight`` is what one reader sees at one moment. A row is seen when one grant allows it as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

Row = dict[str, Any]
"""A row: its fields by published name, links as the number of the row they lead to, ``#`` its own
number, ``@`` the values of its key, and names that begin with ``_`` for what is not published."""

ACCEPTED: Final = frozenset({"ACCEPTED", "PUBLISHED"})
_PROJECT_DATA: Final = frozenset(
    {"OBSERVATION", "SUBMISSION", "TASK", "FACILITY", "ELIGIBILITY", "TRAINING", "FINDING"}
)
_OWN_DATA: Final = frozenset(
    {"OBSERVATION", "SUBMISSION", "TASK", "FACILITY", "TRAINING", "BUDGET", "FINDING"}
)
_DIRECTED: Final = _PROJECT_DATA - {"ELIGIBILITY"}
_ROLES: Final[Mapping[str, tuple[frozenset[str], bool, frozenset[str]]]] = {
    "LEAD": (_PROJECT_DATA | {"BUDGET"}, False, frozenset()),
    "GUIDING": (_PROJECT_DATA, False, frozenset()),
    "EXECUTING": (_OWN_DATA, True, frozenset()),
    "COORDINATING": (_PROJECT_DATA, False, frozenset()),
    "OVERSIGHT": (_PROJECT_DATA, False, frozenset()),
    "DIRECTING": (_DIRECTED, False, ACCEPTED),
}
"""What a role that covers the whole lets its holder read: data, own area only, states (or any)."""

_OPEN: Final = frozenset(
    {
        "Jurisdiction",
        "Area",
        "AreaLineage",
        "Programme",
        "Document",
        "DocumentLink",
        "Agency",
        "Assignment",
        "AssignmentPartner",
        "Indicator",
        "Disaggregation",
        "Target",
        "Period",
        "FacilityType",
        "ReportingDuty",
        "ReportingDutyDocument",
        "ReportingRegime",
        "ReportForm",
        "FormCell",
        "FundingSource",
        "FundingSourceManager",
        "FundingSourceDocument",
        "GlossaryTerm",
    }
)
_FOLLOWS: Final = {
    "SourceTerm": ("DataSource", "source"),
    "SourceShare": ("DataSource", "source"),
    "FacilityCondition": ("Facility", "facility"),
    "TaskPartner": ("Task", "task"),
    "TaskIndicator": ("Task", "task"),
    "TaskDocument": ("Task", "task"),
    "AreaStatusEvidence": ("AreaStatus", "areaStatus"),
}
"""Rows that are part of another and are seen with it."""

_CLASS: Final = {
    "Observation": "OBSERVATION",
    "AreaStatus": "OBSERVATION",
    "Facility": "FACILITY",
    "Eligibility": "ELIGIBILITY",
    "Submission": "SUBMISSION",
    "Task": "TASK",
    "TaskProgress": "TASK",
    "PilotModel": "TASK",
    "BudgetLine": "BUDGET",
    "Training": "TRAINING",
    "Review": "FINDING",
    "Finding": "FINDING",
    "DataSource": "BATCH",
    "Batch": "BATCH",
    "BatchRow": "BATCH",
}
CLASSES: Final = frozenset(_CLASS.values()) - {"BATCH"}
"""The data that is read by right; of sources no right speaks but the standing agency's."""
CLOSED_TO_THE_PUBLIC: Final = frozenset({*_CLASS, *_FOLLOWS, "AuditEntry"})
"""What nobody without an account may ever read, so that it does not exist for them."""


@dataclass(frozen=True, slots=True)
class Right:
    """A grant to read, written out; None is all of it, no states all but drafts.

    ``projects`` are numbers of local projects, ``programme`` the one whose own rows, of no project,
    are meant too, ``areas`` numbers of areas; *is_derived* tells whether it
    follows from an assignment, *is_standing* whether from the standing agency's.
    """

    classes: frozenset[str]
    jurisdictions: frozenset[int] | None
    projects: frozenset[int] | None
    areas: frozenset[int] | None
    states: frozenset[str]
    is_derived: bool = False
    is_standing: bool = False
    programme: int | None = None


@dataclass(frozen=True)
class Sight:
    """What the holder of the account *account* sees; None is the public."""

    tables: Mapping[str, Mapping[int, Row]]
    account: int | None
    now: datetime
    _seen: dict[str, dict[int, Row]] = field(default_factory=dict)

    def visible(self, type_name: str) -> dict[int, Row]:
        """Return the rows of the type that are seen, revisions and all."""
        if type_name not in self._seen:
            rows = self.tables[type_name].values()
            self._seen[type_name] = {r["#"]: r for r in rows if self._sees(type_name, r)}
        return self._seen[type_name]

    def _sees(self, type_name: str, row: Row) -> bool:
        if type_name in _OPEN:
            return True
        if type_name in _FOLLOWS:
            owner, link = _FOLLOWS[type_name]
            return row[link] in self.visible(owner)
        if type_name == "Project" and row["isNational"]:
            return True
        if type_name == "Grant" and row["_holder"] is None:
            return True
        if self.agency is None:
            return False
        if type_name == "Project":
            return self._sees_project(row)
        if type_name == "AuditEntry":
            return row["agency"] == self._me or self._oversees(row)
        if self._is_theirs(type_name, row):
            return True
        return type_name in _CLASS and self._within(type_name, row)

    def reason(self, type_name: str, row: Row) -> str:
        """Return why a row that is seen is seen: it is ``open``, by ``right``, or one's ``own``."""
        if type_name in _FOLLOWS:
            owner, link = _FOLLOWS[type_name]
            return self.reason(owner, self.tables[owner][row[link]])
        if type_name in _OPEN or (type_name == "Project" and row["isNational"]):
            return "open"
        if type_name == "AuditEntry":
            is_ones_own = row["agency"] == self._me and self.kind != "STANDING"
            return "own" if is_ones_own else "right"
        if type_name == "Project" or (type_name in _CLASS and self._within(type_name, row)):
            return "right"
        return "own"

    def _oversees(self, entry: Row) -> bool:
        """Return whether the entry is in the trail that the reader watches over."""
        for right in self.rights:
            is_here = right.jurisdictions is None or entry["jurisdiction"] in right.jurisdictions
            if right.is_standing and (is_here or entry["agency"] is None):
                return True
            is_whole = right.projects is None and right.areas is None and not right.states
            is_placed = entry["jurisdiction"] is not None
            if "AUDIT" in right.classes and is_whole and is_here and is_placed:
                return True
        return False

    def _is_theirs(self, type_name: str, row: Row) -> bool:
        """Return whether the row is seen as the reader's own, or about the reader."""
        match type_name:
            case "Task":
                return row["agency"] is not None and row["agency"] in {
                    self._me,
                    self._mine["group"],
                }
            case "Review":
                return row["agency"] == self._me or self._was(row)
            case "Finding":
                return row["agency"] == self._me and row["issuedOn"] is not None
            case "PilotModel" | "TaskProgress" | "Batch" | "BatchRow" | "Submission":
                return bool(row["agency"] == self._me)
            case "DataSource":
                return bool(row["owner"] == self._me)
            case "Notice":
                return bool(row["_agency"] == self._me)
            case "Grant":
                return bool(row["_holder"] == self._me)
            case "Facility":
                return self._runs(row["#"], "FACILITY")
            case "Eligibility":
                return self._runs(row["facility"], "ELIGIBILITY")
            case "Observation":
                return self._runs(row["facility"], "OBSERVATION") and self._is_told(row)
            case _:
                return False

    def _within(self, type_name: str, row: Row) -> bool:
        return any(self._allows(right, type_name, row) for right in self.rights)

    def _allows(self, right: Right, type_name: str, row: Row) -> bool:
        if _CLASS[type_name] not in right.classes and not right.is_standing:
            return False
        place = self._placed(type_name, row)
        if right.jurisdictions is not None and place["jurisdiction"] not in right.jurisdictions:
            return False
        if not self._spans(right, place):
            return False
        if right.areas is not None and place["area"] not in right.areas:
            return False
        if type_name == "Observation":
            return self._state_allows(right, row)
        if type_name == "Submission":
            return not right.states or row["status"] in right.states
        if type_name == "AreaStatus":
            return not right.states or row["stage"] == "RECOGNISED"
        if type_name == "Finding" and row["issuedOn"] is None and not right.is_standing:
            return right.areas is None and not right.states and row["agency"] != self._me
        return True

    def _spans(self, right: Right, place: Row) -> bool:
        if right.projects is None or place["project"] in right.projects:
            return True
        return (
            place["project"] is None
            and right.programme is not None
            and place.get("programme") == right.programme
        )

    def _state_allows(self, right: Right, row: Row) -> bool:
        if right.states:
            return row["status"] in right.states
        return self._is_told(row)

    def _is_told(self, row: Row) -> bool:
        """Return whether the figure is no draft, or the own unit's."""
        return bool(row["status"] != "DRAFT" or row["agency"] == self._me)

    def _placed(self, type_name: str, row: Row) -> Row:
        """Return the place, project and area that decide about the row."""
        match type_name:
            case "Facility":
                return row | {"area": row["_reportsFor"]}
            case "Eligibility":
                return row | {"area": self.tables["Facility"][row["facility"]]["_reportsFor"]}
            case "TaskProgress":
                return self.tables["Task"][row["task"]] | {"area": None}
            case "Observation" if row["facility"] is not None:
                return row | {"area": self.tables["Facility"][row["facility"]]["_reportsFor"]}
            case "Task" | "Review" | "DataSource" | "Batch" | "BatchRow":
                return {"project": None, "area": None} | row | {"area": None}
            case _:
                return row

    def _sees_project(self, project: Row) -> bool:
        return any(
            (right.jurisdictions is None or project["jurisdiction"] in right.jurisdictions)
            and (right.projects is None or project["#"] in right.projects)
            and (right.is_derived or right.classes & {"OBSERVATION", "BUDGET"})
            for right in self.rights
        )

    def _was(self, review: Row) -> bool:
        return any(
            f["review"] == review["#"] and f["agency"] == self._me and f["issuedOn"] is not None
            for f in self.tables["Finding"].values()
        )

    def _runs(self, facility: int | None, data: str) -> bool:
        """Return whether the reader runs the facility, and whoever runs one reads such data."""
        if facility is None or self.tables["Facility"][facility]["managedBy"] != self._me:
            return False
        given = self.tables["Grant"].values()
        return any(g["areaScope"] == "OWN_FACILITY" and data in g["dataClasses"] for g in given)

    @cached_property
    def agency(self) -> Row | None:
        """Return the reader's agency; none where there is no account or it is suspended."""
        account = None if self.account is None else self.tables["_Account"][self.account]
        if account is None or account["suspendedAt"] is not None:
            return None
        return self.tables["Agency"][account["agency"]]

    @property
    def _mine(self) -> Row:
        assert self.agency is not None
        return self.agency

    @property
    def _me(self) -> int:
        number: int = self._mine["#"]
        return number

    @property
    def kind(self) -> str:
        """Return what kind of reader this is."""
        if any(right.is_standing for right in self.rights):
            return "STANDING"
        feeds = (r for r in self.rights if r.jurisdictions is None and "OBSERVATION" in r.classes)
        if any(feeds):
            return "FEED"
        return "PUBLIC" if self.account is None else "SCOPED"

    @cached_property
    def rights(self) -> tuple[Right, ...]:
        """Return the reader's rights to read what is not open to everyone."""
        if self.agency is None:
            return ()
        rights = (*self._derived(), *self._given())
        # An empty scope is no data (rule 39).
        return tuple(right for right in rights if right.areas is None or right.areas)

    def _derived(self) -> Iterator[Right]:
        for row in newest(self.tables["Assignment"].values()):
            is_mine = row["agency"] == self._me
            if row["covers"] != "WHOLE" or not (is_mine or row["agency"] == self._mine["group"]):
                continue
            place = frozenset({row["jurisdiction"]})
            if row["role"] == "STANDING":
                yield Right(frozenset(), place, None, None, frozenset(), True, True)
            if row["role"] not in _ROLES:
                continue
            classes, is_own, states = _ROLES[row["role"]]
            if row["role"] == "GUIDING" and row["project"] and not self._is_led(row["project"]):
                classes |= {"BUDGET"}
            areas = self._own_areas() if is_own or not is_mine else None
            spanned, whole = self.projects(row), None if row["project"] else row["programme"]
            yield Right(classes, place, spanned, areas, states, is_derived=True, programme=whole)

    def _given(self) -> Iterator[Right]:
        for row in self.tables["Grant"].values():
            begins, ends = row["validFrom"], row["validUntil"]
            in_force = (begins is None or begins <= self.now) and (ends is None or ends > self.now)
            is_mine = row["_holder"] == self._me
            is_ours = row["_holder"] is not None and row["_holder"] == self._mine["group"]
            if not in_force or not (is_mine or is_ours) or "READ" not in row["capabilities"]:
                continue
            place = None if row["jurisdiction"] is None else frozenset({row["jurisdiction"]})
            areas = None
            if row["areaScope"] == "OWN":
                areas = self.under(row["area"]) if row["area"] else self._own_areas()
            classes, states = frozenset(row["dataClasses"]), frozenset(row["states"])
            yield Right(classes, place, self.projects(row), areas, states)

    def projects(self, row: Row) -> frozenset[int] | None:
        """Return the local projects that the row's project or programme spans."""
        projects = self.tables["Project"].values()
        if row["project"] is not None:
            return _subtree(row["project"], projects)
        if row["programme"] is None:
            return None
        return frozenset(p["#"] for p in projects if p["programme"] == row["programme"])

    def _is_led(self, project: int) -> bool:
        return self.tables["Project"][project]["lead"] is not None

    def _own_areas(self) -> frozenset[int] | None:
        """Return the agency's own areas: all for an agency of the whole place, else its unit's."""
        if self._mine["area"] is not None:
            return self.under(self._mine["area"])
        return None if self._mine["level"] in {"CITY", "PROVINCE"} else frozenset()

    def under(self, area: int) -> frozenset[int]:
        """Return the area, what lies in it, and what went to it whole."""
        under = _subtree(area, self.tables["Area"].values())
        whole = frozenset(
            row["predecessor"]
            for row in self.tables["AreaLineage"].values()
            if row["share"] == "WHOLE" and row["successor"] in under
        )
        return under | whole


def newest(rows: Iterable[Row]) -> list[Row]:
    """Return, of every origin, the newest revision, if it does not withdraw the row."""
    last: dict[Any, Row] = {}
    for row in rows:
        known = last.get(row["_origin"])
        if known is None or row["_revision"] > known["_revision"]:
            last[row["_origin"]] = row
    return [row for row in last.values() if not row["_withdrawn"]]


def _subtree(top: int, rows: Iterable[Row]) -> frozenset[int]:
    rows = list(rows)
    found, size = {top}, 0
    while len(found) > size:
        size = len(found)
        found |= {row["#"] for row in rows if row["parent"] in found}
    return frozenset(found)
