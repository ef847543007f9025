"""From a national code and a place to the place's own row.

In the files ``programme`` and ``project`` are national codes. At the national level they mean the
national row; elsewhere the row by which that place carries it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hub.ingest.drafts.programme import Project
    from hub.ingest.files import ReferenceData

NATIONAL_LEVEL = "national"


@dataclass(frozen=True, slots=True)
class LocalRows:
    """Who carries out what under which code.

    Attributes:
        nations: the jurisdictions whose rows are the national ones.
        programmes: (national programme, jurisdiction) → the local programme.
        projects: (national node, jurisdiction) → the local node.
        nodes: every project node by its code.
        plans: document → the national project that it is about.
    """

    nations: frozenset[str]
    programmes: Mapping[tuple[str, str], str]
    projects: Mapping[tuple[str, str], str]
    nodes: Mapping[str, Project]
    plans: Mapping[str, str]

    @classmethod
    def of(cls, data: ReferenceData) -> Self:
        """Return what *data* says."""
        return cls(
            frozenset(row.code for row in data.jurisdictions if row.level == NATIONAL_LEVEL),
            {(row.parent, row.jurisdiction): row.code for row in data.programmes if row.parent},
            {
                (row.instance_of, row.jurisdiction): row.code
                for row in data.projects
                if row.instance_of
            },
            {row.code: row for row in data.projects},
            {row.code: row.project for row in data.documents if row.project},
        )

    def find_programme(self, national: str, jurisdiction: str) -> str | None:
        """Return the code of *jurisdiction*'s own row of the programme; None if it has none."""
        if jurisdiction in self.nations:
            return national
        return self.programmes.get((national, jurisdiction))

    def find_project(self, national: str | None, jurisdiction: str | None) -> str | None:
        """Return the code of *jurisdiction*'s own row of the project; None if it has none."""
        if national is None or jurisdiction is None:
            return None
        return self.projects.get((national, jurisdiction))

    def find_project_of_plan(self, document: str, jurisdiction: str) -> str | None:
        """Return *jurisdiction*'s own row of the project that *document* is about, if any."""
        return self.find_project(self.plans.get(document), jurisdiction)

    def find_national_node(self, code: str | None) -> str | None:
        """Return the national node that *code*, or the nearest node above it, carries out."""
        while code is not None:
            node = self.nodes[code]
            if node.instance_of is not None:
                return node.instance_of
            code = node.parent
        return None
