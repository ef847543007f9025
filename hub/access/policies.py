"""Which rows a role may touch, and why: row-level security as data.

Settings and scopes are read through sub-selects, so that they are evaluated once a statement. A
role without a policy on a table sees no row of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hub.access.readers import OUTSIDE, Reader
from hub.model.authority import access_grant, account, scope
from hub.model.measurement import indicator, observation, period, target
from hub.model.organisation import agency, assignment, assignment_partner
from hub.model.programme import document, document_link, programme, project
from hub.model.territory import area, area_lineage, jurisdiction

if TYPE_CHECKING:
    from sqlalchemy import Table


class Verb(StrEnum):
    """A command that a policy speaks of."""

    SELECT = "SELECT"
    ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Policy:
    """A row policy: *roles* may do *verb* on the rows for which *using* holds.

    Attributes:
        name: unique within the table.
        using: SQL over the row; for ``ALL`` it binds what is written, too.
        why: the rule it carries out, by its number in the access rules, or the reason.
    """

    table: Table
    name: str
    roles: tuple[Reader, ...]
    verb: Verb
    using: str
    why: str


OPEN_TABLES: Final = (
    jurisdiction,
    programme,
    agency,
    assignment,
    assignment_partner,
    document,
    document_link,
    area,
    area_lineage,
    indicator,
    target,
    period,
)
"""Definitions, areas, documents and targets: open to everyone, the public included."""

_OWN_AGENCY = "(SELECT hub_agency_id())"
_NOT_A_FOREIGN_DRAFT = f"(status <> 'draft' OR agency_id = {_OWN_AGENCY})"
_ACCEPTED = "status IN ('accepted', 'published')"
_IN_FORCE = (
    "(valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now())"
)


def _cells(data_class: str, *, accepted: bool) -> str:
    return (
        "(project_id, area_id) IN (SELECT s.project_id, s.area_id FROM scope s "
        f"WHERE s.holder_id = {_OWN_AGENCY} AND s.data_class = '{data_class}' "
        "AND s.capability = 'read' AND s.area_id IS NOT NULL "
        f"AND s.accepted_only = {str(accepted).lower()} AND {_IN_FORCE})"
    )


_SCOPED_OBSERVATION = (
    "(project_id = ANY ((SELECT hub_reach('observation', false))::int[]) "
    f"AND {_NOT_A_FOREIGN_DRAFT}) "
    "OR (area_id = ANY ((SELECT hub_reach_areas('observation'))::int[]) AND ("
    f"({_cells('observation', accepted=False)} AND {_NOT_A_FOREIGN_DRAFT}) "
    f"OR ({_cells('observation', accepted=True)} AND {_ACCEPTED}))) "
    f"OR (project_id = ANY ((SELECT hub_reach('observation', true))::int[]) AND {_ACCEPTED})"
)

POLICIES: Final = (
    *(
        Policy(
            table,
            "open_to_all",
            OUTSIDE,
            Verb.SELECT,
            "true",
            "Definitions, areas, documents and targets are open to everyone (rules 19, 36).",
        )
        for table in OPEN_TABLES
    ),
    Policy(
        project,
        "national_nodes",
        (Reader.PUBLIC,),
        Verb.SELECT,
        "is_national",
        "A national node is a definition; a local row is seen through a grant (rule 36).",
    ),
    Policy(
        project,
        "within_reach",
        (Reader.SCOPED,),
        Verb.SELECT,
        "is_national OR id = ANY ((SELECT hub_projects_seen())::int[])",
        "A local project shows itself to readers of its figures or its money (rules 6, 7, 9, 17).",
    ),
    Policy(
        project,
        "of_the_jurisdiction",
        (Reader.STANDING,),
        Verb.SELECT,
        "is_national OR jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])",
        "The standing agency reads every project of its jurisdiction (rule 1).",
    ),
    Policy(
        project,
        "of_every_jurisdiction",
        (Reader.FEED,),
        Verb.SELECT,
        "is_national OR (SELECT hub_feed_reads('observation'))",
        "The ministry reads every jurisdiction (rule 20).",
    ),
    Policy(
        observation,
        "no_live_figure",
        (Reader.PUBLIC,),
        Verb.SELECT,
        "false",
        "The public reads releases, never a live observation (rule 19).",
    ),
    Policy(
        observation,
        "within_reach",
        (Reader.SCOPED,),
        Verb.SELECT,
        _SCOPED_OBSERVATION,
        "Figures within one grant as a whole, and of others' drafts none (rules 3, 4, 11, 13, 17, "
        "18, 22, 27).",
    ),
    Policy(
        observation,
        "of_the_jurisdiction",
        (Reader.STANDING,),
        Verb.SELECT,
        "jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[]) "
        f"AND {_NOT_A_FOREIGN_DRAFT}",
        "The standing agency reads every figure of its jurisdiction but others' drafts "
        "(rules 1, 22).",
    ),
    Policy(
        observation,
        "accepted_figures",
        (Reader.FEED,),
        Verb.SELECT,
        f"{_ACCEPTED} AND (SELECT hub_feed_reads('observation'))",
        "The ministry reads accepted and later figures of every jurisdiction (rule 20).",
    ),
    Policy(
        account,
        "own_account",
        OUTSIDE,
        Verb.SELECT,
        "id = (SELECT hub_account_id())",
        "Whoever asks knows its own account and no other.",
    ),
    Policy(
        account,
        "all_accounts",
        (Reader.GATE,),
        Verb.SELECT,
        "true",
        "Somebody must tell whose token it is.",
    ),
    Policy(
        access_grant,
        "own_grants",
        OUTSIDE,
        Verb.SELECT,
        f"is_public OR holder_id = {_OWN_AGENCY}",
        "An agency knows its own grants and those of everybody.",
    ),
    Policy(
        access_grant,
        "all_grants",
        (Reader.GATE,),
        Verb.SELECT,
        "true",
        "The kind of reader follows from the agency's grants.",
    ),
    Policy(
        agency,
        "all_agencies",
        (Reader.GATE,),
        Verb.SELECT,
        "true",
        "An account is of an agency.",
    ),
    Policy(
        scope,
        "own_scopes",
        OUTSIDE,
        Verb.SELECT,
        f"holder_id = {_OWN_AGENCY}",
        "Policies read the asking agency's scopes and no other's.",
    ),
    *(
        Policy(
            table,
            "loading",
            (Reader.LOADER,),
            Verb.ALL,
            "true",
            "The programme's own data is loaded whole; no request runs as this role.",
        )
        for table in (*OPEN_TABLES, project, observation, account, access_grant, scope)
    ),
)
