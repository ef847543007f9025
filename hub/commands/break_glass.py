"""Break the glass: the standing agency reads a project's drafts for hours; their owners are told.

Rule 40 of the access rules.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from sqlalchemy import Insert, insert, literal, select

from hub.commands.give_grant import check_reason, check_validity, get_jurisdiction, get_project
from hub.model.authority import access_grant, account, notice
from hub.model.measurement import observation
from hub.model.programme import project

if TYPE_CHECKING:
    from datetime import datetime

    from hub.clock import Clock
    from hub.database.transaction import Transaction

LONGEST: Final = timedelta(hours=24)


async def break_glass(  # noqa: PLR0913  (each is asked for by name)
    transaction: Transaction,
    *,
    given_by: int,
    jurisdiction_code: str,
    project_code: str,
    why: str,
    valid_until: datetime,
    clock: Clock,
) -> str:
    """Open the drafts of *project_code* to the caller's agency and return the right's code.

    Every unit that has a draft there is told, with the reason, in the same transaction.
    """
    check_reason(why)
    check_validity(valid_until, LONGEST, clock)
    jurisdiction_id = await get_jurisdiction(transaction, jurisdiction_code)
    project_id = await get_project(transaction, project_code, jurisdiction_id)
    code = f"break-glass.{uuid4()}"
    holder = select(account.c.agency_id).where(account.c.id == given_by).scalar_subquery()
    await transaction.execute(
        insert(access_grant).values(
            code=code,
            origin="explicit",
            holder_id=holder,
            jurisdiction_id=jurisdiction_id,
            project_id=project_id,
            data_classes=["observation"],
            capabilities=["read"],
            states=["draft"],
            area_scope="all",
            is_break_glass=True,
            given_by_id=given_by,
            why=why,
            valid_until=valid_until,
        )
    )
    await transaction.execute(_tell(code, project_id, why))
    return code


def _tell(code: str, project_id: int | None, why: str) -> Insert:
    subtree = select(project.c.id).where(project.c.id == project_id).cte("subtree", recursive=True)
    subtree = subtree.union_all(select(project.c.id).where(project.c.parent_id == subtree.c.id))
    owners = (
        select(observation.c.agency_id)
        .where(observation.c.status == "draft", observation.c.project_id.in_(select(subtree.c.id)))
        .distinct()
        .subquery()
    )
    given = select(access_grant.c.id).where(access_grant.c.code == code).scalar_subquery()
    return insert(notice).from_select(
        ["agency_id", "kind", "grant_id", "reason"],
        select(owners.c.agency_id, literal("break_glass"), given, literal(why)),
    )
