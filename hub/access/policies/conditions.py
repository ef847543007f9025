"""What row policies are made of: conditions over a row, and policies of one kind of table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hub.access.policies.policy import Policy, Verb
from hub.access.readers import OUTSIDE, Reader

if TYPE_CHECKING:
    from sqlalchemy import Table

OWN_AGENCY: Final = "(SELECT hub_agency_id())"
ADMINISTERED: Final = "{column} = ANY ((SELECT hub_administered())::int[])"
NOT_A_FOREIGN_DRAFT: Final = f"(status <> 'draft' OR agency_id = {OWN_AGENCY})"
ACCEPTED: Final = "status IN ('accepted', 'published')"
STANDING: Final = "jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[])"
OF_AN_OPERATED_FACILITY: Final = "facility_id = ANY ((SELECT hub_facilities_run())::int[])"


def in_cells(data_class: str, *, accepted: bool | None = None, area: str = "area_id") -> str:
    """Return the condition that the row is of a project and an own area of one right as a whole."""
    states = (False, True) if accepted is None else (accepted,)
    state = "" if accepted is None else f", {str(accepted).lower()}"
    alone = "".join(
        f" OR {area} = ANY ((SELECT hub_areas_alone('{data_class}', {str(each).lower()}))::int[])"
        for each in states
    )
    return (
        f"(((project_id::bigint << 32) | {area}) = "
        f"ANY ((SELECT hub_cells('{data_class}'{state}))::bigint[]){alone})"
    )


def reached(data_class: str, *, area: str | None = "area_id") -> str:
    """Return the condition that a grant reaches the row; *area* is its column of own areas."""
    whole = f"project_id = ANY ((SELECT hub_reach('{data_class}'))::int[])"
    if area is None:
        return whole
    return (
        f"{whole} OR ({area} = ANY ((SELECT hub_reach_areas('{data_class}'))::int[]) "
        f"AND {in_cells(data_class, area=area)})"
    )


def reached_as_stated(data_class: str, settled: str) -> str:
    """Return what ``reached`` does, rights to what is accepted opening *settled* rows only."""
    return (
        f"project_id = ANY ((SELECT hub_reach('{data_class}', false))::int[]) "
        f"OR ({settled} AND project_id = ANY ((SELECT hub_reach('{data_class}', true))::int[])) "
        f"OR (area_id = ANY ((SELECT hub_reach_areas('{data_class}'))::int[]) AND "
        f"({in_cells(data_class, accepted=False)} "
        f"OR ({settled} AND {in_cells(data_class, accepted=True)})))"
    )


def protected(  # noqa: PLR0913  (each is asked for by name)
    table: Table,
    data_class: str,
    scoped: str,
    why: str,
    *,
    standing: str = STANDING,
    settled: str | None = None,
) -> tuple[Policy, ...]:
    """Return the policies of a table whose rows are seen by grants of *data_class* only.

    *settled* tells which rows have come as far as a feed shows; None is all of them.
    """
    feed = f"(SELECT hub_feed_reads('{data_class}'))"
    if settled is not None:
        feed = f"{settled} AND {feed}"
    return (
        Policy(table, "nothing", (Reader.PUBLIC,), Verb.SELECT, "false", "Not open (rule 19)."),
        Policy(table, "within_reach", (Reader.SCOPED,), Verb.SELECT, scoped, why, (data_class,)),
        Policy(
            table,
            "of_the_jurisdiction",
            (Reader.STANDING,),
            Verb.SELECT,
            f"({standing}) OR {scoped}",
            "The standing agency reads everything of its jurisdiction (rule 1), and what it has a "
            "part in elsewhere.",
        ),
        Policy(
            table,
            "of_every_jurisdiction",
            (Reader.FEED,),
            Verb.SELECT,
            f"({feed}) OR {scoped}",
            "The ministry reads the classes that its grant names, and what it has a part in "
            "(rules 20, 21).",
        ),
    )


def following(table: Table, parent: Table, column: str) -> Policy:
    """Return the policy of a table whose rows are seen with the row they belong to."""
    return Policy(
        table,
        f"with_{parent.name}",
        OUTSIDE,
        Verb.SELECT,
        f"{column} IN (SELECT id FROM {parent.name})",
        f"Seen by whoever sees the {parent.name} it belongs to.",
        follows=parent,
    )
