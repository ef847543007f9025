"""The functions that policies call: who the claim stands for, and what that agency's scopes reach.

Each runs with its caller's rights, so what it finds is itself subject to row-level security, and is
called through a sub-select, so it runs once a statement. Without ``hub_enter``, and for an unknown
or suspended account, each yields null or an empty list, which no row equals.

Each module has the functions of one subject, ``triggers`` says when those run that follow a change.
"""

from __future__ import annotations

from typing import Final

from hub.access.functions.entering import (
    ACCOUNT_ID,
    AGENCY_ID,
    ENTER,
    EPOCH_PASSED,
    GROUP_ID,
    SOURCE_ID,
    STANDING_JURISDICTIONS,
)
from hub.access.functions.giving import ADMINISTERED, MAY_GIVE
from hub.access.functions.reach import (
    AREAS_ALONE,
    AUDITED_PLACES,
    CELLS,
    CELLS_ANY,
    FACILITIES_RUN,
    FEED_CLASSES,
    HELD,
    OPERATED,
    OPERATOR_READS,
    PARTS,
    PROGRAMMES,
    PROJECTS_SEEN,
    REACH,
    REACH_ANY,
    REACH_AREAS,
    REACH_DRAFTS,
)
from hub.access.functions.rows import (
    FACILITY_MOVED,
    FIGURES_ADDED,
    KEEP_FIGURES,
    KEEP_TRAIL,
    NEW_ID,
    NEWEST,
    PLACE_FIGURE,
    TELL_CHANGE,
)
from hub.access.functions.scopes import (
    GRANTS_CHANGED,
    GRANTS_REMOVED,
    PROJECTS_CHANGED,
    SCOPES_CHANGED,
    WRITE_SCOPES,
)
from hub.access.functions.search import FORGET_WORDS, INDEX_WORDS, SEARCHED, WORDS
from hub.access.functions.triggers import TRIGGERS
from hub.access.vietnamese import PLAIN, SORT_KEY

__all__ = ["AFTER_TABLES", "BEFORE_TABLES", "PARTS", "SEARCHED", "TRIGGERS"]

BEFORE_TABLES: Final = (NEW_ID, PLAIN, SORT_KEY)
"""What columns need: their defaults and generated values."""

AFTER_TABLES: Final = (
    ACCOUNT_ID,
    AGENCY_ID,
    ENTER,
    EPOCH_PASSED,
    PROGRAMMES,
    GROUP_ID,
    STANDING_JURISDICTIONS,
    FEED_CLASSES,
    HELD,
    REACH,
    REACH_ANY,
    CELLS,
    CELLS_ANY,
    FACILITIES_RUN,
    AREAS_ALONE,
    REACH_AREAS,
    OPERATED,
    OPERATOR_READS,
    PROJECTS_SEEN,
    REACH_DRAFTS,
    ADMINISTERED,
    MAY_GIVE,
    WRITE_SCOPES,
    SCOPES_CHANGED,
    GRANTS_CHANGED,
    GRANTS_REMOVED,
    PROJECTS_CHANGED,
    WORDS,
    INDEX_WORDS,
    FORGET_WORDS,
    KEEP_FIGURES,
    PLACE_FIGURE,
    FIGURES_ADDED,
    FACILITY_MOVED,
    AUDITED_PLACES,
    KEEP_TRAIL,
    TELL_CHANGE,
    SOURCE_ID,
    *NEWEST,
)
