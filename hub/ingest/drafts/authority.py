"""Rights: what was decided beside the assignments, and what a role gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hub.ingest import cells as parse
from hub.ingest.drafts.names import AGENCIES_CSV, JURISDICTIONS_CSV, PROJECTS_CSV
from hub.ingest.mapping import Draft, cell, draft
from hub.model import vocabulary as v

if TYPE_CHECKING:
    from hub.ingest.cells import Parse


EVERY_JURISDICTION: Final = "*"
PUBLIC: Final = "public"
OPERATOR: Final = "operator"


def _code_unless(*words: str) -> Parse[str | None]:
    return lambda found: None if found in words else parse.code(found)


@draft
class DecidedGrant(Draft):
    """A right that no assignment gives; *project* is a national code.

    Attributes:
        holder: None for the public, and for whoever runs a facility.
        jurisdiction: None for every one.
    """

    code: str = cell("code", parse.code)
    holder: str | None = cell("holder", _code_unless(PUBLIC, OPERATOR), refers_to=AGENCIES_CSV)
    is_public: bool = cell("holder", lambda found: found == PUBLIC)
    jurisdiction: str | None = cell(
        "jurisdiction", _code_unless(EVERY_JURISDICTION), refers_to=JURISDICTIONS_CSV
    )
    project: str | None = cell("project", parse.optional(parse.code), refers_to=PROJECTS_CSV)
    data_classes: tuple[str, ...] = cell("data_classes", parse.listed(parse.choice(v.DATA_CLASS)))
    area_scope: str = cell("area_scope", parse.choice(v.AREA_SCOPE))
    capabilities: tuple[str, ...] = cell("capabilities", parse.listed(parse.choice(v.CAPABILITY)))
    states: tuple[str, ...] = cell("states", parse.listed(parse.choice(v.OBSERVATION_STATUS)))
    limits: str | None = cell("limits", parse.optional(parse.text))
    basis: str | None = cell("basis", parse.optional(parse.text))
    why: str = cell("why", parse.text)


@draft
class RoleRight(Draft):
    """What a role gives whoever has it on a whole project or programme."""

    role: str = cell("role", parse.choice(v.ROLE))
    data_classes: tuple[str, ...] = cell("data_classes", parse.listed(parse.choice(v.DATA_CLASS)))
    capabilities: tuple[str, ...] = cell("capabilities", parse.listed(parse.choice(v.CAPABILITY)))
    area_scope: str = cell("area_scope", parse.choice(v.AREA_SCOPE))
    states: tuple[str, ...] = cell("states", parse.listed(parse.choice(v.OBSERVATION_STATUS)))
    only_if_unled: bool = cell("only_if_unled", parse.boolean)
    why: str = cell("why", parse.text)
