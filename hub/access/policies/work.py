"""The queue of work."""

from __future__ import annotations

from typing import Final

from hub.access.policies.policy import Policy, Verb
from hub.access.readers import OUTSIDE, Reader
from hub.model.authority import access_epoch, account
from hub.model.jobs import QUEUE_TABLES, job

ENQUEUEING: Final = (Reader.SOURCE,)
"""Who may have work done later, in the transaction that makes it necessary."""


QUEUE: Final = (
    *(
        Policy(
            table,
            "working",
            (Reader.WORKER,),
            Verb.ALL,
            "true",
            "The worker takes, counts and ends jobs; a job says what is to be done and holds no "
            "data.",
        )
        for table in QUEUE_TABLES
    ),
    Policy(
        job,
        "enqueueing",
        ENQUEUEING,
        Verb.INSERT,
        "status = 'queued'",
        "Work is queued in the transaction that makes it necessary; nothing else of the queue is "
        "seen or touched.",
    ),
    Policy(
        job,
        "of_batches_seen",
        OUTSIDE,
        Verb.SELECT,
        "dedupe_key IN (SELECT 'batch:' || b.id FROM batch b "
        "WHERE b.status IN ('queued', 'running'))",
        "That a batch waits is seen by whoever sees the batch.",
    ),
    Policy(
        account,
        "of_no_job",
        (Reader.WORKER,),
        Verb.SELECT,
        "false",
        "Whoever keeps the queue acts for no account: a job acts as whom it is for.",
    ),
    Policy(
        access_epoch,
        "known_to_the_worker",
        (Reader.WORKER,),
        Verb.SELECT,
        "true",
        "A counter tells whether what was found out about somebody still holds.",
    ),
)
