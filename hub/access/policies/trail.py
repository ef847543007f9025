"""The audit trail."""

from __future__ import annotations

from typing import Final

from hub.access.policies.conditions import OWN_AGENCY, STANDING
from hub.access.policies.policy import Policy, Verb
from hub.access.readers import Reader
from hub.model.audit import audit_entry, audit_head
from hub.model.authority import account
from hub.model.organisation import agency

_STANDS = "cardinality((SELECT hub_standing_jurisdictions())) > 0"
_OWN_TRAIL = (
    f"agency_id = {OWN_AGENCY} OR jurisdiction_id = ANY ((SELECT hub_audited_places())::int[])"
)


TRAIL: Final = (
    Policy(
        audit_entry,
        "nothing",
        (Reader.PUBLIC,),
        Verb.SELECT,
        "false",
        "The trail is nobody's who has no account (rule 19).",
    ),
    Policy(
        audit_entry,
        "own_trail",
        (Reader.SCOPED, Reader.FEED),
        Verb.SELECT,
        _OWN_TRAIL,
        "A unit reads its own trail, an auditor that of the places it is given (rule 37).",
        ("audit",),
    ),
    Policy(
        audit_entry,
        "of_the_jurisdiction",
        (Reader.STANDING,),
        Verb.SELECT,
        f"{STANDING} OR (agency_id IS NULL AND {_STANDS}) OR {_OWN_TRAIL}",
        "The standing agency reads the trail of its whole place, and what belongs to no agency: "
        "the public's requests and refused tokens (rule 37).",
        ("audit",),
    ),
    Policy(
        audit_entry,
        "keeping",
        (Reader.CLERK, Reader.LOADER),
        Verb.INSERT,
        "true",
        "Whoever keeps the trail adds to it; nobody changes or deletes (rule 37).",
    ),
    Policy(
        audit_entry,
        "own_acts",
        (Reader.REGISTRAR,),
        Verb.INSERT,
        "event = 'act' AND account_id = (SELECT hub_account_id())",
        "Whoever acts leaves an entry of its own act, and of no other's.",
    ),
    Policy(
        audit_entry,
        "continuing",
        (Reader.CLERK, Reader.LOADER, Reader.REGISTRAR),
        Verb.SELECT,
        "true",
        "An entry goes on from the one before, whosever that is.",
    ),
    Policy(
        audit_head,
        "nothing",
        (Reader.PUBLIC, Reader.SCOPED, Reader.FEED),
        Verb.SELECT,
        "false",
        "How long the whole trail is tells how much others do.",
    ),
    Policy(
        audit_head,
        "of_the_jurisdiction",
        (Reader.STANDING,),
        Verb.SELECT,
        _STANDS,
        "The standing agency may compare the heads with what it was given (rule 37).",
    ),
    Policy(
        audit_head,
        "signing",
        (Reader.CLERK,),
        Verb.INSERT,
        "true",
        "The worker signs what the chain has come to.",
    ),
    Policy(
        audit_head,
        "continuing",
        (Reader.CLERK,),
        Verb.SELECT,
        "true",
        "A head is signed when there is more than at the last.",
    ),
    *(
        Policy(
            table,
            "checking",
            (Reader.AUDITOR,),
            Verb.SELECT,
            "true",
            "Whoever checks the chain reads all of it.",
        )
        for table in (audit_entry, audit_head)
    ),
    Policy(
        agency,
        "of_entries",
        (Reader.CLERK,),
        Verb.SELECT,
        "true",
        "An entry is of an agency and its place.",
    ),
    Policy(
        account,
        "of_entries",
        (Reader.CLERK,),
        Verb.SELECT,
        "true",
        "An entry names an account by its handle.",
    ),
    Policy(
        account,
        "nothing",
        (Reader.AUDITOR,),
        Verb.SELECT,
        "false",
        "Whoever checks the chain acts for no account.",
    ),
)
