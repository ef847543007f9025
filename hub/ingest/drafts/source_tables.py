"""What a source's own words stand for, and how it shares the figures of divided areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.ingest import cells as parse
from hub.ingest.mapping import Draft, cell, draft
from hub.model.intake_terms import SOURCE_TERM_KIND

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

_WARD = parse.digits(5)


@draft
class Lasting(Draft):
    """What holds from one day until another: the first on which it does so no longer."""

    valid_from: date | None = cell("valid_from", parse.optional(parse.day))
    valid_until: date | None = cell("valid_until", parse.optional(parse.day))


@draft
class SourceTerm(Lasting):
    """A source's own word for something."""

    kind: str = cell("kind", parse.choice(SOURCE_TERM_KIND))
    term: str = cell("term", parse.text)
    code: str = cell("code", parse.text)


@draft
class SourceShare(Lasting):
    """The share of a divided ward's figures that counts for one of its successors."""

    old_code: str = cell("old_code", _WARD)
    new_code: str = cell("new_code", _WARD)
    share: Decimal = cell("share", parse.number)
