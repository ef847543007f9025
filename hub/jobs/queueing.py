"""To have something done later: a job is queued in the transaction that makes it necessary."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from hub.model.jobs import job

if TYPE_CHECKING:
    from hub.database.transaction import Transaction

AT_ONCE: Final = timedelta()


async def enqueue(
    transaction: Transaction, kind: str, key: str, *, after: timedelta = AT_ONCE, priority: int = 0
) -> None:
    """Have the job *kind* done for *key* once *transaction* has committed.

    A job of the same kind and key that waits or is under way already stays as it is.
    """
    await transaction.execute(
        insert(job)
        .values(
            priority=priority,
            execute_after=func.now() + after,
            status="queued",
            entrypoint=kind,
            dedupe_key=dedupe_key(kind, key),
            payload=key.encode(),
        )
        .on_conflict_do_nothing()
        # Who queues a job may not read it back.
        .inline()
    )


def dedupe_key(kind: str, key: str) -> str:
    """Return what two jobs of the same kind and key have in common, and no others."""
    return f"{kind}:{key}"
