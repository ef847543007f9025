"""Faults to plant: ways in which hubs like this one have told too much, or too little.

``python -m tests.oracle.faults`` plants each and says how many cases it took to be caught.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hub.database.address import Address
from hub.database.embedded import embedded_server
from hub.database.migrate import migrate
from tests.oracle.bench import SEED, bench, execute
from tests.oracle.planting import (
    AsAnother,
    CachedAnswers,
    ClaimsLeft,
    Fault,
    OpenExport,
    Policy,
    Rewritten,
    SharedLoaders,
    TellingErrors,
)

if TYPE_CHECKING:
    from tests.oracle.bench import Bench

MOST: Final = 800
"""Cases within which each has to be caught."""
_AT_ONCE: Final = 4

_MINE: Final = "s.holder_id = (SELECT hub_agency_id()) AND s.data_class = 'observation'"
_AXES: Final = (
    f"({{was}}) OR (project_id IN (SELECT s.project_id FROM scope s WHERE {_MINE}) "
    f"AND area_id IN (SELECT s.area_id FROM scope s WHERE s.holder_id = (SELECT hub_agency_id())) "
    "AND status <> 'draft')"
)
_DRAFT: Final = r"\(\(?status\)?::text <> 'draft'::text\)"
_FORCE: Final = r"\(\w+\.valid_until > now\(\)\)"

FAULTS: Final[tuple[Fault, ...]] = (
    SharedLoaders("loaders shared between requests"),
    CachedAnswers("an answer cached for everybody"),
    TellingErrors("an error that tells hidden from absent"),
    ClaimsLeft("a claim left on a connection"),
    OpenExport("an export in another role"),
    AsAnother("a count in another role", ("count", "relation_count")),
    AsAnother("an unfiltered node", ("by_key",)),
    AsAnother("an unchecked link", ("linked",)),
    AsAnother("an unchecked nested list", ("relation_page",)),
    AsAnother("an aggregate of hidden rows", ("summary", "relation_summary")),
    Rewritten(
        "an order by hidden rows",
        r"LEFT OUTER JOIN (project|facility) AS o_",
        r"LEFT OUTER JOIN \1_all AS o_",
    ),
    Rewritten(
        "a filter by hidden rows", r"FROM (project|facility|observation) AS w", r"FROM \1_all AS w"
    ),
    Rewritten(
        "the newest revision of all, not of those seen",
        r"FROM observation AS newer",
        "FROM observation_all AS newer",
    ),
    Policy(
        "others' drafts for the standing agency",
        "observation",
        "of_the_jurisdiction",
        "{was}",
        _DRAFT,
    ),
    Policy("others' drafts within reach", "observation", "within_reach", "{was}", _DRAFT),
    Policy(
        "every place's money for a standing agency", "budget_line", "of_the_jurisdiction", "true"
    ),
    Policy("the area axis combined with the project axis", "observation", "within_reach", _AXES),
    Policy(
        "a finding shown before it is issued",
        "finding",
        "within_reach",
        "{was} OR agency_id = (SELECT hub_agency_id())",
    ),
    Policy(
        "the ward gets what its centre reports",
        "observation",
        "within_reach",
        "{was}",
        "reporting_area_id",
        "area_id",
    ),
    Policy(
        "states forgotten for the feed",
        "observation",
        "accepted_figures",
        "(SELECT hub_feed_reads('observation'))",
    ),
    Policy("local projects open to all", "project", "within_reach", "true"),
)


def cases_until_caught(bench: Bench, most: int = MOST) -> int:
    """Return how many readers' questions it took to find a difference; *most* + 1 for none."""
    for seed in range(most // _AT_ONCE):
        # The same question of several: what is kept for one must not serve the other.
        pairs = bench.drawn(seed, _AT_ONCE)
        for at, differences in enumerate(bench.found(pairs)):
            if differences:
                return seed * _AT_ONCE + at + 1
    return most + 1


def main() -> int:
    """Plant every fault in turn; print a table; return how many were not caught."""
    missed = 0
    with tempfile.TemporaryDirectory() as home, embedded_server(Path(home)) as server:
        empty = Address.parse(server.url("hub_empty"))
        create = ["CREATE DATABASE hub_empty"]
        asyncio.run(execute(Address.parse(server.url("postgres")), create))
        asyncio.run(migrate(empty))
        with bench(server, empty, SEED) as spoilt:
            for fault in FAULTS:
                with fault.planted(spoilt):
                    cases = cases_until_caught(spoilt)
                missed += cases > MOST
                found = f"{cases:>5}" if cases <= MOST else "never"
                sys.stdout.write(f"{found}  {fault.name}\n")
                sys.stdout.flush()
    return missed


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
