"""Projects and their figures."""

from __future__ import annotations

from typing import Final

from hub.access.policies.conditions import (
    ACCEPTED,
    NOT_A_FOREIGN_DRAFT,
    OF_AN_OPERATED_FACILITY,
    STANDING,
    in_cells,
)
from hub.access.policies.policy import Policy, Verb
from hub.access.readers import Reader
from hub.model.measurement import observation
from hub.model.programme import project

_SCOPED_OBSERVATION = (
    f"({NOT_A_FOREIGN_DRAFT} AND ("
    "project_id = ANY ((SELECT hub_reach('observation', false))::int[]) "
    "OR (reporting_area_id = ANY ((SELECT hub_reach_areas('observation'))::int[]) AND ("
    f"{in_cells('observation', accepted=False, area='reporting_area_id')} "
    f"OR ({in_cells('observation', accepted=True, area='reporting_area_id')} AND {ACCEPTED}))) "
    f"OR (project_id = ANY ((SELECT hub_reach('observation', true))::int[]) AND {ACCEPTED}) "
    f"OR ((SELECT hub_operator_reads('observation')) AND {OF_AN_OPERATED_FACILITY})))"
)
"""What is accepted is nobody's draft: that is asked once, since every sub-select of a policy costs
each statement that names the table."""

FIGURES: Final = (
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
        ("observation", "budget"),
    ),
    Policy(
        project,
        "of_the_jurisdiction",
        (Reader.STANDING,),
        Verb.SELECT,
        "is_national OR jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[]) "
        "OR id = ANY ((SELECT hub_projects_seen())::int[])",
        "The standing agency reads every project of its jurisdiction (rule 1), and those it has "
        "a part in elsewhere.",
    ),
    Policy(
        project,
        "of_every_jurisdiction",
        (Reader.FEED,),
        Verb.SELECT,
        "is_national OR (SELECT hub_feed_reads('observation')) "
        "OR id = ANY ((SELECT hub_projects_seen())::int[])",
        "The ministry reads every jurisdiction (rule 20), and what it has a part in.",
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
        ("observation",),
    ),
    Policy(
        observation,
        "of_the_jurisdiction",
        (Reader.STANDING,),
        Verb.SELECT,
        f"({STANDING} AND ({NOT_A_FOREIGN_DRAFT} "
        "OR project_id = ANY ((SELECT hub_reach_drafts())::int[]))) "
        f"OR {_SCOPED_OBSERVATION}",
        "The standing agency reads every figure of its jurisdiction, others' drafts only for as "
        "long as it has broken the glass (rules 1, 22, 40), and what it has a part in elsewhere.",
    ),
    Policy(
        observation,
        "accepted_figures",
        (Reader.FEED,),
        Verb.SELECT,
        f"({ACCEPTED} AND (SELECT hub_feed_reads('observation'))) OR {_SCOPED_OBSERVATION}",
        "The ministry reads accepted and later figures of every jurisdiction (rule 20), and what "
        "it has a part in.",
    ),
)
