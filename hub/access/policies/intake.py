"""What sources deliver."""

from __future__ import annotations

from typing import Final

from hub.access.policies.conditions import OWN_AGENCY
from hub.access.policies.policy import Policy, Verb
from hub.access.readers import Reader
from hub.model.audit import audit_entry
from hub.model.authority import access_epoch, account
from hub.model.duties import reporting_regime
from hub.model.facilities import facility
from hub.model.intake import (
    batch,
    batch_row,
    data_source,
    figure_contribution,
    figure_version,
    quality_check,
    source_checkpoint,
    source_right,
    source_share,
    source_term,
)
from hub.model.measurement import disaggregation, indicator, observation, period
from hub.model.organisation import agency
from hub.model.reporting import form_cell, report_form, submission
from hub.model.territory import area, area_lineage, jurisdiction

_SOURCE = "(SELECT hub_source_id())"
_OF_THE_SOURCE = f"source_id = {_SOURCE}"
_PLACE_OF_THE_SOURCE = "(SELECT s.jurisdiction_id FROM data_source s)"
_OF_ITS_OWNER = (
    f"agency_id = {OWN_AGENCY} AND jurisdiction_id = {_PLACE_OF_THE_SOURCE} "
    f"AND {_SOURCE} IS NOT NULL"
)
_INDICATORS_ANYWHERE = "SELECT r.indicator_id FROM source_right r WHERE r.area_id IS NULL"
_WITHIN_ITS_RIGHT = (
    "((indicator_id, area_id) IN (SELECT r.indicator_id, r.area_id FROM source_right r "
    f"WHERE r.area_id IS NOT NULL) OR indicator_id IN ({_INDICATORS_ANYWHERE}) "
    f"AND area_id IN (SELECT a.id FROM area a WHERE a.jurisdiction_id = {_PLACE_OF_THE_SOURCE})) "
    "AND (facility_id IS NULL OR (indicator_id, facility_id) IN (SELECT r.indicator_id, f.id "
    "FROM source_right r JOIN facility f ON f.reporting_area_id = r.area_id) "
    f"OR indicator_id IN ({_INDICATORS_ANYWHERE}) AND facility_id IN (SELECT f.id FROM facility f) "
    "OR indicator_id IN (SELECT r.indicator_id FROM source_right r) "
    f"AND facility_id IN (SELECT f.id FROM facility f WHERE f.managed_by_id = {OWN_AGENCY}))"
)
"""Sub-selects that do not depend on the row: each is run once a statement. A right to everywhere is
never multiplied by the areas: that would be more than a statement may keep in memory."""


INTAKE: Final = (
    Policy(
        data_source,
        "itself",
        (Reader.SOURCE,),
        Verb.SELECT,
        f"account_id = (SELECT hub_account_id()) AND owner_id = {OWN_AGENCY}",
        "A source acts as its own account, and as no more once that is suspended (rule 25).",
    ),
    *(
        Policy(table, "own_rows", (Reader.SOURCE,), verb, _OF_THE_SOURCE, why)
        for table, verb, why in (
            (source_right, Verb.SELECT, "A source knows what it may write (rule 32)."),
            (source_term, Verb.SELECT, "A source is read by its own words."),
            (source_share, Verb.SELECT, "A source says how a divided area's figures are shared."),
            (source_checkpoint, Verb.ALL, "A source knows how far it has been fetched."),
            (figure_version, Verb.ALL, "A source knows what it has sent last."),
            (figure_contribution, Verb.ALL, "A source adds up what it has sent of old areas."),
        )
    ),
    Policy(
        batch,
        "own_batches",
        (Reader.SOURCE,),
        Verb.ALL,
        f"{_OF_THE_SOURCE} AND {_OF_ITS_OWNER}",
        "A batch is recorded through the account of its source alone (rule 32).",
    ),
    Policy(
        batch_row,
        "own_rows",
        (Reader.SOURCE,),
        Verb.ALL,
        f"{_OF_ITS_OWNER} AND batch_id IN (SELECT b.id FROM batch b)",
        "What is said of a row belongs to the source's own batch.",
    ),
    Policy(
        observation,
        "own_figures",
        (Reader.SOURCE,),
        Verb.SELECT,
        f"agency_id = {OWN_AGENCY} AND {_SOURCE} IS NOT NULL",
        "A source compares with what its owner has reported, and with nothing of others.",
    ),
    Policy(
        observation,
        "within_its_right",
        (Reader.SOURCE,),
        Verb.INSERT,
        f"agency_id = {OWN_AGENCY} AND status IN ('draft', 'submitted') "
        "AND (source, synthetic) = (SELECT s.code, s.synthetic FROM data_source s) "
        f"AND batch_id IN (SELECT b.id FROM batch b) AND {_WITHIN_ITS_RIGHT}",
        "A source writes its own indicators and areas in its owner's name, says with which batch "
        "and whether it is a demonstration, and approves nothing (rule 32).",
    ),
    Policy(
        observation,
        "marking_revised",
        (Reader.SOURCE,),
        Verb.UPDATE,
        f"agency_id = {OWN_AGENCY} AND {_WITHIN_ITS_RIGHT}",
        "A source says of what it may write that a newer revision exists (rule 32).",
    ),
    Policy(
        submission,
        "own_owed",
        (Reader.SOURCE,),
        Verb.SELECT,
        f"agency_id = {OWN_AGENCY} AND {_SOURCE} IS NOT NULL",
        "Figures of a source are what its owner owes.",
    ),
    Policy(
        submission,
        "own_filled",
        (Reader.SOURCE,),
        Verb.UPDATE,
        f"agency_id = {OWN_AGENCY} AND {_SOURCE} IS NOT NULL "
        "AND status IN ('expected', 'draft', 'submitted')",
        "Figures that arrive bring what is owed as far as submitted, and no decision is undone "
        "(rule 32).",
    ),
    *(
        Policy(table, "definitions", (Reader.SOURCE,), Verb.SELECT, "true", why)
        for table, why in (
            (indicator, "Rows name indicators."),
            (disaggregation, "Rows name parts of indicators."),
            (area, "Rows name areas."),
            (area_lineage, "Rows name areas as they were."),
            (period, "Rows name periods."),
            (report_form, "A period is closed once its forms are."),
            (form_cell, "A period is closed once its forms are."),
            (reporting_regime, "A form's periods are its regime's."),
            (quality_check, "Figures are checked at the door."),
            (agency, "A source is of an agency."),
            (jurisdiction, "A source is of a place."),
        )
    ),
    Policy(
        facility,
        "of_its_place",
        (Reader.SOURCE,),
        Verb.SELECT,
        f"jurisdiction_id = {_PLACE_OF_THE_SOURCE}",
        "Rows name facilities of the source's place.",
    ),
    Policy(
        account,
        "itself",
        (Reader.SOURCE,),
        Verb.SELECT,
        "id = (SELECT hub_account_id()) AND suspended_at IS NULL",
        "A source acts as its own account.",
    ),
    Policy(
        access_epoch,
        "for_sources",
        (Reader.SOURCE,),
        Verb.SELECT,
        "true",
        "A counter tells whether what was found out about somebody still holds.",
    ),
    Policy(
        data_source,
        "all_sources",
        (Reader.GATE,),
        Verb.SELECT,
        "true",
        "Somebody must tell whom a delivery acts as.",
    ),
    Policy(
        batch,
        "all_batches",
        (Reader.GATE,),
        Verb.SELECT,
        "true",
        "Somebody must tell whom a waiting batch acts as.",
    ),
    Policy(
        audit_entry,
        "own_acts_of_sources",
        (Reader.SOURCE,),
        Verb.INSERT,
        "event = 'act' AND account_id = (SELECT hub_account_id())",
        "Whoever acts leaves an entry of its own act, and of no other's.",
    ),
    Policy(
        audit_entry,
        "continuing_of_sources",
        (Reader.SOURCE,),
        Verb.SELECT,
        "true",
        "An entry goes on from the one before, whosever that is.",
    ),
)
