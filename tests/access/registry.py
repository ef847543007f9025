"""The forty rules of access: for each, the tests that hold it, and what brings the rest of it.

A test is named ``room/module::function`` below ``tests``. ``python -m tests.access.registry``
prints the rules and their tests as a table.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Due(StrEnum):
    """What brings a rule's subject, where the hub does not have it, or not all of it, yet."""

    SURFACE = "surface"
    """Tokens and limits."""

    LINKING = "linking"
    """Data coming in: sources, batches, pushes, and so the writing of figures."""

    SUBSCRIPTIONS = "subscriptions"
    """Changes sent as they happen, and what was opened before them."""

    REPORTING_CYCLE = "reporting cycle"
    """Submitting, returning, approving, accepting, closing; targets; findings."""

    RELEASES = "releases"
    """Publication: frozen figures, and small numbers withheld in them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of access.

    Attributes:
        source: where it is from; "design" where the plans are silent.
        tests: the tests that hold it for what there is.
        due: what brings the rest.
    """

    number: int
    says: str
    source: str
    tests: tuple[str, ...] = ()
    due: tuple[Due, ...] = ()


def _of(module: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{module}::{name}" for name in names)


_DEPARTMENTS: Final = "access/test_rules_departments"
_WARDS: Final = "access/test_rules_wards"
_PARTS: Final = "access/test_rules_parts"
_FEEDS: Final = "access/test_rules_feeds"
_GRANTS: Final = "access/test_rules_grants"
_MATRIX: Final = "access/test_matrix"
_REVOCATION: Final = "access/test_revocation"
_CLAIMS: Final = "access/test_claims"
_OFFICE: Final = "commands/test_administration"
_NOBODY_WRITES: Final = (
    *_of(_MATRIX, "test_nobody_changes_anything"),
    *_of("access/test_declared", "test_who_reads_for_others_has_reading_rights_alone"),
)

RULES: Final = (
    Rule(
        1,
        "The city police reads all of its city.",
        "hn.tin-da9; hn.kh-da5 VI.1.a",
        _of(
            _DEPARTMENTS,
            "test_the_city_police_sees_every_project_of_the_city_on_every_path",
            "test_the_city_police_reads_every_figure_but_others_drafts",
            "test_the_city_police_reads_every_ward",
            "test_nothing_of_one_place_follows_for_another",
        ),
    ),
    Rule(
        2,
        "It writes figures of Dự án 5 and 9 and of its own facilities, no others.",
        "hn.kh-da5 VI.1",
        _of(
            _DEPARTMENTS,
            "test_the_city_police_writes_figures_of_projects_5_and_9_alone",
        )
        + _NOBODY_WRITES,
        (Due.LINKING,),
    ),
    Rule(
        3,
        "The health department reads Dự án 6 of every ward and may return and approve it.",
        "hn.tin-da9 đoạn 8",
        _of(
            _DEPARTMENTS,
            "test_the_health_department_reads_project_6_of_all_wards",
            "test_the_health_department_comments_returns_and_approves_what_wards_enter",
        ),
        (Due.REPORTING_CYCLE,),
    ),
    Rule(
        4,
        "As coordinator of Dự án 5 it reads it and writes none of it.",
        "hn.kh-da5 III.1.c",
        _of(_DEPARTMENTS, "test_the_health_department_reads_project_5_and_cannot_write_it"),
        (Due.LINKING,),
    ),
    Rule(
        5,
        "It writes which health facilities are fit, though Dự án 5 counts them.",
        "hn.kh-da5 VI.2.b",
        _of(
            _DEPARTMENTS,
            "test_the_health_department_writes_fitness_though_the_indicator_is_project_5s",
        ),
        (Due.LINKING,),
    ),
    Rule(
        6,
        "Of Dự án 7 the Front sees part 4, nothing of parts 1 and 3.",
        "hn.tin-da9 đoạn 7",
        _of(_DEPARTMENTS, "test_within_project_7_the_front_sees_part_4_alone"),
    ),
    Rule(
        7,
        "So do the other guides: each its own part or project.",
        "hn.tin-da9 đoạn 8–9",
        _of(_DEPARTMENTS, "test_likewise_the_other_departments_see_what_they_guide"),
    ),
    Rule(
        8,
        "A total over Dự án 7 holds the reader's own part, and siblings do not follow from it.",
        "design",
        _of(_DEPARTMENTS, "test_a_total_over_project_7_holds_ones_own_part_alone")
        + _of("access/test_hidden_rows", "test_what_is_hidden_changes_no_answer"),
        (Due.RELEASES,),
    ),
    Rule(
        9,
        "The finance department has every project's money and targets, and no figure.",
        "hn.kh-da5 VI.5; design",
        _of(
            _DEPARTMENTS,
            "test_the_finance_department_sees_every_project_and_its_money",
            "test_the_finance_department_reads_targets_and_no_figure",
        ),
        (Due.LINKING,),
    ),
    Rule(
        10,
        "Who leads a project, or guides one that nobody leads, reads its money; a ward its own.",
        "design",
        _of(
            _DEPARTMENTS,
            "test_the_guide_of_a_project_that_nobody_leads_reads_its_money_and_no_others",
            "test_whoever_coordinates_reads_no_money",
            "test_a_ward_reads_its_own_money_alone",
        )
        + _of(
            "access/test_derivation",
            "test_money_is_read_by_the_lead_and_by_the_guide_where_nobody_leads",
        ),
    ),
    Rule(
        11,
        "A ward has itself in what it carries out; of others what is published.",
        "hn.kh-da5 VI.12",
        _of(
            _WARDS,
            "test_a_ward_reads_itself_in_what_it_carries_out",
            "test_a_ward_sees_no_project_that_it_does_not_carry_out",
        ),
        (Due.LINKING, Due.RELEASES),
    ),
    Rule(
        12,
        "Whoever entered a figure neither submits nor approves it.",
        "design",
        due=(Due.REPORTING_CYCLE,),
    ),
    Rule(
        13,
        "A ward's police and its committee do not see each other's drafts.",
        "design",
        _of(_WARDS, "test_a_wards_police_and_committee_see_not_each_others_drafts"),
    ),
    Rule(
        14,
        "A rehabilitation centre's figures are its own, none of the ward's it stands in.",
        "hn.kh-da5 VI.1.b; design",
        _of(_WARDS, "test_a_centres_figures_are_the_centres_and_none_of_the_wards"),
        (Due.LINKING,),
    ),
    Rule(
        15,
        "A health station answers to its ward and to the health department.",
        "hn.kh-da5 II.2.e, VI.2.b",
        _of(_WARDS, "test_a_health_station_has_two_lines"),
        (Due.LINKING,),
    ),
    Rule(
        16,
        "Whoever coordinates the whole reads it and never writes it; who they are is data.",
        "hn.kh-da5 III.1.c",
        _of(_PARTS, "test_whoever_coordinates_the_whole_reads_it_and_writes_nothing"),
    ),
    Rule(
        17,
        "Whoever has a part has its own tasks; home affairs the accepted results, too.",
        "hn.kh-da5 VI",
        _of(
            _PARTS,
            "test_whoever_has_a_part_sees_its_own_tasks_and_not_the_project",
            "test_home_affairs_reads_the_accepted_results_of_project_5_alone",
        )
        + _of("access/test_derivation", "test_a_part_gives_nothing"),
    ),
    Rule(
        18,
        "The people's committee of the city reads what is accepted and edits nothing.",
        "hn.kh-da5 VI.1.a",
        _of(_PARTS, "test_the_peoples_committee_reads_what_is_accepted_and_edits_nothing"),
    ),
    Rule(
        19,
        "The public has definitions, areas, documents, targets, and no live figure.",
        "hn.tin-da9 đoạn 5; design",
        _of(
            _PARTS,
            "test_the_public_reads_definitions_and_no_figure",
            "test_the_public_reads_definitions_areas_documents_and_targets_whole",
        ),
        (Due.RELEASES,),
    ),
    Rule(
        20,
        "The ministry's feed has accepted figures of every place at true value, no draft.",
        "hn.kh-da5 VI.1.a",
        _of(
            _FEEDS,
            "test_the_feed_reads_accepted_figures_of_every_place",
            "test_the_feed_reads_values_as_they_are_stored",
        ),
        (Due.SUBSCRIPTIONS,),
    ),
    Rule(
        21,
        "A feed has its own regime's data and no other.",
        "design",
        _of(
            _FEEDS,
            "test_a_feed_reads_the_classes_of_its_own_regime_alone",
            "test_another_ministry_has_no_feed_by_being_one",
        ),
        (Due.LINKING,),
    ),
    Rule(
        22,
        "A draft is its unit's; reviewers learn that something is due and how far it is.",
        "design",
        _of(
            _WARDS,
            "test_a_draft_is_its_units_alone",
            "test_reviewers_see_that_something_is_due_and_how_far_it_is",
        ),
        (Due.REPORTING_CYCLE,),
    ),
    Rule(
        23,
        "After the cut-off nobody edits without a recorded exception.",
        "design",
        due=(Due.REPORTING_CYCLE,),
    ),
    Rule(
        24,
        "An approval is taken back where it was given, before anything above it.",
        "design",
        due=(Due.REPORTING_CYCLE, Due.RELEASES),
    ),
    Rule(
        25,
        "Suspended or expired is nothing at once, whatever was kept.",
        "design",
        _of(
            _REVOCATION,
            "test_nothing_that_was_kept_gives_anything_more",
            "test_a_token_of_a_suspended_account_is_refused",
            "test_an_export_is_of_one_moment_and_the_next_one_is_empty",
            "test_changes_under_many_readers_are_seen_whole",
        )
        + _of(
            _CLAIMS,
            "test_a_suspended_account_sees_nothing_from_the_next_operation_on",
            "test_a_right_out_of_its_time_is_gone_from_the_next_operation_on",
        )
        + _of(_OFFICE, "test_a_suspended_account_sees_nothing_from_the_next_operation_on"),
        (Due.SURFACE, Due.SUBSCRIPTIONS),
    ),
    Rule(
        26,
        "Whoever changes agency loses the old rights; what it wrote stays where it was.",
        "design",
        _of(_GRANTS, "test_an_officer_who_changes_agency_has_the_new_ones_rights_alone"),
    ),
    Rule(
        27,
        "Writing here and reading there is neither writing there nor reading here.",
        "design",
        _of(
            _GRANTS,
            "test_rights_are_not_combined_axis_by_axis",
            "test_whoever_reads_here_and_writes_there_gives_neither_of_the_two_others",
        ),
    ),
    Rule(
        28,
        "An inspection reads chosen wards and projects for a time and lapses by itself.",
        "hn.kh-da5 VII.2; design",
        _of(_GRANTS, "test_an_inspection_reads_chosen_wards_and_lapses_by_itself")
        + _of(_OFFICE, "test_an_inspection_of_one_ward_and_project_opens_that_and_no_more"),
        (Due.REPORTING_CYCLE,),
    ),
    Rule(
        29,
        "The inspected unit reads a finding once issued; it may answer and not alter it.",
        "design",
        _of(_WARDS, "test_an_inspected_ward_reads_a_finding_once_issued")
        + _of(_MATRIX, "test_each_sees_exactly_what_the_rules_give")
        + _NOBODY_WRITES,
        (Due.REPORTING_CYCLE,),
    ),
    Rule(
        30,
        "A target changes by a legal document, by the lead and the standing agency.",
        "design",
        due=(Due.REPORTING_CYCLE,),
    ),
    Rule(
        31,
        "A closed ward's series goes to the ward that it went to whole; the city sees all.",
        "design",
        _of(_WARDS, "test_a_new_ward_reads_a_predecessor_that_came_to_it_whole"),
        (Due.LINKING,),
    ),
    Rule(
        32,
        "An import account writes its source's figures and approves none.",
        "design",
        due=(Due.LINKING,),
    ),
    Rule(
        33,
        "Press and broadcaster have releases, not before their embargo ends.",
        "hn.kh-da5 VI.1.h, VI.7",
        due=(Due.RELEASES,),
    ),
    Rule(
        34,
        "What is marked secret is refused at the door and logged without content.",
        "design",
        due=(Due.LINKING,),
    ),
    Rule(
        35,
        "No path tells more than the list; unknown and forbidden look the same.",
        "design",
        _of(
            "access/test_forbidden",
            "test_a_forbidden_project_and_none_look_the_same",
            "test_a_forbidden_row_and_none_are_asked_for_alike",
            "test_a_cursor_of_somebody_else_opens_nothing",
            "test_what_a_forbidden_parent_is_asked_for_is_not_judged",
        )
        + _of(
            "access/test_absence",
            "test_hidden_and_absent_are_answered_by_the_same_bytes",
            "test_anothers_cursor_and_none_are_refused_by_the_same_bytes",
            "test_an_export_of_nothing_seen_is_as_one_of_nothing",
            "test_hidden_takes_no_longer_than_absent",
        )
        + _of(
            "access/test_hidden_targets",
            "test_a_name_that_is_taken_is_refused_like_an_agency_beyond_the_subtree",
            "test_a_foreign_account_and_none_are_refused_alike",
            "test_a_foreign_right_and_none_are_refused_alike",
            "test_a_project_that_one_may_not_see_and_none_are_refused_alike",
            "test_an_area_of_another_place_and_none_are_refused_alike",
        )
        + _of("access/test_hidden_rows", "test_what_is_hidden_changes_no_answer"),
        (Due.LINKING, Due.SUBSCRIPTIONS),
    ),
    Rule(
        36,
        "Seeing what is measured is not seeing the measure.",
        "design",
        _of(_PARTS, "test_seeing_a_definition_is_not_seeing_a_value"),
    ),
    Rule(
        37,
        "A unit reads its own trail, the standing agency all; nobody deletes.",
        "design",
        _of(
            "audit/test_trail",
            "test_every_access_leaves_an_entry_for_its_unit_and_the_standing_agency",
        )
        + _of(
            "audit/test_chain",
            "test_nobody_changes_or_deletes_an_entry",
            "test_who_verifies_cannot_write",
        )
        + _of(_MATRIX, "test_each_sees_exactly_what_the_rules_give")
        + _NOBODY_WRITES,
    ),
    Rule(
        38,
        "An administrator has its subtree's accounts, gives what it holds, reads nothing by it.",
        "design",
        _of(_GRANTS, "test_administering_gives_no_data")
        + _of(
            _OFFICE,
            "test_an_account_is_added_within_the_own_subtree_only",
            "test_nobody_suspends_beyond_its_subtree",
            "test_what_is_not_held_or_not_there_is_forbidden_alike",
        ),
    ),
    Rule(
        39,
        "An empty scope is no data.",
        "design",
        _of(
            _PARTS,
            "test_an_agency_without_a_right_sees_what_the_public_sees",
            "test_an_empty_scope_is_no_data",
        )
        + _of(_CLAIMS, "test_without_an_account_nothing_is_seen_by_right"),
    ),
    Rule(
        40,
        "The standing agency breaks the glass with a reason, for a time; owners are told.",
        "design",
        _of(_GRANTS, "test_a_broken_glass_closes_by_itself")
        + _of(
            _OFFICE,
            "test_breaking_the_glass_opens_drafts_for_a_time_and_tells_their_owners",
        )
        + _of("access/test_hidden_targets", "test_glass_is_broken_over_ones_own_place_alone")
        + _of(
            "audit/test_trail",
            "test_without_its_entry_nothing_is_done_exported_or_shown_through_broken_glass",
        ),
    ),
)
"""In the order of their numbers."""


def main() -> None:
    """Print each rule with its tests and with what is due."""
    for rule in RULES:
        sys.stdout.write(f"{rule.number:2}  {rule.says} [{rule.source}]\n")
        sys.stdout.writelines(f"      {name}\n" for name in rule.tests)
        sys.stdout.writelines(f"      due: {each}\n" for each in rule.due)
    tested = sum(bool(rule.tests) for rule in RULES)
    names = {name for rule in RULES for name in rule.tests}
    sys.stdout.write(f"{len(RULES)} rules: {tested} held by {len(names)} tests, ")
    sys.stdout.write(f"{sum(bool(rule.due) for rule in RULES)} with something due\n")


if __name__ == "__main__":
    main()
