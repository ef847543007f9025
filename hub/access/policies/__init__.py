"""Which rows a role may touch, and why: row-level security as data.

``policy`` is what a policy is, ``conditions`` what most are made of. Each of the others has the
policies of one subject: ``definitions``, ``figures``, ``accounts``, ``trail``, ``work``,
``intake``, and ``rights`` those of all that is seen by right.

Settings and scopes are read through sub-selects, so that they are evaluated once a statement. A
role without a policy on a table sees no row of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hub.access.policies.accounts import ACCOUNTS
from hub.access.policies.definitions import DEFINITIONS, OPEN_TABLES
from hub.access.policies.figures import FIGURES
from hub.access.policies.intake import INTAKE
from hub.access.policies.policy import Policy, Verb
from hub.access.policies.rights import BY_RIGHT, PROTECTED_TABLES
from hub.access.policies.trail import TRAIL
from hub.access.policies.work import ENQUEUEING, QUEUE
from hub.access.readers import Reader
from hub.model.authority import access_grant, account, notice, reach, scope
from hub.model.intake import source_checkpoint
from hub.model.measurement import observation
from hub.model.operations import trusted_operation
from hub.model.programme import project

if TYPE_CHECKING:
    from sqlalchemy import Table

__all__ = [
    "ENQUEUEING",
    "OPEN_TABLES",
    "POLICIES",
    "PROTECTED_TABLES",
    "Policy",
    "Verb",
    "classes_of",
    "never_seen",
]

POLICIES: Final = (
    *DEFINITIONS,
    *FIGURES,
    *ACCOUNTS,
    *(
        Policy(
            table,
            "loading",
            (Reader.LOADER,),
            Verb.ALL,
            "true",
            "The programme's own data is loaded whole; no request runs as this role.",
        )
        for table in (
            *OPEN_TABLES,
            *PROTECTED_TABLES,
            project,
            observation,
            account,
            access_grant,
            scope,
            reach,
            notice,
            trusted_operation,
            source_checkpoint,
        )
    ),
    *TRAIL,
    *QUEUE,
    *INTAKE,
    *BY_RIGHT,
)


def classes_of(table: Table) -> tuple[str, ...]:
    """Return the classes of data that a grant must name for rows of *table*; none if it is open."""
    for policy in POLICIES:
        if policy.table is table:
            if policy.follows is not None:
                return classes_of(policy.follows)
            if policy.data_classes:
                return policy.data_classes
    return ()


def never_seen(table: Table, reader: Reader) -> bool:
    """Return whether no row of *table* can ever be visible to *reader*."""
    for policy in POLICIES:
        if policy.table is table and reader in policy.roles:
            if policy.follows is not None:
                return never_seen(policy.follows, reader)
            return policy.using == "false"
    return True
