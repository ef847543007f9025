"""Grants: what follows from the assignments by the role table, and what was decided beside them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import or_

from hub.access.derivation import Assigned, Grant, Holder, Right, derive, spread
from hub.ingest.merge import RowSet
from hub.ingest.rows.ids import find
from hub.ingest.rows.programme import leads_of
from hub.model.authority import access_grant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.ingest.files import ReferenceData
    from hub.ingest.local import LocalRows
    from hub.ingest.rows.ids import Ids
    from hub.ingest.rows.organisation import Member


def grants(data: ReferenceData, members: list[Member], local: LocalRows, ids: Ids) -> RowSet:
    """Return the rows of ``access_grant`` that the reference data gives.

    What is given to whoever runs a facility has no holder: policies ask who runs which.
    """
    holders = _holders(data, members)
    public = {row.code for row in data.decided_grants if row.is_public}
    rows = [
        _grant_row(grant, ids, is_public=grant.code in public)
        for grant in (*_derived(data, local, holders), *_decided(data, local, holders))
    ]
    owned = or_(access_grant.c.origin == "derived", access_grant.c.origin == "decided")
    return RowSet(access_grant, ("code",), rows, owned=owned)


def _holders(data: ReferenceData, members: list[Member]) -> Mapping[str, Holder]:
    agencies = [
        *(Holder(row.code, row.level, row.is_group) for row in data.agencies),
        *(
            Holder(
                member.code,
                "ward",
                is_group=False,
                group=member.group.code,
                area=(member.ward.code, member.ward.valid_from.isoformat()),
            )
            for member in members
        ),
    ]
    return {holder.code: holder for holder in agencies}


def _derived(data: ReferenceData, local: LocalRows, holders: Mapping[str, Holder]) -> list[Grant]:
    assigned = [
        Assigned(
            row.code,
            row.jurisdiction,
            local.find_programme(row.programme, row.jurisdiction) or row.programme,
            local.find_project(row.project, row.jurisdiction),
            row.agency,
            row.role,
            row.covers,
            f"{row.source_document} {row.source_section or ''}".rstrip(),
        )
        for row in data.assignments
    ]
    rights = [
        Right(
            row.role,
            row.data_classes,
            row.capabilities,
            row.area_scope,
            row.states,
            row.only_if_unled,
            row.why,
        )
        for row in data.role_rights
    ]
    return derive(assigned, rights, holders, frozenset(leads_of(data, local)))


def _decided(data: ReferenceData, local: LocalRows, holders: Mapping[str, Holder]) -> list[Grant]:
    return [
        held
        for row in data.decided_grants
        for held in spread(
            Grant(
                code=row.code,
                origin="decided",
                holder=row.holder,
                role=None,
                jurisdiction=row.jurisdiction,
                programme=None,
                project=local.find_project(row.project, row.jurisdiction),
                data_classes=row.data_classes,
                capabilities=row.capabilities,
                states=row.states,
                area_scope=row.area_scope,
                limits=row.limits,
                basis=row.basis,
                why=row.why,
            ),
            holders,
        )
    ]


def _grant_row(grant: Grant, ids: Ids, *, is_public: bool) -> dict[str, object]:
    area = None if grant.area is None else (grant.area[0], date.fromisoformat(grant.area[1]))
    return {
        "code": grant.code,
        "origin": grant.origin,
        "holder_id": find(ids.agency, grant.holder),
        "is_public": is_public,
        "role": grant.role,
        "jurisdiction_id": find(ids.jurisdiction, grant.jurisdiction),
        "programme_id": find(ids.programme, grant.programme),
        "project_id": find(ids.project, grant.project),
        "data_classes": grant.data_classes,
        "capabilities": grant.capabilities,
        "states": grant.states,
        "area_scope": grant.area_scope,
        "area_id": find(ids.area, area),
        "limits": grant.limits,
        "basis": grant.basis,
        "why": grant.why,
    }
