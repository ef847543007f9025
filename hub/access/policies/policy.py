"""A row policy, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Table

    from hub.access.readers import Reader


class Verb(StrEnum):
    """A command that a policy speaks of."""

    SELECT = "SELECT"
    INSERT = "INSERT"
    UPDATE = "UPDATE"
    ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Policy:
    """A row policy: *roles* may do *verb* on the rows for which *using* holds.

    Attributes:
        name: unique within the table.
        using: SQL over the row; it binds what is written, too.
        why: the rule it carries out, by its number in the access rules, or the reason.
        data_classes: the classes of data that a grant must name to reach the row.
        follows: the table whose rows it is seen with.
    """

    table: Table
    name: str
    roles: tuple[Reader, ...]
    verb: Verb
    using: str
    why: str
    data_classes: tuple[str, ...] = ()
    follows: Table | None = None
