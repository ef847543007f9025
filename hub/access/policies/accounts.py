"""Accounts, grants and what follows from them."""

from __future__ import annotations

from typing import Final

from hub.access.policies.conditions import ADMINISTERED, OWN_AGENCY
from hub.access.policies.policy import Policy, Verb
from hub.access.readers import OUTSIDE, Reader
from hub.model.authority import access_epoch, access_grant, account, notice, reach, scope
from hub.model.measurement import observation
from hub.model.operations import trusted_operation
from hub.model.organisation import agency
from hub.model.programme import programme, project
from hub.model.territory import area, area_lineage, jurisdiction

ACCOUNTS: Final = (
    Policy(
        account,
        "own_account",
        OUTSIDE,
        Verb.SELECT,
        "id = (SELECT hub_account_id()) AND suspended_at IS NULL",
        "Whoever asks knows its own account and no other, and not even that once suspended.",
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
        f"holder_id IS NULL OR holder_id = {OWN_AGENCY}",
        "An agency knows its own grants and those of everybody in its position.",
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
        trusted_operation,
        "all_operations",
        (Reader.GATE,),
        Verb.SELECT,
        "true",
        "What may be asked is found before it is known what is asked.",
    ),
    *(
        Policy(
            table,
            "administering",
            (Reader.REGISTRAR,),
            Verb.SELECT,
            "true",
            "Whether an administrator may is decided over all accounts, grants and agencies.",
        )
        for table in (
            account,
            access_grant,
            agency,
            project,
            programme,
            jurisdiction,
            area,
            area_lineage,
            observation,
        )
    ),
    Policy(
        account,
        "adding_accounts",
        (Reader.REGISTRAR,),
        Verb.INSERT,
        ADMINISTERED.format(column="agency_id"),
        "An administrator adds accounts within its own subtree (rule 38).",
    ),
    Policy(
        account,
        "suspending_accounts",
        (Reader.REGISTRAR,),
        Verb.UPDATE,
        ADMINISTERED.format(column="agency_id"),
        "An administrator suspends and restores accounts within its own subtree (rules 25, 38).",
    ),
    Policy(
        access_grant,
        "giving_grants",
        (Reader.REGISTRAR,),
        Verb.INSERT,
        "origin = 'explicit' AND valid_until IS NOT NULL "
        "AND given_by_id = (SELECT hub_account_id()) AND ((NOT is_break_glass AND "
        f"{ADMINISTERED.format(column='holder_id')} AND hub_may_give(access_grant)) OR "
        f"(is_break_glass AND holder_id = {OWN_AGENCY} AND length(why) >= 10 "
        "AND data_classes = '{observation}' AND capabilities = '{read}' AND states = '{draft}' "
        "AND area_scope = 'all' AND (project_id, jurisdiction_id) IN "
        "(SELECT p.id, p.jurisdiction_id FROM project p) "
        "AND valid_until <= now() + interval '24 hours' AND jurisdiction_id = ANY "
        "((SELECT hub_standing_jurisdictions())::int[])))",
        "An administrator gives, for a time, only what its own agency holds as a whole; the "
        "standing agency breaks the glass over the drafts of one project of its place, for a day "
        "at most, saying why (rules 27, 38, 40).",
    ),
    Policy(
        access_grant,
        "ending_grants",
        (Reader.REGISTRAR,),
        Verb.UPDATE,
        f"origin = 'explicit' AND ({ADMINISTERED.format(column='holder_id')} "
        f"OR holder_id = {OWN_AGENCY})",
        "Who may give a right may end it early, and a holder may give its own up.",
    ),
    *(
        Policy(
            table,
            "following_grants",
            (Reader.REGISTRAR,),
            Verb.ALL,
            "true",
            "Scopes and their reach are the grants written out, by the database itself.",
        )
        for table in (scope, reach)
    ),
    Policy(
        notice,
        "telling",
        (Reader.REGISTRAR,),
        Verb.INSERT,
        "true",
        "An agency is told when its drafts may be read (rule 40).",
    ),
    Policy(
        notice,
        "own_notices",
        OUTSIDE,
        Verb.SELECT,
        f"agency_id = {OWN_AGENCY}",
        "An agency reads what it was told.",
    ),
    Policy(
        access_epoch,
        "known_to_all",
        (*OUTSIDE, Reader.GATE, Reader.CLERK, Reader.AUDITOR),
        Verb.SELECT,
        "true",
        "A counter tells whether what was found out about somebody still holds.",
    ),
    Policy(
        access_epoch,
        "passing",
        (Reader.REGISTRAR, Reader.LOADER),
        Verb.ALL,
        "true",
        "Whoever changes accounts or grants ends the epoch, by the database's own hand.",
    ),
    *(
        Policy(
            table,
            "own_scopes",
            OUTSIDE,
            Verb.SELECT,
            f"holder_id = {OWN_AGENCY}",
            "Policies read what the asking agency may reach and no other.",
        )
        for table in (scope, reach)
    ),
)
