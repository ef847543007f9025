"""A closed list of values, and what its values are called in GraphQL."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """A closed list of values.

    Attributes:
        name: the GraphQL enum.
        description: what the list says, with the Vietnamese term.
        terms: stored value → what it means, with the Vietnamese term.
    """

    name: str
    description: str
    terms: dict[str, str]

    @property
    def values(self) -> tuple[str, ...]:
        """Return the stored values, in order."""
        return tuple(self.terms)


def graphql_name(value: str) -> str:
    """Return the GraphQL enum value of a stored *value*: ``nd-09-2019`` → ``ND_09_2019``."""
    return value.upper().replace("-", "_").replace(" ", "_")
