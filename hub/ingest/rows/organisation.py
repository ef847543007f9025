"""Agencies, the members of the two groups that have one in every ward, and who has which part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import not_

from hub.ingest.history import History, Links
from hub.ingest.merge import RowSet
from hub.ingest.rows.ids import find
from hub.ingest.rows.sourced import provenance
from hub.ingest.territory_names import within_a_name
from hub.model.organisation import agency, assignment, assignment_partner

if TYPE_CHECKING:
    from hub.ingest.drafts.organisation import Agency
    from hub.ingest.drafts.territory import Ward
    from hub.ingest.files import ReferenceData
    from hub.ingest.local import LocalRows
    from hub.ingest.rows.ids import AreaKey, Ids

COMMITTEES: Final = "hn.ubnd-cap-xa"
"""The group of the wards' people's committees."""

_MEMBER_NAMES: Final = {
    COMMITTEES: "Ủy ban nhân dân {ward}",
    "hn.cong-an-cap-xa": "Công an {ward}",
}
"""The groups that have one member a ward, and what a member is called."""

_MEMBER_LEVEL: Final = "ward"
_MEMBER_INFERRED: Final = ("code", "name_vi", "kind", "level", "parent")
_MEMBER_NOTE: Final = "Thành viên của {group}, suy từ danh sách phường, xã hiện hành."


@dataclass(frozen=True, slots=True)
class Member:
    """The one agency of a group that works for one ward."""

    group: Agency
    ward: Ward

    @property
    def code(self) -> str:
        """Return the group's code and the ward's."""
        return f"{self.group.code}.{self.ward.code}"

    @property
    def area(self) -> AreaKey:
        """Return the ward it works for."""
        return self.ward.code, self.ward.valid_from

    @property
    def name(self) -> str:
        """Return what the group's bodies are called, with the ward's name."""
        return _MEMBER_NAMES[self.group.code].format(ward=within_a_name(self.ward.name))


def members_of(data: ReferenceData) -> list[Member]:
    """Return the members of the groups that have one in every ward of today."""
    groups = [row for row in data.agencies if row.code in _MEMBER_NAMES]
    return [Member(group, ward) for group in groups for ward in data.wards]


def agencies(data: ReferenceData, members: list[Member], ids: Ids) -> RowSet:
    """Return the rows of ``agency``."""
    rows = [
        *(_agency_row(row, ids) for row in data.agencies),
        *(_member_row(member, ids) for member in members),
    ]
    return RowSet(agency, ("id",), rows, owned=not_(agency.c.synthetic))


def assignments(data: ReferenceData, local: LocalRows, ids: Ids) -> History:
    """Return what ``assignment`` shall say; with whom is part of it."""
    rows = [
        {
            "code": row.code,
            "jurisdiction_id": ids.jurisdiction[row.jurisdiction],
            "programme_id": find(
                ids.programme, local.find_programme(row.programme, row.jurisdiction)
            ),
            "project_id": find(ids.project, local.find_project(row.project, row.jurisdiction)),
            "national_project_id": find(ids.project, row.project),
            "agency_id": ids.agency[row.agency],
            "role": row.role,
            "mode": row.mode,
            "covers": row.covers,
            "scope_vi": row.scope_vi,
            "scope_en": row.scope_en,
            "deadline": row.deadline,
            "deadline_condition": row.deadline_condition,
            **provenance(row, ids),
        }
        for row in data.assignments
    ]
    partners = {
        row.code: [ids.agency[partner] for partner in row.partner_agencies]
        for row in data.assignments
    }
    links = Links(assignment_partner, "assignment_id", "agency_id", partners)
    return History(assignment, rows, owned=not_(assignment.c.synthetic), links=links)


def _agency_row(row: Agency, ids: Ids) -> dict[str, object]:
    return {
        "id": ids.agency[row.code],
        "code": row.code,
        "name_vi": row.name_vi,
        "name_en": row.name_en,
        "abbreviation": row.abbreviation,
        "kind": row.kind,
        "level": row.level,
        "jurisdiction_id": find(ids.jurisdiction, row.jurisdiction),
        "parent_id": find(ids.agency, row.parent),
        "is_group": row.is_group,
        "group_id": None,
        "area_id": None,
        "also_named_as": row.also_named_as,
        "named_in": row.named_in,
        **provenance(row, ids),
    }


def _member_row(member: Member, ids: Ids) -> dict[str, object]:
    group = member.group
    return {
        **_agency_row(group, ids),
        "id": ids.agency[member.code],
        "code": member.code,
        "name_vi": member.name,
        "name_en": None,
        "abbreviation": None,
        "level": _MEMBER_LEVEL,
        "is_group": False,
        "group_id": ids.agency[group.code],
        "area_id": ids.area[member.area],
        "also_named_as": (),
        "named_in": (),
        "inferred": True,
        "inferred_fields": _MEMBER_INFERRED,
        "notes": _MEMBER_NOTE.format(group=group.code),
    }
